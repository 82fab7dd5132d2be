"""Turning points: the releases that changed a behaviour, each with the experiment whose records show it."""

from typing import NamedTuple, Tuple


class Turn(NamedTuple):
    """A turning point.

    Attributes:
        of: the package: ``"tensorflow"``, or ``"keras"`` for Keras 3. (Keras 2 has the version of TensorFlow.)
        minor: the first minor after it.
        experiment: the experiment whose records change there.
        source: link to the code or to the release notes.
        version: the version in the header of a record that changes there, if that is what shows the turning point.
    """

    of: str
    minor: Tuple[int, int]
    experiment: str
    source: str
    version: str = ""


def since(turn: Turn) -> str:
    """Return the first minor after a turning point, for a sentence: ``"1.10"``."""
    major, second = turn.minor
    return "{}.{}".format(major, second)


def until(turn: Turn) -> str:
    """Return the last minor before a turning point that is not the first of its major: ``"1.9"``."""
    major, second = turn.minor
    return "{}.{}".format(major, second - 1)


_RELEASE = "https://github.com/tensorflow/tensorflow/releases/tag/{}"
_CODE = "https://github.com/tensorflow/tensorflow/blob/{}"
_KERAS = "https://github.com/keras-team/keras/blob/{}"

# TensorFlow added tf.estimator.train_and_evaluate, which the workers of a cluster call, and tf.data.
TRAIN_AND_EVALUATE = Turn("tensorflow", (1, 4), "train_and_evaluate_max_steps", _RELEASE.format("v1.4.0"))
TF_DATA = Turn("tensorflow", (1, 4), "one_shot_iterator", _RELEASE.format("v1.4.0"))

# An input_fn may return a Dataset.
DATASET_OF_INPUT_FN = Turn("tensorflow", (1, 5), "ragged_batches", _RELEASE.format("v1.5.0"))

# RunConfig takes a strategy.
TRAIN_DISTRIBUTE = Turn(
    "tensorflow", (1, 8), "mirrored_replicas", _CODE.format("v1.8.0/tensorflow/python/estimator/run_config.py#L305")
)

# train_and_evaluate calls input_fn once, and trains until its data ends.
CALLS_INPUT_FN_ONCE = Turn(
    "tensorflow", (1, 10), "train_and_evaluate_max_steps", "https://github.com/tensorflow/tensorflow/issues/19062"
)

# Dataset.batch takes drop_remainder.
DROP_REMAINDER = Turn("tensorflow", (1, 10), "ragged_batches", _RELEASE.format("v1.10.0"))

# train_and_evaluate mirrors workers.
MIRRORED_WORKERS = Turn("tensorflow", (1, 12), "multi_worker_mirrored", _RELEASE.format("v1.12.0"))

# Mirrored replicas take their batches in the order of the data. From the second turning point until the third, they also take the
# leftover batches, together with empty ones.
REPLICAS_IN_ORDER = Turn(
    "tensorflow", (1, 13), "mirrored_replicas", _CODE.format("v1.13.1/tensorflow/python/distribute/values.py#L1192")
)
EMPTY_BATCHES = Turn(
    "tensorflow", (2, 0), "mirrored_replicas", _CODE.format("v2.0.4/tensorflow/python/distribute/input_lib.py#L256")
)
NO_EMPTY_BATCHES = Turn(
    "tensorflow", (2, 4), "mirrored_replicas", _CODE.format("v2.4.4/tensorflow/python/distribute/input_lib.py#L1428")
)

# The fit of tf.keras takes a Dataset or a generator as later releases do.
FIT_TAKES_A_DATASET = Turn(
    "tensorflow", (1, 14), "keras_epochs", _CODE.format("v1.9.0/tensorflow/python/keras/engine/training.py")
)

# Keras 2 cuts arrays into batches where steps_per_epoch is given, and takes a generator without it.
CUTS_ARRAYS = Turn(
    "tensorflow", (2, 0), "keras_steps_per_epoch", _CODE.format("v2.0.0/tensorflow/python/keras/engine/training_v2.py")
)
READS_GENERATORS = Turn(
    "tensorflow", (2, 0), "keras_epochs", _CODE.format("v2.0.0/tensorflow/python/keras/engine/data_adapter.py")
)

# Keras 2 never finishes reading arrays without an example; the second turning point fixes that.
LOOKS_FOR_EVER = Turn(
    "tensorflow", (2, 0), "keras_no_batch", _CODE.format("v2.0.4/tensorflow/python/keras/engine/data_adapter.py#L274")
)
LOOKS_ONCE = Turn(
    "tensorflow", (2, 1), "keras_no_batch", _CODE.format("v2.1.0/tensorflow/python/keras/engine/data_adapter.py")
)

# Keras 2 restarts a Dataset in each epoch even if steps_per_epoch equals its size.
BEGINS_ANEW = Turn(
    "tensorflow",
    (2, 2),
    "keras_steps_per_epoch",
    _CODE.format("v2.2.0/tensorflow/python/keras/engine/data_adapter.py#L1097"),
)

# Keras 2 runs several steps in one execution.
STEPS_PER_EXECUTION = Turn(
    "tensorflow",
    (2, 3),
    "keras_steps_per_execution",
    _CODE.format("v2.3.0/tensorflow/python/keras/engine/training.py#L468"),
)

# The Keras of TensorFlow is a package, keras, with the version of TensorFlow.
KERAS_IS_A_PACKAGE = Turn("tensorflow", (2, 6), "", _RELEASE.format("v2.6.0"), version="keras")

# Keras 2 checks the size of the data before epochs.
WANTS_DATA = Turn(
    "tensorflow", (2, 14), "keras_no_batch", _KERAS.format("v2.15.0/keras/src/engine/data_adapter.py#L1319")
)

# TensorFlow removes tf.estimator, and its tf.keras is Keras 3; Keras 2 is the package tf-keras.
ESTIMATOR_REMOVED = Turn("tensorflow", (2, 16), "", _RELEASE.format("v2.16.1"), version="estimator")
KERAS_3 = Turn("tensorflow", (2, 16), "keras_epochs", _RELEASE.format("v2.16.1"))

# Keras 2 refuses epochs=0.
WANTS_EPOCHS = Turn(
    "tensorflow", (2, 17), "keras_initial_epoch", "https://github.com/keras-team/tf-keras/commit/c24bbfac7"
)

# The optimizers of Keras 3 accumulate gradients.
GRADIENT_ACCUMULATION = Turn(
    "keras",
    (3, 0),
    "keras_gradient_accumulation",
    _KERAS.format("v3.0.5/keras/src/optimizers/base_optimizer.py#L353"),
)

# Keras 3 requires a full first execution; the second turning point drops that.
WANTS_AN_EXECUTION = Turn(
    "keras", (3, 3), "keras_steps_per_execution", _KERAS.format("v3.3.3/keras/src/backend/tensorflow/trainer.py#L321")
)
WANTS_NOTHING = Turn(
    "keras", (3, 5), "keras_steps_per_execution", "https://github.com/keras-team/keras/releases/tag/v3.5.0"
)

# Keras 3 counts the batches of the data, and restarts it when all of them are used.
COUNTS_BATCHES = Turn("keras", (3, 7), "keras_steps_per_epoch", "https://github.com/keras-team/keras/pull/20396")
