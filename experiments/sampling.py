"""Examples drawn at random instead of epoch by epoch."""

import os
import random

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Drawing the examples at random and independently in each step is not an epoch: 1/e of the data is never seen."
FOUND = (
    "True. As many steps as an epoch has used 63 % of 3,200 examples, some of them up to 7 times. Drawn once "
    "for all steps, without replacement, each example was used once."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLANS = {
    "as many steps as an epoch has": Plan(examples=3200, batch_size=32, num_epochs=None, steps=100),
    "half as many": Plan(examples=3200, batch_size=32, num_epochs=None, steps=50),
}

# To be expected by chance: 1 - 1/e = 0.632 of the data, and 1 - 1/sqrt(e) = 0.393 in half as many steps.
EXPECTED = {
    "as many steps as an epoch has": {
        "share_seen": {
            ">=1.3": {"each example drawn": 0.6297, "each batch drawn": 0.635, "all steps drawn at once": 1.0}
        },
        "used_at_most": {">=1.3": {"each example drawn": 7, "each batch drawn": 6, "all steps drawn at once": 1}},
    },
    "half as many": {
        "share_seen": {
            ">=1.3": {"each example drawn": 0.3881, "each batch drawn": 0.3925, "all steps drawn at once": 0.5}
        },
        "used_at_most": {">=1.3": {"each example drawn": 5, "each batch drawn": 4, "all steps drawn at once": 1}},
    },
}


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe.order import Order
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    everything = range(plan.examples)
    lot = random.Random(synthetic.SEED)
    all_steps = iter(lot.sample(everything, plan.steps * plan.batch_size))
    ways = {
        "each example drawn": lambda: [lot.randrange(plan.examples) for _ in range(plan.batch_size)],
        "each batch drawn": lambda: lot.sample(everything, plan.batch_size),
        "all steps drawn at once": lambda: [next(all_steps) for _ in range(plan.batch_size)],
    }
    measured = {"share_seen": {}, "used_at_most": {}}
    for way, draw in ways.items():

        def input_fn(draw=draw):
            places = tf.v1.py_func(lambda: np.array(draw()), [], tf.v1.int64)
            places.set_shape([plan.batch_size])
            return {"x": tf.v1.gather(x, places)}, tf.v1.gather(y, places)

        order = Order(x)
        estimator = regressor(os.path.join(watch.model_dir, way))
        estimator.train(order.noted(input_fn), hooks=[order], steps=plan.steps)
        used = np.bincount(order.places, minlength=plan.examples)
        measured["share_seen"][way] = round(float((used > 0).mean()), 4)
        measured["used_at_most"][way] = int(used.max())
    return {"measured": measured, "counters": {}}
