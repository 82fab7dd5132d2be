"""Words for what TensorFlow and Keras log about the length of a training."""

import re
from typing import NamedTuple


class Message(NamedTuple):
    """A message, and what it means.

    Attributes:
        text: what it says; a regular expression that is found in it, without what varies.
        means: what happened, and what to do.
        source: where it is logged.
    """

    text: str
    means: str
    source: str


MESSAGES = (
    Message(
        r"Training with estimator made no steps",
        "The input gave no batch at all: there is no example, `num_epochs=0`, less than a batch with drop_remainder, or a "
        "generator that was used up before.",
        "https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/estimator.py",
    ),
    Message(
        r"Skipping training since max_steps has already saved",
        "The checkpoint in model_dir is of max_steps or later: no step is made. Give a higher `max_steps`, or another model_dir.",
        "https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/estimator.py",
    ),
    Message(
        r"ran out of data; interrupting training",
        "The data had fewer batches left than steps_per_epoch (or validation_steps) asks for: `dataset.repeat()` it. "
        "Keras 2 ends the training there; Keras 3 ends the epoch only, and goes on with the next one. Without steps_per_epoch, "
        "Keras 3 says this after each epoch on data of unknown size, and nothing is wrong.",
        "https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
    ),
    Message(
        r"global step .*has not been increased",
        "Where the value stays the same, the train_op does not increase the global step, and neither steps nor max_steps ends "
        "the training: `optimizer.minimize(loss, global_step=tf.compat.v1.train.get_global_step())`. Where it rises from one "
        "such message to the next, it was read too early, and nothing is wrong.",
        "https://github.com/tensorflow/tensorflow/blob/v2.15.0/tensorflow/python/training/basic_session_run_hooks.py",
    ),
    Message(
        r"Model diverged with loss = NaN",
        "The loss is not a number, and training ends before either bound, with NanLossDuringTrainingError. Lower the learning "
        "rate, or look for a batch without an example.",
        "https://github.com/tensorflow/tensorflow/blob/v2.15.0/tensorflow/python/training/basic_session_run_hooks.py",
    ),
    Message(
        r"enqueue_data was called with num_epochs and num_threads > 1",
        "Each thread of numpy_input_fn goes over the data num_epochs times: training is num_threads times as long. "
        "`num_threads=1`.",
        "https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/inputs/queues/feeding_functions.py",
    ),
    Message(
        r"repeat an empty dataset infinitely",
        "`repeat()` found no batch to repeat: the data ends at once, and no step is made.",
        "https://github.com/tensorflow/tensorflow/blob/v1.4.0/tensorflow/core/kernels/repeat_dataset_op.cc",
    ),
    Message(
        r"(?i)out.of.range: End of sequence",
        "A Dataset has ended. That is how training learns that its data ends; it is no error.",
        "https://github.com/tensorflow/tensorflow/issues/62963",
    ),
    Message(
        r"is closed and has insufficient elements",
        "The queue of numpy_input_fn has fewer examples left than a batch, and no more will come: the data ends. It is no error.",
        "https://github.com/tensorflow/tensorflow/blob/v2.15.0/tensorflow/core/kernels/fifo_queue.cc",
    ),
    Message(
        r"Limiting (epochs|steps_per_epoch) to \d",
        "KERAS_MAX_EPOCHS or KERAS_MAX_STEPS_PER_EPOCH is set in the environment and cuts `fit` short, since Keras 3.10.",
        "https://keras.io/api/utils/config_utils/",
    ),
    Message(
        r"An error was raised.* may be due to a preemption",
        "The session is created anew and goes on from the last checkpoint; a Dataset begins at its first example again. "
        "`max_steps`, and data without an end.",
        "https://github.com/tensorflow/tensorflow/blob/v2.15.0/tensorflow/python/training/monitored_session.py",
    ),
)


def meaning(line: str) -> str:
    """Return what a line of a log means; nothing for one that says nothing about how long a training runs.

    Args:
        line: the line.
    """
    return next((each.means for each in MESSAGES if re.search(each.text, line)), "")
