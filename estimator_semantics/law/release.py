"""A release: which version of TensorFlow, or of Keras, a prediction is for."""

from typing import Optional, Tuple

from estimator_semantics.law.primitives import groups
from estimator_semantics.law.refusal import InvalidPlan
from estimator_semantics.law.turning_points import Turn


def minor(version: str, field: str = "tensorflow") -> Tuple[int, int]:
    """Return the minor of a version: ``(1, 9)`` of ``"1.9.0"``.

    Args:
        version: for example ``"2.15.1"`` or ``"2.22.0rc0"``.
        field: of what it is the version: ``"tensorflow"`` or ``"keras"``.

    Raises:
        InvalidPlan: it is not a version.
    """
    parts = groups("([0-9]{1,6})\\.([0-9]{1,6})(?:[^0-9][^\\n]*)?", version)
    if parts is None:
        example = "3.10.0" if field == "keras" else "2.15.1"
        raise InvalidPlan(field, version, "not_a_version", {"example": example})
    major, second = parts
    return int(major), int(second)


def is_before(version: Optional[str], turn: Turn) -> bool:
    """Say whether a version is older than a turning point; ``None`` is the newest and older than nothing.

    Args:
        version: of what the turning point is of: TensorFlow, or Keras; or ``None``.
        turn: the turning point.
    """
    if version is None:
        return False
    major, second = minor(version, turn.of)
    its_major, its_second = turn.minor
    return major < its_major or (major == its_major and second < its_second)
