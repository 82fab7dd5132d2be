"""Views of the results of one environment: for programs, for CI systems, and for a page."""

from collections.abc import Sequence

import msgspec

from estimator_semantics.host import words
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.verdict import Outcome, Verdict, current, judge, prediction
from estimator_semantics.host.views.suite import Test, document


def as_json(results: Sequence[Result], versions: Versions) -> str:
    """Return results as a JSON list of objects, one for each case."""
    listed = []
    for result in results:
        verdict, specification = judge(result, versions), current(result)
        listed.append(
            {
                "experiment": result.experiment,
                "scale": result.scale,
                "tensorflow": versions.tensorflow,
                "outcome": verdict.outcome.value,
                "claim": specification.claim,
                "truth": specification.truth,
                "found": specification.found,
                "source": specification.source,
                "plan": result.plan,
                "predicted": prediction(specification, result.scale, versions.tensorflow, versions.keras),
                "measured": result.measured,
                "counters": result.counters,
                "differences": [str(difference) for difference in verdict.differences],
                "seconds": result.seconds,
                "why": result.why,
            }
        )
    return msgspec.json.format(msgspec.json.encode(listed)).decode() + "\n"


def as_junit(results: Sequence[Result], versions: Versions) -> str:
    """Return results as a test suite: a failure for what deviates, an error for what could not be measured."""
    tags = {Outcome.DEVIATES: "failure", Outcome.ERROR: "error", Outcome.ABSENT: "skipped"}
    tests = []
    for result in results:
        verdict, specification = judge(result, versions), current(result)
        if tag := tags.get(verdict.outcome):
            message = f"{words.verdict(verdict.outcome)}: {specification.title}"
            text = "\n".join([_claim(specification), *map(str, verdict.differences), result.why]).strip()
            tests.append(Test(result.experiment, tag, message, text, result.seconds))
        else:
            tests.append(Test(result.experiment, seconds=result.seconds))
    return document(words.environment(versions), tests)


def as_markdown(results: Sequence[Result], versions: Versions) -> str:
    """Return results as a table, the verdict before it and each difference after it."""
    verdicts = [(result, judge(result, versions)) for result in results]
    lines = [
        f"## {words.environment(versions)}",
        "",
        f"{words.summary([verdict.outcome for _, verdict in verdicts])}.",
        "",
        *(f"- **{result.experiment}**: {said}" for result, verdict in verdicts for said in said_of(result, verdict)),
        "",
        "| claim | call | predicted | measured | verdict | case |",
        "|---|---|---:|---:|---|---|",
    ]
    for result, verdict in verdicts:
        specification = current(result)
        figures = words.predicted_and_measured(result, verdict.outcome, versions)
        call = f"`{words.call(specification.plans[result.scale])}`"
        row = (_claim(specification), call, *figures, words.verdict(verdict.outcome), f"`{result.experiment}`")
        lines.append(f"| {' | '.join(each.replace('|', chr(92) + '|') for each in row)} |")
    return "\n".join(lines) + "\n"


def _claim(specification: Specification) -> str:
    return f"{words.truth(specification)}: {specification.claim}"


def said_of(result: Result, verdict: Verdict) -> list[str]:
    """Return what is not as expected of a result, a line each; nothing where all is."""
    return [*map(str, verdict.differences), *([result.why] if result.status == "error" else [])]
