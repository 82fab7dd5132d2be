"""The step loop, timed: the three cases, the input alone, and what the counters cost.

``pytest benchmarks`` prints the tables. Absolute times wander from run to run; ratios are taken in turns in one run.
"""

import statistics
import time

import pytest

from estimator_semantics.host import experiments
from estimator_semantics.law import Plan, predict
from estimator_semantics.probe import experiment, synthetic
from estimator_semantics.probe.runner import measure

ROUNDS = 5
# Long enough for the set-up of a training not to matter, short enough to be taken in turns many times.
PAIRED = Plan(examples=40_000, batch_size=4, num_epochs=1, shuffle=True)
PAIRS = 15


@pytest.mark.parametrize("name", experiments.known())
def test_case(benchmark, tf, name):
    """One of the three cases at quick scale, counters included."""
    case = experiment.load(str(experiments.folder()), name)
    steps = predict(case.plans["quick"]).steps
    observation = benchmark.pedantic(measure, (case, "quick"), rounds=ROUNDS, warmup_rounds=1)
    assert observation["measured"]["steps"] == steps
    benchmark.extra_info["steps"] = steps
    benchmark.extra_info["microseconds per step, set-up included"] = benchmark.stats.stats.median / steps * 1e6


def test_numpy_input_fn_alone(benchmark, tf):
    """One epoch through the input queue, batch by batch, without a model."""
    plan = experiment.load(str(experiments.folder()), "steps_implicit").plans["quick"]
    x, y = synthetic.line(plan.examples)

    def drain():
        batches = 0
        with tf.v1.Graph().as_default():
            batch = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)()
            with tf.v1.train.MonitoredSession() as session:
                while not session.should_stop():
                    session.run(batch)
                    batches += 1
        return batches

    batches = benchmark.pedantic(drain, rounds=ROUNDS, warmup_rounds=1)
    assert batches == predict(plan).steps
    benchmark.extra_info["microseconds per batch"] = benchmark.stats.stats.median / batches * 1e6


def test_cost_of_the_counters(benchmark, tf, tmp_path_factory):
    """A recorded training against a bare ``estimator.train``, in turns in one process."""
    from estimator_semantics.probe.watch import Watch

    x, y = synthetic.line(PAIRED.examples)
    bare, watched = [], []

    def train(model_dir, times, watch=None):
        input_fn = tf.numpy_input_fn({"x": x}, y, PAIRED.batch_size, PAIRED.num_epochs, PAIRED.shuffle)
        estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir)
        begun = time.perf_counter()
        if watch is None:
            estimator.train(input_fn)
        else:
            estimator.train(watch.counted(input_fn), hooks=[watch])
        times.append(time.perf_counter() - begun)

    def train_bare():
        train(str(tmp_path_factory.mktemp("bare")), bare)

    def train_watched():
        model_dir = str(tmp_path_factory.mktemp("watched"))
        train(model_dir, watched, Watch(PAIRED, model_dir, progress=lambda step: None))

    train_bare()
    bare.clear()
    benchmark.pedantic(train_watched, setup=train_bare, rounds=PAIRS)
    ratios = sorted(after / before for before, after in zip(bare, watched))
    benchmark.extra_info["ratio of medians"] = statistics.median(watched) / statistics.median(bare)
    benchmark.extra_info["median of the ratios in pairs"] = statistics.median(ratios)
    benchmark.extra_info["quartiles of the ratios in pairs"] = statistics.quantiles(ratios, n=4)[::2]
    print(
        f"\nrecorded / bare: ratio of medians {benchmark.extra_info['ratio of medians']:.3f}, "
        f"median of {PAIRS} ratios in pairs {statistics.median(ratios):.3f} "
        f"(quartiles {', '.join(f'{quartile:.3f}' for quartile in statistics.quantiles(ratios, n=4)[::2])})"
    )
