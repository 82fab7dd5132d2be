"""Steps above the epoch bound: the data ends first.

The second of three trainings in the answer this project began with: steps=200,000 on data for 175,000.
"""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Asking for more steps than the data allows does not lengthen training: it ends when the data does."
FOUND = "True. With steps=200,000, 700,000 examples in batches of 4 were 175,000 steps."
SOURCE = "https://stackoverflow.com/questions/38340311"

PLAN = Plan(examples=700000, batch_size=4, num_epochs=1, steps=200000, shuffle=True)
QUICK = PLAN._replace(examples=7000, steps=2000)


def run(tf, plan, watch):
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch], steps=plan.steps)
    return watch.observe()
