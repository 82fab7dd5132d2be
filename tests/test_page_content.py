"""What the page holds, and what its scripts say of it in node, which needs no browser. Needs no TensorFlow."""

import itertools
import json
import re
import subprocess
from pathlib import Path

import pytest
from pages import CASE_THAT_RAN_OUT, RAN_OUT

from estimator_semantics.host import packaged, report, verdict, words
from estimator_semantics.host.diff import SAME, diff
from estimator_semantics.host.report.chapters import quick
from estimator_semantics.host.report.page import content
from estimator_semantics.host.shift import Kind

DRIVER = Path(__file__).with_name("comparison.js")
SCRIPTS = [Path(report.__file__).parent.parent / "templates" / name for name in ("answers.js", "compare.js")]
MEGABYTE = 1_000_000


def test_it_is_one_small_file_that_asks_for_nothing(page):
    assert len(page.encode()) < MEGABYTE
    assert not re.search(r"<(?:script|img|link|iframe)[^>]*\b(?:src|href)=\"(?!data:)", page)
    assert "@import" not in page and "url(" not in page
    assert "default-src 'none'" in page


def test_it_is_the_same_for_the_same_records(records, of_keras, page):
    assert report.page(tuple(reversed(records)), tuple(reversed(of_keras))) == page


def test_the_verb_writes_it(command, tmp_path, page):
    assert command("report", "--html", tmp_path / "there").returncode == 0
    assert (tmp_path / "there" / "index.html").read_text("utf-8") == page


def test_every_case_on_every_release_is_in_it(records, of_keras):
    found = content(records, of_keras)
    there = {
        (case["name"], case["scale"], found["releases"][at]["tensorflow"], found["releases"][at].get("keras"))
        for case in found["cases"]
        for at, given in enumerate(case["given"])
        if given is not None
    }
    measured = {
        (result.experiment, result.scale, record.header.versions.tensorflow, record.header.versions.keras)
        for record in (*records, *of_keras)
        for result in record.results
    }
    assert there == measured


def in_node(found, **asked):
    """Return what the page's own scripts answer."""
    asked = json.dumps({"content": found, **asked})
    done = subprocess.run(["node", DRIVER, *SCRIPTS], input=asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.needs("node")
def test_it_compares_releases_as_diff_does(records, of_keras):
    columns = [quick(record) for record in (*records, *of_keras)]
    first = len(records)
    pairs = [*itertools.combinations(range(first), 2), *itertools.combinations(range(first, len(columns)), 2)]
    pairs += [(new, old) for old, new in pairs[::7]]
    compared = in_node(content(records, of_keras), pairs=pairs)["compared"]
    for (old, new), answered in zip(pairs, compared, strict=True):
        history = columns[:first] if old < first else columns[first:]
        assert _summary(diff(columns[old], columns[new], history)) == answered, (old, new)


def test_it_finds_what_changed_in_keras_3_7(records, of_keras):
    found = diff(packaged.of("keras==3.6"), packaged.of("keras==3.7"), of_keras)
    assert "keras_steps_per_epoch" in [entry.experiment for entry in found.entries]


def _summary(found):
    """Return the counts and the entries of a diff, as the page has them."""
    return {
        "counts": {name: count for name, count in found.counts.items() if count or name in (SAME, Kind.CHANGED.value)},
        "entries": [
            {
                "kind": entry.kind.value,
                "experiment": entry.experiment,
                "affects": words.AFFECTS[entry.consequence],
                "cause": entry.cause,
                "times": words.times(entry.shifts, is_upgrade=found.is_upgrade),
                "shifts": [shift_said(shift) for shift in entry.shifts],
                "telling": len(words.telling(entry.shifts)),
                "says": [change.says for change in entry.changes],
                "whys": words.reasons(entry),
            }
            for entry in found.entries
        ],
    }


def shift_said(shift):
    """Return a shift as the page says it."""
    return words.shift(shift).replace("->", "→")


@pytest.mark.needs("node")
def test_what_is_packed_is_said_as_the_records_have_it(records, of_keras):
    columns = [*records, *of_keras]
    found = content(records, of_keras)
    places = [
        (at, column)
        for at, case in enumerate(found["cases"])
        for column in range(len(columns))
        if case["given"][column] is not None
    ]
    results = [{result.case: result for result in record.results} for record in columns]
    for (at, column), cell in zip(places, in_node(found, said=places)["cells"], strict=True):
        case, versions = found["cases"][at], columns[column].header.versions
        result = results[column][case["name"], case["scale"]]
        predicted = verdict.prediction(verdict.current(result), result.scale, versions.tensorflow, versions.keras)
        documented = verdict.documented_for(verdict.current(result), versions)
        expected = {
            "status": result.status,
            "outcome": verdict.judge(result, versions).outcome.value,
            "why": result.why,
            "log": [{"text": line, "meaning": words.meaning(line)} for line in dict.fromkeys(result.log)],
            "counters": result.counters,
            "rows": sorted(
                [
                    words.behaviour(name),
                    *(said(name, of[name]) if name in of else "" for of in (result.measured, predicted, documented)),
                ]
                for name in result.measured or ()
            ),
        }
        # What the law leaves open is said in other words. (JavaScript has names that are numbers before others.)
        cell["rows"] = sorted([text.replace("left open", "") for text in row] for row in cell["rows"])
        assert {name: cell[name] for name in expected} == expected


def said(name, value):
    """Return a value as the page says it."""
    if value is None and name in ("steps", "global_step", "examples", "last_batch", "epochs"):
        return "no end"
    return words.value(
        json.loads(
            json.dumps(value), parse_float=lambda text: int(float(text)) if float(text).is_integer() else float(text)
        )
    )


def test_each_line_of_a_log_is_in_it_once(with_log):
    found = content([with_log])
    logged = {case["name"]: case["log"] for case in found["cases"] if "log" in case}
    (places,) = logged[CASE_THAT_RAN_OUT]
    assert list(logged) == [CASE_THAT_RAN_OUT]
    assert [found["texts"][at] for at in places] == [RAN_OUT.format(12), "Something else."]
    assert found["texts"].count(RAN_OUT.format(12)) == 1
    assert [at in found["meanings"] for at in places] == [True, False]


def test_it_says_whose_it_is_and_where_its_figures_are_from(page):
    said = re.sub(r"\s+", " ", page)
    assert (
        '<a href="https://stackoverflow.com/questions/38340311" rel="noopener noreferrer">an answer on Stack Overflow</a>'
        in said
    )
    assert "The project estimator-semantics" in said
    assert "those of the calculator are predictions of the law" in said
