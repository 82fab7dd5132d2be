"""A ratio of two times that were measured in turns, and how far chance alone may have moved it."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Ratio:
    """The median of the ratios of some pairs.

    Attributes:
        median: the median.
        low: lower end of its spread.
        high: upper end of its spread.
        pairs: number of pairs.
        confident: whether the spread holds the true median with the confidence of 95 %. For fewer than six pairs there
            is no such spread, and it is that of all pairs.
    """

    median: float
    low: float
    high: float
    pairs: int
    confident: bool


def of_pairs(ratios: Sequence[float]) -> Ratio:
    """Return the median of ratios with its spread.

    The spread is the interval of the sign test: from the k-th smallest to the k-th largest ratio, with the largest k
    that leaves no more than the rest of 95 % outside. It supposes nothing about how times are distributed.

    Args:
        ratios: one for each pair; at least one.

    Source:
        https://www.itl.nist.gov/div898/software/dataplot/refman1/auxillar/mediancl.htm
    """
    ordered = sorted(ratios)
    pairs = len(ordered)
    left_out = 0  # so many on either side
    outside = 2 * 0.5**pairs
    confident = outside <= 1 - CONFIDENCE
    while confident:
        outside += 2 * math.comb(pairs, left_out + 1) * 0.5**pairs
        if outside > 1 - CONFIDENCE:
            break
        left_out += 1
    return Ratio(statistics.median(ordered), ordered[left_out], ordered[-1 - left_out], pairs, confident)
