"""An exception in a hook."""

import os

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "When a hook raises an exception, the last step is saved before the exception leaves train."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/compat/v1/train/MonitoredSession"

PLAN = Plan(examples=80, batch_size=4, num_epochs=1, shuffle=False)


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    config = tf.estimator.RunConfig().replace(save_checkpoints_steps=10)

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
        estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir, config=config)
        try:
            estimator.train(input_fn, hooks=[Raise(error)])
        except type(error):
            measured[name] = "leaves train"
        else:
            measured[name] = "ends training"
        measured["checkpoints_" + name] = checkpoints.steps(model_dir)
    return {"measured": measured, "counters": {}}
