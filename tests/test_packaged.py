"""The records that come with the project: all releases, all cases, and every change between releases explained."""

import pytest

from estimator_semantics.host import catalogue, experiments, packaged
from estimator_semantics.host.diff import Kind, diff, explains
from estimator_semantics.host.record import Record
from estimator_semantics.host.verdict import Outcome, documented_for, judge

RECORDS = packaged.records()
RELEASES = [record.header.versions.tensorflow for record in RECORDS]
REPORTED = {"steps_implicit": 175_000, "steps_above_epoch_bound": 175_000, "steps_below_epoch_bound": 1_000}


def quick(record):
    """Returns a record without what was measured at full scale."""
    return Record(record.header, tuple(each for each in record.results if each.scale == "quick"), record.finished)


def test_every_listed_release_has_a_record():
    assert RELEASES == [release.version for release in catalogue.releases()]


@pytest.mark.parametrize("record", RECORDS, ids=RELEASES)
def test_every_case_is_in_every_record_and_is_as_expected(record):
    versions = record.header.versions
    there = {result.case for result in record.results}
    assert there >= {(case.name, scale) for case in experiments.chosen() for scale in case.plans}
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


@pytest.mark.parametrize(("old", "new"), list(zip(RECORDS, RECORDS[1:])), ids=RELEASES[1:])
def test_every_change_between_releases_is_explained(old, new):
    entries = diff(quick(old), quick(new)).entries
    unexplained = [(entry.experiment, entry.shifts) for entry in entries if entry.kind in (Kind.NEWS, Kind.LOST)]
    assert unexplained == []


def test_every_explanation_is_of_a_change_that_was_measured():
    pairs = [(old.header.versions, new.header.versions) for old, new in zip(RECORDS, RECORDS[1:])]
    changed = {
        (entry.experiment, new.header.versions.tensorflow)
        for old, new in zip(RECORDS, RECORDS[1:])
        for entry in diff(quick(old), quick(new)).entries
        if entry.kind is Kind.CHANGED
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
