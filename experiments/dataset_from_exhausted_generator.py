"""Data from a generator that is used up.

The function given to from_generator returns the same generator at each call, and it has nothing left after one epoch.
"""

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "repeat() makes any dataset longer."
FOUND = (
    "False: of a generator with nothing left, each further epoch is empty. repeat(3) gave 10 examples in "
    "batches of 4 once, 3 steps; repeat() did too, but before 1.7 it lost the ragged batch and gave 2."
)
INSTEAD = "Call `Dataset.from_generator(lambda: read(path), ...)`: each call makes a new generator."
SOURCE = "https://www.tensorflow.org/api_docs/python/tf/data/Dataset#from_generator"

_THREE_EPOCHS = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False, input="repeat, then batch")

PLANS = {"three epochs": _THREE_EPOCHS, "endless data": _THREE_EPOCHS._replace(num_epochs=None)}

_ONE_EPOCH = {
    "steps": {">=1.4": 3},
    "global_step": {">=1.4": 3},
    "examples": {">=1.4": 10},
    "last_batch": {">=1.4": 2},
    "epochs": {">=1.4": 1},
    "bound": {">=1.4": "epochs"},
    "usage": {">=1.4": {"1": 10}},
}

# By release where the endless repetition ends with an error, which takes the ragged batch with it.
_ONE_EPOCH_OR_LESS = {
    "steps": {">=1.4,<1.7": 2, ">=1.7": 3},
    "global_step": {">=1.4,<1.7": 2, ">=1.7": 3},
    "examples": {">=1.4,<1.7": 8, ">=1.7": 10},
    "last_batch": {">=1.4,<1.7": 4, ">=1.7": 2},
    "epochs": {">=1.4,<1.7": 0, ">=1.7": 1},
    "bound": {">=1.4": "epochs"},
    "usage": {">=1.4,<1.7": {"0": 2, "1": 8}, ">=1.7": {"1": 10}},
}

EXPECTED = {"three epochs": _ONE_EPOCH, "endless data": _ONE_EPOCH_OR_LESS}

CHANGES = {
    "1.7": Change(
        says="Up to 1.6 repeat() without a count raised an error when a new epoch had no element at all, and the examples "
        "that waited for their batch to fill were lost. Since 1.7 it ends there, and they are a last, smaller batch.",
        do="Give from_generator a function that begins anew at each call.",
        source="https://github.com/tensorflow/tensorflow/blob/0519f21c44a439f4386832155ddb5f861092fcd6/tensorflow/core/kernels/repeat_dataset_op.cc",
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    examples = ((({"x": value}), label) for value, label in zip(x, y))

    def input_fn():
        dataset = tf.data.Dataset.from_generator(
            lambda: examples,
            ({"x": tf.v1.float64}, tf.v1.float64),
            ({"x": tf.v1.TensorShape([])}, tf.v1.TensorShape([])),
        )
        return tf.one_shot(dataset.repeat(plan.num_epochs).batch(plan.batch_size))

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch.stop_after(50)])
    return watch.observe()
