"""Weights after the same steps on the same data."""

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "The same steps on the same data lead to the same weights, whatever the release."
FOUND = (
    "False: since 2.0 LinearRegressor takes the mean of the losses in a batch, and before it took their sum. "
    "20 steps led to a weight of 1.157 before 2.0, and of 1.146 since."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLAN = Plan(examples=40, batch_size=4, num_epochs=None, steps=20, shuffle=False)

EXPECTED = {
    "weight": {"<2.0": 1.157, ">=2.0": 1.146},
    "bias": {"<2.0": 1.115, ">=2.0": 1.116},
}

CHANGES = {
    "2.0": Change(
        says="LinearRegressor took the sum of the losses in a batch, and takes their mean since 2.0. The gradients are "
        "smaller by the batch size, and the same steps lead to other weights. The optimizer still is Ftrl with 0.2.",
        do='Pass loss_reduction="sum" for the weights that 1.x gives, or tune the learning rate again.',
        source="https://github.com/tensorflow/estimator/blob/v2.0.1/tensorflow_estimator/python/estimator/canned/"
        "linear.py#L1287",
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor(
        [tf.feature_column.numeric_column("x")], watch.model_dir, config=light(save_checkpoints_secs=600)
    )
    estimator.train(watch.counted(input_fn), hooks=[watch], steps=plan.steps)
    observed = watch.observe()
    for name, value in zip(("weight", "bias"), tf.linear_state(watch.model_dir)):
        observed["measured"][name] = float("{:.4g}".format(value))
    return observed
