"""Data for ``Model.fit``: examples that are whole numbers, so that a model sees which ones it gets."""

from typing import Any, Dict, Iterator, Tuple

import numpy as np

from estimator_semantics.law.plan import Plan
from estimator_semantics.probe.adapter import tf

# The examples of the training data are the numbers from 0 on, those of the validation data from this one on.
VALIDATION = 64


def training(plan: Plan) -> Dict[str, Any]:
    """Return the arguments of ``fit`` that say where the batches of a plan come from.

    Args:
        plan: what is trained.
    """
    x, y = numbers(0, plan.examples)
    if plan.input == "arrays":
        return {"x": x, "y": y, "batch_size": plan.batch_size}
    if plan.input == "generator":
        return {"x": batches(plan)}
    return {"x": dataset(plan)}


def validation(plan: Plan) -> Any:
    """Return what ``fit`` takes as ``validation_data``: examples from `VALIDATION` on, as the plan gives its own."""
    return numbers(VALIDATION, plan.examples) if plan.input == "arrays" else dataset(plan, VALIDATION)


def numbers(first: int, count: int) -> Tuple[Any, Any]:
    """Return the examples ``first, first + 1, ...`` and labels, which are all 1: arrays of shape ``[count, 1]``."""
    x = np.arange(first, first + count, dtype=np.float32).reshape(-1, 1)
    return x, np.ones_like(x)


def batches(plan: Plan) -> Iterator[Tuple[Any, Any]]:
    """Yield the batches of ``num_epochs`` epochs; for ever when that is None."""
    x, y = numbers(0, plan.examples)
    epoch = 0
    while plan.num_epochs is None or epoch < plan.num_epochs:
        for begin in range(0, plan.examples, plan.batch_size):
            yield x[begin : begin + plan.batch_size], y[begin : begin + plan.batch_size]
        epoch += 1


def dataset(plan: Plan, first: int = 0) -> Any:
    """Return the ``Dataset`` of a plan.

    Args:
        plan: what is trained; its ``input`` names the order of ``repeat`` and ``batch``.
        first: number of the first example.
    """
    single = examples(plan, first)
    if plan.input == "repeat, then batch":
        batches = tf.batch(single.repeat(plan.num_epochs), plan.batch_size, plan.drop_remainder)
    else:
        batches = tf.batch(single, plan.batch_size, plan.drop_remainder).repeat(plan.num_epochs)
    # What a filter lets through is not known before it is read.
    return batches if plan.known_size else batches.filter(lambda x, y: tf.v1.size(x) > 0)


def examples(plan: Plan, first: int = 0) -> Any:
    """Return the examples of a plan as a ``Dataset``, one by one.

    Args:
        plan: what is trained.
        first: number of the first example.
    """
    return tf.Dataset.from_tensor_slices(numbers(first, plan.examples))
