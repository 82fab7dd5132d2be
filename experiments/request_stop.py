"""A hook that requests a stop."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "run_context.request_stop() ends training after the step in which it is called, and the last step is saved."
SOURCE = "https://www.tensorflow.org/versions/r2.0/api_docs/python/tf/estimator/SessionRunContext#request_stop"

_ONE_EPOCH = Plan(examples=40, batch_size=4, num_epochs=1, shuffle=False)

# The hook asks at its third step.
PLANS = {
    "steps=None": _ONE_EPOCH,
    "steps above": _ONE_EPOCH._replace(steps=8),
    "steps below": _ONE_EPOCH._replace(steps=2),
}

_THREE = {
    "steps": {">=1.3": 3},
    "global_step": {">=1.3": 3},
    "examples": {">=1.3": 12},
    "epochs": {">=1.3": 0},
    "usage": {">=1.3": {"0": 28, "1": 12}},
}

EXPECTED = {
    # Neither bound is reached.
    "steps=None": dict(_THREE, bound={">=1.3": None}, steps_asked_before={">=1.3": 3}),
    "steps above": dict(_THREE, bound={">=1.3": "steps"}, steps_asked_before={">=1.3": 3}),
    "steps below": {"steps_asked_before": {">=1.3": 2}},
}


def run(tf, plan, watch):
    import os

    class Stop(tf.SessionRunHook):
        def __init__(self, asks):
            self.asks = asks
            self.steps = 0

        def before_run(self, run_context):
            if self.asks == "before the third step" and self.steps == 2:
                run_context.request_stop()

        def after_run(self, run_context, run_values):
            self.steps += 1
            if self.asks == "after the third step" and self.steps == 3:
                run_context.request_stop()

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    column = tf.feature_column.numeric_column("x")
    estimator = tf.estimator.LinearRegressor([column], watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch, Stop("after the third step")], steps=plan.steps)
    observation = watch.observe()

    before = Stop("before the third step")
    estimator = tf.estimator.LinearRegressor([column], os.path.join(watch.model_dir, "second"))
    estimator.train(input_fn, hooks=[before], steps=plan.steps)
    observation["measured"]["steps_asked_before"] = before.steps
    return observation
