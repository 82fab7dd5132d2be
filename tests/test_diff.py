"""Diffs: what an upgrade changes, since when, and what to do. Needs no TensorFlow. Runs on macOS and Windows too."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import msgspec
import pytest
from samples import CASE, HEADER

from estimator_semantics.host import experiments, packaged, words
from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.diff import diff
from estimator_semantics.host.errors import NoRecord
from estimator_semantics.host.record import Record, Result
from estimator_semantics.host.selection import ESTIMATOR
from estimator_semantics.host.shift import Kind, Since
from estimator_semantics.host.views import FORMATS, text
from estimator_semantics.probe.experiment import Change

WHY = Change(
    "1.9 goes on until max_steps; since 1.10 training ends when the data does.", "num_epochs=None", "https://x/1"
)
KNOWN = replace(
    CASE,
    plans={"quick": CASE.plans["quick"]._replace(steps=25)},
    expected={"steps": {"<1.10": 25, ">=1.10": 10}, "moved": {">=1.3": {"from": 1, "to": 9}}},
    changes={"1.10": WHY},
)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """The one experiment there is, whose behaviour changed with 1.10."""
    monkeypatch.setattr(experiments, "find", lambda name: {KNOWN.name: KNOWN}.get(name))


def measured(release, steps=None, status="measured", why="", **changes):
    """Return the record of a release that has run so many steps."""
    values = {"measured": {"steps": steps, "moved": int(release.split(".")[1]) % 9 + 1}} if status == "measured" else {}
    result = Result(KNOWN.name, "quick", status, 1.0, changes.pop("revision", KNOWN.revision), why=why, **values)
    versions = msgspec.structs.replace(HEADER.versions, tensorflow=release, **changes)
    return Record(msgspec.structs.replace(HEADER, versions=versions), (result,), "2026-01-02T03:04:05+00:00")


HISTORY = [
    measured(release, 25 if index < 2 else 10) for index, release in enumerate(["1.8.0", "1.9.0", "1.10.1", "1.11.0"])
]


def test_nothing_changed():
    found = diff(measured("1.4.1", 25), measured("1.9.0", 25), HISTORY)
    assert (found.entries, counts(found), found.status) == ((), {"the same": 1}, 0)


def counts(found):
    """Return the counts that are not 0."""
    return {name: count for name, count in found.counts.items() if count}


@pytest.mark.parametrize(("old", "new"), [("1.4.1", "1.15.5"), ("1.15.5", "1.4.1")])
def test_a_change_says_since_when_and_what_to_do(old, new):
    steps = {"1.4.1": 25, "1.15.5": 10}
    found = diff(measured(old, steps[old]), measured(new, steps[new]), HISTORY)
    (entry,) = found.entries
    (shift,) = entry.shifts
    assert (entry.kind, entry.changes) == (Kind.CHANGED, (WHY,))
    assert (shift.behaviour, shift.old, shift.new, shift.consequence) == (
        "steps",
        steps[old],
        steps[new],
        Consequence.STEPS,
    )
    assert shift.since == Since("TensorFlow", "1.10.1", is_minor=True)
    assert words.times(entry.shifts, is_upgrade=found.is_upgrade) == "since 1.10"
    assert words.times(entry.shifts, is_upgrade=found.is_upgrade, details=True) == (
        "since 1.10 (measured on 1.10.1; no earlier patch of 1.10 was measured)"
    )
    assert (counts(found), found.status) == ({"changed": 1}, 1)


def test_without_records_between_it_is_since_the_later_one():
    assert since_of(diff(measured("1.4.1", 25), measured("1.15.5", 10))) == "since 1.15"


def test_between_two_patches_of_a_minor_the_patch_is_named():
    assert since_of(diff(measured("1.10.0", 25), measured("1.10.1", 10))) == "since 1.10.1"


def test_where_both_are_the_same_release_nothing_is_since_a_release():
    old, new = measured("2.15.1", 10), measured("2.15.1", 11)
    found = diff(old, new, HISTORY)
    assert since_of(found) == "" and found.status == 1
    for name in ("text", "markdown"):
        assert "was this installation patched?" in FORMATS[name](found) and "another difference" not in FORMATS[name](
            found
        )
    beside = diff(old, measured("2.15.1", 11, numpy="2.0.2"), HISTORY)
    assert since_of(beside) == "" and "another difference between the environments" in " ".join(
        FORMATS["text"](beside).split()
    )


def since_of(found):
    """Return since when the first entry is as it is."""
    return words.times(found.entries[0].shifts, is_upgrade=found.is_upgrade)


def test_what_stays_within_its_range_has_not_changed():
    assert diff(measured("1.10.1", 10), measured("1.11.0", 10)).entries == ()


def test_a_change_that_nobody_has_explained_is_news_and_comes_before_others():
    found = diff(measured("1.10.1", 10), measured("2.23.0", 11), HISTORY)
    assert [entry.kind for entry in found.entries] == [Kind.NEWS]
    assert since_of(found) == "since 2.23"
    assert "Cause unknown. Please report it." in FORMATS["text"](found)
    assert found.status == 1


@pytest.mark.parametrize(
    ("old", "new", "kind", "status"),
    [
        (measured("1.3.0", status="absent", why="no tf.data"), measured("1.9.0", 25), Kind.NEW, 0),
        (measured("1.9.0", 25), measured("1.3.0", status="absent", why="no tf.data"), Kind.GONE, 1),
        (measured("1.9.0", 25), measured("1.10.1", status="error", why="it crashed"), Kind.LOST, 3),
    ],
)
def test_what_comes_what_goes_and_what_could_not_be_measured(old, new, kind, status):
    found = diff(old, new)
    (entry,) = found.entries
    (why,) = words.reasons(entry)
    assert entry.kind is kind and counts(found) == {kind.value: 1}
    # What is new is not said without being asked for: nobody's code is touched by it.
    assert (why in FORMATS["text"](found)) is (kind is not Kind.NEW)
    assert why in text.render(found, details=True)
    assert found.status == status


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (measured("1.9.0", 25, revision="other"), measured("1.10.1", 10), "another revision"),
        (measured("1.9.0", status="error", why="hung"), measured("1.10.1", 10), "old record"),
        (measured("1.9.0", 25), msgspec.structs.replace(measured("1.10.1", 10), results=()), "one of the records"),
    ],
)
def test_what_is_not_comparable_is_said_and_not_compared(old, new, reason):
    found = diff(old, new)
    ((said, names),) = found.not_compared.items()
    assert reason in said and names == (KNOWN.name,)
    assert (found.entries, counts(found), found.status) == ((), {}, 3)
    assert "not compared" in FORMATS["text"](found).lower()


def test_a_change_may_come_with_another_package_than_tensorflow(monkeypatch):
    expected = {**KNOWN.expected, "steps": {"numpy<2": 25, "numpy>=2": 10}}
    known = replace(KNOWN, expected=expected, changes={"numpy>=2": WHY, "1.10": WHY._replace(says="another one")})
    monkeypatch.setattr(experiments, "find", {KNOWN.name: known}.get)
    old, new = measured("2.18.0", 25), measured("2.18.1", 10, numpy="2.0.2")
    for line in ((old, new), (new, old)):
        (entry,) = diff(*line).entries
        assert (entry.kind, entry.changes) == (Kind.CHANGED, (WHY,))
    assert diff(old, measured("2.18.1", 10)).entries[0].kind is Kind.NEWS


def test_what_nobody_installed_has_not_gone(monkeypatch):
    monkeypatch.setattr(experiments, "find", {KNOWN.name: replace(KNOWN, needs="pandas")}.get)
    old, new = measured("1.9.0", 25, pandas="1.1.5"), measured("1.10.1", status="absent", why="pandas is not installed")
    found = diff(old, new)
    assert (found.entries, found.not_compared) == ((), {"pandas is not in both environments": (KNOWN.name,)})
    gone = diff(old, measured("1.10.1", status="absent", why="no pandas_input_fn", pandas="1.1.5"))
    assert [entry.kind for entry in gone.entries] == [Kind.GONE]


def test_environments_are_told_apart():
    found = diff(measured("2.15.1", 10), measured("2.16.2", 10, estimator="bridged", numpy="2.0.2"))
    assert found.environment == (
        ("estimator", "native", "bridged"),
        ("numpy", "1.26.4", "2.0.2"),
        ("tf.keras", "Keras 2", "Keras 3"),
    )
    assert "tf.estimator native -> bridged; NumPy 1.26.4 -> 2.0.2" in FORMATS["text"](found)


@pytest.mark.parametrize(("estimator", "kind"), [("bridged", Kind.CHANGED), (None, Kind.GONE)])
def test_that_tensorflow_has_no_estimator_any_more_is_one_entry(estimator, kind):
    old, new = measured("2.15.1", 25), measured("2.21.0", 10, estimator=estimator)
    *others, last = diff(old, new, [measured("2.16.2", 10, estimator="bridged")]).entries
    assert (last.experiment, last.kind) == (ESTIMATOR, kind)
    assert words.times(last.shifts, is_upgrade=True) == ("since 2.16" if estimator else "removed in 2.16")
    assert "'tf-keras~=2.21.0'" in last.changes[0].do and len(others) == 1, "a training of another length comes first"
    assert diff(old, measured("2.21.0", 25, estimator=estimator)).status == 1
    for view in FORMATS.values():
        assert "removed from TensorFlow" in view(diff(old, new)) and last.changes[0].do.split("'")[0] in view(
            diff(old, new)
        )
    *_, back = diff(new, old).entries
    assert (back.experiment, back.kind) == (ESTIMATOR, Kind.NEW)


def test_without_an_estimator_what_needs_one_is_gone_with_it_and_not_one_by_one():
    why = "TensorFlow 2.21.0 has no tf.estimator"
    found = diff(measured("2.15.1", 25), measured("2.21.0", status="absent", why=why, estimator=None))
    assert [(entry.experiment, entry.kind) for entry in found.entries] == [(ESTIMATOR, Kind.GONE)]
    assert found.not_compared == {"TensorFlow 2.21.0 has no tf.estimator here": (KNOWN.name,)}
    assert (counts(found), found.status) == ({"gone": 1}, 1)


def test_the_same_estimator_on_both_sides_is_not_worth_a_word():
    for estimator in ("native", "bridged", None):
        old, new = (measured(release, 10, estimator=estimator) for release in ("2.16.2", "2.17.1"))
        assert diff(old, new).entries == ()


@pytest.mark.parametrize("width", [40, 60, 80, 110, 300])
def test_lines_are_as_long_as_the_terminal_allows(width):
    lines = text.render(diff(measured("1.9.0", 25), measured("1.10.1", 10, python="3.7.1")), width=width).splitlines()
    within = [line for line in lines if line.startswith(" ")]
    assert all(len(line) <= min(width, text.WIDTH) or len(line.split()) == 1 for line in within)
    assert max(map(len, within)) > min(width, 80) // 2


def test_every_view_says_what_changed_and_what_to_do():
    found = diff(measured("1.9.0", 25), measured("1.10.1", 10, python="3.7.1"))
    for name, view in FORMATS.items():
        shown = view(found)
        for part in (WHY.do, WHY.source, "1.10", "25", "10"):
            assert part in shown, (name, part)
    (entry,) = json.loads(FORMATS["json"](found))["entries"]
    assert entry["changes"] == [WHY._asdict()]
    suite = ElementTree.fromstring(FORMATS["junit"](found).encode())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "1", "0")
    assert [failure.get("message") for failure in suite.iter("failure")] == [
        f"changed: {experiments.title(KNOWN.name)}"
    ]


def test_a_record_is_named_by_release_by_minor_or_by_file(tmp_path):
    assert packaged.of("2.15.1") == packaged.of("2.15")
    path = packaged.paths()[0]
    by_file, by_release = packaged.of(str(path)), packaged.of(path.stem)
    assert by_file.header == by_release.header
    assert by_file.results == tuple(result for result in by_release.results if result.scale == "quick")
    with pytest.raises(NoRecord, match="no record of such a release, and no such file"):
        packaged.of("7.5")
