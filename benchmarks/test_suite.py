"""The suite's own speed, as ratios to what TensorFlow, Python and the command-line library take anyway."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stopwatch import stopwatch

from estimator_semantics.host import catalogue, environments, experiments
from estimator_semantics.law import Plan, predict
from estimator_semantics.probe import runner, synthetic

CHECKOUT = Path(__file__).parent.parent
CORES = len(os.sched_getaffinity(0))
# Machines wander by more than the counters cost, so there are many short trainings, taken in turns.
PAIRED = Plan(examples=8_000, batch_size=4, num_epochs=1, shuffle=True)
PAIRS = 40
RECORDED = "with the counters"
EXPLAIN = ("explain", "--examples", "700000", "--batch-size", "4", "--num-epochs", "1", "--steps", "200000")


def seconds(*command):
    """Return how long a command took; its output is not of interest, its failure is."""
    # Packages come compiled; where Python is told not to keep what it compiles, ours would be compiled each time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    ended = subprocess.run(
        [str(each) for each in command], cwd=CHECKOUT, capture_output=True, text=True, env=environment
    )
    taken = time.perf_counter() - begun
    assert ended.returncode in (0, 1), ended.stderr[-2000:]
    return taken


def ours(*arguments):
    """Return how long a verb of the command took."""
    return seconds(sys.executable, "-m", "estimator_semantics", *arguments)


def importing(python):
    """Return how long it takes an interpreter to import TensorFlow and to end."""
    return seconds(python, "-c", "import tensorflow")


def test_explain(in_turns, table):
    """Aim: 1.5 times a bare Python with the same command-line library."""
    bare = "import typer; typer.run(lambda: None)"
    functions = {
        "Python, typer and a function that does nothing": lambda: seconds(sys.executable, "-c", bare),
        "explain": lambda: ours(*EXPLAIN),
    }
    for run in functions.values():
        run()
    note = "The whole command, beside the least that a command can take."
    table("explain", in_turns(functions), unit="ms", factor=1e3, aim=1.5, note=note, of_this_tensorflow=False)


class Nobody:
    """Whom a runner can tell what it measures."""

    def send(self, event, **fields):
        pass


def sessions_of_check(tf, monkeypatch):
    """Return how many sessions of an Estimator the cases of ``check`` open: each training, evaluation and prediction is one."""
    opened = []
    session = tf.train.MonitoredSession
    original = session.__init__

    def initialize(self, *given, **named):
        opened.append(self)
        original(self, *given, **named)

    cases = [(case.name, "quick") for case in experiments.chosen() if not case.slow]
    with monkeypatch.context() as patch:
        patch.setattr(session, "__init__", initialize)
        runner.answer({"experiments": str(experiments.folder()), "cases": cases}, Nobody())
    return len(opened)


def training_of_nothing(tf, model_dir):
    """Train for one step on a constant, with a model that does nothing but count it, and return how long that takes."""
    from estimator_semantics.probe.regressor import light, trusting

    def model_fn(features, labels, mode):
        counted = tf.v1.assign_add(tf.v1.train.get_global_step(), 1)
        return tf.estimator.EstimatorSpec(mode, loss=tf.v1.constant(0.0), train_op=counted, scaffold=trusting())

    begun = time.perf_counter()
    estimator = tf.estimator.Estimator(model_fn, str(model_dir), light())
    estimator.train(lambda: ({"x": tf.v1.constant([1.0])}, tf.v1.constant([1.0])), steps=1)
    return time.perf_counter() - begun


def test_check(in_turns, table, tf, monkeypatch, tmp_path_factory):
    """Aim: 2 times the import of TensorFlow, on a warm environment, without what must wait.

    What nobody gets under is one import, and as many trainings as check has, with nothing in them.
    """
    python = environments.build(catalogue.find(catalogue.DEFAULT))
    sessions = sessions_of_check(tf, monkeypatch)

    def floor():
        of_nothing = statistics.mean(training_of_nothing(tf, tmp_path_factory.mktemp("model")) for _ in range(20))
        return importing(python) + sessions * of_nothing / CORES

    functions = {
        "import tensorflow": lambda: importing(python),
        f"import tensorflow, and {sessions} trainings of nothing on {CORES} cores": floor,
        "check": lambda: ours("check", "--python", python),
    }
    importing(python)
    note = "The whole command, in an environment that is installed; the other rows are the least that it can take."
    table("check of a warm environment", in_turns(functions), unit="s", factor=1, aim=2, note=note)


@pytest.mark.timeout(0)  # half an hour on two cores
def test_matrix(benchmark, tmp_path, table):
    """Aim: 2 times the sum of the imports, shared by the cores; every release once, quick scale, warm environments."""
    pythons = [environments.build(release) for release in catalogue.releases()]
    for python in pythons:
        importing(python)
    imports = sum(importing(python) for python in pythons) / CORES
    whole = benchmark.pedantic(lambda: ours("matrix", "--out", tmp_path, "--again"), rounds=1)
    found = {"imports of TensorFlow / cores": [imports], "matrix": [whole]}
    note = "The first row is the least that it can take: importing the TensorFlow of each release once, shared by the cores."
    title = f"matrix of {len(pythons)} warm releases"
    table(title, found, unit="s", factor=1, aim=2, note=note, of_this_tensorflow=False)


def test_cost_of_the_counters(benchmark, tf, tmp_path_factory, table):
    """Aim: 1.02 times the step loop of a bare ``estimator.train``, in turns in one process."""
    from estimator_semantics.probe.watch import Watch

    x, y = synthetic.line(PAIRED.examples)

    def train(watched):
        model_dir = str(tmp_path_factory.mktemp("model"))
        input_fn = tf.numpy_input_fn({"x": x}, y, PAIRED.batch_size, PAIRED.num_epochs, PAIRED.shuffle)
        estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir)
        timer = stopwatch(tf)
        if watched:
            watch = Watch(PAIRED, model_dir, progress=lambda step: None)
            estimator.train(watch.counted(input_fn), hooks=[timer, watch])
        else:
            estimator.train(input_fn, hooks=[timer])
        return timer.seconds

    recorded, bare = [], []

    def pair():
        # Each goes first as often as the other.
        for watched in ((False, True), (True, False))[len(bare) % 2]:
            (recorded if watched else bare).append(train(watched))

    train(False)
    benchmark.pedantic(pair, rounds=PAIRS)
    ratios = [after / before for after, before in zip(recorded, bare, strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4)
    notes = {RECORDED: f"quartiles of the ratio {low:.3f} and {high:.3f}"}
    benchmark.extra_info["ratio of medians"] = statistics.median(recorded) / statistics.median(bare)
    steps = predict(PAIRED).steps
    found = {name: [each / steps for each in times] for name, times in (("bare", bare), (RECORDED, recorded))}
    table(f"microseconds per step with the counters, {PAIRS} pairs", found, notes=notes, aim=1.02)
