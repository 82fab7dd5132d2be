"""The law of several workers: predictions, what it refuses, what it says, and an engine played through by chance.

Needs no TensorFlow. Runs on macOS and Windows too.
"""

import json
import random
import sys

import pytest

from estimator_semantics.host.cli import app
from estimator_semantics.host.verdict import is_expected
from estimator_semantics.law import (
    ENDLESS_CLUSTER,
    InvalidPlan,
    Plan,
    Range,
    explain_cluster,
    plain,
    predict,
    predict_cluster,
)

SERVERS = Plan(examples=80, batch_size=4, num_epochs=None, strategy="parameter_server", workers=2, shuffle=False)
MIRRORED = Plan(examples=20, batch_size=4, strategy="mirrored", workers=2, input="repeat, then batch", shuffle=False)
WORKERS = MIRRORED._replace(strategy="multi_worker_mirrored")


@pytest.mark.parametrize(
    ("plan", "steps", "of_each", "bound", "usage"),
    [
        # Endless data: max_steps is shared, and what is under way comes on top.
        (SERVERS._replace(max_steps=10), Range(10, 12), (Range(0, 11),) * 2, "max_steps", None),
        (SERVERS._replace(max_steps=10, workers=3), Range(10, 14), (Range(0, 11),) * 3, "max_steps", None),
        (SERVERS._replace(max_steps=10, global_step=4), Range(6, 8), (Range(0, 7),) * 2, "max_steps", None),
        (SERVERS._replace(max_steps=10, global_step=10), 0, (0, 0), "max_steps", {0: 80}),
        # Each worker counts steps from what it finds.
        (SERVERS._replace(steps=10), Range(10, 22), (Range(1, 11),) * 2, "steps", None),
        # Each worker reads all of the data.
        (SERVERS._replace(num_epochs=1), 40, (20, 20), "epochs", {2: 80}),
        (SERVERS._replace(num_epochs=1, shuffle=True), 40, (20, 20), "epochs", {2: 80}),
        (SERVERS._replace(num_epochs=1, max_steps=40), 40, (20, 20), "max_steps", {2: 80}),
        (SERVERS._replace(num_epochs=1, max_steps=39), Range(39, 40), (Range(19, 20),) * 2, "max_steps", None),
        (SERVERS._replace(num_epochs=1, steps=50), 40, (20, 20), "epochs", {2: 80}),
        # A chief alone is a training like any other.
        (SERVERS._replace(workers=1, max_steps=10), 10, (10,), "max_steps", {0: 40, 1: 40}),
        (SERVERS._replace(workers=1, num_epochs=1), 20, (20,), "epochs", {1: 80}),
        # Mirrored replicas leave out what does not make a batch for each.
        (MIRRORED, 2, (2, 2), "epochs", {0: 4, 1: 16}),
        (MIRRORED._replace(examples=24), 3, (3, 3), "epochs", {1: 24}),
        (MIRRORED._replace(examples=22, workers=3), 2, (2,) * 3, "epochs", {1: 22}),
        (MIRRORED._replace(examples=8, workers=3), 0, (0,) * 3, "epochs", {0: 8}),
        (MIRRORED._replace(num_epochs=None, max_steps=3), 3, (3, 3), "max_steps", {1: 16, 2: 4}),
        # Workers that mirror read all of the data each, and make every step together.
        (WORKERS, 5, (5, 5), "epochs", {2: 20}),
        (WORKERS._replace(max_steps=2), 2, (2, 2), "max_steps", {0: 12, 2: 8}),
        (WORKERS._replace(max_steps=2, shuffle=True), 2, (2, 2), "max_steps", None),
    ],
)
def test_what_a_cluster_runs(plan, steps, of_each, bound, usage):
    prediction = predict_cluster(plan)
    assert prediction.steps == steps, plan
    assert prediction.steps_of_each_worker == of_each, plan
    assert (prediction.bound, prediction.usage) == (bound, usage), plan
    start = plan.global_step
    ends = Range(start + steps[0], start + steps[1]) if isinstance(steps, Range) else start + steps
    assert prediction.global_step == ends, plan


@pytest.mark.parametrize("plan", [SERVERS, SERVERS._replace(workers=1), MIRRORED._replace(num_epochs=None)])
def test_without_a_bound_it_never_ends(plan):
    assert predict_cluster(plan) == ENDLESS_CLUSTER
    assert "never ends" in explain_cluster(plan, predict_cluster(plan))


@pytest.mark.parametrize("tensorflow", ["1.4.0", "1.9.0", "1.10.1", None])
def test_the_chief_calls_input_fn_once_on_every_release(tensorflow):
    plan = Plan(examples=40, batch_size=4, max_steps=25, api="train_and_evaluate")
    assert predict(plan, "1.9.0").steps == 25
    assert predict_cluster(plan._replace(strategy="parameter_server"), tensorflow).steps == 10


def test_before_1_13_any_batch_may_be_left_over():
    assert predict_cluster(MIRRORED, "1.12.0").usage is None
    assert predict_cluster(MIRRORED, "1.12.0").steps == 2
    assert predict_cluster(MIRRORED._replace(examples=24), "1.12.0").usage == {1: 24}
    assert predict_cluster(MIRRORED, "1.13.1").usage == {0: 4, 1: 16}


@pytest.mark.parametrize(
    ("changes", "tensorflow", "steps", "usage", "nan"),
    [
        # Measured: what is left over is a step of its own, from 2.0 to 2.3.
        ({"examples": 18}, "1.15.5", 2, {0: 2, 1: 16}, False),
        ({"examples": 18}, "2.0.4", 3, {1: 18}, True),
        ({"examples": 18}, "2.3.4", 3, {1: 18}, True),
        ({"examples": 18}, "2.4.4", 2, {0: 2, 1: 16}, False),
        ({"examples": 8, "workers": 3}, "2.2.3", 1, {1: 8}, True),
        ({"max_steps": 3}, "2.2.3", 3, {1: 20}, True),
        ({"max_steps": 2}, "2.2.3", 2, {0: 4, 1: 16}, False),
        ({"steps": 7}, "2.2.3", 3, {1: 20}, True),
        ({"examples": 24}, "2.2.3", 3, {1: 24}, False),
        ({"examples": 10, "num_epochs": 2, "input": "batch, then repeat", "workers": 4}, "2.2.3", 2, {2: 10}, True),
        # Of batches that are all alike TensorFlow does not ask what is left.
        ({"drop_remainder": True}, "2.2.3", 2, {0: 4, 1: 16}, False),
        ({"examples": 0}, "2.2.3", 0, {}, False),
        ({"num_epochs": None, "max_steps": 3}, "2.2.3", 3, {1: 16, 2: 4}, False),
    ],
)
def test_from_2_0_to_2_3_a_step_has_empty_batches(changes, tensorflow, steps, usage, nan):
    plan = MIRRORED._replace(**changes)
    found = predict_cluster(plan, tensorflow)
    assert (found.steps, found.global_step, found.usage) == (steps, steps, usage)
    said = explain_cluster(plan, found, tensorflow)
    assert ("NanLossDuringTrainingError" in said) is nan


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(10, 4, workers=2), "workers"),
        (SERVERS._replace(workers=0), "workers"),
        (SERVERS._replace(strategy="parameter_servers"), "strategy"),
        (MIRRORED._replace(input="numpy_input_fn"), "strategy"),
        (MIRRORED._replace(api="train_and_evaluate"), "strategy"),
        (SERVERS._replace(api="evaluate"), "strategy"),
    ],
)
def test_what_no_cluster_accepts_is_refused(plan, field):
    with pytest.raises(InvalidPlan) as refused:
        predict_cluster(plan)
    assert refused.value.field == field


class PlayedWorker:
    """A worker as StopAtStepHook makes it: a step, two looks at the global step, and a decision."""

    def __init__(self, plan, batches):
        self.plan, self.batches, self.run, self.last = plan, batches, 0, None
        self.program = self.play()

    def play(self):
        # Each yield is a moment in which others may do something. The shared global step is sent in and given back.
        step = yield None
        self.last = self.plan.max_steps if self.plan.steps is None else step + self.plan.steps
        while self.run < self.batches:
            reads_first = random.random() < 0.5
            step = yield None
            seen = step
            if reads_first:
                step = yield None
            step = yield step + 1
            self.run += 1
            if not reads_first:
                step = yield None
                seen = step
            if seen + 1 >= self.last:
                step = yield None
                if step >= self.last:
                    return


def played(plan, batches):
    """Plays a training through, with chance in the place of the order of events; returns the steps of each worker."""
    workers = [PlayedWorker(plan, batches) for _ in range(plan.workers)]
    running = {worker: worker.program for worker in workers}
    for program in running.values():
        next(program)
    speeds = {worker: random.random() ** 4 + 0.001 for worker in workers}
    step = plan.global_step
    while running:
        worker = random.choices(list(running), [speeds[each] for each in running])[0]
        try:
            changed = running[worker].send(step)
        except StopIteration:
            del running[worker]
        else:
            # What is yielded after a step is the global step with it, added to at that moment.
            step = step + 1 if changed is not None else step
    return [worker.run for worker in workers]


@pytest.mark.parametrize(
    "plan",
    [
        SERVERS._replace(max_steps=6),
        SERVERS._replace(max_steps=6, workers=3),
        SERVERS._replace(steps=4),
        SERVERS._replace(steps=2, workers=3),
        SERVERS._replace(examples=20, num_epochs=1, max_steps=8),
        SERVERS._replace(examples=20, num_epochs=1, max_steps=10),
        SERVERS._replace(examples=20, num_epochs=1),
        SERVERS._replace(max_steps=9, global_step=4),
    ],
)
def test_the_law_holds_in_whatever_order_things_happen(plan):
    random.seed(38340311)
    batches = 10**9 if plan.num_epochs is None else plan.examples // plan.batch_size
    if plan.steps is None and plan.max_steps is None:
        plan = plan._replace(max_steps=10**9)
    prediction = predict_cluster(plan)
    totals = set()
    for _ in range(2000):
        of_each = played(plan, batches)
        totals.add(sum(of_each))
        assert is_expected(sum(of_each), plain(prediction.steps)), (plan, of_each)
        # Chance does not let one begin when all others have ended, as happens with a worker that comes late.
        assert all(is_expected(*pair) for pair in zip(of_each, plain(prediction.steps_of_each_worker), strict=True)), (
            plan,
            of_each,
        )
    if isinstance(prediction.steps, Range):
        assert min(totals) == prediction.steps.lowest, "the law allows less than ever happens"


def test_the_last_step_too_many_does_happen():
    random.seed(38340311)
    plan = SERVERS._replace(max_steps=3)
    totals = {sum(played(plan, 10**9)) for _ in range(2000)}
    assert totals == {3, 4, predict_cluster(plan).steps.highest}


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (SERVERS._replace(max_steps=100), "Training runs 100 to 102 steps: max_steps=100 bounds all workers together"),
        (SERVERS._replace(max_steps=100), "the global step ends at 100 to 102."),
        (SERVERS._replace(steps=10), "steps=10 is counted by each worker from the global step that it finds"),
        (
            SERVERS._replace(num_epochs=1),
            "Each of 2 workers reads all of the data on its own, and runs 20 of the steps",
        ),
        (SERVERS._replace(num_epochs=1), "Used: 80 examples twice"),
        (SERVERS._replace(workers=1, num_epochs=1), "The chief is alone"),
        (MIRRORED, "Each step takes a batch for each of 2 replicas; 1 batch is left over"),
        (MIRRORED._replace(examples=4, workers=3), "Training runs 0 steps"),
        (WORKERS._replace(max_steps=2), "Training runs 2 steps: max_steps=2 is reached"),
    ],
)
def test_sentences(plan, words):
    assert words in explain_cluster(plan, predict_cluster(plan))


def test_explain_answers_for_a_cluster(monkeypatch, capsys):
    cluster = ["--strategy", "parameter_server", "--workers", "2", "--num-epochs", "none", "--max-steps", "10"]
    asked = ["estimator-semantics", "explain", "--examples", "80", "--batch-size", "4", *cluster]
    monkeypatch.setattr(sys, "argv", [*asked, "--format", "json"])
    assert app._status() == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["steps"] == {"from": 10, "to": 12}
    assert answer["steps_of_each_worker"] == [{"from": 0, "to": 11}] * 2
