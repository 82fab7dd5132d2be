"""Summaries: of which steps the loss is written."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "With save_summary_steps=10, TensorBoard shows the loss of every tenth step and of the last one."
FOUND = (
    "False: of 35 steps it shows step 1 and three more, nine or ten steps apart, but not the last one. By default (100) it "
    "shows step 1 alone."
)
INSTEAD = "`evaluate` after training, for the loss at its end."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/RunConfig"

PLAN = Plan(examples=140, batch_size=4, num_epochs=1, shuffle=False)

# The hook asks for the global step in the very run that increases it, and may see it before or after; it then takes a step for
# the one that follows, and nine steps for ten. So does SummarySaverHook from TensorFlow 1.3 to 2.21:
# https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/basic_session_run_hooks.py
EXPECTED = {
    "first": {">=1.3": 1},
    "last": {">=1.3": {"from": 28, "to": 31}},
    "number": {">=1.3": 4},
    "by_default": {">=1.3": [1]},
    "when_off": {">=1.3": []},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)

    def written_at(name, **options):
        """Returns the global steps whose loss is in the event files of a training."""
        model_dir = os.path.join(watch.model_dir, name)
        columns = [tf.feature_column.numeric_column("x")]
        tf.estimator.LinearRegressor(columns, model_dir, config=light(**options)).train(input_fn)
        with tf.v1.Graph().as_default():  # a writer that is not there yet is made, for which there must be a graph
            tf.v1.summary.FileWriterCache.get(model_dir).flush()  # the last of it may still be in memory
        files = sorted(file for file in os.listdir(model_dir) if ".tfevents." in file)
        return [
            event.step
            for file in files
            for event in tf.train.summary_iterator(os.path.join(model_dir, file))
            if any(value.tag == "loss" for value in event.summary.value)
        ]

    tenth = written_at("tenth", save_summary_steps=10)
    measured = {
        "first": tenth[0],
        "last": tenth[-1],
        "number": len(tenth),
        "by_default": written_at("default", save_summary_steps=tf.estimator.RunConfig().save_summary_steps),
        "when_off": written_at("off", save_summary_steps=None),
    }
    return {"measured": measured, "counters": {}}
