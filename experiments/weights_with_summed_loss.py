"""Weights after the same steps, with the loss summed over the batch by request."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "With the loss summed over the batch by request, TensorFlow 2 arrives at the weights of TensorFlow 1."
FOUND = (
    "True. Since 1.6, when it could first be asked for, 20 steps lead to the weight 1.157 and the bias 1.115 "
    "on every release."
)
SOURCE = (
    "https://github.com/tensorflow/estimator/blob/v2.0.1/tensorflow_estimator/python/estimator/canned/linear.py#L1287"
)

PLAN = Plan(examples=40, batch_size=4, num_epochs=None, steps=20, shuffle=False)

# As in weights_after_steps before 2.0: that the loss is a mean since then is all that makes the difference.
EXPECTED = {"weight": {">=1.6": 1.157}, "bias": {">=1.6": 1.115}}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor(
        [tf.feature_column.numeric_column("x")],
        watch.model_dir,
        loss_reduction=tf.summed_loss,
        config=light(save_checkpoints_secs=600),
    )
    estimator.train(watch.counted(input_fn), hooks=[watch], steps=plan.steps)
    observed = watch.observe()
    for name, value in zip(("weight", "bias"), tf.linear_state(watch.model_dir)):
        observed["measured"][name] = float("{:.4g}".format(value))
    return observed
