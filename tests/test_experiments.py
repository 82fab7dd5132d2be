"""The experiments on the TensorFlow of this environment: training stops at the lower of the two bounds."""

import shutil

import pytest

from estimator_semantics import law
from estimator_semantics.host import experiments
from estimator_semantics.probe import experiment, runner

FOLDER = str(experiments.folder())

# What the answer reported: the numbers this project began with, not computed by the law.
REPORTED = {"steps_implicit": 175_000, "steps_above_epoch_bound": 175_000, "steps_below_epoch_bound": 1_000}


def assert_stops_at_the_lower_bound(name: str, scale: str) -> None:
    """Trains, and compares every counter with the lower of the two bounds."""
    case = experiment.load(FOLDER, name)
    plan = case.plans[scale]
    observation = runner.measure(case, scale)
    measured, counters = observation["measured"], observation["counters"]

    batches = float("inf") if plan.num_epochs is None else -(-plan.examples * plan.num_epochs // plan.batch_size)
    lower = min(plan.steps or float("inf"), plan.max_steps or float("inf"), batches)
    call = (
        f"{name}: LinearRegressor.train(steps={plan.steps}) on {plan.examples} examples in batches of {plan.batch_size}"
    )
    for counter, steps in counters.items():
        assert steps == lower, f"{call}: got {steps} steps by the counter {counter!r}, expected {lower}"
    expected = law.predict(plan)._asdict()
    expected["usage"] = {str(times): count for times, count in expected["usage"].items()}
    for quantity, value in expected.items():
        assert measured[quantity] == value, f"{call}: got {quantity}={measured[quantity]}, expected {value}"


@pytest.mark.usefixtures("tf")
@pytest.mark.parametrize("name", experiments.known())
def test_training_stops_at_the_lower_bound(name):
    assert_stops_at_the_lower_bound(name, "quick")


@pytest.mark.full_scale
@pytest.mark.usefixtures("tf")
@pytest.mark.parametrize("name", experiments.known())
def test_training_stops_at_the_lower_bound_at_full_scale(name):
    assert_stops_at_the_lower_bound(name, "full")


@pytest.mark.parametrize(("name", "steps"), REPORTED.items())
def test_the_law_predicts_what_the_answer_reported(name, steps):
    assert law.predict(experiment.load(FOLDER, name).plans["full"]).steps == steps


@pytest.mark.parametrize("name", REPORTED)
def test_scales_have_the_same_ratios(name):
    full, quick = (experiment.load(FOLDER, name).plans[scale] for scale in ("full", "quick"))
    assert full.examples == 100 * quick.examples
    assert law.predict(full).steps == 100 * law.predict(quick).steps
    assert law.predict(full).bound == law.predict(quick).bound


def test_a_new_experiment_is_one_new_file(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "experiments")
    source = (tmp_path / "experiments" / "steps_implicit.py").read_text()
    (tmp_path / "experiments" / "two_epochs.py").write_text(source.replace("num_epochs=1", "num_epochs=2"))
    assert {*experiments.known(), "two_epochs"} == set(experiment.names(str(tmp_path / "experiments")))
    assert experiment.load(str(tmp_path / "experiments"), "two_epochs").plans["full"].num_epochs == 2


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ('"""Title."""\nCLAIM = SOURCE = ""\n', "lacks PLAN, QUICK, run"),
        (
            '"""Title."""\nfrom estimator_semantics.probe import Plan\nCLAIM = SOURCE = run = ""\n'
            "PLAN = QUICK = Plan(examples=10, batch_size=0)\n",
            "batch_size=0",
        ),
    ],
)
def test_a_broken_experiment_says_what_is_wrong(tmp_path, source, complaint):
    (tmp_path / "broken.py").write_text(source)
    with pytest.raises(experiment.InvalidExperiment, match=complaint) as caught:
        experiment.load(str(tmp_path), "broken")
    assert "broken" in str(caught.value)
