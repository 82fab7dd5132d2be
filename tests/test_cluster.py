"""Clusters of processes: what a node is told, what is said of one that fails or hangs, and that none is left behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from copies import CHECKOUT
from test_measure import is_running, wait_for

# What nodes do, as an experiment would define it.
NODES = """
import os, signal, time

def tell(tf, words):
    return {"config": os.environ.get("TF_CONFIG"), "said": words, "tensorflow": tf.version}

def fail(tf):
    raise RuntimeError("on purpose")

def die(tf):
    os.kill(os.getpid(), signal.SIGKILL)

def hang(tf, path):
    with open(path + ".part", "w") as file:
        file.write(str(os.getpid()))
    os.rename(path + ".part", path)
    time.sleep(600)
"""


@pytest.fixture
def nodes(tmp_path):
    """A module with the functions of `NODES`."""
    path = tmp_path / "nodes.py"
    path.write_text(NODES)
    return load(path)


def load(path: Path):
    import importlib.util

    spec = importlib.util.spec_from_file_location("nodes", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_node_has_a_config_of_its_own(tf, tmp_path, nodes):
    from estimator_semantics.probe.cluster import Cluster

    with Cluster(str(tmp_path), chief=1, worker=2) as cluster:
        chief = cluster.start("chief", 0, nodes.tell, "a")
        worker = cluster.start("worker", 1, nodes.tell, "b")
        answers = cluster.answers(chief, worker)
        assert chief.ends() and worker.ends()
    configs = [json.loads(answer["config"]) for answer in answers]
    assert [config["task"] for config in configs] == [{"type": "chief", "index": 0}, {"type": "worker", "index": 1}]
    assert configs[0]["cluster"] == configs[1]["cluster"]
    addresses = [address for task in ("chief", "worker") for address in configs[0]["cluster"][task]]
    assert len(set(addresses)) == 3 and all(address.startswith("127.0.0.1:") for address in addresses)
    assert [answer["said"] for answer in answers] == ["a", "b"]
    assert {answer["tensorflow"] for answer in answers} == {tf.version}
    assert (chief.status, worker.status) == (0, 0)
    assert "TF_CONFIG" not in os.environ


def test_a_process_without_a_cluster_has_no_config(tf, tmp_path, nodes):
    from estimator_semantics.probe.cluster import Cluster

    with Cluster(str(tmp_path)) as cluster:
        (answer,) = cluster.answers(cluster.start("local", 0, nodes.tell, ""))
    assert answer["config"] is None


@pytest.mark.parametrize(("function", "said"), [("fail", "ended with status 1"), ("die", "ended with status -9")])
def test_a_node_that_fails_costs_the_cluster_and_no_time(tf, tmp_path, nodes, function, said):
    from estimator_semantics.probe.cluster import Cluster, NodeLost

    path = tmp_path / "pid"
    with pytest.raises(NodeLost, match="worker0 " + said), Cluster(str(tmp_path), chief=1, worker=1) as cluster:  # noqa: PT012 (it ends with the cluster)
        chief = cluster.start("chief", 0, nodes.hang, str(path))
        wait_for(path.exists, 60)
        cluster.answers(chief, cluster.start("worker", 0, getattr(nodes, function)))
    assert not is_running(int(path.read_text()))


def test_a_node_that_hangs_is_ended_and_said_to(tf, tmp_path, nodes):
    from estimator_semantics.probe.cluster import Cluster, NodeLost

    paths = [tmp_path / "first", tmp_path / "second"]
    with Cluster(str(tmp_path), worker=2) as cluster:
        first, second = (cluster.start("worker", index, nodes.hang, str(path)) for index, path in enumerate(paths))
        for path in paths:
            wait_for(path.exists, 60)
        assert not first.ends(0.2)
        wait_for(lambda: first.status == -signal.SIGKILL)
        assert not is_running(int(paths[0].read_text()))
        with pytest.raises(NodeLost, match="worker1 not done after 0 s"):
            cluster.answers(second, seconds=0.2)
        assert is_running(int(paths[1].read_text()))
    assert not is_running(int(paths[1].read_text()))


def test_nothing_is_left_when_the_probe_is_killed(tf, tmp_path, nodes):
    paths = [tmp_path / "first", tmp_path / "second"]
    code = (
        f"import sys, time; sys.path[:0] = [{str(CHECKOUT)!r}, {str(tmp_path)!r}]\n"
        "import nodes\n"
        "from estimator_semantics.probe import fork_server\n"
        "from estimator_semantics.probe.cluster import Cluster\n"
        f"cluster = Cluster({str(tmp_path)!r}, worker=2)\n"
        f"for index, path in enumerate({[str(path) for path in paths]!r}):\n"
        "    cluster.start('worker', index, nodes.hang, path)\n"
        "print(fork_server._server.pid, flush=True); time.sleep(600)\n"
    )
    # Killed itself, and not its group: what it started has to notice on its own.
    probe = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        started = [int(probe.stdout.readline())]
        for path in paths:
            wait_for(path.exists, 120)
        started += [int(path.read_text()) for path in paths]
        assert all(is_running(pid) for pid in started)
    finally:
        probe.kill()
        probe.wait()
        probe.stdout.close()
    wait_for(lambda: not any(is_running(pid) for pid in started))


def test_workers_take_turns(tf, tmp_path):
    from estimator_semantics.probe.interleaving import Interleaving, Waited

    path = str(tmp_path / "turns")
    chief, worker = (Interleaving(path, me, ["chief", "worker", "chief"], seconds=0.1) for me in ("chief", "worker"))
    chief.before_run(None)
    with pytest.raises(Waited, match="worker waits for step 1"):
        worker.before_run(None)  # it is not its turn
    chief.after_run(None, None)
    assert chief.made == []  # what follows the step may still be going on
    with pytest.raises(Waited, match="chief waits for step 2"):
        chief.before_run(None)
    assert chief.made == ["chief"]
    worker.before_run(None)
    worker.after_run(None, None)
    worker.end(None)
    chief.before_run(None)
    chief.after_run(None, None)
    chief.end(None)
    assert chief.made == ["chief", "worker", "chief"]
    worker.before_run(None)  # after the last turn everyone is free
