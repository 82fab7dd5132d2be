"""The fork server: a process that has imported TensorFlow and done nothing with it, and forks one that trains when asked.

An import takes longer than the training of an experiment: a cluster of three processes would be three of them. What is
forked has no session, no server and no thread of TensorFlow's, just as if it had imported TensorFlow itself.
"""

import ctypes
import importlib.util
import json
import os
import select
import signal
import subprocess
import sys
import traceback
from typing import Any, Callable, Dict, Optional

_LOOK_SECONDS = 0.02
_PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>

_server = None  # type: Optional[subprocess.Popen]


class Process:
    """A function of an experiment carried out in a process of its own, in the same environment.

    It ends at the latest when this process does, however that goes: the fork server then reads the end of its standard input,
    and what it has forked is killed by the kernel.

    Args:
        function: defined at the top level of an experiment; called with ``tf`` first, as ``run`` is.
        *arguments: what it is called with after that; plain JSON values.
        environment: environment variables that it has beside those of this process.
        path: where its files are put: what the function returned, and the exit status. There is no such process yet.
    """

    def __init__(self, function: Callable[..., Any], *arguments: Any, environment: Dict[str, str], path: str) -> None:
        self._path = path
        _ask(
            start=path,
            module=function.__code__.co_filename,
            function=function.__name__,
            arguments=arguments,
            environment=environment,
        )

    @property
    def status(self) -> Optional[int]:
        """The exit status; of a process that a signal ended, the signal's negative number. None while it is running."""
        return _read(self._path + ".status")

    @property
    def answered(self) -> bool:
        """Whether the function has returned."""
        return os.path.exists(self._path + ".answer")

    @property
    def answer(self) -> Any:
        """What the function returned; None when it did not."""
        return _read(self._path + ".answer")

    def kill(self) -> None:
        """Ask the fork server to kill it; there is a status as soon as it is gone."""
        _ask(kill=self._path)


def is_running() -> bool:
    """Return whether there is a fork server to ask."""
    return _server is not None and _server.poll() is None


def _ask(**request: Any) -> None:
    global _server
    if not is_running():
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "start.py")
        _server = subprocess.Popen([sys.executable, script, "fork_server"], stdin=subprocess.PIPE, stdout=2)
    assert _server is not None and _server.stdin is not None
    _server.stdin.write(json.dumps(request).encode("utf-8") + b"\n")
    _server.stdin.flush()


def main() -> int:
    """Answers requests on standard input until it is closed; see `Process`."""
    from estimator_semantics.probe.adapter import tf

    tf.estimator.Estimator  # noqa: B018 - imports what the bridge would otherwise import in each process
    running = {}  # type: Dict[int, str]
    text = b""
    while True:
        if select.select([0], [], [], _LOOK_SECONDS)[0]:
            more = os.read(0, 65536)
            if not more:
                return 0
            *lines, text = (text + more).split(b"\n")
            for line in lines:
                _answer(json.loads(line.decode("utf-8")), running)
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            _write(running.pop(pid) + ".status", code)


def _answer(request: Dict[str, Any], running: Dict[int, str]) -> None:
    if "kill" in request:
        for pid, path in running.items():
            if path == request["kill"]:
                os.kill(pid, signal.SIGKILL)
        return
    server = os.getpid()
    pid = os.fork()
    if pid:
        running[pid] = request["start"]
        return
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == server:
            _carry_out(request)
            # As at the end of any script: what hangs when TensorFlow is taken down is seen to hang.
            sys.exit(0)
    except SystemExit:
        raise
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(1)


def _carry_out(request: Dict[str, Any]) -> None:
    from estimator_semantics.probe.adapter import tf

    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the requests are not for this process
    os.environ.update(request["environment"])
    spec: Any = importlib.util.spec_from_file_location("estimator_semantics_experiment", request["module"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _write(request["start"] + ".answer", getattr(module, request["function"])(tf, *request["arguments"]))


def _read(path: str) -> Any:
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return json.load(file)


def _write(path: str, value: Any) -> None:
    # Under another name until it is whole.
    with open(path + ".part", "w") as file:
        json.dump(value, file)
    os.replace(path + ".part", path)
