"""A condition: which environments something holds for, as ``">=2.18"``, ``">=2.16,keras>=3.7"`` or ``"numpy>=2"``.

A comma-separated list of version specifiers, all of which must hold. Each is one of TensorFlow, or of the distribution whose
name is before it; ``python`` counts as one. What is not installed has no version, so no specifier of it holds.

Source:
    https://packaging.python.org/en/latest/specifications/version-specifiers/
"""

import functools
import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from estimator_semantics.host.errors import InvalidCondition
from estimator_semantics.host.record import VERSIONED, Versions


def holds(condition: str, versions: Versions) -> bool:
    """Return whether a condition holds for an environment; the empty one always does.

    Args:
        condition: for example ``">=2.16,keras>=3.7"``.
        versions: the environment.

    Raises:
        InvalidCondition: it is no list of specifiers, or names a distribution whose version a record does not hold.
    """
    return all(
        (version := getattr(versions, name)) is not None
        and specifiers.contains(version.rstrip("+"))  # python 3.14.0a1+
        for name, specifiers in _parse(condition)
    )


def names(condition: str) -> set[str]:
    """Return what a condition is about: ``{"tensorflow", "keras"}`` of ``">=2.16,keras>=3.7"``.

    Args:
        condition: the condition.

    Raises:
        InvalidCondition: see `holds`.
    """
    return {name for name, _ in _parse(condition)}


def check(condition: str) -> None:
    """Raise InvalidCondition where `holds` would.

    Args:
        condition: what may be a condition.
    """
    _parse(condition)


@functools.cache
def _parse(condition: str) -> tuple[tuple[str, SpecifierSet], ...]:
    parsed = []
    for part in filter(None, (part.strip() for part in condition.split(","))):
        matched = re.fullmatch(r"([\w.-]*)\s*(.*)", part)
        if matched is None:
            raise InvalidCondition(condition, f"{part!r} has several lines")
        name, specifier = matched.groups()
        name = name.lower().replace("-", "_") or "tensorflow"
        if name not in VERSIONED:
            raise InvalidCondition(condition, f"{name} is none of {', '.join(VERSIONED)}")
        try:
            parsed.append((name, SpecifierSet(specifier, prereleases=True)))
        except InvalidSpecifier as error:
            raise InvalidCondition(condition, str(error)) from None
        if not specifier:
            raise InvalidCondition(condition, f"{part!r} has no operator before the version")
    return tuple(parsed)
