"""The reference: what LinearRegressor learns, computed without TensorFlow from the published formulas.

With it the number of updates of a training can be told from the weights alone: no counter of TensorFlow's has to be believed.
"""

from typing import Any

import numpy as np

# What is followed, in this order along the last axis of a trajectory.
QUANTITIES = ("weight", "bias", "weight accumulator", "bias accumulator", "weight linear", "bias linear")

# The defaults of LinearRegressor for one feature, min(0.2, 1 / sqrt(1)), and of Ftrl; no regularization, power -0.5.
LEARNING_RATE = np.float32(0.2)
INITIAL_ACCUMULATOR = np.float32(0.1)


def trajectory(x: Any, y: Any, batch_size: int, num_epochs: int, steps: int, summed: bool) -> Any:
    """Return what a LinearRegressor of one feature holds after each update, in the order of the data.

    The prediction is ``weight x + bias``, the loss the sum or the mean of the squared errors of a batch, and the update the
    one of FTRL-Proximal (algorithm 1, in the arrangement in which TensorFlow describes its op), all in single precision.

    Args:
        x: the feature, of shape ``[examples]``.
        y: the labels, of shape ``[examples]``.
        batch_size: examples in a batch.
        num_epochs: passes over the data; batches go on across their ends, and the last one may be ragged. When it is over
            the data begins anew, so that it can be said what a further update would have made.
        steps: number of updates.
        summed: whether the loss is the sum over a batch, as before TensorFlow 2.0, and not the mean.

    Returns:
        float32 array of shape ``[steps + 1, 6]``: row ``k`` holds the `QUANTITIES` after exactly ``k`` updates.

    Source:
        https://research.google.com/pubs/archive/41159.pdf
        https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/raw_ops/ApplyFtrl
    """
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    total = len(x) * num_epochs
    values, linear = np.zeros(2, np.float32), np.zeros(2, np.float32)
    accumulator = np.full(2, INITIAL_ACCUMULATOR)
    root = np.sqrt(accumulator)
    trajectory = np.empty((steps + 1, 6), np.float32)
    trajectory[0] = np.concatenate((values, accumulator, linear))
    begin = 0
    for step in range(1, steps + 1):
        end = min(begin + batch_size, total)
        place = begin % len(x)
        if place + end - begin <= len(x):
            features, labels = x[place : place + end - begin], y[place : place + end - begin]
        else:
            places = np.arange(begin, end) % len(x)
            features, labels = x[places], y[places]
        error = features * values[0] + values[1] - labels
        slope = error + error  # of the squared error
        if not summed:
            slope = slope / np.float32(len(features))
        gradient = np.array((slope.dot(features), slope.sum()), np.float32)
        accumulator = accumulator + gradient * gradient
        new_root = np.sqrt(accumulator)
        linear = linear + (gradient - (new_root - root) / LEARNING_RATE * values)
        root = new_root
        # Without regularization: |linear| > l1 = 0 but for linear = 0, of which the quotient is 0 as well.
        values = -linear / (root / LEARNING_RATE)
        trajectory[step, 0:2], trajectory[step, 2:4], trajectory[step, 4:6] = values, accumulator, linear
        begin = 0 if end == total else end
    return trajectory


def differences(trajectory: Any, measured: Any) -> Any:
    """Return how far what was measured is from each point of a trajectory.

    Args:
        trajectory: of shape ``[steps + 1, 6]``.
        measured: the `QUANTITIES`, of shape ``[6]``.

    Returns:
        For each number of updates the largest difference of the six, relative to the larger of the two values; of shape
        ``[steps + 1]``.
    """
    measured = np.asarray(measured, np.float64)
    size = np.maximum(np.abs(trajectory), np.abs(measured))
    return (np.abs(trajectory - measured) / np.maximum(size, np.finfo(np.float32).tiny)).max(axis=1)
