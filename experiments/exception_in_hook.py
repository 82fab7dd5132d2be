"""An exception in a hook."""

import os

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "When a hook raises an exception, the last step is saved before the exception leaves train."
FOUND = (
    "False: RuntimeError and KeyboardInterrupt in step 15 left train without saving it; the last checkpoint "
    "was of step 10, before 1.9 of 11. StopIteration and OutOfRangeError ended training like the end of the "
    "data, and step 15 was saved."
)
INSTEAD = "Call `run_context.request_stop()`: it ends training too, and the last step is saved."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/compat/v1/train/MonitoredSession"

PLAN = Plan(examples=80, batch_size=4, num_epochs=1, shuffle=False)

# OutOfRangeError and StopIteration are taken for the end of the data, whoever raises them.
EXPECTED = {
    "RuntimeError": {">=1.3": "leaves train"},
    "checkpoints_RuntimeError": {"<1.9": [1, 11], ">=1.9": [0, 10]},
    "KeyboardInterrupt": {">=1.3": "leaves train"},
    "checkpoints_KeyboardInterrupt": {"<1.9": [1, 11], ">=1.9": [0, 10]},
    "StopIteration": {">=1.3": "ends training"},
    "checkpoints_StopIteration": {"<1.9": [1, 11, 15], ">=1.9": [0, 10, 15]},
    "OutOfRangeError": {">=1.3": "ends training"},
    "checkpoints_OutOfRangeError": {"<1.9": [1, 11, 15], ">=1.9": [0, 10, 15]},
}

CHANGES = {
    "1.9": Change(
        says="With save_checkpoints_steps=10 the steps 1 and 11 were saved; since 1.9 these are 0 and 10. The step in which the "
        "exception is raised is saved on no release.",
        do="To stop and save, call run_context.request_stop() instead of raising an exception.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L449",
        cause=causes.FIRST_CHECKPOINT,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)

    class Raise(tf.SessionRunHook):
        def __init__(self, error):
            self.error = error
            self.steps = 0

        def after_run(self, run_context, run_values):
            self.steps += 1
            if self.steps == 15:
                raise self.error

    measured = {}
    errors = (RuntimeError(), KeyboardInterrupt(), StopIteration(), tf.errors.OutOfRangeError(None, None, ""))
    for error in errors:
        name = type(error).__name__
        model_dir = os.path.join(watch.model_dir, name)
        estimator = regressor(model_dir, save_checkpoints_steps=10)
        try:
            estimator.train(input_fn, hooks=[Raise(error)])
        except type(error) as raised:
            if raised is not error:
                raise
            measured[name] = "leaves train"
        else:
            measured[name] = "ends training"
        measured["checkpoints_" + name] = checkpoints.steps(model_dir)
    return {"measured": measured, "counters": {}}
