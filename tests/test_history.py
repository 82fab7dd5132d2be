"""Histories: releases in a row that gave the same answer. Needs no TensorFlow. Runs on macOS and Windows too."""

import msgspec
from samples import HEADER, RESULT

from estimator_semantics.host import words
from estimator_semantics.host.history import History
from estimator_semantics.host.record import Record

CASE = RESULT.case


def history(steps):
    """Return the history of releases that ran so many steps."""
    records = [
        Record(
            msgspec.structs.replace(HEADER, versions=msgspec.structs.replace(HEADER.versions, tensorflow=release)),
            (msgspec.structs.replace(RESULT, measured={"steps": count}),),
            "2026-01-02T03:04:05+00:00",
        )
        for release, count in steps.items()
    ]
    return History(records)


def said(steps):
    """Return the spans of the steps, in words."""
    found = history(steps)
    return words.spans(found.spans(CASE, lambda result, _: result.measured["steps"]), found)


def test_releases_are_in_the_order_of_their_versions():
    assert history({"1.10.1": 10, "1.9.0": 25, "2.22.0rc0": 10}).releases == ("1.9.0", "1.10.1", "2.22.0rc0")


def test_answers_in_a_row_are_taken_together():
    assert said({"1.3.0": 25, "1.9.0": 25, "1.10.1": 10, "2.15.1": 10}) == "25 (1.3 to 1.9); 10 (since 1.10)"
    assert said({"1.3.0": 1, "1.9.0": 2, "1.10.1": 1}) == "1 (1.3); 2 (1.9); 1 (1.10)"
    assert said({"1.3.0": 10, "1.9.0": 10}) == "10 (on all 2 releases)"
    assert said({"1.9.0": 10}) == "10"
