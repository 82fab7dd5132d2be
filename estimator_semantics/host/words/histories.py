"""Words for what one release after another answered."""

from collections import Counter
from collections.abc import Sequence

from estimator_semantics.host.costs import Cost
from estimator_semantics.host.history import History, Span
from estimator_semantics.host.ratio import Ratio
from estimator_semantics.host.record import Machine, Record, Result
from estimator_semantics.host.verdict import Outcome, current, judge
from estimator_semantics.host.words.counts import many, minor, steps, value
from estimator_semantics.host.words.results import verdict
from estimator_semantics.probe.experiment import split_name

# What so many cases did.
DID = {
    Outcome.DEVIATES: "did not do what was predicted",
    Outcome.ERROR: "could not be measured",
    Outcome.CONFORMS: "did what was predicted",
    Outcome.DOCUMENTED: "did something else, as documented",
    Outcome.ABSENT: "are absent because the API is missing",
}


def measured_on(releases: Sequence[str]) -> str:
    """Return how many releases were measured, and which: ``Measured on 36 releases of TensorFlow, 1.3.0 to 2.22.0``."""
    if len(releases) == 1:
        return f"Measured on TensorFlow {releases[0]}"
    return f"Measured on {len(releases)} releases of TensorFlow, {releases[0]} to {releases[-1]}"


def cases(history: History) -> str:
    """Return how many cases were measured, what they are of, and how many have which outcome."""
    results = [(result, record) for record in history.records for result in record.results]
    tallied = Counter(judge(result, record.header.versions).outcome for result, record in results)
    experiments = {split_name(result.experiment)[0] for result, _ in results}
    said = f"{many(len(results), 'case')} of {many(len(experiments), 'experiment')}"
    if len(history.records) > 1:
        quick, full = (
            [sum((result.scale == "full") is at_full_scale for result in record.results) for record in history.records]
            for at_full_scale in (False, True)
        )
        said += f" (a release has {_each(quick)}{f', and {_each(full)} of them once more at full scale' if any(full) else ''})"
    return f"{said}: {', '.join(f'{tallied[of]:,} {DID[of]}' for of in DID if tallied[of])}"


def _each(counts: Sequence[int]) -> str:
    return f"{min(counts):,}" if len(set(counts)) == 1 else f"{min(counts):,} to {max(counts):,}"


def span(span: Span, history: History) -> str:
    """Return the releases of a span: ``1.3 to 1.9``, or ``since 1.10``."""
    whole = span.count == len(history.releases)
    if whole and span.count > 1:
        return f"on all {span.count} releases"
    if span.first == span.last:
        return minor(span.first)
    return f"since {minor(span.first)}" if span.is_newest else f"{minor(span.first)} to {minor(span.last)}"


def spans(spans: Sequence[Span], history: History) -> str:
    """Return the answers of the releases, one after the other: ``25 (1.3 to 1.9), 10 (since 1.10)``."""
    if len(history.releases) == 1:
        return ", ".join(_said(each.value) for each in spans)
    return "; ".join(f"{_said(each.value)} ({span(each, history)})" for each in spans)


def _said(answer: object) -> str:
    return verdict(answer) if isinstance(answer, Outcome) else value(answer)


def spans_of_steps(spans: Sequence[Span], history: History) -> str:
    """Return the numbers of steps that the releases ran."""
    alone = len(history.releases) == 1
    said = [each.value if isinstance(each.value, str) else steps(each.value) for each in spans]
    return "; ".join(of if alone else f"{of} {span(each, history)}" for of, each in zip(said, spans, strict=True))


def verdicts(name: str, scale: str, history: History) -> str:
    """Return the outcomes of a case over the releases."""
    outcomes = history.spans((name, scale), lambda result, release: judge(result, history.versions(release)).outcome)
    return spans(outcomes, history)


def claim(result: Result) -> str:
    """Return what was claimed of a case, with its name where the experiment has several."""
    specification = current(result)
    _, case = split_name(specification.name)
    return f"{specification.claim} [{case}]" if case else specification.claim


def found(result: Result) -> str:
    """Return whether the claim of a case is true, and what is true instead if it is not."""
    return current(result).found


def outcome(result: Result, record: Record) -> str:
    """Return the outcome of a result."""
    return verdict(judge(result, record.header.versions).outcome)


def dates(records: Sequence[Record]) -> str:
    """Return when the records were begun: ``on 2026-11-24``, or ``2026-11-24 to 2026-11-25``."""
    days = sorted({record.header.started[:10] for record in records})
    return f"on {days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"


def machine(machine: Machine) -> str:
    """Return what was measured on: ``linux-x86_64, 2 cores``."""
    return f"{machine.platform}, {many(machine.cpus, 'core')}"


def machines(records: Sequence[Record]) -> str:
    """Return what the records were measured on."""
    return "; ".join(sorted({machine(record.header.machine) for record in records}))


def ratio(interval: Ratio | Cost) -> str:
    """Return a ratio of times with its spread: ``1.10 (1.05 to 1.16)``; ``below 0.01`` where all of it is."""
    if interval.low >= 0 and interval.high < 0.005:
        return "below 0.01"
    middle = interval.ratio if isinstance(interval, Cost) else interval.median
    # What lies about 0 is not to get a sign when it is rounded to it.
    middle, low, high = (round(each, 2) + 0.0 for each in (middle, interval.low, interval.high))
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def cost(cost: Cost) -> str:
    """Return what something took: ``412.34 us``; of a difference that is not always above 0, that there is none to see."""
    return "no measurable cost" if cost.low < 0 else f"{cost.median:,g} {cost.unit}"


def revisions(records: Sequence[Record]) -> str:
    """Return the revisions that the records were made with."""
    return ", ".join(sorted({record.header.revision for record in records}))


def scrubbed(records: Sequence[Record]) -> str:
    """Return the environment variables that were kept from TensorFlow."""
    variables = {f"{name}={set_to}" for record in records for name, set_to in record.header.scrubbed.items()}
    return ", ".join(sorted(variables)) or "none were set"


def failures(records: Sequence[Record]) -> list[str]:
    """Return a line for each value that is not what was expected, and for each case that could not be measured."""
    reasons = []
    for record in records:
        release = record.header.versions.tensorflow
        for result in record.results:
            where = f"TensorFlow {release}, {result.experiment} ({result.scale} scale)"
            reasons += [f"{where}: {difference}" for difference in judge(result, record.header.versions).differences]
            if result.status == "error":
                reasons.append(f"{where}: {result.why}")
    return reasons
