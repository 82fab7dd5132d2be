"""Window of the shuffling queue of numpy_input_fn."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "numpy_input_fn(shuffle=True) draws every batch from all of the data."
FOUND = (
    "False: it draws from a queue, which is filled in the order of the data. With queue_capacity=1000, the "
    "first 50 of 4,000 examples came from within 1,000 neighbours, and after the 80 steps of an epoch some "
    "were still unseen."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/inputs/numpy_input_fn"

PLAN = Plan(examples=4000, batch_size=50, num_epochs=2, shuffle=True)

# The queue holds 1,000 examples and is filled in the order of the data, from an example drawn by lot on:
# https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/inputs/queues/feeding_functions.py#L436-L444
EXPECTED = {
    "order": {">=1.3": "examples of several epochs mixed"},
    "stretch_of_first_batch": {">=1.3": {"from": 50, "to": 1000}},
    "unseen_after_one_epoch": {">=1.3": {"from": 1, "to": 1000}},
}


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe.order import Order
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    order = Order(x)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle, queue_capacity=1000)
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(order.noted(input_fn)), hooks=[watch, order])

    # The data taken as a ring, a stretch is all of it but the widest gap between examples of the batch.
    first = np.sort(order.batches[0])
    gaps = np.diff(np.append(first, first[0] + plan.examples))
    observed = watch.observe()
    observed["measured"]["order"] = order.kind
    observed["measured"]["stretch_of_first_batch"] = int(plan.examples - gaps.max() + 1)
    observed["measured"]["unseen_after_one_epoch"] = plan.examples - len(set(order.places[: plan.examples]))
    return observed
