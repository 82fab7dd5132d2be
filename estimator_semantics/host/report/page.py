"""The page: everything that was measured as one HTML file, with a table, a comparison and a calculator. No network."""

import json
from collections.abc import Sequence
from typing import Any

import markupsafe
import msgspec

from estimator_semantics import law
from estimator_semantics.host import catalogue, experiments, words
from estimator_semantics.host.diff import has
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.history import History
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.report import templates
from estimator_semantics.host.verdict import Outcome, documented_for, judge, left_open, prediction

# Of Keras 3, the releases between which the law makes a difference.
KERAS = ("3.7.0", "3.6.0")
COUNTS = ("steps", "global_step", "examples", "last_batch", "epochs")
SCRIPTS = ("law.js", "compare.js", "page.js")


def page(records: Sequence[Record]) -> str:
    """Returns the page on records, byte for byte the same for the same records.

    Args:
        records: one for each environment.

    Raises:
        OtherRevision: a result was measured by another revision of its experiment.
    """
    history = History(records)
    return templates.markup.get_template("page.html").render(
        measured_on=words.measured_on(history.releases),
        machines=words.machines(records),
        dates=words.dates(records),
        outcomes=[outcome.value for outcome in Outcome],
        apis=_apis(history),
        style=markupsafe.Markup(templates.source("page.css")),
        scripts=[markupsafe.Markup(templates.source(name)) for name in SCRIPTS],
        content=_embedded(content(history)),
        releases=history.releases,
        keras=KERAS,
        known=[release.version for release in reversed(catalogue.releases())],
    )


def content(history: History) -> dict[str, Any]:
    """Returns what the page shows, as plain data.

    Each case has its different answers once, and for each release which of them it gave.

    Args:
        history: the records.
    """
    cases = [
        _case(case, scale, history)
        for name in experiments.known()
        for case in experiments.specifications(name)
        for scale in sorted(case.plans, reverse=True)
        if history.results((case.name, scale))
    ]
    named = {case["experiment"] for case in cases}
    return {
        "releases": [_release(record) for record in history.records],
        "experiments": {name: _experiment(name, history) for name in experiments.known() if name in named},
        "cases": cases,
    }


def _release(record: Record) -> dict[str, Any]:
    versions = {name: value for name, value in msgspec.to_builtins(record.header.versions).items() if value}
    minor = words.minor(record.header.versions.tensorflow)
    return {**versions, "minor": minor, "measured": record.header.started[:10]}


def _experiment(name: str, history: History) -> dict[str, Any]:
    found = experiments.specifications(name)[0]
    return {
        "title": experiments.title(name),
        "claim": found.claim,
        "found": found.found,
        "source": found.source,
        "instead": found.instead,
        "changes": [
            # Between two releases of which one has it and the other has not, it explains what is different.
            {"since": since, **change._asdict(), "has": [has(since, record.header.versions) for record in history.records]}
            for since, change in found.changes.items()
        ],
    }


def _case(case: Specification, scale: str, history: History) -> dict[str, Any]:
    answers: list[dict[str, Any]] = []
    given: list[int | None] = []
    results = dict(history.results((case.name, scale)))
    for release in history.releases:
        if release not in results:
            given.append(None)
            continue
        answer = _answer(case, results[release], history.versions(release))
        if answer not in answers:
            answers.append(answer)
        given.append(answers.index(answer))
    name, _, of_several = case.name.partition("[")
    return {
        "name": case.name,
        "experiment": name,
        "case": of_several.rstrip("]"),
        "scale": scale,
        "api": case.plans[scale].api,
        "plan": ", ".join(f"{field}={value!r}" for field, value in _given(case.plans[scale]).items()),
        "answers": answers,
        "given": given,
    }


def _given(plan: law.Plan) -> dict[str, Any]:
    shown = ("examples", "batch_size", "num_epochs", "steps", "max_steps", "api", "input")
    left_out = law.Plan._field_defaults
    return {
        name: value for name, value in plan._asdict().items() if name in shown or value != left_out.get(name, object())
    }


def _answer(case: Specification, result: Result, versions: Versions) -> dict[str, Any]:
    verdict = judge(result, versions)
    measured, documented = result.measured or {}, documented_for(case, versions)
    predicted = prediction(case, result.scale, versions.tensorflow, versions.keras)
    open_ = left_open(case, result.scale, versions.tensorflow)
    rows = [
        [
            words.behaviour(name),
            _said(name, value),
            _said(name, predicted[name]) if name in predicted else "left open" if name in open_ else "",
            _said(name, documented[name]) if name in documented else "",
        ]
        for name, value in measured.items()
    ]
    answer = {
        "status": result.status,
        "outcome": verdict.outcome.value,
        "short": _short(result),
        "rows": rows,
        "measured": measured,
        "ranges": {name: value for name, value in {**predicted, **documented}.items() if _leaves_room(value)},
        "open": sorted(open_),
        "counters": [[words.counter(name), words.value(steps)] for name, steps in result.counters.items()],
        "differences": [str(difference) for difference in verdict.differences],
        "why": result.why,
    }
    return {name: value for name, value in answer.items() if value or name == "measured"}


def _leaves_room(expected: object) -> bool:
    """Says whether what is expected is a range, or a list with one."""
    if isinstance(expected, list):
        return any(map(_leaves_room, expected))
    return isinstance(expected, dict) and expected.keys() == {"from", "to"}


def _said(name: str, value: object) -> str:
    # A count that there is none of is that of a training without an end.
    return "no end" if value is None and name in COUNTS else words.value(value)


def _short(result: Result) -> str:
    """Returns what a cell of the table says: the number of steps, where that is what was measured."""
    if result.status != "measured":
        return {"absent": "–", "error": "?"}[result.status]
    if "steps" not in (result.measured or {}):
        return "✓"
    steps = (result.measured or {})["steps"]
    if isinstance(steps, int):
        return f"{steps:,}" if steps < 10_000 else f"{steps / 1000:g}k"
    return "∞" if steps is None else "✓"


def _apis(history: History) -> list[str]:
    there = {
        plan.api
        for name in experiments.known()
        for case in experiments.specifications(name)
        for scale, plan in case.plans.items()
        if history.results((case.name, scale))
    }
    return [api for api in law.plan.APIS if api in there]


def _embedded(found: dict[str, Any]) -> markupsafe.Markup:
    # Within a script element only "<" could end it early.
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return markupsafe.Markup(text.replace("<", "\\u003c"))
