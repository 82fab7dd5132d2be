"""Order of the examples, epoch by epoch, with Dataset.shuffle before and after Dataset.repeat."""

import os

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "A Dataset that is shuffled gives each epoch in a new order."
FOUND = (
    "Depends on the order of the calls: if shuffle comes before repeat, each epoch has a new order. Otherwise, "
    "examples of several epochs are mixed. reshuffle_each_iteration=False gives all epochs in the same order, except "
    "in 1.13."
)
SOURCE = "https://www.tensorflow.org/guide/data#randomly_shuffling_input_data"

PLAN = Plan(examples=40, batch_size=4, num_epochs=3, shuffle=True, input="repeat, then batch")

EXPECTED = {
    "shuffle, then repeat": {">=1.3": "whole epochs, each in an order of its own"},
    "shuffle once, then repeat": {
        "<1.13": "whole epochs, all in the same order",
        "==1.13.*": "whole epochs, each in an order of its own",
        ">=1.14": "whole epochs, all in the same order",
    },
    "repeat, then shuffle": {">=1.3": "examples of several epochs mixed"},
    "repeat, then shuffle once": {">=1.3": "examples of several epochs mixed"},
}

CHANGES = {
    "1.13": Change(
        says="shuffle(reshuffle_each_iteration=False).repeat() gave all epochs in the same order. 1.13 fuses the two by "
        "default, forgets the argument, and shuffles anew for each epoch.",
        do="Set options.experimental_optimization.shuffle_and_repeat_fusion = False, or expect a new order in each epoch",
        source="https://github.com/tensorflow/tensorflow/blob/v1.13.2/tensorflow/python/data/experimental/ops/"
        "optimization_options.py#L120-L127",
        cause=causes.SHUFFLE_AND_REPEAT,
    ),
    "1.14": Change(
        says="1.13 shuffled anew for each epoch in spite of reshuffle_each_iteration=False. Since 1.14 shuffle and repeat "
        "are not fused in this case, and all epochs have the same order.",
        do="Leave out reshuffle_each_iteration if each epoch should have its own order",
        source="https://github.com/tensorflow/tensorflow/blob/v1.14.0/tensorflow/core/grappler/optimizers/data/"
        "shuffle_and_repeat_fusion.cc",
        cause=causes.SHUFFLE_AND_REPEAT,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe.order import Order
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    orders = {
        "shuffle, then repeat": lambda data: data.shuffle(plan.examples).repeat(plan.num_epochs),
        "shuffle once, then repeat": lambda data: data.shuffle(plan.examples, reshuffle_each_iteration=False).repeat(
            plan.num_epochs
        ),
        "repeat, then shuffle": lambda data: data.repeat(plan.num_epochs).shuffle(plan.examples),
        "repeat, then shuffle once": lambda data: data.repeat(plan.num_epochs).shuffle(
            plan.examples, reshuffle_each_iteration=False
        ),
    }
    measured = {}
    for name, arranged in orders.items():
        order = Order(x)

        def input_fn(arranged=arranged):
            return arranged(tf.Dataset.from_tensor_slices(({"x": x}, y))).batch(plan.batch_size)

        model_dir = os.path.join(watch.model_dir, name)
        estimator = regressor(model_dir)
        estimator.train(order.noted(input_fn), hooks=[order])
        measured[name] = order.kind
    return {"measured": measured, "counters": {}}
