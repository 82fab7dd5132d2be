"""Data without a single example."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Training on data without an example runs no step and ends."
FOUND = (
    "Depends on the input. With a Dataset, even with repeat(), training runs no step and ends. numpy_input_fn raises "
    "ZeroDivisionError, and with shuffle=True ValueError."
)
INSTEAD = (
    "Call train only if there is an example (`if len(y): estimator.train(input_fn)`) when numpy_input_fn may get none."
)
SOURCE = "https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/estimator/inputs/queues/feeding_functions.py"

_NONE = Plan(examples=0, batch_size=4, num_epochs=1, shuffle=False)

PLANS = {
    "numpy_input_fn": _NONE,
    "numpy_input_fn, shuffle": _NONE._replace(shuffle=True),
    "Dataset": _NONE._replace(input="repeat, then batch"),
    "Dataset, endless": _NONE._replace(num_epochs=None, input="repeat, then batch"),
}

# It divides by the number of examples, or draws the first of them by chance.
EXPECTED = {
    "numpy_input_fn": {"raises": {">=1.3": "ZeroDivisionError"}},
    "numpy_input_fn, shuffle": {"raises": {">=1.3": "ValueError"}},
}


def run(tf, plan, watch):
    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    def dataset():
        examples = tf.Dataset.from_tensor_slices(({"x": x}, y))
        return tf.batch(examples.repeat(plan.num_epochs), plan.batch_size)

    in_numpy = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    input_fn = in_numpy if plan.input == "numpy_input_fn" else dataset
    estimator = regressor(watch.model_dir)
    try:
        estimator.train(watch.counted(input_fn), hooks=[watch])
    except (ValueError, ZeroDivisionError) as error:
        return {"measured": {"raises": refusal.name(error)}, "counters": {}}
    return watch.observe()
