"""Endless data without a full batch: drop_remainder with a batch_size above the data."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "repeat() without a count is endless."
FOUND = (
    "False: with batches of 10, drop_remainder and only 3 examples, batch().repeat() ended after 0 steps. "
    "repeat().batch() was still going on after 50."
)
INSTEAD = (
    "Repeat before you batch: with `dataset.repeat().batch(batch_size, drop_remainder=True)`, batches fill up "
    "across epochs."
)
SOURCE = "https://www.tensorflow.org/api_docs/python/tf/data/Dataset#repeat"

_ENDLESS = Plan(examples=3, batch_size=10, num_epochs=None, shuffle=False, drop_remainder=True)

# Batched first, there is nothing to repeat, and TensorFlow notices.
PLANS = {
    "batch, then repeat": _ENDLESS._replace(input="batch, then repeat"),
    "repeat, then batch": _ENDLESS._replace(input="repeat, then batch"),
}

EXPECTED = {"repeat, then batch": {"guard": {">=1.10": 50}}}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    def input_fn():
        examples = tf.Dataset.from_tensor_slices(({"x": x}, y))
        if plan.input == "repeat, then batch":
            return tf.batch(examples.repeat(), plan.batch_size, plan.drop_remainder)
        return tf.batch(examples, plan.batch_size, plan.drop_remainder).repeat()

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch.stop_after(50)])
    return watch.observe()
