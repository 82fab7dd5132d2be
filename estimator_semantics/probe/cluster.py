"""A cluster on this machine: a process for each node, on ports of the loopback interface, each with its TF_CONFIG."""

import json
import os
import random
import socket
import tempfile
import time
from typing import Any, Callable, Dict, List, TypeVar

from estimator_semantics.probe import fork_server

# Far more than a node takes, the first import of TensorFlow on a busy machine included; less than the host waits for a case.
NODE_SECONDS = 240.0

_LOOK_SECONDS = 0.02


_Cluster = TypeVar("_Cluster", bound="Cluster")


class NodeLost(Exception):
    """A node of the cluster ended with an error, or not at all."""


class Node(fork_server.Process):
    """A process of a cluster.

    Args:
        name: its task and its number, for example ``"worker0"``.
        function: see `fork_server.Process`.
        *arguments: likewise.
        environment: likewise.
        path: likewise.
    """

    def __init__(
        self, name: str, function: Callable[..., Any], *arguments: Any, environment: Dict[str, str], path: str
    ) -> None:
        super().__init__(function, *arguments, environment=environment, path=path)
        self.name = name

    def ends(self, seconds: float = NODE_SECONDS) -> bool:
        """Return whether the process ends by itself within so many seconds; it is killed if it does not."""
        end = time.monotonic() + seconds
        while self.status is None:
            if time.monotonic() > end or not fork_server.is_running():
                self.kill()
                return False
            time.sleep(_LOOK_SECONDS)
        return True


class Cluster:
    """The nodes of a cluster, each carrying out a function of an experiment in a process of its own.

    Whatever is still running when the ``with`` block is left is killed; and should this process be killed before that, the
    nodes end with it.

    Args:
        folder: where the nodes leave their answers.
        **tasks: how many nodes there are of each type, for example ``chief=1, worker=1, ps=1``. Without any, what is started
            gets no TF_CONFIG and is on its own.
    """

    def __init__(self, folder: str, **tasks: int) -> None:
        ports = iter(_free_ports(sum(tasks.values())))
        self._folder = tempfile.mkdtemp(prefix="cluster-", dir=folder)
        self._addresses = {
            task: ["127.0.0.1:{}".format(next(ports)) for _ in range(count)] for task, count in tasks.items()
        }
        self._nodes = []  # type: List[Node]

    def start(self, task: str, index: int, function: Callable[..., Any], *arguments: Any) -> Node:
        """Start a node, or start it again.

        Args:
            task: its type, for example ``"worker"``.
            index: its number among those of its type.
            function: see `fork_server.Process`.
            *arguments: likewise.
        """
        config = {"cluster": self._addresses, "task": {"type": task, "index": index}}
        # Nothing that goes to another node of the cluster is for a proxy.
        environment = {"no_proxy": "127.0.0.1", "no_grpc_proxy": "127.0.0.1"}
        if self._addresses:
            environment["TF_CONFIG"] = json.dumps(config)
        path = os.path.join(self._folder, "node{}".format(len(self._nodes)))
        node = Node("{}{}".format(task, index), function, *arguments, environment=environment, path=path)
        self._nodes.append(node)
        return node

    def answers(self, *nodes: Node, seconds: float = NODE_SECONDS) -> List[Any]:
        """Wait until each of these nodes has carried out its function, and return what the functions returned.

        Raises:
            NodeLost: one of them ended without, or is not done in time.
        """
        end = time.monotonic() + seconds
        while not all(node.answered for node in nodes):
            for node in nodes:
                if node.status is not None and not node.answered:
                    raise NodeLost("{} ended with status {}".format(node.name, node.status))
            if time.monotonic() > end or not fork_server.is_running():
                late = [node.name for node in nodes if not node.answered]
                raise NodeLost("{} not done after {:.0f} s".format(", ".join(late), seconds))
            time.sleep(_LOOK_SECONDS)
        return [node.answer for node in nodes]

    def __enter__(self: _Cluster) -> _Cluster:
        return self

    def __exit__(self, *error: Any) -> None:
        for node in self._nodes:
            node.ends(0.0)
        # They are gone when there is a status.
        for node in self._nodes:
            while node.status is None and fork_server.is_running():
                time.sleep(_LOOK_SECONDS)


def _free_ports(count: int) -> List[int]:
    # Below those that the kernel hands out to whoever connects to something.
    ports = {}  # type: Dict[int, None]
    while len(ports) < count:
        port = random.SystemRandom().randrange(10000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports[port] = None
    return list(ports)
