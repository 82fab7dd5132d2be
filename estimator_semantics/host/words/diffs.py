"""Words for what is different between two records."""

from collections.abc import Iterable, Sequence

from packaging.version import Version

from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.diff import SAME, Diff, Entry
from estimator_semantics.host.shift import Kind, Shift
from estimator_semantics.host.words import results
from estimator_semantics.host.words.counts import behaviour, many, minor, steps, value
from estimator_semantics.probe.experiment import Change

# What a change affects, in one word for a column.
AFFECTS = {
    Consequence.STEPS: "steps",
    Consequence.FAILURE: "errors",
    Consequence.DATA: "data",
    Consequence.SAVING: "saving",
    Consequence.WEIGHTS: "weights",
    Consequence.OTHER: "other",
}

# Counts that other steps imply.
IMPLIED = ("global_step", "examples", "last_batch", "epochs", "usage", "steps_by_epoch", "bound")

_NAMES = {
    "tensorflow_estimator": "tensorflow-estimator",
    "tf_keras": "tf-keras",
    "keras": "Keras",
    "numpy": "NumPy",
    "python": "Python",
    "estimator": "tf.estimator",
}


def title(diff: Diff) -> str:
    """Return what is compared in a few words: ``TensorFlow 1.10.1 against 1.9.0``."""
    return f"{_new(diff)} against {names(diff)[0]}"


def names(diff: Diff) -> tuple[str, str]:
    """Return what the two are called, the old one first: releases of TensorFlow, or of Keras on the same TensorFlow."""
    if diff.is_of_keras:
        return f"Keras {diff.old.keras or 'none'}", f"Keras {diff.new.keras or 'none'}"
    return diff.old.tensorflow, diff.new.tensorflow


def _new(diff: Diff) -> str:
    beside = f" with {names(diff)[1]}" if diff.is_of_keras else ""
    return f"TensorFlow {diff.new.tensorflow}{beside}"


def boundary(diff: Diff) -> str:
    """Return what is between two releases in a row: ``1.9 to 1.10``, or ``Keras 3.6 to 3.7``."""
    if diff.old.tensorflow == diff.new.tensorflow:
        old, new = (minor(keras) if keras else "none" for keras in (diff.old.keras, diff.new.keras))
        return f"Keras {old} to {new}"
    return f"{minor(diff.old.tensorflow)} to {minor(diff.new.tensorflow)}"


def compared(diff: Diff) -> str:
    """Return which environments are compared: ``TensorFlow 2.21.0 (bridged estimator, Python 3.13) against 2.15.1``."""
    kind = f"{diff.new.estimator} estimator" if diff.new.estimator else results.lacking_estimator(diff.new)
    python = diff.new.python.rpartition(".")[0]
    return f"{_new(diff)} ({kind}, Python {python}) against {names(diff)[0]}"


def counted(diff: Diff) -> str:
    """Return how many behaviours were compared, and what happened to them: ``84 behaviours: 82 the same, 2 changed``."""
    said = [f"{count:,} {name}" for name, count in diff.counts.items() if count or name in (SAME, Kind.CHANGED)]
    return f"{many(len(diff.compared), 'behaviour')}: {', '.join(said)}"


def unlikely(diff: Diff) -> str:
    """Return a note on a difference between two environments with the same release; otherwise an empty string."""
    if not diff.entries or diff.old.tensorflow != diff.new.tensorflow or diff.is_of_keras:
        return ""
    beside = " Or is the cause another difference between the environments?" if diff.environment else ""
    return f"The same release behaves differently here: was this installation patched?{beside}"


def shift(shift: Shift) -> str:
    """Return what is different, with its old and its new value: ``Dataset, above: 3 steps -> 12 steps``."""
    where = f"{shift.case}: " if shift.case and shift.behaviour else shift.case
    if not shift.behaviour:
        return where or shift.kind.value
    if shift.behaviour == "steps":
        return f"{where}{steps(shift.old)} -> {steps(shift.new)}"
    return f"{where}{behaviour(shift.behaviour)}: {value(shift.old)} -> {value(shift.new)}"


def telling(shifts: Sequence[Shift]) -> list[Shift]:
    """Return the shifts without those that another shift of the same case implies, as other steps imply other examples."""
    said = {each.case for each in shifts if each.behaviour in ("steps", "raises")}
    return [each for each in shifts if not (each.behaviour in IMPLIED and each.case in said)]


def since(shift: Shift, *, is_upgrade: bool) -> str:
    """Return since which release a shift exists: ``since 1.10``; an empty string if the records do not tell.

    Args:
        shift: what is different.
        is_upgrade: whether the new record is of a later release than the old one.
    """
    if shift.since is None:
        return ""
    version = minor(shift.since.version) if shift.since.is_minor else shift.since.version
    release = version if shift.since.distribution == "TensorFlow" else f"{shift.since.distribution} {version}"
    if shift.kind in (Kind.GONE, Kind.NEW):
        # In a downgrade, what is gone is what the later release added.
        return f"{'removed' if (shift.kind is Kind.GONE) == is_upgrade else 'added'} in {release}"
    return f"since {release}"


def measured_since(shift: Shift) -> str:
    """Return which patch showed it first, and whether earlier ones were measured; an empty string if the minor says enough."""
    if shift.since is None or not shift.since.is_minor:
        return ""
    version = Version(shift.since.version)
    if version.micro == 0 and not version.is_prerelease:
        return f"measured on {version}"
    earlier = "" if version.is_prerelease else f"; no earlier patch of {minor(shift.since.version)} was measured"
    return f"measured on {version}{earlier}"


def times(shifts: Iterable[Shift], *, is_upgrade: bool, details: bool = False) -> str:
    """Return since when an experiment behaves as it does, each release once: ``since 1.14; since 2.1``.

    Args:
        shifts: what is different of it.
        is_upgrade: whether the new record is of a later release than the old one.
        details: whether to name the patches that were measured as well.
    """
    measured_by: dict[str, str] = {}
    for each in shifts:
        if said := since(each, is_upgrade=is_upgrade):
            measured_by.setdefault(said, measured_since(each))
    return "; ".join(f"{said} ({measured})" if details and measured else said for said, measured in measured_by.items())


def reasons(entry: Entry) -> list[str]:
    """Return why cases of an experiment are absent or were not measured, each reason once."""
    return list(dict.fromkeys(shift.why for shift in entry.shifts if shift.why))


def remedies(changes: Iterable[Change]) -> dict[str, list[str]]:
    """Return what to do, each action once, with links to the evidence."""
    sources_by_remedy: dict[str, list[str]] = {}
    for change in changes:
        sources = sources_by_remedy.setdefault(change.do, [])
        if change.source not in sources:
            sources.append(change.source)
    return sources_by_remedy


def environment_changes(diff: Diff) -> list[str]:
    """Return what is different of the environments, a few words each."""
    return [f"{_NAMES.get(name, name)} {old or 'none'} -> {new or 'none'}" for name, old, new in diff.environment]
