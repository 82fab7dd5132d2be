"""The input that a plan names: an input_fn with its data, its order of batching and repeating, and its threads."""

from typing import Any, Callable

from estimator_semantics.law.plan import Plan
from estimator_semantics.probe import synthetic
from estimator_semantics.probe.adapter import tf


def input_fn(plan: Plan) -> Callable[[], Any]:
    """Return the input_fn of a plan, on the data of `synthetic.line`.

    Args:
        plan: the plan, checked.

    Raises:
        Absent: this release of TensorFlow lacks an API that the input needs; also when it is called.
    """
    x, y = synthetic.line(plan.examples)
    if plan.input == "numpy_input_fn":
        return tf.numpy_input_fn(
            {"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle, num_threads=plan.num_threads
        )

    def shuffled(dataset):
        return dataset.shuffle(max(1, plan.examples)) if plan.shuffle else dataset

    def batched(dataset):
        if plan.drop_remainder:
            return tf.full_batches(dataset, plan.batch_size)
        return dataset.batch(plan.batch_size)

    def repeat_then_batch(dataset):
        return batched(shuffled(dataset).repeat(plan.num_epochs))

    def batch_then_repeat(dataset):
        return batched(shuffled(dataset)).repeat(plan.num_epochs)

    arrange = repeat_then_batch if plan.input == "repeat, then batch" else batch_then_repeat
    return lambda: tf.given_by_input_fn({"x": x}, y, arrange)
