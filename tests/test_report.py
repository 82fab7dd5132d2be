"""The report: what the records say, and nothing else. Needs no TensorFlow."""

from pathlib import Path

import msgspec
import pytest

from estimator_semantics.host import packaged, record
from estimator_semantics.host.report import THE_THREE, render
from samples import COUNTS, HEADER, RESULT

CHECKOUT = Path(__file__).parent.parent
FINISHED = "2026-01-02T03:05:05+00:00"


def test_report_in_the_repository_is_the_one_of_the_records_in_it():
    assert (CHECKOUT / "REPORT.md").read_text("utf-8") == render(packaged.records())


def test_the_records_in_the_repository_hold_the_three_cases_at_full_scale():
    default = packaged.of("2.15.1")
    full = {result.experiment: result for result in default.results if result.scale == "full"}
    measured = {name: full[name].measured["steps"] for name in THE_THREE}
    assert measured == {
        "steps_implicit": 175_000,
        "steps_above_epoch_bound": 175_000,
        "steps_below_epoch_bound": 1_000,
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "| conforms |"),
        ({"measured": {**COUNTS, "steps": 4}}, "| deviates |"),
        ({"measured": {**COUNTS, "steps": 4}}, "steps: got 4, expected 1750"),
        ({"counters": {"train op": 4}}, "| deviates |"),
        ({"status": "error", "measured": None, "why": "it crashed"}, "it crashed"),
        ({"status": "absent", "measured": None, "why": "no such API"}, "| absent |"),
    ],
)
def test_every_figure_comes_from_the_record(changes, said):
    assert said in render([record.Record(HEADER, (msgspec.structs.replace(RESULT, **changes),), FINISHED)])


def test_a_record_that_was_cut_off_says_so():
    assert "it was cut off" in render([record.Record(HEADER, (RESULT,), None)])
