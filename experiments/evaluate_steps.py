"""Estimator.evaluate: steps and the end of the data."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "evaluate stops at the lower of the two bounds, like train, and leaves the global step as it is."
FOUND = (
    "True. Of 3 batches, steps=2 used 2, and steps=100 and steps=None all 3. With endless data and "
    "steps=None there was no end within 30."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/Estimator#evaluate"

_DATA = Plan(examples=10, batch_size=4, num_epochs=1, global_step=1, shuffle=False, api="evaluate")

PLANS = {
    "steps=None": _DATA,
    "steps below the data": _DATA._replace(steps=2),
    "steps above the data": _DATA._replace(steps=100),
    "two epochs": _DATA._replace(num_epochs=2),
    "endless data": _DATA._replace(num_epochs=None, steps=7),
    "endless data, steps=None": _DATA._replace(num_epochs=None),
}

EXPECTED = {"endless data, steps=None": {"guard": {">=1.3": 30}}}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    training = tf.numpy_input_fn({"x": x}, y, plan.batch_size, shuffle=False)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    estimator.train(training, steps=plan.global_step)
    estimator.evaluate(watch.counted(input_fn), steps=plan.steps, hooks=[watch.stop_after(30)])
    observation = watch.observe()
    observation["counters"].pop("global step", None)  # evaluating does not move it
    return observation
