"""The step loop, timed: the three cases, and the input alone. Absolute times wander from run to run."""

import pytest

from estimator_semantics.host import experiments
from estimator_semantics.host.report.chapters import THE_THREE
from estimator_semantics.law import predict
from estimator_semantics.probe import experiment, synthetic
from estimator_semantics.probe.runner import measure

ROUNDS = 5


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
