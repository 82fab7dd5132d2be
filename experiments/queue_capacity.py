"""numpy_input_fn: queue_capacity."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "queue_capacity never changes how many steps the data makes, not even below batch_size."
FOUND = (
    "True. With queue_capacity=8, two epochs of 40 examples were 20 steps in batches of 4, 10 in batches of "
    "8, and 8 in batches of 10."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/inputs/numpy_input_fn"

PLANS = {
    "above batch_size": Plan(examples=40, batch_size=4, num_epochs=2, shuffle=True),
    "equal to batch_size": Plan(examples=40, batch_size=8, num_epochs=2, shuffle=True),
    "below batch_size": Plan(examples=40, batch_size=10, num_epochs=2, shuffle=True),
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle, queue_capacity=8)
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    return watch.observe()
