"""num_epochs=0: data that is not gone over at all."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "repeat(0) leaves nothing of the data: training runs no step and ends."
FOUND = (
    "Depends on the release: true of numpy_input_fn and of a Dataset, but shuffle(...).repeat(0) raises InternalError in 1.13 "
    "and InvalidArgumentError since 1.14, where a batch does not come between the two."
)
INSTEAD = (
    "Call train only if there is an epoch (`if num_epochs: estimator.train(input_fn)`) when you shuffle a Dataset and "
    "then repeat it."
)
SOURCE = "https://www.tensorflow.org/api_docs/python/tf/data/Dataset#repeat"

_NO_EPOCH = Plan(examples=10, batch_size=4, num_epochs=0, shuffle=False)

PLANS = {
    "numpy_input_fn": _NO_EPOCH._replace(shuffle=True),
    "Dataset": _NO_EPOCH._replace(input="repeat, then batch"),
    "shuffle, then repeat": _NO_EPOCH._replace(shuffle=True, input="repeat, then batch"),
    "shuffle, batch, then repeat": _NO_EPOCH._replace(shuffle=True, input="batch, then repeat"),
}

EXPECTED = {"shuffle, then repeat": {"raises": {"==1.13.*": "InternalError", ">=1.14": "InvalidArgumentError"}}}

CHANGES = {
    "1.13": Change(
        says="shuffle(...).repeat(0) gave no batch, and training ended without a step. 1.13 makes one dataset of the two by "
        "default, which for no repetition gives neither a batch nor an end: training raises InternalError.",
        do="Do not call train where there is no epoch to train, or put something between shuffle and repeat: a batch.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.13.2/tensorflow/python/data/experimental/ops/"
        "optimization_options.py#L120-L127",
        cause=causes.SHUFFLE_AND_REPEAT,
    ),
    "1.14": Change(
        says="1.13 raised InternalError where a shuffled dataset was repeated 0 times. Since 1.14 the dataset that is made of "
        "the two refuses 0, and training raises InvalidArgumentError.",
        do="Do not call train where there is no epoch to train, or put something between shuffle and repeat: a batch.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.14.0/tensorflow/core/kernels/data/shuffle_dataset_op.cc",
        cause=causes.SHUFFLE_AND_REPEAT,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import inputs, refusal
    from estimator_semantics.probe.regressor import regressor

    try:
        regressor(watch.model_dir).train(watch.counted(inputs.input_fn(plan)), hooks=[watch])
    except tf.errors.OpError as error:
        return {"measured": {"raises": refusal.name(error)}, "counters": {}}
    return watch.observe()
