"""A model of one's own that increases the global step."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "With a custom model_fn the lower bound decides as well, if its train_op increases the global step."
FOUND = "True. On data for 6 steps, steps=3 and max_steps=3 ran 3 steps, and steps=9 ran 6."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/EstimatorSpec"

_SIX_BATCHES = Plan(examples=24, batch_size=4, num_epochs=1)

PLANS = {
    "data ends first": _SIX_BATCHES._replace(steps=9),
    "steps end first": _SIX_BATCHES._replace(steps=3),
    "max_steps end first": _SIX_BATCHES._replace(max_steps=3),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import model
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)

    def minimize(optimizer, loss):
        return optimizer.minimize(loss, global_step=tf.v1.train.get_global_step())

    estimator = tf.estimator.Estimator(model.linear(minimize), watch.model_dir, light())
    estimator.train(watch.counted(input_fn), steps=plan.steps, max_steps=plan.max_steps, hooks=[watch])
    return watch.observe()
