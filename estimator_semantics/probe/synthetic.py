"""Synthetic data whose every example can be told from every other by its value alone."""

from typing import Any, Tuple

SEED = 38340311  # the number of the question this project began with


def line(examples: int) -> Tuple[Any, Any]:
    """Return ``x`` in a random order and ``y = 3 x + 1`` with a little noise.

    The values of ``x`` are ``0, 1, ..., examples - 1`` divided by a power of two: numbers in [0, 1) that a float holds
    exactly, so that `number` finds out which example a value is without anything else riding in the batch.

    Args:
        examples: how many.

    Returns:
        ``x`` and ``y``, float64 arrays of shape ``[examples]``; the same ones on every call.
    """
    # Imported here, so that an experiment's claim and plan can be read where there is no NumPy.
    import numpy as np

    random = np.random.RandomState(SEED)
    x = random.permutation(examples) / float(_scale(examples))
    y = 3.0 * x + 1.0 + random.normal(scale=0.1, size=examples)
    return x, y


def number(x: Any, examples: int) -> Any:
    """Return the numbers (0 to ``examples - 1``) of the examples with these values of ``x``, as floats.

    Args:
        x: values made by `line`; an array or a tensor.
        examples: how many examples `line` made.
    """
    return x * float(_scale(examples))


def _scale(examples: int) -> int:
    return 1 << max(examples - 1, 1).bit_length()
