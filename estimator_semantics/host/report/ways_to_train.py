"""Ways to train: the same data and the same bounds in each of them, and what differs between Keras 2 and Keras 3."""

from collections.abc import Sequence
from dataclasses import dataclass

from estimator_semantics import law
from estimator_semantics.host import experiments, words
from estimator_semantics.host.history import History
from estimator_semantics.host.record import Record, Result
from estimator_semantics.law.calls import Call, calls

# Small, and ragged: 3 epochs of 10 examples in batches of 4 are 8 steps, or 9 where each epoch is batched by itself.
PLAN = law.Plan(examples=10, batch_size=4, num_epochs=3)
BOUNDS = (None, 5, 20)

# What holds the law to TensorFlow and to Keras, in each of the ways.
EVIDENCE = ("ragged_batches", "train_and_evaluate_max_steps", "keras_epochs", "keras_steps_per_epoch")

# So many values of an experiment say enough.
FEW = 2

KERAS_2, KERAS_3 = "Keras 2: ", "Keras 3: "


@dataclass(frozen=True)
class Way:
    """One way to train.

    Attributes:
        name: which one.
        calls: what is written, and what comes of it, for each of the bounds.
    """

    name: str
    calls: tuple[Call, ...]


def ways(history: History) -> tuple[Way, ...]:
    """Return the ways to train; none where the records do not hold the law to each of them.

    Args:
        history: the records.
    """
    there = {result.experiment.partition("[")[0] for record in history.records for result in record.results}
    if not there.issuperset(EVIDENCE):
        return ()
    columns = [calls(PLAN._replace(steps=steps)) for steps in BOUNDS]
    names = [call.code.partition("(")[0].partition(": ")[0] for call in columns[0]]
    names[-1] = "a loop of your own"
    return tuple(Way(name, row) for name, *row in zip(names, *columns, strict=True))


@dataclass(frozen=True)
class Difference:
    """What differs between Keras 2 and Keras 3.

    Attributes:
        name: the cases, and the behaviour where there are several.
        old: what Keras 2 does, in words.
        new: what Keras 3 does.
    """

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Generations:
    """An experiment in which Keras 2 and Keras 3 differ.

    Attributes:
        name: the experiment's name.
        title: the experiment in a few words.
        instead: what to write instead.
        source: link to where it is said.
        differences: what differs, by the names of the cases that do so, without their Keras.
    """

    name: str
    title: str
    instead: str
    source: str
    differences: tuple[Difference, ...]


def generations(history: History) -> tuple[str, tuple[Generations, ...]]:
    """Return in what Keras 2 and Keras 3 differ, and of what environment that is: the newest that has both; nothing of none.

    Args:
        history: the records.
    """
    for record in reversed(history.records):
        differing = _generations(record)
        if differing:
            versions = record.header.versions
            return (
                f"tf-keras {versions.tf_keras} and Keras {versions.keras}, TensorFlow {versions.tensorflow}",
                differing,
            )
    return "", ()


def _generations(record: Record) -> tuple[Generations, ...]:
    measured = {result.experiment: result for result in record.results if result.measured is not None}
    by_name: dict[str, list[tuple[str, object, object]]] = {}
    for full_name, old in measured.items():
        name, _, case = full_name.rstrip("]").partition("[")
        new = measured.get(f"{name}[{case.replace(KERAS_2, KERAS_3)}]")
        if case.startswith(KERAS_2) and new is not None and _did(old) != _did(new):
            by_name.setdefault(name, []).append((case.removeprefix(KERAS_2), _did(old), _did(new)))
    return tuple(_of(name, cases) for name, cases in sorted(by_name.items()))


def _of(name: str, cases: Sequence[tuple[str, object, object]]) -> Generations:
    specification = experiments.specifications(name)[0]
    return Generations(name, experiments.title(name), specification.instead, specification.source, _differences(cases))


def _differences(cases: Sequence[tuple[str, object, object]]) -> tuple[Difference, ...]:
    """Return what differs: of several values those that do, and once what several cases have in common."""
    by_values: dict[tuple[str, str, str], list[str]] = {}
    for case, old, new in cases:
        several = isinstance(old, dict) and isinstance(new, dict)
        values = {name: (old.get(name), new.get(name)) for name in {**old, **new}} if several else {"": (old, new)}
        for name, (was, now) in values.items():
            if was != now:
                by_values.setdefault((name, words.value(was), words.value(now)), []).append(case)
    return tuple(
        Difference(f"{_some(of)}{f': {name}' if name else ''}", was, now) for (name, was, now), of in by_values.items()
    )


def _some(cases: Sequence[str]) -> str:
    more = f" and {words.many(len(cases) - FEW, 'case')} more" if len(cases) > FEW else ""
    return " / ".join(cases[:FEW]) + more


def _did(result: Result) -> object:
    """Return what is compared: the steps of each epoch where they are known, or else all that was measured."""
    measured = result.measured or {}
    if "raises" in measured:
        return f"raises {measured['raises']}"
    return measured.get("steps_by_epoch", measured) or "no epoch"
