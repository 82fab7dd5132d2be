"""Steps below the epoch bound: the steps end first.

The third of three trainings in the answer this project began with: steps=1,000 on data for 175,000.
"""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Asking for fewer steps than the data allows ends training after exactly those, with most of the data unseen."
FOUND = (
    "True. With steps=1,000 and data for 175,000, training ended after 1,000 steps, and 696,000 of 700,000 "
    "examples were never used."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLAN = Plan(examples=700000, batch_size=4, num_epochs=1, steps=1000, shuffle=True)
QUICK = PLAN._replace(examples=7000, steps=10)


def run(tf, plan, watch):
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch], steps=plan.steps)
    return watch.observe()
