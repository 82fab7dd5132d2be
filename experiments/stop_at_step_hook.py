"""StopAtStepHook beside steps."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "A StopAtStepHook is one more step bound: the lower of it and steps decides."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/train/StopAtStepHook"

_ONE_EPOCH = Plan(examples=40, batch_size=4, num_epochs=1, shuffle=False)

# The hook has num_steps=5.
PLANS = {"steps below": _ONE_EPOCH._replace(steps=3), "steps above": _ONE_EPOCH._replace(steps=8)}

EXPECTED = {
    "steps above": {
        "steps": {">=1.3": 5},
        "global_step": {">=1.3": 5},
        "examples": {">=1.3": 20},
        "usage": {">=1.3": {"0": 20, "1": 20}},
    }
}


def run(tf, plan, watch):
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    hooks = [watch, tf.train.StopAtStepHook(num_steps=5)]
    estimator.train(watch.counted(input_fn), hooks=hooks, steps=plan.steps)
    return watch.observe()
