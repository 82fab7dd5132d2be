"""Verdicts: five outcomes, never mixed. Needs no TensorFlow."""

from dataclasses import replace

import msgspec
import pytest

from estimator_semantics.host import experiments
from estimator_semantics.host.cli.status import status, worst
from estimator_semantics.host.errors import OtherRevision
from estimator_semantics.host.record import Result
from estimator_semantics.host.verdict import Outcome, judge, prediction
from estimator_semantics.law import Plan

CASE = replace(
    experiments.find("steps_implicit"), plans={"quick": Plan(examples=40, batch_size=4)}, expected={}, revision="abc"
)
PREDICTED = prediction(CASE, "quick", "1.9.0")
LONGER = {
    "steps": 25,
    "global_step": 25,
    "examples": 100,
    "last_batch": 4,
    "epochs": 2,
    "bound": "steps",
    "usage": {"2": 20, "3": 20},
}
CONFORMING = Result(CASE.name, "quick", "measured", 1.0, "abc", measured=PREDICTED, counters={"train op": 10})


def result(**changes: object) -> Result:
    """Returns a result that conforms, but for what is given."""
    return msgspec.structs.replace(CONFORMING, **changes)


def expecting(releases: str, **values: object) -> dict:
    """Returns an EXPECTED of these values for these releases."""
    return {name: {releases: value} for name, value in values.items()}


@pytest.mark.parametrize(
    ("answer", "expected", "outcome"),
    [
        (result(), {}, Outcome.CONFORMS),
        (result(measured={"steps": 10}), {}, Outcome.CONFORMS),
        (result(measured=LONGER, counters={"train op": 25}), {}, Outcome.DEVIATES),
        (result(counters={"train op": 11}), {}, Outcome.DEVIATES),
        (result(counters={"global step": None}), {}, Outcome.DEVIATES),
        (result(measured={**PREDICTED, "usage": {"0": 1, "1": 38, "2": 1}}), {}, Outcome.DEVIATES),
        (result(measured={**PREDICTED, "bound": "steps"}), {}, Outcome.DEVIATES),
        (result(measured=LONGER, counters={}), expecting("<1.10", **LONGER), Outcome.DOCUMENTED),
        (result(measured=LONGER, counters={}), expecting(">=1.10", **LONGER), Outcome.DEVIATES),
        (result(measured=LONGER, counters={}), expecting("<1.10", **{**LONGER, "steps": 26}), Outcome.DEVIATES),
        (result(), expecting("<1.10", **LONGER), Outcome.DEVIATES),
        (result(measured={**PREDICTED, "saved": [1, 10]}), {}, Outcome.DEVIATES),
        (result(measured={**PREDICTED, "saved": [1, 10]}), expecting("<2", saved=[1, 10]), Outcome.CONFORMS),
        (result(measured={**PREDICTED, "saved": [1, 10]}), expecting(">=2", saved=[1, 10]), Outcome.DEVIATES),
        (result(), expecting("<2", saved=[1, 10]), Outcome.DEVIATES),
        (result(measured={"moved": 7}, counters={}), expecting("<2", moved={"from": 5, "to": 9}), Outcome.CONFORMS),
        (result(measured={"moved": 4}, counters={}), expecting("<2", moved={"from": 5, "to": 9}), Outcome.DEVIATES),
        (result(status="error", measured=None), {}, Outcome.ERROR),
        (result(status="absent", measured=None), {}, Outcome.ABSENT),
    ],
)
def test_outcomes(answer, expected, outcome):
    assert judge(answer, "1.9.0", replace(CASE, expected=expected)).outcome is outcome


def test_release_candidates_belong_to_a_range():
    case = replace(CASE, expected=expecting(">=2.22.0rc0", **LONGER))
    assert judge(result(measured=LONGER, counters={}), "2.22.0rc0", case).outcome is Outcome.DOCUMENTED


def test_a_difference_says_what_was_got_and_what_was_expected():
    verdict = judge(result(measured=LONGER, counters={"train op": 24}), "1.9.0", CASE)
    said = [str(difference) for difference in verdict.differences]
    assert "steps: got 25, expected 10" in said
    assert "steps by the counter 'train op': got 24, expected 25" in said


@pytest.mark.parametrize("answer", [result(revision="other"), result(experiment="no_such_experiment")])
def test_another_revision_is_not_judged(answer):
    with pytest.raises(OtherRevision, match="measure again"):
        judge(answer, "1.9.0")


QUICK = experiments.find("steps_below_epoch_bound")
RIGHT = Result(QUICK.name, "quick", "measured", 1.0, QUICK.revision, measured={"steps": 10})
WRONG = msgspec.structs.replace(RIGHT, measured={"steps": 11})
ABSENT = msgspec.structs.replace(RIGHT, status="absent", measured=None)
ERROR = msgspec.structs.replace(RIGHT, status="error", measured=None)


@pytest.mark.parametrize(
    ("answers", "code"),
    [([RIGHT], 0), ([RIGHT, ABSENT], 0), ([ABSENT], 3), ([RIGHT, ERROR], 3), ([ERROR, WRONG], 1)],
)
def test_exit_status(answers, code):
    assert status(answers, "1.9.0") == code


@pytest.mark.parametrize(("each", "together"), [([0], 0), ([0, 3], 3), ([3, 1, 0], 1), ([1, 3], 1), ([0, 0], 0)])
def test_exit_status_of_several_environments(each, together):
    assert worst(each) == together
