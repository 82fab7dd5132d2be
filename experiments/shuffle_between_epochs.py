"""Order of the examples, epoch by epoch, with numpy_input_fn."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "numpy_input_fn(shuffle=True) shuffles the data between epochs."
FOUND = (
    "False: in one call it mixes examples of several epochs. With one call for each epoch, each is whole and "
    "in an order of its own."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLANS = {
    "shuffle=False": Plan(examples=40, batch_size=4, num_epochs=2, shuffle=False),
    "shuffle=True": Plan(examples=40, batch_size=4, num_epochs=2, shuffle=True),
}

# One queue holds the examples of all epochs of a call: those of the second come before the first is over.
EXPECTED = {
    "shuffle=False": {
        "order_in_one_call": {">=1.3": "every epoch in the order of the data"},
        "order_in_several_calls": {">=1.3": "every epoch in the order of the data"},
    },
    "shuffle=True": {
        "order_in_one_call": {">=1.3": "examples of several epochs mixed"},
        "order_in_several_calls": {">=1.3": "whole epochs, each in an order of its own"},
    },
}


def run(tf, plan, watch):
    from estimator_semantics.probe.order import Order
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    one_call = Order(x)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(one_call.noted(input_fn)), hooks=[watch, one_call])

    several_calls = Order(x)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, 1, plan.shuffle)
    estimator = regressor(os.path.join(watch.model_dir, "several calls"))
    for _ in range(plan.num_epochs):
        estimator.train(several_calls.noted(input_fn), hooks=[several_calls])

    observed = watch.observe()
    observed["measured"].update(order_in_one_call=one_call.kind, order_in_several_calls=several_calls.kind)
    return observed
