"""Summaries: of which steps the loss is written."""

import os

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "With save_summary_steps=10, TensorBoard shows the loss of every tenth step and of the last one."
FOUND = (
    "False: of 35 steps it shows steps 1, 11, 21 and 31, but not the last one. By chance a summary comes after nine "
    "steps instead of ten; at the earliest, it shows steps 1, 10, 19 and 28. By default (100) it shows step 1 alone."
)
INSTEAD = "Call `evaluate` after training, for the loss at its end."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/RunConfig"

PLAN = Plan(examples=140, batch_size=4, num_epochs=1, shuffle=False)

# The hook reads the global step in the same session.run that increases it, before or after the increment. If it reads it
# after, it takes a step for the next one, and nine steps for ten. SummarySaverHook does so from TensorFlow 1.3 to 2.21:
# https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/basic_session_run_hooks.py
EXPECTED = {
    "shown": {">=1.3": [1, 11, 21, 31]},
    "shown_at_the_earliest": {"<1.4": [1, 11, 21, 31], ">=1.4": [1, 10, 19, 28]},
    "steps_apart_by_chance_other_than_9_and_10": {">=1.3": []},
    "save_summary_steps_by_default": {">=1.3": 100},
    "by_default": {">=1.3": [1]},
    "when_off": {">=1.3": []},
}

CHANGES = {
    "1.4": Change(
        says="In 1.3 the hook uses the global step that it reads. Since 1.4 it adds 1, because it expects to read the "
        "global step before the increment; if it reads it after the increment, the next summary comes after nine "
        "steps.",
        do="Look for the first step shown after each multiple of save_summary_steps, not for an exact step.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.4.1/tensorflow/python/training/"
        "basic_session_run_hooks.py#L653",
    ),
}

# How many trainings leave the order to chance.
_BY_CHANCE = 3


def run(tf, plan, watch):
    from estimator_semantics.probe.reading import ReadFirst, Reading
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    default = tf.estimator.RunConfig().save_summary_steps

    def shown(name, save_summary_steps, *hooks):
        """Return the global steps whose loss is in the event files of a training."""
        model_dir = os.path.join(watch.model_dir, name)
        columns = [tf.feature_column.numeric_column("x")]
        config = light(save_summary_steps=save_summary_steps)
        tf.estimator.LinearRegressor(columns, model_dir, config=config).train(input_fn, hooks=hooks)
        with tf.v1.Graph().as_default():  # a writer that is not there yet is made, for which there must be a graph
            tf.v1.summary.FileWriterCache.get(model_dir).flush()  # the last of it may still be in memory
        files = sorted(file for file in os.listdir(model_dir) if ".tfevents." in file)
        return [
            event.step
            for file in files
            for event in tf.train.summary_iterator(os.path.join(model_dir, file))
            if any(value.tag == "loss" for value in event.summary.value)
        ]

    def saver():
        folder = os.path.join(watch.model_dir, "read after")
        return tf.train.SummarySaverHook(10, output_dir=folder, summary_op=tf.v1.summary.merge_all())

    apart = set()
    for number in range(_BY_CHANCE):
        steps = shown("by chance {}".format(number), 10)
        apart.update(after - before for before, after in zip(steps, steps[1:]))
    measured = {
        "shown": shown("read first", 10, ReadFirst()),
        "shown_at_the_earliest": shown("read after", None, Reading(saver, lambda step: True)),
        "steps_apart_by_chance_other_than_9_and_10": sorted(apart.difference((9, 10))),
        "save_summary_steps_by_default": default,
        "by_default": shown("default", default, ReadFirst()),
        "when_off": shown("off", None),
    }
    return {"measured": measured, "counters": {}}
