"""The page: everything that was measured as one HTML file, with a table, a comparison and a calculator. No network."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote_plus

import markupsafe
import msgspec
from packaging.version import Version

from estimator_semantics import law
from estimator_semantics.host import catalogue, experiments, words
from estimator_semantics.host.changes import has, is_about_keras
from estimator_semantics.host.diff import removal
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.history import History
from estimator_semantics.host.lineup import default_keras
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.report import templates
from estimator_semantics.host.report.comparison import changed_at, compared
from estimator_semantics.host.report.distinct import Distinct
from estimator_semantics.host.report.logged import logged
from estimator_semantics.host.report.questions import UPGRADE, questions
from estimator_semantics.host.verdict import Outcome, documented_for, judge, left_open, prediction
from estimator_semantics.law.given import given
from estimator_semantics.probe.experiment import split_name

# Of Keras 3, the releases between which the law makes a difference, each for those like it.
KERAS = (("3.7.0", "3.7 and later"), ("3.6.0", "3.0 to 3.6"))
SCRIPTS = ("law.js", "answers.js", "compare.js")

# The parts of the page's own script, in this order: what one does at once needs those before it.
PARTS = ("document", "axes", "views", "calculator", "two_releases", "every_release", "one_cell")

# The fields of a plan that are told even where they are left at their default.
SHOWN = ("examples", "batch_size", "num_epochs", "steps", "max_steps", "api", "input")

# What most answers are is left out of them.
USUAL = Outcome.CONFORMS.value

# Where on the page is what a chapter of the report tells.
PLACES = {
    "#what-an-upgrade-changes": "#compare?old={}&new={}".format(*UPGRADE),
    "#where-the-rule-does-not-hold": f"#table?verdict={quote_plus(Outcome.DOCUMENTED.value)}",
    "#what-tensorflow-logs": "#what-tensorflow-logs",
}

# Stands for the release in a reason, which is then the same for all releases.
THIS_RELEASE = "{tensorflow}"


def page(records: Sequence[Record], of_keras: Sequence[Record] = ()) -> str:
    """Return the page on records, byte for byte the same for the same records.

    Args:
        records: one for each release of TensorFlow.
        of_keras: one for each release of Keras that was measured beside the same release of TensorFlow.

    Raises:
        OtherRevision: a result was measured by another revision of its experiment.
    """
    shown = content(records, of_keras)
    history = History(records)
    return templates.markup.get_template("page.html").render(
        measured_on=words.measured_on([release["name"] for release in shown["releases"][: len(records)]]),
        measured_with=[release["name"] for release in shown["releases"][len(records) :]],
        machines=words.machines([*records, *of_keras]),
        dates=words.dates([*records, *of_keras]),
        outcomes={outcome.value: words.verdict(outcome) for outcome in Outcome},
        apis=[api for api in law.schema.APIS if any(case["api"] == api for case in shown["cases"])],
        arguments=[argument for argument in law.schema.ARGUMENTS if argument.kind != law.schema.DERIVED],
        every_api=law.schema.APIS,
        style=markupsafe.Markup(templates.source("page.css")),
        scripts=[markupsafe.Markup(templates.source(name)) for name in SCRIPTS],
        parts=[markupsafe.Markup(templates.source(f"page/{name}.js")) for name in PARTS],
        content=_embedded(shown),
        questions=[
            (_inline(each.asked), _inline(each.answer), _inline(each.more))
            for each in questions(history, catalogue.DEFAULT)
        ],
        messages=[
            (each.line, _inline(each.message.means), f"#table?search={quote_plus(each.line)}")
            for each in logged([*history.records, *_in_order(of_keras)])
        ],
        axes=shown["axes"],
        bridged=[
            release["minor"] for release in shown["releases"][: len(records)] if release.get("estimator") == "bridged"
        ],
        keras=KERAS,
        known=[release.version for release in reversed(catalogue.releases())],
    )


def content(records: Sequence[Record], of_keras: Sequence[Record] = ()) -> dict[str, Any]:
    """Return what the page shows, as plain data.

    Each case has its different answers once, and for each release which of them it gave. What answers have in common is there
    once as well, and they have its place; answers.js puts it all together again.

    Args:
        records: one for each release of TensorFlow.
        of_keras: one for each release of Keras, on the same release of TensorFlow.
    """
    of_tensorflow = History(records).records
    columns = (*of_tensorflow, *_in_order(of_keras))
    asked: list[dict[tuple[str, str], Result]] = [
        {result.case: result for result in record.results} for record in columns
    ]
    texts = Distinct()
    counts = [len(of_tensorflow), len(columns) - len(of_tensorflow)]
    cases = [
        _case(case, scale, columns, [results.get((case.name, scale)) for results in asked], counts, texts)
        for name in experiments.known()
        for case in experiments.specifications(name)
        for scale in sorted(case.plans, reverse=True)
        if any((case.name, scale) in results for results in asked)
    ]
    named = {case["experiment"] for case in cases}
    axes = [{"of": "TensorFlow", "count": len(of_tensorflow)}]
    if of_keras:
        axes.append({"of": "Keras", "on": of_keras[0].header.versions.tensorflow, "count": len(of_keras)})
    return {
        "axes": axes,
        "releases": [_release(record, of_keras=at >= len(of_tensorflow)) for at, record in enumerate(columns)],
        "experiments": {name: _experiment(name, columns) for name in experiments.known() if name in named},
        "removal": _removal(of_tensorflow),
        "counters": words.COUNTERS,
        "verdicts": {outcome.value: words.verdict(outcome) for outcome in Outcome},
        "cases": cases,
        "compared": compared(columns, texts),
        "affects": {int(consequence): word for consequence, word in words.AFFECTS.items()},
        "texts": texts.values,
        "meanings": {at: meaning for at, text in enumerate(texts.values) if (meaning := words.meaning(text))},
    }


def _in_order(of_keras: Sequence[Record]) -> list[Record]:
    return sorted(of_keras, key=lambda record: Version(record.header.versions.keras or "0"))


def _release(record: Record, *, of_keras: bool) -> dict[str, Any]:
    versions = {name: value for name, value in msgspec.to_builtins(record.header.versions).items() if value}
    name = versions["keras" if of_keras else "tensorflow"]
    measured = {"measured": record.header.started[:10], "default": default_keras(record.header)}
    return {**versions, "name": name, "minor": words.minor(name), **measured}


def _removal(records: Sequence[Record]) -> dict[str, Any]:
    """Return what is said where one of two releases has its own tf.estimator and the other has not: of upgrades, and back."""
    pairs = {"upgrade": (records[0], records[-1]), "back": (records[-1], records[0])}
    return {
        way: {"title": entry.title, "changes": [change._asdict() for change in entry.changes]}
        for way, pair in pairs.items()
        for entry in removal(*pair)
    }


def _experiment(name: str, columns: Sequence[Record]) -> dict[str, Any]:
    specification = experiments.specifications(name)[0]
    return {
        "title": experiments.title(name),
        "claim": specification.claim,
        "truth": specification.truth,
        "found": specification.found,
        "source": specification.source,
        "instead": specification.instead,
        **({"rare": True} if specification.slow else {}),
        "changes": [
            # Between two releases of which one has it (1) and the other has not (0), it explains what is different.
            {
                "since": since,
                **change._asdict(),
                "keras": is_about_keras(since),
                "has": "".join(str(int(has(since, each.header.versions))) for each in columns),
            }
            for since, change in specification.changes.items()
        ],
    }


def _case(
    case: Specification,
    scale: str,
    columns: Sequence[Record],
    results: Sequence[Result | None],
    counts: Sequence[int],
    texts: Distinct,
) -> dict[str, Any]:
    answers = Distinct()
    common = {name: Distinct() for name in ("predicted", "documented", "counters")}
    given = [
        None if result is None else answers.place(_answer(case, result, record.header.versions, common, texts))
        for record, result in zip(columns, results, strict=True)
    ]
    log = [[] if result is None else [texts.place(line) for line in dict.fromkeys(result.log)] for result in results]
    name, of_case = split_name(case.name)
    row = {
        "name": case.name,
        "experiment": name,
        "case": of_case,
        "scale": scale,
        "api": case.plans[scale].api,
        "plan": ", ".join(f"{field}={value!r}" for field, value in _shown(case.plans[scale]).items()),
        **{name: distinct.values for name, distinct in common.items()},
        "answers": answers.values,
        "given": given,
    }
    answered = [
        None if result is None else (result, case, record) for record, result in zip(columns, results, strict=True)
    ]
    changed = [first + at for first, of_axis in _by_axis(answered, counts) for at in changed_at(of_axis)]
    if changed:
        row["changed"] = changed
    return {**row, "log": log} if any(log) else row


def _by_axis(columns: Sequence[Any], counts: Sequence[int]) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield for each axis the place of its first column, and its columns."""
    first = 0
    for count in counts:
        yield first, columns[first : first + count]
        first += count


def _shown(plan: law.Plan) -> dict[str, Any]:
    """Return the fields of a plan that are told."""
    given_to = given(plan)
    return {name: value for name, value in plan._asdict().items() if name in SHOWN or name in given_to}


def _answer(
    case: Specification, result: Result, versions: Versions, common: dict[str, Distinct], texts: Distinct
) -> dict[str, Any]:
    """Return an answer, without what is usual."""
    verdict = judge(result, versions)
    answer: dict[str, Any] = {"outcome": verdict.outcome.value}
    if result.measured is not None:
        parts = {
            "predicted": prediction(case, result.scale, versions.tensorflow, versions.keras),
            "documented": documented_for(case, versions),
            "counters": result.counters,
        }
        answer |= {name: common[name].place(part) for name, part in parts.items()}
        answer["open"] = sorted(left_open(case, result.scale, versions.tensorflow))
        answer["differences"] = [str(difference) for difference in verdict.differences]
    unusual = {name: value for name, value in answer.items() if value and value != USUAL}
    if result.measured is not None:
        unusual["measured"] = result.measured
    if result.why:
        unusual["why"] = texts.place(
            result.why.replace(f"TensorFlow {versions.tensorflow} ", f"TensorFlow {THIS_RELEASE} ")
        )
    return unusual


def _inline(text: str) -> markupsafe.Markup:
    """Return a line of Markdown, of which code and links are known here, as markup."""
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(markupsafe.escape(text)))
    linked = re.sub(r"\[([^]]+)]\((#[\w-]+)\)", lambda link: f'<a href="{PLACES[link[2]]}">{link[1]}</a>', escaped)
    return markupsafe.Markup(linked)


def _embedded(shown: dict[str, Any]) -> markupsafe.Markup:
    # Within a script element only "<" could end it early.
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return markupsafe.Markup(text.replace("<", "\\u003c"))
