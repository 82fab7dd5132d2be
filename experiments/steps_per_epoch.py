"""Steps in an epoch: the examples divided by the batch size."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "A step is one gradient update on batch_size examples: an epoch of 2,000 in batches of 10 is 200 updates."
FOUND = (
    "True. There were 200 steps, and the weight was that of 200 updates; the same holds for 20,000 examples "
    "in batches of 100."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLANS = {
    "2,000 examples in batches of 10": Plan(examples=2000, batch_size=10, shuffle=False),
    "20,000 examples in batches of 100": Plan(examples=20000, batch_size=100, shuffle=False),
}

_ALWAYS = {"weight_is_that_of_one_update_a_batch": {">=1.3": True}}
EXPECTED = dict.fromkeys(PLANS, _ALWAYS)


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)

    def model_fn(features, labels, mode):
        weight = tf.v1.get_variable("weight", [], tf.v1.float64, tf.v1.zeros_initializer())
        loss = tf.v1.reduce_mean(tf.v1.square(weight * features["x"] - labels))
        train_op = tf.train.GradientDescentOptimizer(0.125).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.Estimator(model_fn, watch.model_dir, light(save_checkpoints_secs=600))
    estimator.train(watch.counted(input_fn), hooks=[watch])

    weight = 0.0
    for begin in range(0, plan.examples, plan.batch_size):
        batch = slice(begin, begin + plan.batch_size)
        weight -= 0.125 * (2 * (weight * x[batch] - y[batch]) * x[batch]).mean()

    observed = watch.observe()
    trained = tf.checkpointed(watch.model_dir, "weight")
    observed["measured"]["weight_is_that_of_one_update_a_batch"] = bool(abs(trained - weight) < 1e-9)
    return observed
