"""The law on gradient_accumulation_steps: how often the weights are updated. Needs no TensorFlow."""

import pytest

from estimator_semantics import law
from estimator_semantics.host import experiments
from estimator_semantics.host.verdict import prediction

PLAN = law.Plan(
    examples=20,
    batch_size=4,
    shuffle=False,
    api="fit",
    input="batch, then repeat",
    epochs=3,
    gradient_accumulation_steps=2,
)


@pytest.mark.parametrize(
    ("changed", "keras", "steps", "updates"),
    [
        ({}, None, 15, 7),
        ({"gradient_accumulation_steps": 4}, None, 15, 3),
        ({"gradient_accumulation_steps": 16}, None, 15, 0),
        ({"epochs": 0}, None, 0, 0),
        # Until 3.6 each attempt to train that finds no data takes the place of a step.
        ({"steps_per_epoch": 3}, "3.6.0", 8, 3),
        ({"steps_per_epoch": 3}, "3.7.0", 8, 4),
        ({"known_size": False}, "3.6.0", 15, 6),
        ({"known_size": False}, "3.7.0", 15, 6),
        ({"known_size": False, "steps_per_execution": 2}, "3.6.0", 15, 6),
        ({"known_size": False, "steps_per_execution": 2}, "3.7.0", 15, 7),
        ({"input": "generator", "gradient_accumulation_steps": 3}, "3.6.0", 5, 1),
        ({"input": "generator", "gradient_accumulation_steps": 3}, "3.7.0", 9, 1),
    ],
)
def test_an_update_is_made_at_every_nth_step_that_the_optimizer_counts(changed, keras, steps, updates):
    predicted = law.predict(PLAN._replace(**changed), keras=keras)
    assert (predicted.steps, predicted.updates) == (steps, updates)


def test_a_plan_without_accumulation_says_nothing_of_updates():
    assert law.predict(PLAN._replace(gradient_accumulation_steps=1)).updates is None
    (specification, *_) = experiments.specifications("keras_epochs")
    assert "updates" not in prediction(specification, "quick", "2.21.0")


@pytest.mark.parametrize("release", ["1.15.5", "2.15.1"])
def test_keras_2_has_no_accumulation(release):
    with pytest.raises(law.InvalidPlan, match=r"gradient_accumulation_steps=2: needs Keras 3\.0 or later"):
        law.check_release(law.check(PLAN), release)


def test_the_sentence_says_how_often_the_weights_are_updated():
    predicted = law.predict(law.check(PLAN))
    assert law.explain(PLAN, predicted).endswith("and the optimizer updates the weights 7 times.")
