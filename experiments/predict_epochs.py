"""Estimator.predict: a prediction for each example of each epoch."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = (
    "predict has no steps: it gives one prediction for each example of each epoch, and with num_epochs=None never ends."
)
FOUND = (
    "True. 10 examples gave 10 predictions in one epoch and 20 in two; with num_epochs=None there was no end "
    "within 100."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/Estimator#predict"

_DATA = Plan(examples=10, batch_size=4, num_epochs=1, global_step=1, shuffle=False, api="predict")

PLANS = {
    "one epoch": _DATA,
    "two epochs": _DATA._replace(num_epochs=2),
    "endless data": _DATA._replace(num_epochs=None),
}

EXPECTED = {"endless data": {"guard": {">=1.3": 100}}}


def run(tf, plan, watch):
    from itertools import islice

    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    training = tf.numpy_input_fn({"x": x}, y, plan.batch_size, shuffle=False)
    input_fn = tf.numpy_input_fn({"x": x}, None, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    estimator.train(training, steps=plan.global_step)
    predictions = len(list(islice(estimator.predict(input_fn), 100)))
    measured = {"steps": None, "guard": 100} if predictions == 100 else {"examples": predictions}
    return {"measured": measured, "counters": {}}
