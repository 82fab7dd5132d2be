"""The calculator of the page gives what ``explain`` gives, to the letter. In node, which needs no browser."""

import json
import subprocess
import sys
from pathlib import Path

import plans
import pytest

from estimator_semantics import law
from estimator_semantics.host import translation
from estimator_semantics.law import schema
from estimator_semantics.law.answer import answer
from estimator_semantics.law.refusal import in_options, reason
from estimator_semantics.law.schema import ARGUMENTS, DERIVED, STRATEGIES
from estimator_semantics.law.wording import say

LAW = translation.TEMPLATES / "law.js"
DRIVER = Path(__file__).with_name("calculator.js")
RANDOM_PLANS = 1_000


def explained(typed, tensorflow, keras=None):
    """Return what ``explain`` answers, as data and in words: a prediction, or why the plan is refused."""
    try:
        plan, prediction, explanation, note = answer(typed, tensorflow, keras)
    except law.InvalidPlan as error:
        refused = {name: plain(getattr(error, name)) for name in ("field", "value", "code", "parameters", "give")}
        return {**refused, "says": reason(error), "error": in_options(error)}
    return {
        "plan": plain(plan),
        "prediction": plain(prediction),
        "explanation": plain(explanation),
        "says": say(explanation),
        "note": say(note),
    }


def plain(value):
    """Return a value as calculator.js writes it: counts as text, and a dict as pairs."""
    if hasattr(value, "_asdict"):
        return {name: plain(each) for name, each in value._asdict().items()}
    if isinstance(value, dict):
        return [[plain(name), plain(each)] for name, each in value.items()]
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return str(value) if type(value) is int else value


def calculated(cases):
    """Return what the calculator answers, plan by plan."""
    names = ("typed", "tensorflow", "keras")
    asked = "\n".join(json.dumps(dict(zip(names, case, strict=False))) for case in cases)
    done = subprocess.run(["node", DRIVER, LAW], input=asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(cases):
    """Return the plans on which the two do not agree, with what each of them says."""
    return [
        (case, in_python, in_javascript)
        for case, in_javascript in zip(cases, calculated(cases), strict=True)
        if (in_python := explained(*case)) != in_javascript
    ]


@pytest.mark.needs("node")
def test_plans_by_hand():
    assert differences(plans.by_hand()) == []


@pytest.mark.needs("node")
@pytest.mark.parametrize("at_random", [plans.at_random, plans.of_fit_at_random, plans.of_clusters_at_random])
def test_a_thousand_plans_at_random(at_random):
    assert differences(at_random(RANDOM_PLANS, seed=38340311)) == []


@pytest.mark.parametrize(
    ("at_random", "bounds", "refused"),
    [
        (
            plans.at_random,
            {"steps", "max_steps", "epochs", None},
            {"steps", "drop_remainder", "num_threads", "api", "input"},
        ),
        (
            plans.of_fit_at_random,
            {"steps_per_epoch", "epochs", None},
            {"known_size", "drop_remainder", "num_epochs", "keras", "api"},
        ),
        (
            plans.of_clusters_at_random,
            {"steps", "max_steps", "epochs", None},
            {"workers", "strategy", "steps", "input"},
        ),
    ],
)
def test_the_random_plans_are_of_every_kind(at_random, bounds, refused):
    cases = at_random(RANDOM_PLANS, seed=38340311)
    answers = [explained(*case) for case in cases]
    predictions = [found["prediction"] for found in answers if "prediction" in found]
    assert {found["bound"] for found in predictions} == bounds
    assert {found["usage"] is None for found in predictions} == {True, False}
    assert refused <= {found["field"] for found in answers if "error" in found}
    assert 0.02 < 1 - len(predictions) / len(cases) < 0.4


@pytest.mark.parametrize("name", [argument.name for argument in ARGUMENTS if argument.kind != DERIVED])
def test_the_random_plans_are_of_every_argument(name):
    generators = (plans.at_random, plans.of_fit_at_random, plans.of_clusters_at_random)
    given = {typed.get(name) for at_random in generators for typed, *_ in at_random(100, seed=1)}
    assert len(given - {None, schema.argument_of(name).usual, schema.argument_of(name).default}) > 0


def test_the_plans_of_clusters_are_of_each_strategy():
    answers = [
        (typed["strategy"], explained(typed, *releases))
        for typed, *releases in plans.of_clusters_at_random(RANDOM_PLANS, seed=38340311)
    ]
    assert {(strategy, "error" in found) for strategy, found in answers} == {
        (strategy, refused) for strategy in STRATEGIES for refused in (True, False)
    }
    assert {type(found["prediction"]["steps"]) for _, found in answers if "prediction" in found} == {
        str,
        dict,
        type(None),
    }


def test_the_law_of_the_page_is_the_one_in_python():
    assert LAW.read_text(encoding="utf-8") == translation.translated(), "python -m estimator_semantics.host.translation"


if __name__ == "__main__":
    found = []
    for name in ("at_random", "of_fit_at_random", "of_clusters_at_random"):
        different = differences(getattr(plans, name)(RANDOM_PLANS, seed=38340311))
        print(f"calculator against explain, plans.{name}: {RANDOM_PLANS:,} plans, {len(different)} differences")
        found += different
    sys.exit(bool(found))
