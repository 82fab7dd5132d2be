"""Weights along the epochs: one call with several epochs against as many calls with one."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "It makes no difference whether train is called once for all epochs or once for each epoch."
FOUND = (
    "Depends on whether the batch size divides the number of examples. With 20 examples in batches of 4 it does: "
    "three epochs ran 15 steps and gave the same weights either way. With 10 examples it does not: one call ran 8 "
    "steps and three calls ran 9, with the same weights after the first 2 steps only."
)
INSTEAD = (
    "Pass `num_epochs=3` to numpy_input_fn and call train once; with one call for each epoch, count `num_epochs * "
    "ceil(examples / batch_size)` steps."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLANS = {
    "batch size divides the data": Plan(examples=20, batch_size=4, num_epochs=3, shuffle=False),
    # Within one call a batch goes on across the end of an epoch; each of several calls ends with a smaller one.
    "ragged": Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False),
}

EXPECTED = {
    "batch size divides the data": {"steps_in_several_calls": {">=1.3": 15}, "steps_with_equal_weights": {">=1.3": 15}},
    "ragged": {"steps_in_several_calls": {">=1.3": 9}, "steps_with_equal_weights": {">=1.3": 2}},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor
    from estimator_semantics.probe.trajectory import Trajectory

    x, y = synthetic.line(plan.examples)

    in_one_call = Trajectory()
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch, in_one_call])

    in_several_calls = Trajectory()
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, 1, plan.shuffle)
    estimator = regressor(os.path.join(watch.model_dir, "several calls"), save_checkpoints_secs=600)
    for _ in range(plan.num_epochs):
        estimator.train(input_fn, hooks=[in_several_calls])

    equal = [one == other for one, other in zip(in_one_call.weights, in_several_calls.weights)]
    observed = watch.observe()
    observed["measured"]["steps_in_several_calls"] = len(in_several_calls.weights)
    observed["measured"]["steps_with_equal_weights"] = equal.index(False) if False in equal else len(equal)
    return observed
