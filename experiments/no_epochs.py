"""num_epochs=0: data that is not gone over at all."""

from estimator_semantics.probe import Plan

CLAIM = "repeat(0) leaves nothing of the data: training runs no step and ends."
FOUND = "True."
INSTEAD = "`if num_epochs: estimator.train(input_fn)`, where a Dataset is shuffled and then repeated."
SOURCE = "https://www.tensorflow.org/api_docs/python/tf/data/Dataset#repeat"

_NO_EPOCH = Plan(examples=10, batch_size=4, num_epochs=0, shuffle=False)

PLANS = {
    "numpy_input_fn": _NO_EPOCH._replace(shuffle=True),
    "Dataset": _NO_EPOCH._replace(input="repeat, then batch"),
    "shuffle, then repeat": _NO_EPOCH._replace(shuffle=True, input="repeat, then batch"),
    "shuffle, batch, then repeat": _NO_EPOCH._replace(shuffle=True, input="batch, then repeat"),
}

EXPECTED = {}


def run(tf, plan, watch):
    from estimator_semantics.probe import inputs

    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    try:
        estimator.train(watch.counted(inputs.input_fn(plan)), hooks=[watch])
    except tf.errors.InvalidArgumentError as error:
        return {"measured": {"raises": type(error).__name__}, "counters": {}}
    return watch.observe()
