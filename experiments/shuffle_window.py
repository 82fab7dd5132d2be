"""Window of the shuffling queue of numpy_input_fn."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "numpy_input_fn(shuffle=True) draws every batch from all of the data."
FOUND = (
    "False: it draws from a queue, which is filled in the order of the data. With queue_capacity=1000, the first 50 of 4,000 "
    "examples came from within 1,000 neighbours, and after the 80 steps of an epoch some examples were still unused."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/inputs/numpy_input_fn"

PLAN = Plan(examples=4000, batch_size=50, num_epochs=2, shuffle=True)

# The queue holds 1,000 examples and is filled in the order of the data, from an example drawn by lot on:
# https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/inputs/queues/feeding_functions.py#L436-L444
# So the examples used up to a step come from as many neighbours as were used before it, and 1,000 more. The queue gives no batch
# while fewer than a quarter of 1,000 would be left, so the first batch is drawn from 300 examples or more. The chance that 50
# examples drawn from 300 neighbours all lie within 150 is less than 1 in 10**12.
EXPECTED = {
    "order": {">=1.3": "examples of several epochs mixed"},
    "steps_with_examples_from_beyond_the_queue": {">=1.3": 0},
    "first_batch_within_150_neighbours": {">=1.3": False},
    "all_used_after_one_epoch": {">=1.3": False},
}

_CAPACITY = 1000


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe.order import Order
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    order = Order(x)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle, queue_capacity=_CAPACITY)
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(order.noted(input_fn)), hooks=[watch, order])

    def stretch(places):
        """Return how many neighbours in the data, taken as a ring, cover all of these places: all but the widest gap."""
        used = np.unique(places)
        gaps = np.diff(np.append(used, used[0] + plan.examples))
        return plan.examples - int(gaps.max()) + 1

    used = range(0, len(order.places) - plan.batch_size + 1, plan.batch_size)
    beyond = [before for before in used if stretch(order.places[: before + plan.batch_size]) > before + _CAPACITY]
    observed = watch.observe()
    observed["measured"]["order"] = order.kind
    observed["measured"]["steps_with_examples_from_beyond_the_queue"] = len(beyond)
    observed["measured"]["first_batch_within_150_neighbours"] = stretch(order.batches[0]) <= 150
    observed["measured"]["all_used_after_one_epoch"] = len(set(order.places[: plan.examples])) == plan.examples
    return observed
