"""The changes that experiments explain: which of them lie between two environments, and which Keras they are about."""

from collections.abc import Sequence

from packaging.version import Version

from estimator_semantics.host import condition
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.lineup import generation
from estimator_semantics.host.record import Record, Versions
from estimator_semantics.probe.experiment import Change


def changes_between(of_old: Specification, of_new: Specification, line: Sequence[Record]) -> tuple[Change, ...]:
    """Return what is known to have changed after the first release of the line, up to the last one."""
    old, new = (record.header.versions for record in (line[0], line[-1]))
    generations = {generation(of_old), generation(of_new)}
    return tuple(
        change for since, change in of_new.changes.items() if explains(since, old, new) and concerns(since, generations)
    )


def concerns(since: str, generations: set[int | None]) -> bool:
    """Return whether a change since then concerns a comparison of these generations of Keras.

    Args:
        since: see `explains`.
        generations: which Keras the two compared cases are about; ``{None}`` if they are about none.
    """
    if generations == {2}:
        return not is_about_keras(since)
    return is_about_keras(since) or not generations & {2, 3}


def is_about_keras(since: str) -> bool:
    """Return whether what has changed since then depends on the version of the package keras.

    Args:
        since: see `explains`.
    """
    return not since[0].isdigit() and "keras" in condition.names(since)


def explains(since: str, old: Versions, new: Versions) -> bool:
    """Return whether a change since then lies between two environments.

    Args:
        since: a minor of TensorFlow, ``"1.10"``, or a condition that must hold for only one of the two, ``"numpy>=2"``.
        old: the environment of the earlier release.
        new: that of the later one.
    """
    return has(since, old) != has(since, new)


def has(since: str, versions: Versions) -> bool:
    """Return whether an environment has a change since then.

    Args:
        since: a minor of TensorFlow, or a condition.
        versions: the environment.
    """
    if not since[0].isdigit():
        return condition.holds(since, versions)
    # A release candidate of a minor has what the minor brings.
    return Version(since).release[:2] <= Version(versions.tensorflow).release[:2]
