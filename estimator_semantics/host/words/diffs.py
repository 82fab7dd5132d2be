"""Words for what is different between two records."""

from collections import Counter
from collections.abc import Sequence

from estimator_semantics.host.diff import Diff, Entry, Kind, Shift
from estimator_semantics.host.words import results
from estimator_semantics.host.words.counts import behaviour, many, minor, steps, value


def title(diff: Diff) -> str:
    """Returns what is compared in a few words: ``TensorFlow 1.10.1 against 1.9.0``."""
    return f"{_new(diff)} against {names(diff)[0]}"


def names(diff: Diff) -> tuple[str, str]:
    """Returns what the two are called, the old one first: releases of TensorFlow, or of Keras on the same TensorFlow."""
    if diff.is_of_keras:
        return f"Keras {diff.old.keras or 'none'}", f"Keras {diff.new.keras or 'none'}"
    return diff.old.tensorflow, diff.new.tensorflow


def _new(diff: Diff) -> str:
    beside = f" with {names(diff)[1]}" if diff.is_of_keras else ""
    return f"TensorFlow {diff.new.tensorflow}{beside}"


def boundary(diff: Diff) -> str:
    """Returns what is between two releases in a row: ``1.9 to 1.10``, or ``Keras 3.6 to 3.7``."""
    if diff.old.tensorflow == diff.new.tensorflow:
        return f"Keras {minor(diff.old.keras or 'none')} to {minor(diff.new.keras or 'none')}"
    return f"{minor(diff.old.tensorflow)} to {minor(diff.new.tensorflow)}"


def compared(diff: Diff) -> str:
    """Returns what is compared, and how much of it is the same."""
    kind = f"{diff.new.estimator} estimator" if diff.new.estimator else results.lacking_estimator(diff.new)
    python = diff.new.python.rpartition(".")[0]
    counts = f"{many(diff.behaviours, 'behaviour')}, {diff.same:,} the same, {diff.behaviours - diff.same:,} changed"
    tallied = Counter(entry.kind for entry in diff.entries)
    others = "".join(
        f", {many(tallied[each], 'experiment')} {each.value}"
        for each in (Kind.LOST, Kind.GONE, Kind.NEW)
        if tallied[each]
    )
    return f"{_new(diff)} ({kind}, Python {python}) against {names(diff)[0]}: {counts}{others}"


def shift(found: Shift) -> str:
    """Returns a behaviour with its old and its new value: ``25 steps -> 10 steps``."""
    if found.name.rpartition(": ")[2] == "steps":
        return f"{found.name.rpartition('steps')[0]}{steps(found.old)} -> {steps(found.new)}"
    return f"{behaviour(found.name)}: {value(found.old)} -> {value(found.new)}"


def telling(shifts: Sequence[Shift]) -> list[Shift]:
    """Returns the shifts without those that another one of the same case implies: other steps are other examples too."""
    with_steps = {found.name.rpartition(": ")[0] for found in shifts if found.name.rpartition(": ")[2] == "steps"}
    return [found for found in shifts if not (_is_implied(found) and found.name.rpartition(": ")[0] in with_steps)]


def _is_implied(found: Shift) -> bool:
    return found.name.rpartition(": ")[2] in ("global_step", "examples", "last_batch", "epochs", "usage")


def since(entry: Entry, diff: Diff) -> str:
    """Returns since which release it is so, by the records, or why something was not measured."""
    if entry.kind is Kind.LOST:
        return entry.why
    # Going back to an earlier release, what is gone is what the later one has.
    said = "gone since" if entry.kind is Kind.GONE and diff.is_upgrade else "since"
    if entry.kind in (Kind.GONE, Kind.NEW) and said == "since":
        said = "there since" if (entry.kind is Kind.NEW) == diff.is_upgrade else "there up to the release before"
    unexplained = "; nobody has said why yet: please report it" if entry.kind is Kind.NEWS else ""
    return f"{said} {entry.since}{unexplained}{f'; {entry.why}' if entry.why else ''}"


def environment_changes(diff: Diff) -> list[str]:
    """Returns what is different of the environments, a few words each."""
    names = {"tensorflow_estimator": "tensorflow-estimator", "tf_keras": "tf-keras", "keras": "Keras", "numpy": "NumPy"}
    names |= {"python": "Python", "estimator": "tf.estimator"}
    return [f"{names.get(name, name)} {old or 'none'} -> {new or 'none'}" for name, old, new in diff.environment]
