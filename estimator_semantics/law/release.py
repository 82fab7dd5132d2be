"""A release: which version of TensorFlow, or of Keras, a prediction is for."""

import re
from typing import Optional, Tuple

from estimator_semantics.law.plan import InvalidPlan


def minor(version: str, field: str = "tensorflow") -> Tuple[int, int]:
    """Returns the minor of a version: ``(1, 9)`` of ``"1.9.0"``.

    Args:
        version: for example ``"2.15.1"`` or ``"2.22.0rc0"``.
        field: of what it is the version: ``"tensorflow"`` or ``"keras"``.

    Raises:
        InvalidPlan: it is not a version.
    """
    found = re.match(r"([0-9]{1,6})\.([0-9]{1,6})(?![0-9])", version)
    if found is None:
        example = "3.10.0" if field == "keras" else "2.15.1"
        raise InvalidPlan(field, version, "not a version; give one like {}".format(example))
    return int(found.group(1)), int(found.group(2))


def is_before(version: Optional[str], turning_point: Tuple[int, int], field: str = "tensorflow") -> bool:
    """Says whether a version is older than a minor; ``None`` is the newest and older than nothing.

    Args:
        version: of TensorFlow or of Keras, or ``None``.
        turning_point: the first minor that behaves in another way, for example ``(1, 10)``.
        field: of what it is the version.
    """
    return version is not None and minor(version, field) < turning_point
