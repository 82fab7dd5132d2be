"""Data that the batch size does not divide.

The three trainings of the answer cannot tell: 700,000 is a multiple of 4.
"""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Where the ragged batch goes decides the number of steps: one at the very end, one in each epoch, or none."
FOUND = (
    "True. Three epochs of 10 examples in batches of 4 are 8 steps when batches go on across epochs, and 9 "
    "when each epoch is batched by itself. With drop_remainder they are 7 and 6."
)
INSTEAD = (
    "Repeat before you batch, `dataset.repeat(num_epochs).batch(batch_size)`; if batch comes first, count `num_epochs "
    "* ceil(examples / batch_size)` steps."
)
SOURCE = "https://www.tensorflow.org/guide/data#training_workflows"

_THREE_EPOCHS = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False)

PLANS = {
    "numpy_input_fn": _THREE_EPOCHS,
    "repeat, then batch": _THREE_EPOCHS._replace(input="repeat, then batch"),
    "batch, then repeat": _THREE_EPOCHS._replace(input="batch, then repeat"),
    "repeat, then batch, drop_remainder": _THREE_EPOCHS._replace(input="repeat, then batch", drop_remainder=True),
    "batch, then repeat, drop_remainder": _THREE_EPOCHS._replace(input="batch, then repeat", drop_remainder=True),
    "batch_size above the data": Plan(examples=3, batch_size=10),
    "num_epochs=0": Plan(examples=10, batch_size=4, num_epochs=0),
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    def dataset():
        examples = tf.Dataset.from_tensor_slices(({"x": x}, y))
        if plan.input == "repeat, then batch":
            return tf.batch(examples.repeat(plan.num_epochs), plan.batch_size, plan.drop_remainder)
        return tf.batch(examples, plan.batch_size, plan.drop_remainder).repeat(plan.num_epochs)

    in_numpy = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    input_fn = in_numpy if plan.input == "numpy_input_fn" else dataset
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    return watch.observe()
