"""The experiments on the TensorFlow of this environment: training stops at the lower of the two bounds."""

import re
import shutil

import msgspec
import pytest
from samples import versions

from estimator_semantics import law
from estimator_semantics.host import experiments, packaged, record
from estimator_semantics.host.changes import has
from estimator_semantics.host.condition import holds
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.verdict import Outcome, Verdict, judge, prediction
from estimator_semantics.probe import environment, experiment, runner

FOLDER = str(experiments.folder())

# What the answer reported: the numbers this project began with, not computed by the law.
REPORTED = {"steps_implicit": 175_000, "steps_above_epoch_bound": 175_000, "steps_below_epoch_bound": 1_000}

CASES = experiments.chosen()

# Those that were recorded, and one with NumPy 1 where the newest one comes.
ENVIRONMENTS = [one.header.versions for one in packaged.records()] + [versions("2.18.1", numpy="1.26.4")]
RECORDED = [*ENVIRONMENTS, *(one.header.versions for one in packaged.records_of_keras())]


def assert_stops_at_the_lower_bound(tf, name: str, scale: str) -> None:
    """Train, and compare every counter with the lower of the two bounds, without the help of the law."""
    case = experiment.load(FOLDER, name)
    plan = case.plans[experiment.ONLY][scale]
    observation = runner.measure(case, plan)
    measured, counters = observation["measured"], observation["counters"]

    batches = -(-plan.examples * plan.num_epochs // plan.batch_size)
    lower = min(plan.steps or float("inf"), batches)
    call = (
        f"{name}: LinearRegressor.train(steps={plan.steps}) on {plan.examples} examples in batches of {plan.batch_size}"
    )
    for counter, steps in counters.items():
        assert steps == lower, f"{call}: got {steps} steps by the counter {counter!r}, expected {lower}"
    for quantity, value in prediction(experiments.find(name), scale, tf.version).items():
        assert measured[quantity] == value, f"{call}: got {quantity}={measured[quantity]}, expected {value}"


@pytest.mark.parametrize("name", REPORTED)
def test_training_stops_at_the_lower_bound(tf, name):
    assert_stops_at_the_lower_bound(tf, name, "quick")


@pytest.mark.full_scale
@pytest.mark.parametrize("name", REPORTED)
def test_training_stops_at_the_lower_bound_at_full_scale(tf, name):
    assert_stops_at_the_lower_bound(tf, name, "full")


@pytest.mark.parametrize("case", [case for case in CASES if not case.slow], ids=lambda case: case.name)
def test_what_is_measured_is_what_is_expected(tf, case):
    measure_and_judge(tf, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if case.slow], ids=lambda case: case.name)
def test_what_is_measured_slowly_is_what_is_expected(tf, case):
    measure_and_judge(tf, case)


def measure_and_judge(tf, case: experiments.Specification) -> None:
    """Measures a case at quick scale on this TensorFlow, and compares it with what is expected of it."""
    verdict = measured(tf, case)
    assert not verdict.differences, f"{case.name}: {'; '.join(map(str, verdict.differences))}"


def measured(tf, case: experiments.Specification) -> Verdict:
    """Measures a case at quick scale on this TensorFlow, and returns what is to be said of it."""
    from estimator_semantics.probe.adapter import Absent

    loaded = experiment.load(FOLDER, experiment.split_name(case.name)[0])
    try:
        observation = runner.measure(loaded, case.plans["quick"])
    except Absent as absent:
        # The reason names the release that lacks it; anything else that is missing is an error.
        assert tf.version in str(absent)
        return Verdict(Outcome.ABSENT)
    # By way of a record's line, because what a record cannot hold cannot be compared.
    line = record.encode(Result(case.name, "quick", "measured", 0.0, case.revision, **observation))
    return judge(msgspec.json.decode(line, type=Result), Versions(**environment.versions()))


@pytest.mark.parametrize(("name", "steps"), REPORTED.items())
def test_the_law_predicts_what_the_answer_reported(name, steps):
    assert law.predict(experiments.find(name).plans["full"]).steps == steps


@pytest.mark.parametrize("name", REPORTED)
def test_scales_have_the_same_ratios(name):
    full, quick = (experiments.find(name).plans[scale] for scale in ("full", "quick"))
    assert full.examples == 100 * quick.examples
    assert law.predict(full).steps == 100 * law.predict(quick).steps
    assert law.predict(full).bound == law.predict(quick).bound


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ranges_of_releases_do_not_overlap(case):
    for behaviour, by_environment in case.expected.items():
        for there in ENVIRONMENTS:
            found = [text for text in by_environment if holds(text, there)]
            assert len(found) <= 1, f"{case.name}: {behaviour}: {found} all hold for {there}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_changes_say_what_they_depend_on(case):
    """Each lies between two environments that were recorded, so that a difference of those can be explained by it."""
    for since in case.changes:
        assert {has(since, there) for there in RECORDED} == {True, False}, since


def test_a_new_experiment_is_one_new_file(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "experiments")
    source = (tmp_path / "experiments" / "steps_implicit.py").read_text()
    (tmp_path / "experiments" / "two_epochs.py").write_text(source.replace("num_epochs=1", "num_epochs=2"))
    assert {*experiments.known(), "two_epochs"} == set(experiment.names(str(tmp_path / "experiments")))
    assert experiment.load(str(tmp_path / "experiments"), "two_epochs").plans[""]["full"].num_epochs == 2


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ('"""Title."""\nCLAIM = SOURCE = ""\n', "lacks FOUND, run, PLAN or PLANS"),
        (
            '"""Title."""\nfrom estimator_semantics.probe import Plan\nCLAIM = FOUND = SOURCE = ""; run = print\n'
            "PLAN = QUICK = Plan(examples=10, batch_size=0)\n",
            "batch_size=0",
        ),
        (
            '"""Title."""\nfrom estimator_semantics.probe import Plan\nCLAIM = FOUND = SOURCE = ""; run = print\n'
            "PLANS = {'one': Plan(10, 4)}\nEXPECTED = {'two': {}}\n",
            "EXPECTED of two",
        ),
    ],
)
def test_a_broken_experiment_says_what_is_wrong(tmp_path, source, complaint):
    (tmp_path / "broken.py").write_text(source)
    with pytest.raises(experiment.InvalidExperiment, match=complaint) as caught:
        experiment.load(str(tmp_path), "broken")
    assert str(caught.value).startswith(f"{tmp_path / 'broken.py'}:")


# The first word of advice, after the releases that it is for.
ADVICE = {
    "Call",
    "Check",
    "Choose",
    "Count",
    "Do",
    "Drop",
    "Expect",
    "Give",
    "Handle",
    "Leave",
    "Look",
    "Make",
    "Pass",
    "Remove",
    "Repeat",
    "Set",
    "Shard",
    "Shuffle",
    "To",
    "Unset",
    "Use",
}


@pytest.mark.parametrize("name", experiments.known())
def test_advice_is_something_to_do(name):
    found = experiments.specifications(name)[0]
    for text in [found.instead, *(change.do for change in found.changes.values())]:
        if text:
            first = re.sub(r"^(Until|After) [^,]+, (and always [^,]+, )?", "", text).split()[0]
            assert first[0].upper() + first[1:].rstrip(",") in ADVICE, f"{name}: {text}"
            assert text[0].isupper() and not text.startswith("Nothing"), f"{name}: {text}"


@pytest.mark.parametrize("name", experiments.known())
def test_the_first_word_tells_whether_the_claim_is_true(name):
    first = re.match(r"\w+", experiments.specifications(name)[0].found)
    assert first and first.group() in ("True", "False", "Depends")
