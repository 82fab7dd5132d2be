"""Verdicts: five outcomes, never mixed. Needs no TensorFlow. Runs on macOS and Windows too."""

from dataclasses import replace

import msgspec
import pytest
from samples import versions

from estimator_semantics.host import experiments
from estimator_semantics.host.cli.status import status, worst
from estimator_semantics.host.condition import holds
from estimator_semantics.host.errors import InvalidCondition, OtherRevision
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
    """Return a result that conforms, but for what is given."""
    return msgspec.structs.replace(CONFORMING, **changes)


def expecting(releases: str, **values: object) -> dict:
    """Return an EXPECTED of these values for these releases."""
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
        (
            result(measured={"raises": "ValueError"}, counters={}),
            expecting("<2", raises="ValueError"),
            Outcome.DOCUMENTED,
        ),
        (
            result(measured={"raises": "ValueError"}, counters={}),
            expecting(">=2", raises="ValueError"),
            Outcome.DEVIATES,
        ),
        (result(measured={**PREDICTED, "fails": ["DNN"]}), expecting("<2", fails=["DNN"]), Outcome.DOCUMENTED),
        (result(measured={**PREDICTED, "fails": []}), expecting("<2", fails=[]), Outcome.CONFORMS),
        (
            result(measured={"hook": "ValueError"}, counters={}),
            {"hook": {"<1.10": "ValueError", ">=1.10": 15}},
            Outcome.DOCUMENTED,
        ),
        # Where everything is said in words, an error may be what the claim says.
        (
            result(measured={"0": "ValueError"}, counters={}),
            {"0": {"<1.10": "ValueError", ">=1.10": "no end"}},
            Outcome.CONFORMS,
        ),
        (result(status="error", measured=None), {}, Outcome.ERROR),
        (result(status="absent", measured=None), {}, Outcome.ABSENT),
    ],
)
def test_outcomes(answer, expected, outcome):
    assert judge(answer, versions("1.9.0"), replace(CASE, expected=expected)).outcome is outcome


def test_release_candidates_belong_to_a_range():
    case = replace(CASE, expected=expecting(">=2.22.0rc0", **LONGER))
    assert judge(result(measured=LONGER, counters={}), versions("2.22.0rc0"), case).outcome is Outcome.DOCUMENTED


@pytest.mark.parametrize(
    ("condition", "environment", "true"),
    [
        ("", versions("1.3.0"), True),
        (">=1.10,<2", versions("1.10.1"), True),
        (">=1.10,<2", versions("2.0.4"), False),
        (">=2.16", versions("2.22.0rc0"), True),
        (">=2.16,numpy>=2", versions("2.18.1", numpy="2.0.2"), True),
        (">=2.16,numpy>=2", versions("2.18.1", numpy="1.26.4"), False),
        ("numpy>=2,>=2.16", versions("2.15.1", numpy="2.0.2"), False),
        ("numpy >= 1.20, numpy < 2", versions("2.15.1", numpy="1.26.4"), True),
        ("tf-keras>=2.16", versions("2.16.2", tf_keras="2.16.0"), True),
        ("tf-keras>=2.16", versions("2.16.2", tf_keras=None), False),
        ("tf-keras<2.16", versions("2.16.2", tf_keras=None), False),
        ("python<3.11", versions("2.12.1", python="3.10.9"), True),
        ("python<3.11", versions("2.12.1", python="3.11.7"), False),
        ("Keras>=3.7", versions("2.18.1", keras="3.16.0.dev1"), True),
    ],
)
def test_conditions(condition, environment, true):
    assert holds(condition, environment) is true


@pytest.mark.parametrize(
    "condition", ["2.18", "numpy", "scipy>=1", ">=two", ">=1.9 <2", "numpy>=2\n>=1.9", "estimator==native"]
)
def test_what_is_no_condition_is_refused(condition):
    with pytest.raises(InvalidCondition, match="write it like"):
        holds(condition, versions("1.9.0"))


def test_an_expectation_may_depend_on_more_than_tensorflow():
    case = replace(CASE, expected={"saved": {"numpy<2": [1, 10], "numpy>=2": [10]}})
    answer = result(measured={**PREDICTED, "saved": [10]})
    assert judge(answer, versions("2.18.1", numpy="2.0.2"), case).outcome is Outcome.CONFORMS
    assert judge(answer, versions("2.18.1", numpy="1.26.4"), case).outcome is Outcome.DEVIATES


def test_a_difference_says_what_was_got_and_what_was_expected():
    verdict = judge(result(measured=LONGER, counters={"train op": 24}), versions("1.9.0"), CASE)
    said = [str(difference) for difference in verdict.differences]
    assert "steps: got 25, expected 10" in said
    assert "steps by the counter 'train op': got 24, expected 25" in said


@pytest.mark.parametrize("answer", [result(revision="other"), result(experiment="no_such_experiment")])
def test_another_revision_is_not_judged(answer):
    with pytest.raises(OtherRevision, match="measure again"):
        judge(answer, versions("1.9.0"))


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
    assert status(answers, versions("1.9.0")) == code


@pytest.mark.parametrize(("each", "together"), [([0], 0), ([0, 3], 3), ([3, 1, 0], 1), ([1, 3], 1), ([0, 0], 0)])
def test_exit_status_of_several_environments(each, together):
    assert worst(each) == together
