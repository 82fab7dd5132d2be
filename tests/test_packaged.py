"""The records that come with the project: all releases, all cases, and every change between releases explained.

Needs no TensorFlow. Runs on macOS and Windows too.
"""

import itertools

import pytest
from packaging.version import Version

from estimator_semantics.host import catalogue, experiments, packaged
from estimator_semantics.host.changes import explains
from estimator_semantics.host.diff import diff
from estimator_semantics.host.report.chapters import quick
from estimator_semantics.host.selection import ESTIMATOR
from estimator_semantics.host.shift import Kind, Since
from estimator_semantics.host.verdict import Outcome, documented_for, judge

RECORDS = packaged.records()
RELEASES = [record.header.versions.tensorflow for record in RECORDS]
OF_KERAS = packaged.records_of_keras()
KERAS = [record.header.versions.keras for record in OF_KERAS]
REPORTED = {"steps_implicit": 175_000, "steps_above_epoch_bound": 175_000, "steps_below_epoch_bound": 1_000}


def test_every_listed_release_has_a_record():
    assert [release.version for release in catalogue.releases()] == RELEASES


@pytest.mark.parametrize("record", RECORDS, ids=RELEASES)
def test_every_case_is_in_every_record_and_is_as_expected(record):
    versions = record.header.versions
    there = {result.case for result in record.results}
    assert there >= {(case.name, "quick") for case in experiments.chosen()} | {(name, "full") for name in REPORTED}
    wrong = [
        result.case for result in record.results if judge(result, versions).outcome in (Outcome.ERROR, Outcome.DEVIATES)
    ]
    assert wrong == []


@pytest.mark.parametrize("record", RECORDS, ids=RELEASES)
def test_the_three_trainings_ran_as_the_answer_reported(record):
    full = {each.experiment: each for each in record.results if each.scale == "full" and each.experiment in REPORTED}
    assert {name: result.measured["steps"] for name, result in full.items()} == REPORTED
    for name, result in full.items():
        assert set(result.counters.values()) == {REPORTED[name]}


@pytest.mark.parametrize(("old", "new"), list(itertools.pairwise(RECORDS)), ids=RELEASES[1:])
def test_every_change_between_releases_is_explained(old, new):
    entries = [
        entry for each_keras in (False, True) for entry in diff(quick(old), quick(new), each_keras=each_keras).entries
    ]
    unexplained = [(entry.experiment, entry.shifts) for entry in entries if entry.kind in (Kind.NEWS, Kind.LOST)]
    assert unexplained == []


def test_every_explanation_is_of_a_change_that_was_measured():
    pairs = [(old.header.versions, new.header.versions) for old, new in itertools.pairwise(RECORDS)]
    changed = {
        (entry.experiment, new.header.versions.tensorflow)
        for old, new in itertools.pairwise(RECORDS)
        for each_keras in (False, True)
        for entry in diff(quick(old), quick(new), each_keras=each_keras).entries
        if entry.kind is Kind.CHANGED and entry.experiment != ESTIMATOR
    }
    # From one release on a value may vary from run to run, or no longer, and happen to be the same one.
    varies = {
        (case.name.partition("[")[0], new.tensorflow)
        for case in experiments.chosen()
        for old, new in pairs
        for one, other in ((old, new), (new, old))
        for name, value in documented_for(case, one).items()
        if isinstance(value, dict) and value.keys() == {"from", "to"} and documented_for(case, other).get(name) != value
    }
    explained = {
        (case.name.partition("[")[0], new.tensorflow)
        for case in experiments.chosen()
        for old, new in pairs
        for since in case.changes
        if explains(since, old, new)
    }
    assert explained - varies <= changed <= explained


@pytest.mark.parametrize("case", experiments.chosen(), ids=lambda case: case.name)
def test_where_the_rule_fails_it_is_said_what_to_do(case):
    outcomes = {
        judge(result, record.header.versions).outcome
        for record in RECORDS
        for result in record.results
        if result.experiment == case.name
    }
    assert Outcome.DOCUMENTED not in outcomes or case.instead or case.changes


def test_the_releases_of_keras_are_measured_on_one_tensorflow():
    assert {record.header.versions.tensorflow for record in OF_KERAS} == {catalogue.OF_KERAS}
    assert KERAS == [path.stem for path in packaged.paths_of_keras()] == sorted(KERAS, key=Version)
    minors = {Version(version).release[:2] for version in KERAS}
    assert minors >= {(3, 0), (3, 3), (3, 6), (3, 7), (3, 10)}


@pytest.mark.parametrize("record", OF_KERAS, ids=KERAS)
def test_every_case_of_keras_is_in_every_record_of_it_and_is_as_expected(record):
    there = {result.experiment for result in record.results}
    assert there >= {case.name for case in experiments.chosen() if case.name.startswith("keras_") and not case.slow}
    outcomes = [judge(result, record.header.versions).outcome for result in record.results]
    assert set(outcomes) <= {Outcome.CONFORMS, Outcome.DOCUMENTED}


@pytest.mark.parametrize(("old", "new"), list(itertools.pairwise(OF_KERAS)), ids=KERAS[1:])
def test_every_change_between_releases_of_keras_is_explained(old, new):
    found = diff(old, new, packaged.history(old, new))
    assert [(entry.experiment, entry.shifts) for entry in found.entries if entry.kind is not Kind.CHANGED] == []
    assert {name for name, _, _ in found.environment} <= {"keras", "numpy", "protobuf"}


def test_keras_3_7_trains_in_every_epoch():
    old, new = packaged.of("keras==3.6"), packaged.of("keras==3.7")
    found = diff(old, new, packaged.history(old, new))
    assert found.is_of_keras and found.is_upgrade and found.status == 1
    (entry,) = [entry for entry in found.entries if entry.experiment == "keras_steps_per_epoch"]
    shifts = {(shift.case, shift.behaviour): (shift.old, shift.new) for shift in entry.shifts}
    assert shifts["Dataset, equal", "steps_by_epoch"] == ([3, 0, 3, 0], [3, 3, 3, 3])
    since = {shift.since for entry in found.entries for shift in entry.shifts}
    assert since == {Since("Keras", new.header.versions.keras, is_minor=True)}
