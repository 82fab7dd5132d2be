"""The law: predictions, the values it refuses, and the sentences it says. Needs no TensorFlow. Runs on macOS and Windows too."""

import json
import subprocess
import sys

import pytest

from estimator_semantics.law import InvalidPlan, Plan, check, explain, predict
from estimator_semantics.law.plan import INPUTS

ANSWER = Plan(examples=700_000, batch_size=4, num_epochs=1)
TEN = Plan(examples=10, batch_size=4, max_steps=25, shuffle=False, api="train_and_evaluate")


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


@pytest.mark.parametrize(
    ("plan", "before", "since"),
    [
        (TEN, 25, 3),
        (TEN._replace(max_steps=2), 2, 2),
        (TEN._replace(max_steps=3), 3, 3),
        (TEN._replace(global_step=20), 5, 3),
        (TEN._replace(global_step=25), 0, 0),
        (TEN._replace(num_epochs=None), 25, 25),
        (TEN._replace(max_steps=None), None, 3),
        (TEN._replace(max_steps=None, num_epochs=None), None, None),
        (TEN._replace(num_epochs=0), 0, 0),
        (TEN._replace(num_epochs=0, max_steps=None), 0, 0),
    ],
)
def test_train_and_evaluate_by_release(plan, before, since):
    """The turning point that experiments/train_and_evaluate_max_steps.py measures."""
    for tensorflow in ("1.4.1", "1.9.0", "1.9.0rc2"):
        assert predict(plan, tensorflow).steps == before, tensorflow
    for tensorflow in ("1.10.1", "1.15.5", "2.0.4", "2.22.0rc0", "2.22.0-rc0", None):
        assert predict(plan, tensorflow).steps == since, tensorflow


@pytest.mark.parametrize("api", ["train", "evaluate"])
def test_releases_do_not_differ_elsewhere(api):
    plan = Plan(examples=10, batch_size=4, num_epochs=2, steps=100, api=api)
    assert predict(plan, "1.3.0") == predict(plan)


def test_calling_input_fn_again_agrees_with_counting_batch_by_batch():
    for examples in range(1, 7):
        for batch_size in range(1, 8):
            for num_epochs in (1, 2, 3):
                for input_, drop in [
                    (INPUTS[0], False),
                    *((name, drop) for name in INPUTS[1:] for drop in (False, True)),
                ]:
                    plan = Plan(
                        examples,
                        batch_size,
                        num_epochs,
                        max_steps=11,
                        shuffle=False,
                        api="train_and_evaluate",
                        input=input_,
                        drop_remainder=drop,
                    )
                    call = batches_of(plan)
                    batches = (call * 11)[:11]
                    used = [example for batch in batches for example in batch]
                    times = [used.count(example) for example in range(examples)]
                    prediction = predict(plan, "1.9.0")
                    assert prediction.steps == len(batches), plan
                    assert prediction.examples == len(used), plan
                    assert prediction.last_batch == (len(batches[-1]) if batches else 0), plan
                    assert prediction.usage == {time: times.count(time) for time in times}, plan


def batches_of(plan):
    """Return the batches of one call of the plan's input_fn, as lists of examples."""
    epoch = list(range(plan.examples))
    rounds = [epoch] * plan.num_epochs if plan.input == "batch, then repeat" else [epoch * plan.num_epochs]
    size = plan.batch_size
    batches = [order[at : at + size] for order in rounds for at in range(0, len(order), size)]
    return [batch for batch in batches if len(batch) == size or not plan.drop_remainder]


@pytest.mark.parametrize(
    ("changes", "usage"),
    [
        ({"max_steps": 4, "shuffle": True}, {1: 6, 2: 4}),
        ({"max_steps": 6, "shuffle": True}, {2: 10}),
        ({"max_steps": 7, "shuffle": True, "num_epochs": 2}, None),
        ({"max_steps": 3, "shuffle": True, "input": "batch, then repeat", "drop_remainder": True}, None),
    ],
)
def test_usage_of_shuffled_data_that_is_called_again(changes, usage):
    assert predict(TEN._replace(**changes), "1.9.0").usage == usage


def test_evaluation_leaves_the_global_step_as_it_is():
    prediction = predict(Plan(examples=10, batch_size=4, steps=100, global_step=7, api="evaluate"))
    assert (prediction.steps, prediction.global_step, prediction.bound) == (3, 7, "epochs")


@pytest.mark.parametrize("tensorflow", ["two", "1", "", "1.x", ".9"])
def test_what_is_not_a_version(tensorflow):
    with pytest.raises(InvalidPlan, match="not a version"):
        predict(TEN, tensorflow)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"api": "train_and_evaluate", "steps": 5}, "steps"),
        ({"api": "evaluate", "max_steps": 5}, "max_steps"),
        ({"api": "predict", "steps": 5}, "steps"),
        ({"api": "predict", "max_steps": 5}, "max_steps"),
        ({"drop_remainder": True}, "drop_remainder"),
        ({"num_threads": 2, "input": "repeat, then batch"}, "num_threads"),
    ],
)
def test_arguments_that_the_call_does_not_have(changes, field):
    with pytest.raises(InvalidPlan) as caught:
        check(ANSWER._replace(**changes))
    assert caught.value.field == field


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
    with pytest.raises(InvalidPlan, match=r"either steps .* or max_steps=20"):
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


@pytest.mark.parametrize(
    ("plan", "tensorflow", "words"),
    [
        (
            TEN,
            "1.9.0",
            "Training runs 25 steps: max_steps=25 is reached; 1 epoch of 10 examples in batches of 4 makes 3 steps",
        ),
        (TEN, "1.9.0", "until TensorFlow 1.9 train_and_evaluate calls input_fn again whenever the data ends"),
        (TEN, "1.10.1", "Training runs 3 steps: the data ends before max_steps=25 is reached"),
        (TEN, None, "since TensorFlow 1.10 train_and_evaluate ends when the data does"),
        (
            TEN._replace(max_steps=None),
            "1.9.0",
            "Training never ends: until TensorFlow 1.9 train_and_evaluate calls input_fn",
        ),
        (TEN._replace(max_steps=None), "1.10.1", "3 steps: the data ends, and max_steps is not given"),
        (
            TEN._replace(max_steps=None, num_epochs=None),
            "1.10.1",
            "the data is endless (num_epochs=None), and max_steps is",
        ),
        (TEN._replace(max_steps=2), "1.9.0", "max_steps=2 is reached before the end of the data; 1 epoch"),
        (
            TEN._replace(api="evaluate", max_steps=None),
            None,
            "Evaluation runs 3 steps: the data ends, and steps is not given",
        ),
        (TEN._replace(api="evaluate", max_steps=None, global_step=9), None, "and the global step stays at 9"),
        (TEN._replace(api="predict", max_steps=None, num_epochs=None), None, "Prediction never ends"),
        (
            Plan(examples=10, batch_size=4, num_threads=2),
            None,
            "of 10 examples, once for each of 2 threads, in batches of 4",
        ),
        (
            Plan(examples=3, batch_size=10, num_epochs=None, input="batch, then repeat", drop_remainder=True),
            None,
            "any number of epochs of 3 examples in full batches of 10 make 0 steps",
        ),
        (Plan(examples=0, batch_size=4), None, "0 steps: numpy_input_fn raises an error, because there is no example"),
    ],
)
def test_sentences_of_other_calls(plan, tensorflow, words):
    assert words in explain(plan, predict(plan, tensorflow), tensorflow)


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


@pytest.mark.parametrize(
    ("changes", "usage"),
    [
        # Other examples are left out in each epoch.
        ({"input": "batch, then repeat"}, None),
        ({"input": "batch, then repeat", "shuffle": False}, {0: 2, 3: 8}),
        ({"input": "batch, then repeat", "num_epochs": 1}, {0: 2, 1: 8}),
        # What is left out at the very end may be of any epoch.
        ({"input": "repeat, then batch"}, None),
        ({"input": "repeat, then batch", "shuffle": False}, {2: 2, 3: 8}),
        ({"input": "repeat, then batch", "drop_remainder": False}, {3: 10}),
    ],
)
def test_usage_is_left_open_where_chance_decides_on_it(changes, usage):
    plan = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=True, drop_remainder=True)
    assert predict(plan._replace(**changes)).usage == usage
