"""What is said of a claim, a prediction and a verdict. Needs no TensorFlow."""

from dataclasses import replace

import pytest

from estimator_semantics.host import experiments, packaged, words
from estimator_semantics.host.verdict import Outcome, judge
from estimator_semantics.law import Plan

RECORD = packaged.of("2.15.1")


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ("True. One epoch was 175,000 steps.", "true"),
        ("False: it resumes.", "false"),
        ("False. It resumes.", "false"),
        ("Depends on the release: since 2.2 ...", "depends"),
        ("Only where the batch size divides the data.", "depends"),
        ("Truethfully", "depends"),
        ("", "depends"),
    ],
)
def test_the_truth_of_a_claim_is_the_first_word_of_what_was_found(found, truth):
    specification = replace(experiments.find("steps_implicit"), found=found)
    assert specification.truth == truth
    assert words.truth(specification) == truth.capitalize()


def test_a_verdict_is_about_the_prediction_and_says_so():
    said = {outcome: words.verdict(outcome) for outcome in Outcome}
    assert len(set(said.values())) == len(Outcome)
    assert said[Outcome.CONFORMS] == "as predicted" and "not as predicted" in said[Outcome.DOCUMENTED]
    assert said[Outcome.DOCUMENTED].startswith(said[Outcome.DEVIATES])
    # Programs read what they always read.
    assert [outcome.value for outcome in Outcome] == [
        "conforms",
        "deviates as documented",
        "deviates",
        "error",
        "absent",
    ]


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([Outcome.CONFORMS] * 3, "Everything is as expected: all 3 cases are as predicted"),
        ([Outcome.CONFORMS], "Everything is as expected: the case is as predicted"),
        (
            [Outcome.CONFORMS, Outcome.DOCUMENTED, Outcome.ABSENT],
            "Everything is as expected: 1 not as predicted (known), 1 absent, 1 as predicted",
        ),
        ([Outcome.CONFORMS, Outcome.DEVIATES], "1 of 2 cases is not as expected: 1 not as predicted, 1 as predicted"),
        ([Outcome.ERROR, Outcome.DEVIATES], "2 of 2 cases are not as expected: 1 not as predicted, 1 not measured"),
        ([Outcome.ABSENT, Outcome.ABSENT], "Nothing was measured: all 2 cases are absent"),
        ([], "Nothing was measured"),
    ],
)
def test_whether_everything_is_as_expected_comes_first(outcomes, said):
    assert words.summary(outcomes) == said


def test_what_was_predicted_is_of_what_was_measured():
    for result in RECORD.results:
        outcome = judge(result, RECORD.header.versions).outcome
        predicted, measured = words.predicted_and_measured(result, outcome, RECORD.header.versions)
        if outcome is Outcome.CONFORMS and " to " not in predicted:
            assert predicted == measured, result.experiment
        if outcome in (Outcome.DEVIATES, Outcome.DOCUMENTED) and "steps" in result.measured:
            assert not predicted.startswith("steps"), result.experiment


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(10, 4), "estimator.train(input_fn)"),
        (Plan(10, 4, steps=200000), "estimator.train(input_fn, steps=200000)"),
        (Plan(10, 4, max_steps=5), "estimator.train(input_fn, max_steps=5)"),
        (Plan(10, 4, steps=5, api="evaluate"), "estimator.evaluate(input_fn, steps=5)"),
        (Plan(10, 4, max_steps=5, api="train_and_evaluate"), "train_and_evaluate(TrainSpec(input_fn, max_steps=5))"),
        (Plan(10, 4, api="fit", input="arrays", epochs=3), "model.fit(x, y, epochs=3)"),
        (
            Plan(10, 4, api="fit", input="generator", initial_epoch=1, epochs=3),
            "model.fit(generator, epochs=3, initial_epoch=1)",
        ),
        (
            Plan(10, 4, api="fit", input="batch, then repeat", steps_per_epoch=2),
            "model.fit(dataset, steps_per_epoch=2)",
        ),
    ],
)
def test_the_call_is_code(plan, code):
    assert words.call(plan) == code
