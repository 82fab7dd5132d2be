"""Steps left implicit: one epoch decides.

The first of three trainings in the answer this project began with: num_epochs=1 and no steps.
"""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Without steps, training runs until the data ends: one epoch is examples / batch_size steps."
FOUND = "True. One epoch of 700,000 examples in batches of 4 was 175,000 steps."
SOURCE = "https://stackoverflow.com/questions/38340311"

PLAN = Plan(examples=700000, batch_size=4, num_epochs=1, shuffle=True)
QUICK = PLAN._replace(examples=7000)


def run(tf, plan, watch):
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    return watch.observe()
