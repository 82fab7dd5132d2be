"""Endless data and no steps: training never ends."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "With num_epochs=None and without steps, nothing ends training."
FOUND = "True. Training was still going on after 100 steps, where one epoch is 3."
SOURCE = "https://stackoverflow.com/questions/38340311"

PLAN = Plan(examples=10, batch_size=4, num_epochs=None)

# Thirty times the steps that the data of one epoch would allow are taken for "never".
EXPECTED = {"guard": {">=1.3": 100}}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch.stop_after(100)])
    return watch.observe()
