"""Verdicts: five outcomes, never mixed. Needs no TensorFlow."""

import msgspec
import pytest

from estimator_semantics.host.cli.status import status, worst
from estimator_semantics.host.record import Counts, Result
from estimator_semantics.host.verdict import Outcome, judge

PREDICTED = Counts(10, 10, 40, 4, 1, "epochs", {"1": 40})
LONGER = Counts(25, 25, 100, 4, 2, "steps", {"2": 20, "3": 20})


def result(**changes: object) -> Result:
    """Returns a result that conforms, but for what is given."""
    conforming = Result(
        "steps_implicit", "quick", "measured", 1.0, predicted=PREDICTED, measured=PREDICTED, counters={"train op": 10}
    )
    return msgspec.structs.replace(conforming, **changes)


LONGER_VALUES = msgspec.structs.asdict(LONGER)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (result(), Outcome.CONFORMS),
        (result(predicted=msgspec.structs.replace(PREDICTED, usage=None)), Outcome.CONFORMS),
        (result(measured=LONGER, counters={"train op": 25}), Outcome.DEVIATES),
        (result(counters={"train op": 11}), Outcome.DEVIATES),
        (result(counters={"global step": None}), Outcome.DEVIATES),
        (result(measured=msgspec.structs.replace(PREDICTED, usage={"0": 1, "1": 38, "2": 1})), Outcome.DEVIATES),
        (result(measured=msgspec.structs.replace(PREDICTED, bound="steps")), Outcome.DEVIATES),
        (result(measured=LONGER, counters={}, expected={"<1.10": LONGER_VALUES}), Outcome.DOCUMENTED),
        (result(measured=LONGER, counters={}, expected={">=1.10": LONGER_VALUES}), Outcome.DEVIATES),
        (result(measured=LONGER, counters={}, expected={"<1.10": {**LONGER_VALUES, "steps": 26}}), Outcome.DEVIATES),
        (result(status="error", measured=None), Outcome.ERROR),
        (result(status="absent", measured=None), Outcome.ABSENT),
    ],
)
def test_outcomes(answer, outcome):
    assert judge(answer, "1.9.0").outcome is outcome


def test_release_candidates_belong_to_a_range():
    answer = result(measured=LONGER, counters={}, expected={">=2.22.0rc0": LONGER_VALUES})
    assert judge(answer, "2.22.0rc0").outcome is Outcome.DOCUMENTED


def test_a_difference_says_what_was_got_and_what_was_expected():
    verdict = judge(result(measured=LONGER, counters={"train op": 24}), "1.9.0")
    said = [str(difference) for difference in verdict.differences]
    assert "steps: got 25, expected 10" in said
    assert "steps by the counter 'train op': got 24, expected 25" in said


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([result()], 0),
        ([result(), result(status="absent", measured=None)], 0),
        ([result(status="absent", measured=None)], 3),
        ([result(), result(status="error", measured=None)], 3),
        ([result(status="error", measured=None), result(measured=LONGER)], 1),
        ([result(measured=LONGER, counters={}, expected={"<2": LONGER_VALUES})], 0),
    ],
)
def test_exit_status(answers, code):
    assert status(answers, "1.9.0") == code


@pytest.mark.parametrize(("each", "together"), [([0], 0), ([0, 3], 3), ([3, 1, 0], 1), ([1, 3], 1), ([0, 0], 0)])
def test_exit_status_of_several_environments(each, together):
    assert worst(each) == together
