"""The law: predictions, the values it refuses, and the sentences it says. Needs no TensorFlow."""

import json
import subprocess
import sys

import pytest

from estimator_semantics.law import InvalidPlan, Plan, check, explain, predict

ANSWER = Plan(examples=700_000, batch_size=4, num_epochs=1)


@pytest.mark.parametrize(
    ("plan", "steps", "bound"),
    [
        (ANSWER, 175_000, "epochs"),
        (ANSWER._replace(steps=200_000), 175_000, "epochs"),
        (ANSWER._replace(steps=1_000), 1_000, "steps"),
        (ANSWER._replace(max_steps=1_000), 1_000, "max_steps"),
        (ANSWER._replace(max_steps=1_000, global_step=400), 600, "max_steps"),
        (ANSWER._replace(steps=1_000, global_step=400), 1_000, "steps"),
        (ANSWER._replace(max_steps=1_000, global_step=1_000), 0, "max_steps"),
        (ANSWER._replace(max_steps=1_000, global_step=2_000), 0, "max_steps"),
        (ANSWER._replace(steps=175_000), 175_000, "steps"),
        (ANSWER._replace(num_epochs=None, steps=10), 10, "steps"),
        (ANSWER._replace(num_epochs=0), 0, "epochs"),
        (Plan(examples=10, batch_size=4), 3, "epochs"),
        (Plan(examples=10, batch_size=4, num_epochs=2), 5, "epochs"),
        (Plan(examples=3, batch_size=10), 1, "epochs"),
    ],
)
def test_training_stops_at_the_lower_bound(plan, steps, bound):
    prediction = predict(plan)
    assert (prediction.steps, prediction.bound) == (steps, bound), plan
    assert prediction.global_step == plan.global_step + steps, plan


def test_endless_data_without_a_step_bound_never_ends():
    prediction = predict(ANSWER._replace(num_epochs=None))
    assert set(prediction) == {None}


@pytest.mark.parametrize(
    ("plan", "examples", "last_batch", "epochs", "usage"),
    [
        (ANSWER, 700_000, 4, 1, {1: 700_000}),
        (ANSWER._replace(steps=1_000), 4_000, 4, 0, {0: 696_000, 1: 4_000}),
        (Plan(examples=10, batch_size=4), 10, 2, 1, {1: 10}),
        # Batches go on across the end of an epoch: only the very last one is ragged.
        (Plan(examples=10, batch_size=4, num_epochs=3), 30, 2, 3, {3: 10}),
        (Plan(examples=10, batch_size=4, num_epochs=2, steps=3, shuffle=False), 12, 4, 1, {1: 8, 2: 2}),
        (Plan(examples=10, batch_size=4, num_epochs=2, steps=3, shuffle=True), 12, 4, 1, None),
        (Plan(examples=10, batch_size=4, max_steps=5, global_step=5), 0, 0, 0, {0: 10}),
    ],
)
def test_what_a_training_uses(plan, examples, last_batch, epochs, usage):
    prediction = predict(plan)
    got = (prediction.examples, prediction.last_batch, prediction.epochs, prediction.usage)
    assert got == (examples, last_batch, epochs, usage), plan


def test_prediction_agrees_with_counting_batch_by_batch():
    """The formulas against a loop that takes one batch after another, on every small plan."""
    for examples in range(1, 8):
        for batch_size in range(1, 9):
            for num_epochs in (0, 1, 2, 3):
                for steps in (None, 1, 2, 5, 100):
                    plan = Plan(examples, batch_size, num_epochs, steps, shuffle=False)
                    order = list(range(examples)) * num_epochs
                    batches = [order[at : at + batch_size] for at in range(0, len(order), batch_size)][:steps]
                    used = [example for batch in batches for example in batch]
                    times = [used.count(example) for example in range(examples)]
                    prediction = predict(plan)
                    assert prediction.steps == len(batches), plan
                    assert prediction.examples == len(used), plan
                    assert prediction.last_batch == (len(batches[-1]) if batches else 0), plan
                    assert prediction.epochs == min(times), plan
                    assert prediction.usage == {time: times.count(time) for time in times}, plan


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("examples", -1),
        ("examples", -1),
        ("examples", 1.5),
        ("examples", "many"),
        ("examples", None),
        ("batch_size", 0),
        ("batch_size", True),
        ("num_epochs", -1),
        ("num_epochs", 0.5),
        ("steps", 0),
        ("steps", -1),
        ("max_steps", 0),
        ("global_step", -1),
    ],
)
def test_values_that_no_training_accepts(field, value):
    with pytest.raises(InvalidPlan) as caught:
        predict(ANSWER._replace(**{field: value}))
    assert (caught.value.field, caught.value.value) == (field, value)
    assert str(caught.value).startswith(f"{field}={value}: ")


def test_both_step_bounds_are_refused():
    with pytest.raises(InvalidPlan, match="either steps .* or max_steps=20"):
        check(ANSWER._replace(steps=10, max_steps=20))


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (ANSWER, "175,000 steps: the data ends, and neither steps nor max_steps is given"),
        (ANSWER._replace(steps=200_000), "175,000 steps: the data ends before steps=200,000 is reached"),
        (ANSWER._replace(steps=1_000), "1,000 steps: steps=1,000 is reached before the end of the data"),
        (ANSWER._replace(steps=175_000), "steps=175,000 is reached with the last batch of the data"),
        (
            ANSWER._replace(max_steps=5, global_step=9),
            "0 steps: max_steps=5, from global step 9 on, is reached already",
        ),
        (ANSWER._replace(num_epochs=None, steps=1), "1 step: steps=1 is reached, and the data is endless"),
        (ANSWER._replace(num_epochs=None), "Training never ends"),
        (Plan(examples=10, batch_size=4), "the last batch holds 2 instead of 4"),
    ],
)
def test_sentences(plan, words):
    assert words in explain(plan, predict(plan))


def test_explain_command_imports_neither_tensorflow_nor_numpy():
    code = (
        "import sys\n"
        "sys.argv = ['estimator-semantics', 'explain', '--examples', '10', '--batch-size', '4', '--format', 'json']\n"
        "from estimator_semantics.host.cli.app import _status\n"
        "status = _status()\n"
        "print([name for name in ('tensorflow', 'numpy', 'msgspec', 'rich') if name in sys.modules], status)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer, imported = result.stdout.splitlines()
    assert json.loads(answer)["steps"] == 3
    assert imported == "[] 0"
