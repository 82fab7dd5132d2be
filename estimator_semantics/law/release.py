"""A release: which version of TensorFlow a prediction is for."""

import re
from typing import Optional, Tuple

from estimator_semantics.law.plan import InvalidPlan


def minor(tensorflow: str) -> Tuple[int, int]:
    """Returns the minor of a version: ``(1, 9)`` of ``"1.9.0"``.

    Args:
        tensorflow: version, for example ``"2.15.1"`` or ``"2.22.0rc0"``.

    Raises:
        InvalidPlan: it is not a version.
    """
    found = re.match(r"([0-9]{1,6})\.([0-9]{1,6})(?![0-9])", tensorflow)
    if found is None:
        raise InvalidPlan("tensorflow", tensorflow, "not a version; give one like 2.15.1")
    return int(found.group(1)), int(found.group(2))


def is_before(tensorflow: Optional[str], turning_point: Tuple[int, int]) -> bool:
    """Says whether a version is older than a minor; ``None`` is the newest and older than nothing.

    Args:
        tensorflow: version, or ``None``.
        turning_point: the first minor that behaves in another way, for example ``(1, 10)``.
    """
    return tensorflow is not None and minor(tensorflow) < turning_point
