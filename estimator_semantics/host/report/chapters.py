"""Chapters: one experiment each, over the releases. Pure functions of records."""

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from estimator_semantics.host import experiments
from estimator_semantics.host.diff import Diff, diff
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.history import History, Span
from estimator_semantics.host.record import Record, Result
from estimator_semantics.host.shift import Kind
from estimator_semantics.host.verdict import Outcome, is_error, judge
from estimator_semantics.probe.experiment import split_name

# The trainings of the answer that this project began with.
THE_THREE = ("steps_implicit", "steps_above_epoch_bound", "steps_below_epoch_bound")

# The most important one first.
ORDER = (Outcome.DEVIATES, Outcome.ERROR, Outcome.DOCUMENTED, Outcome.CONFORMS, Outcome.ABSENT)


@dataclass(frozen=True)
class Chapter:
    """One experiment over the releases.

    Attributes:
        name: the experiment's name.
        title: the experiment in a few words.
        specification: that of its first case.
        outcomes: the outcomes of all its cases together, over the releases: the most important one of each.
        by_release: the same, release by release.
        changed: the releases on which something else was measured than on the one before.
        errors: the errors that some releases raise although the case conforms there, for the claim allows them; with its name.
    """

    name: str
    title: str
    specification: Specification
    outcomes: tuple[Span, ...]
    by_release: dict[str, Outcome]
    changed: tuple[str, ...]
    errors: tuple[tuple[str, tuple[Span, ...]], ...] = ()

    @property
    def breaks_the_rule(self) -> bool:
        """Whether on some release something else was measured than the law says."""
        return not {Outcome.DOCUMENTED, Outcome.DEVIATES}.isdisjoint(self.by_release.values())


def chapters(history: History) -> tuple[Chapter, ...]:
    """Return a chapter for each experiment that any of the releases was asked, by name."""
    changed: dict[str, list[str]] = {}
    for boundary in boundaries(history):
        for entry in boundary.entries:
            if entry.kind in (Kind.CHANGED, Kind.NEWS):
                changed.setdefault(entry.experiment, []).append(boundary.new.tensorflow)
    shown = []
    for name in experiments.known():
        cases = [case for case in experiments.specifications(name) if history.results((case.name, "quick"))]
        if cases:
            by_release, spans = _outcomes(cases, history)
            releases = tuple(dict.fromkeys(changed.get(name, ())))
            shown.append(
                Chapter(name, experiments.title(name), cases[0], spans, by_release, releases, _errors(cases, history))
            )
    return tuple(shown)


def _outcomes(cases: Sequence[Specification], history: History) -> tuple[dict[str, Outcome], tuple[Span, ...]]:
    """Return the most important outcome of the cases by release, and the same in spans."""
    by_release: dict[str, list[Outcome]] = {}
    for case in cases:
        for release, result in history.results((case.name, "quick")):
            by_release.setdefault(release, []).append(judge(result, history.versions(release)).outcome)
    worst = {release: min(outcomes, key=ORDER.index) for release, outcomes in by_release.items()}
    return worst, history.spans((cases[0].name, "quick"), lambda _, release: worst[release])


def _errors(cases: Sequence[Specification], history: History) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """Return by behaviour which releases raise which error although the case conforms; none that every release raises."""
    raised_by_case = []
    for case in cases:
        for name, by_environment in case.expected.items():
            errors = [is_error(value) for value in by_environment.values()]
            if any(errors) and not all(errors):
                spans = history.spans((case.name, "quick"), functools.partial(_error, case, name, history))
                raised = tuple(span for span in spans if span.value)
                if raised:
                    of_case = split_name(case.name)[1]
                    raised_by_case.append((f"{of_case}: {name}" if of_case else name, raised))
    return tuple(raised_by_case)


def _error(case: Specification, name: str, history: History, result: Result, release: str) -> object:
    """Return the error that was measured as a behaviour, where the case conforms all the same; None otherwise."""
    raised = (result.measured or {}).get(name)
    conforms = is_error(raised) and judge(result, history.versions(release), case).outcome is Outcome.CONFORMS
    return raised if conforms else None


def boundaries(history: History, of_keras: Sequence[Record] = ()) -> tuple[Diff, ...]:
    """Return what changes from each release to the next, where anything does.

    Args:
        history: the records of releases of TensorFlow.
        of_keras: records of one release with each of several releases of Keras, the oldest first.
    """
    pairs = [*itertools.pairwise(history.records), *itertools.pairwise(of_keras)]
    diffs = [diff(quick(old), quick(new)) for old, new in pairs]
    return tuple(each for each in diffs if any(entry.kind is not Kind.LOST for entry in each.entries))


def quick(record: Record) -> Record:
    """Return a record without what was measured at full scale."""
    return Record(record.header, tuple(result for result in record.results if result.scale == "quick"), record.finished)


@dataclass(frozen=True)
class Training:
    """One of the three trainings of the answer.

    Attributes:
        case: what was claimed.
        scale: at which it was measured.
        spans: the number of steps, over the releases.
        example: the answer of the default release, or of the latest one.
        release: which release that is.
    """

    case: Specification
    scale: str
    spans: tuple[Span, ...]
    example: Result
    release: str


def three_trainings(history: History, default: str) -> tuple[Training, ...]:
    """Return the three trainings of the answer, in its order; fewer where not all were measured.

    Args:
        history: the records.
        default: the release whose figures are shown, where it was measured.
    """
    cases = (case for name in THE_THREE if (case := experiments.find(name)) is not None)
    trainings = [_training(case, history, default) for case in cases]
    return tuple(sorted((each for each in trainings if each is not None), key=_place_in_the_answer))


def _training(case: Specification, history: History, default: str) -> Training | None:
    for scale in ("full", "quick"):
        results = history.results((case.name, scale))
        if results:
            spans = history.spans((case.name, scale), lambda result, _: _steps(result))
            release, example = max(
                results, key=lambda of_release: (of_release[0] == default, results.index(of_release))
            )
            return Training(case, scale, spans, example, release)
    return None


def _steps(result: Result) -> object:
    return result.status if result.measured is None else result.measured.get("steps")


def _place_in_the_answer(training: Training) -> tuple[bool, int]:
    steps = training.case.plans[training.scale].steps
    return steps is not None, -(steps or 0)
