"""Data from pandas: pandas_input_fn."""

from estimator_semantics.probe import Plan, synthetic

NEEDS = "pandas"

CLAIM = "pandas_input_fn bounds training as numpy_input_fn does."
FOUND = (
    "True. Two epochs of 10 examples in batches of 4 were 5 steps, and with two threads, each of which goes over the data "
    "num_epochs times, 10."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/inputs/pandas_input_fn"

_TWO_EPOCHS = Plan(examples=10, batch_size=4, num_epochs=2, shuffle=False)

PLANS = {"two epochs": _TWO_EPOCHS, "two threads": _TWO_EPOCHS._replace(num_threads=2, shuffle=True)}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    pandas = tf.pandas
    x, y = synthetic.line(plan.examples)
    input_fn = tf.inputs.pandas_input_fn(
        pandas.DataFrame({"x": x}),
        pandas.Series(y),
        batch_size=plan.batch_size,
        num_epochs=plan.num_epochs,
        shuffle=plan.shuffle,
        num_threads=plan.num_threads,
    )
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    return watch.observe()
