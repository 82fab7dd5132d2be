"""Weights after the same steps on the same data."""

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "The same steps on the same data lead to the same weights, whatever the release."
SOURCE = "https://www.tensorflow.org/guide/migrate"

PLAN = Plan(examples=40, batch_size=4, num_epochs=None, steps=20, shuffle=False)


def run(tf, plan, watch):
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch], steps=plan.steps)
    observed = watch.observe()
    for name, variable in (("weight", "x/weights"), ("bias", "bias_weights")):
        (value,) = tf.checkpointed(watch.model_dir, "linear/linear_model/" + variable).ravel()
        observed["measured"][name] = float("{:.4g}".format(value))
    return observed
