"""The report: what records say, as a page in Markdown. A pure function of the records."""

from collections.abc import Sequence
from dataclasses import dataclass

import jinja2

from estimator_semantics.host import experiments, words
from estimator_semantics.host.diff import Diff, Kind, diff
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.history import History, Span
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.verdict import Outcome, documented_for, is_expected, judge, left_open, prediction

# The trainings of the answer that this project began with.
THE_THREE = ("steps_implicit", "steps_above_epoch_bound", "steps_below_epoch_bound")

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("estimator_semantics.host", "templates"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # Markdown
)
_templates.globals["words"] = words
_templates.filters["grouped"] = lambda count: "–" if count is None else f"{count:,}"
_templates.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
_templates.filters["cell"] = lambda text: str(text).replace("|", "\\|")


@dataclass(frozen=True)
class Behaviour:
    """One behaviour of a case over the releases.

    Attributes:
        name: which one, with its case before it where there are several.
        predicted: what the law says of it, where something else was measured; None where not.
        spans: what was measured.
    """

    name: str
    predicted: object
    spans: tuple[Span, ...]

    @property
    def is_telling(self) -> bool:
        """Whether releases differ, or the law says something else."""
        return self.predicted is not None or len([span for span in self.spans if span.value != "absent"]) > 1


@dataclass(frozen=True)
class Chapter:
    """One experiment over the releases.

    Attributes:
        specification: that of its first case.
        title: the experiment in a few words.
        outcomes: the outcomes of all its cases together, over the releases: the most important one of each.
        behaviours: those that tell something: what the law does not say, what deviates from it, and the steps.
        cases: its cases.
    """

    specification: Specification
    title: str
    outcomes: tuple[Span, ...]
    behaviours: tuple[Behaviour, ...]
    cases: tuple[Specification, ...]


def render(records: Sequence[Record]) -> str:
    """Returns the report on records, byte for byte the same for the same records.

    Args:
        records: one for each environment.

    Raises:
        OtherRevision: a result was measured by another revision of its experiment.
    """
    history = History(records)
    chapters = _chapters(history)
    three = [found for case in experiments.chosen(THE_THREE) if (found := _three(case, history))]
    return _templates.get_template("REPORT.md").render(
        records=history.records,
        history=history,
        three=sorted(three, key=_place_in_the_answer),
        exceptions=[chapter for chapter in chapters if chapter.specification.instead],
        boundaries=_boundaries(history),
        chapters=chapters,
        tally=_tally(history),
    )


def _chapters(history: History) -> list[Chapter]:
    chapters = []
    for name in experiments.known():
        cases = experiments.specifications(name)
        measured = [case for case in cases if history.results((case.name, "quick"))]
        if measured:
            behaviours = [found for case in measured for found in _behaviours(case, history)]
            title = experiments.title(name)
            chapters.append(Chapter(cases[0], title, _outcomes(measured, history), tuple(behaviours), tuple(measured)))
    return chapters


def _outcomes(cases: Sequence[Specification], history: History) -> tuple[Span, ...]:
    """Returns the most important outcome of the cases, over the releases."""
    order = (Outcome.DEVIATES, Outcome.ERROR, Outcome.DOCUMENTED, Outcome.CONFORMS, Outcome.ABSENT)
    by_release: dict[str, list[Outcome]] = {}
    for case in cases:
        for release, result in history.results((case.name, "quick")):
            by_release.setdefault(release, []).append(judge(result, history.versions(release)).outcome)

    def worst(_: Result, release: str) -> Outcome:
        return min(by_release[release], key=order.index)

    return history.spans((cases[0].name, "quick"), worst)


def _behaviours(case: Specification, history: History) -> list[Behaviour]:
    found = []
    results = history.results((case.name, "quick"))
    names = dict.fromkeys(name for _, result in results for name in result.measured or {})
    law = prediction(case, "quick", history.releases[-1])
    prefix = case.name.partition("[")[2].rstrip("]")
    for name in names:
        differs = any(
            name in (result.measured or {}) and not is_expected((result.measured or {})[name], of_release.get(name))
            for release, result in results
            if name in (of_release := prediction(case, "quick", release))
        )
        # Other steps are other examples too, and the same steps as predicted are no news.
        implied = "steps" in names if name != "steps" else not differs
        if name in left_open(case, "quick", history.releases[-1]) or (name in law and (implied or not differs)):
            continue
        spans = history.spans(
            (case.name, "quick"), lambda result, release, name=name: _said(case, result, history.versions(release), name)
        )
        shown = tuple(span for span in spans if span.value != NOT_MEASURED)
        found.append(Behaviour(f"{prefix}: {name}" if prefix else name, law.get(name) if differs else None, shown))
    return found


NOT_MEASURED = "not measured"


def _value(result: Result, name: str) -> object:
    return result.status if result.measured is None else result.measured.get(name, NOT_MEASURED)


def _said(case: Specification, result: Result, versions: Versions, name: str) -> object:
    """Returns a value, or the range that it is expected in where it varies from run to run."""
    predicted = prediction(case, "quick", versions.tensorflow, versions.keras)
    expected = {**predicted, **documented_for(case, versions)}.get(name)
    value = _value(result, name)
    return expected if value not in (NOT_MEASURED, expected) and expected and is_expected(value, expected) else value


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


def _three(case: Specification, history: History) -> Training | None:
    for scale in ("full", "quick"):
        results = history.results((case.name, scale))
        if results:
            spans = history.spans((case.name, scale), lambda result, _: _value(result, "steps"))
            release, example = max(results, key=lambda found: (found[0] == "2.15.1", results.index(found)))
            return Training(case, scale, spans, example, release)
    return None


def _place_in_the_answer(training: Training) -> tuple[bool, int]:
    steps = training.case.plans[training.scale].steps
    return steps is not None, -(steps or 0)


def _boundaries(history: History) -> list[Diff]:
    """Returns what changes from each release to the next, where anything does."""
    pairs = zip(history.records, history.records[1:])
    found = [diff(_quick(old), _quick(new)) for old, new in pairs]
    return [each for each in found if any(entry.kind is not Kind.LOST for entry in each.entries)]


def _quick(record: Record) -> Record:
    return Record(record.header, tuple(result for result in record.results if result.scale == "quick"), record.finished)


def _tally(history: History) -> list[Outcome]:
    return [
        judge(result, record.header.versions).outcome
        for record in history.records
        for result in record.results
    ]
