"""The calculator of the page gives what ``explain`` gives, to the letter. In node, which needs no browser."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import plans
from estimator_semantics import law
from estimator_semantics.host.cli import app
from estimator_semantics.host.cli.explain import answer

LAW = Path(app.__file__).parent.parent / "templates" / "law.js"
DRIVER = Path(__file__).with_name("calculator.js")
NODE = shutil.which("node")
RANDOM_PLANS = 1_000

needs_node = pytest.mark.skipif(NODE is None, reason="needs node")


def explained(typed, tensorflow, keras=None):
    """Returns what the verb ``explain`` answers: a prediction and a sentence, or the one line that it refuses with."""
    options = {name: typed[name] for name in ("api", "input", "drop_remainder", "known_size", "strategy") if name in typed}
    counts = {name: value for name, value in typed.items() if name not in options}
    try:
        prediction, sentence = answer(counts, tensorflow=tensorflow, keras=keras, **options)
    except law.InvalidPlan as error:
        return {"field": error.field, "error": app.refusal(error)}
    return {"prediction": plain(prediction), "explanation": sentence}


def plain(prediction):
    """Returns a prediction as JavaScript writes it: counts as text, the usage as pairs."""
    fields = {name: _as_text(value) for name, value in prediction._asdict().items()}
    if prediction.usage is not None:
        fields["usage"] = [[str(times), str(count)] for times, count in sorted(prediction.usage.items())]
    return fields


def _as_text(value):
    if isinstance(value, law.Range):
        return {"from": str(value.lowest), "to": str(value.highest)}
    if isinstance(value, tuple):
        return [_as_text(each) for each in value]
    return str(value) if type(value) is int else value


def calculated(cases):
    """Returns what the calculator answers, plan by plan."""
    names = ("typed", "tensorflow", "keras")
    asked = "\n".join(json.dumps(dict(zip(names, case))) for case in cases)
    done = subprocess.run([NODE, DRIVER, LAW], input=asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(cases):
    """Returns the plans on which the two do not agree, with what each of them says."""
    return [
        (case, in_python, in_javascript)
        for case, in_javascript in zip(cases, calculated(cases), strict=True)
        if (in_python := explained(*case)) != in_javascript
    ]


@needs_node
def test_plans_by_hand():
    assert differences(plans.by_hand()) == []


@needs_node
def test_a_thousand_plans_at_random():
    cases = plans.at_random(RANDOM_PLANS, seed=38340311)
    assert differences(cases) == []


@needs_node
def test_a_thousand_plans_of_fit_at_random():
    cases = plans.of_fit_at_random(RANDOM_PLANS, seed=38340311)
    assert differences(cases) == []
    answers = [explained(*case) for case in cases]
    refused = [found["field"] for found in answers if "error" in found]
    bounds = {found["prediction"]["bound"] for found in answers if "prediction" in found}
    assert bounds == {"steps_per_epoch", "epochs", None}
    assert {"known_size", "drop_remainder", "num_epochs", "keras"} <= set(refused)
    assert 0.02 < len(refused) / len(cases) < 0.4


@needs_node
def test_a_thousand_plans_of_several_workers_at_random():
    cases = plans.of_clusters_at_random(RANDOM_PLANS, seed=38340311)
    assert differences(cases) == []
    answers = [explained(*case) for case in cases]
    refused = [found["field"] for found in answers if "error" in found]
    predictions = [found["prediction"] for found in answers if "prediction" in found]
    assert {(typed["strategy"], "error" in found) for (typed, _), found in zip(cases, answers)} >= {
        (strategy, refused) for strategy in plans.STRATEGIES for refused in (True, False)
    }
    assert {found["bound"] for found in predictions} == {"steps", "max_steps", "epochs", None}
    assert {type(found["steps"]) for found in predictions} == {str, dict, type(None)}
    assert {found["usage"] is None for found in predictions} == {True, False}
    assert {"workers", "strategy", "steps"} <= set(refused)
    assert 0.02 < len(refused) / len(cases) < 0.4


def test_the_random_plans_are_of_every_kind():
    cases = plans.at_random(RANDOM_PLANS, seed=38340311)
    answers = [explained(*case) for case in cases]
    refused = [found["field"] for found in answers if "error" in found]
    bounds = {found["prediction"]["bound"] for found in answers if "prediction" in found}
    assert bounds == {"steps", "max_steps", "epochs", None}
    assert {"steps", "max_steps", "drop_remainder", "num_threads", "api"} <= set(refused)
    assert 0.02 < len(refused) / len(cases) < 0.4
    assert {len(found.get("prediction", {}).get("usage") or ()) for found in answers} == {0, 1, 2}


if __name__ == "__main__":
    found = differences(plans.at_random(RANDOM_PLANS, seed=38340311))
    print(f"calculator against explain: {RANDOM_PLANS:,} random plans, {len(found)} differences")
    of_fit = differences(plans.of_fit_at_random(RANDOM_PLANS, seed=38340311))
    print(f"calculator against explain --api fit: {RANDOM_PLANS:,} random plans, {len(of_fit)} differences")
    of_clusters = differences(plans.of_clusters_at_random(RANDOM_PLANS, seed=38340311))
    print(f"calculator against explain --strategy: {RANDOM_PLANS:,} random plans, {len(of_clusters)} differences")
    found += of_fit + of_clusters
    sys.exit(bool(found))
