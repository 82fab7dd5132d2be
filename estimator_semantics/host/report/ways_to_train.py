"""Ways to train: the same data and the same bounds in each of them, and what differs between Keras 2 and Keras 3."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from estimator_semantics import law
from estimator_semantics.host import experiments, words
from estimator_semantics.host.history import History
from estimator_semantics.host.lineup import lineup
from estimator_semantics.host.record import Record, Result
from estimator_semantics.host.shift import shifted
from estimator_semantics.law.calls import Call, calls

# Small, and ragged: 3 epochs of 10 examples in batches of 4 are 8 steps, or 9 where each epoch is batched by itself.
PLAN = law.Plan(examples=10, batch_size=4, num_epochs=3)
BOUNDS = (None, 5, 20)

# What holds the law to TensorFlow and to Keras, in each of the ways.
EVIDENCE = ("ragged_batches", "train_and_evaluate_max_steps", "keras_epochs", "keras_steps_per_epoch")

# So many values of an experiment say enough.
FEW = 2


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
        listed = _generations(record)
        if listed:
            versions = record.header.versions
            return f"tf-keras {versions.tf_keras} and Keras {versions.keras}, TensorFlow {versions.tensorflow}", listed
    return "", ()


def _generations(record: Record) -> tuple[Generations, ...]:
    """Return what ``diff`` compares if ``tf.keras`` is Keras 2 on one side and Keras 3 on the other; here in one environment."""
    of_keras_2, of_keras_3 = (lineup(record, keras=keras) for keras in (2, 3))
    differing: dict[str, list[tuple[str, object, object]]] = {}
    for place in (place for place in of_keras_2 if place in of_keras_3):
        (old, of_old), (new, of_new) = of_keras_2[place], of_keras_3[place]
        if of_old is None or of_new is None:
            continue
        name, case, _ = place
        if names := shifted((old, of_old, record), (new, of_new, record)):
            differing.setdefault(name, []).append((case, _did(old, names), _did(new, names)))
    return tuple(_of(name, cases) for name, cases in sorted(differing.items()))


def _of(name: str, cases: Sequence[tuple[str, object, object]]) -> Generations:
    specification = experiments.specifications(name)[0]
    return Generations(name, experiments.title(name), specification.instead, specification.source, _differences(cases))


def _differences(cases: Sequence[tuple[str, object, object]]) -> tuple[Difference, ...]:
    """Return what differs: of several values those that do, and once what several cases have in common."""
    cases_of: dict[tuple[str, str, str], list[str]] = {}
    for case, old, new in cases:
        values = {"": (old, new)}
        if isinstance(old, dict) and isinstance(new, dict):
            values = {name: (old.get(name), new.get(name)) for name in {**old, **new}}
        for name, (was, now) in values.items():
            if was != now:
                cases_of.setdefault((name, words.value(was), words.value(now)), []).append(case)
    return tuple(
        Difference(": ".join(filter(None, (_some(of), name))), was, now) for (name, was, now), of in cases_of.items()
    )


def _some(cases: Sequence[str]) -> str:
    more = f" and {words.many(len(cases) - FEW, 'case')} more" if len(cases) > FEW else ""
    return " / ".join(cases[:FEW]) + more


def _did(result: Result, names: Collection[str]) -> object:
    """Return what is said of a result: an error, the steps of each epoch if they differ, or else the behaviours that do.

    Args:
        result: the result.
        names: the behaviours that differ.
    """
    measured = result.measured or {}
    if "raises" in names:
        raised = measured.get("raises")
        return f"raises {raised}" if raised else measured.get("steps_by_epoch", measured) or "no epoch"
    if "steps_by_epoch" in names:
        return measured["steps_by_epoch"] or "no epoch"
    return {name: measured.get(name) for name in names}
