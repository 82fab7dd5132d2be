"""Clusters on loopback: train_and_evaluate in several processes, through the command, on an unmodified script."""

import json
import os
import socket
import subprocess
import sys

import pytest
from copies import CHECKOUT

# A script as it was written for TensorFlow 2.15: it does not know of the bridge.
SCRIPT = """
import json, os, sys
import tensorflow as tf

def input_fn():
    data = tf.data.Dataset.from_tensor_slices(([[0.0], [0.25], [0.5], [0.75]], [0.0, 0.75, 1.5, 2.25]))
    return data.map(lambda x, y: ({"x": x}, y)).repeat().batch(4)

def model_fn(features, labels, mode):
    v1 = tf.compat.v1
    weight = v1.get_variable("weight", [], initializer=v1.zeros_initializer())
    predicted = features["x"][:, 0] * weight
    loss = v1.losses.mean_squared_error(labels, predicted)
    train = v1.train.GradientDescentOptimizer(0.1).minimize(loss, v1.train.get_or_create_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train, predictions=predicted)

strategy = tf.distribute.MultiWorkerMirroredStrategy() if sys.argv[2] == "mirrored" else None
config = tf.estimator.RunConfig(
    model_dir=sys.argv[1], train_distribute=strategy, tf_random_seed=1, save_checkpoints_steps=100
)
estimator = tf.estimator.Estimator(model_fn, config=config)
task = json.loads(os.environ["TF_CONFIG"])["task"]["type"]
tf.estimator.train_and_evaluate(
    estimator,
    tf.estimator.TrainSpec(input_fn, max_steps=200),
    tf.estimator.EvalSpec(input_fn, steps=1, start_delay_secs=0, throttle_secs=0),
)
print("RESULT", json.dumps({
    "task": task,
    "weight": float(estimator.get_variable_value("weight")),
    "global_step": int(estimator.get_variable_value("global_step")),
    "version": tf.__version__,
}))
"""


def run_cluster(tmp_path, tasks, strategy, waited_for):
    """Start a process a task, wait for some of them, and end the others.

    Returns:
        What each of those that were waited for printed, by task.
    """
    script = tmp_path / "train.py"
    script.write_text(SCRIPT)
    sockets = {}
    for task, count in tasks.items():
        sockets[task] = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    cluster = {
        task: [f"127.0.0.1:{one.getsockname()[1]}" for one in ones]
        for task, ones in sockets.items()
        if task != "evaluator"
    }
    for ones in sockets.values():
        for one in ones:
            one.close()
    processes = {}
    try:
        for task, count in tasks.items():
            for index in range(count):
                environment = dict(
                    os.environ,
                    PYTHONPATH=str(CHECKOUT),
                    TF_CPP_MIN_LOG_LEVEL="2",
                    TF_CONFIG=json.dumps({"cluster": cluster, "task": {"type": task, "index": index}}),
                )
                log = (tmp_path / f"{task}{index}.log").open("w")
                processes[task, index] = subprocess.Popen(
                    [sys.executable, "-m", "estimator_semantics.bridge", script, tmp_path / "model", strategy],
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    cwd=tmp_path,
                )
        results = {}
        for key in waited_for:
            out, _ = processes[key].communicate(timeout=240)
            log = (tmp_path / "{}{}.log".format(*key)).read_text()
            assert processes[key].returncode == 0, log[-3000:]
            lines = [line for line in out.splitlines() if line.startswith("RESULT ")]
            assert lines, log[-3000:]
            results[key] = json.loads(lines[0].partition(" ")[2])
        return results
    finally:
        for process in processes.values():
            process.kill()
            process.wait()


@pytest.mark.timeout(600)
def test_two_workers_mirror_each_other(tmp_path):
    results = run_cluster(tmp_path, {"worker": 2}, "mirrored", [("worker", 0), ("worker", 1)])
    assert results["worker", 0]["global_step"] == 200
    assert results["worker", 0]["weight"] == pytest.approx(3, abs=0.1)
    assert (tmp_path / "model" / "checkpoint").exists()


@pytest.mark.timeout(600)
def test_a_parameter_server_cluster_trains_and_is_evaluated(tmp_path):
    tasks = {"chief": 1, "worker": 1, "ps": 1, "evaluator": 1}
    results = run_cluster(tmp_path, tasks, "ps", [("chief", 0), ("worker", 0), ("evaluator", 0)])
    assert results["chief", 0]["global_step"] >= 200
    assert results["chief", 0]["weight"] == pytest.approx(3, abs=0.1)
    assert list((tmp_path / "model" / "eval").iterdir())
