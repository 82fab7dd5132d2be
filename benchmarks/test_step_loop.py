"""The step loop, timed: the three cases, the input alone, and what the counters cost.

``pytest benchmarks`` prints the tables. Absolute times wander from run to run; ratios are taken in turns in one run.
"""

import statistics
import time

import pytest

from estimator_semantics.host import experiments
from estimator_semantics.host.report import THE_THREE
from estimator_semantics.law import Plan, predict
from estimator_semantics.probe import experiment, synthetic
from estimator_semantics.probe.runner import measure

ROUNDS = 5
# Machines wander by more than the counters cost, so there are many short trainings, taken in turns.
PAIRED = Plan(examples=8_000, batch_size=4, num_epochs=1, shuffle=True)
PAIRS = 40


@pytest.mark.parametrize("name", THE_THREE)
def test_case(benchmark, tf, name):
    """One of the three cases at quick scale, counters included."""
    case = experiment.load(str(experiments.folder()), name)
    plan = case.plans[experiment.ONLY]["quick"]
    steps = predict(plan).steps
    observation = benchmark.pedantic(measure, (case, plan), rounds=ROUNDS, warmup_rounds=1)
    assert observation["measured"]["steps"] == steps
    benchmark.extra_info["steps"] = steps
    benchmark.extra_info["microseconds per step, set-up included"] = benchmark.stats.stats.median / steps * 1e6


def test_numpy_input_fn_alone(benchmark, tf):
    """One epoch through the input queue, batch by batch, without a model."""
    plan = experiment.load(str(experiments.folder()), "steps_implicit").plans[experiment.ONLY]["quick"]
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


def test_cost_of_the_counters(benchmark, tf, tmp_path_factory, capsys):
    """The step loop of a recorded training against that of a bare ``estimator.train``, in turns in one process."""
    from estimator_semantics.probe.watch import Watch

    x, y = synthetic.line(PAIRED.examples)

    class Stopwatch(tf.SessionRunHook):
        """Times the step loop without what comes before it: graph, session, first checkpoint."""

        def after_create_session(self, session, coord):
            self._begun = time.perf_counter()

        def end(self, session):
            self.seconds = time.perf_counter() - self._begun

    def train(watched):
        model_dir = str(tmp_path_factory.mktemp("model"))
        input_fn = tf.numpy_input_fn({"x": x}, y, PAIRED.batch_size, PAIRED.num_epochs, PAIRED.shuffle)
        estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir)
        stopwatch = Stopwatch()
        if watched:
            watch = Watch(PAIRED, model_dir, progress=lambda step: None)
            estimator.train(watch.counted(input_fn), hooks=[stopwatch, watch])
        else:
            estimator.train(input_fn, hooks=[stopwatch])
        return stopwatch.seconds

    recorded, bare = [], []

    def pair():
        # Each goes first as often as the other.
        for watched in ((False, True), (True, False))[len(bare) % 2]:
            (recorded if watched else bare).append(train(watched))

    train(False)
    benchmark.pedantic(pair, rounds=PAIRS)
    ratios = [after / before for after, before in zip(recorded, bare)]
    low, _, high = statistics.quantiles(ratios, n=4)
    benchmark.extra_info["ratio of medians"] = statistics.median(recorded) / statistics.median(bare)
    benchmark.extra_info["median ratio"] = statistics.median(ratios)
    benchmark.extra_info["quartiles of the ratio"] = [low, high]
    with capsys.disabled():
        print(
            f"\nrecorded / bare over {PAIRS} pairs: ratio of medians {benchmark.extra_info['ratio of medians']:.3f}, "
            f"median ratio {statistics.median(ratios):.3f} (quartiles {low:.3f}, {high:.3f})"
        )
