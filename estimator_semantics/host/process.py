"""The border: a probe runs in a process of its own, and nothing that happens to it happens to the host."""

import fnmatch
import io
import json
import os
import queue
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from estimator_semantics.host import environments, events, experiments
from estimator_semantics.host.errors import HostError, OldPython, ProbeLost, Unusable
from estimator_semantics.host.patience import Patience
from estimator_semantics.host.record import Scale
from estimator_semantics.probe import variables

START = experiments.PACKAGE / "probe" / "start.py"
LONGEST_LINE = 1 << 20
DESCRIBE_SECONDS = 120.0
# A process that has closed its output gets so long to end.
END_SECONDS = 5.0
TICK_SECONDS = 0.2
# So much of what a process prints last is told when it is lost.
TAIL_LINES = 3
TAIL_BYTES = 4096
TAIL_LENGTH = 300

# What a probe in an environment of ours gets of the variables of this process: what an interpreter needs to start, and nothing
# that a result depends on. It needs no network, so proxies are left out: they would only come between the nodes of a cluster.
PASSED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LANGUAGE", "LC_*", "USER", "LOGNAME", "PYTHONPYCACHEPREFIX")
# What a probe in an environment of the user's does not get. All else is part of what they train with: a cap on epochs stops their
# training just as it stops ours, and to say so is what the experiments are for. With TF_CONFIG, however, each of them would join
# the cluster that it names: it would wait for nodes, or train on the parameter servers of a training that is under way.
WITHHELD = ("TF_CONFIG",)

Case = tuple[str, Scale]


def scrubbed(python: Path) -> dict[str, str]:
    """Return the environment variables that can change a result and that a probe does not get to see.

    Args:
        python: interpreter of the environment.
    """
    return {name: value for name, value in variables.of_environment().items() if not _is_passed(name, python)}


def _is_passed(name: str, python: Path) -> bool:
    if environments.is_built(python):
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in PASSED)
    return name not in WITHHELD


class Probe:
    """A process in the environment under test that answers one request.

    Args:
        python: interpreter of the environment.
        cases: what to measure; none to be told only what the environment is made of.
        log: file that gets what is printed beside the events.
        heard: queue that gets ``(probe, event)`` for every event, and ``(probe, None)`` when the process has ended.
        program: the module of the probe side that answers.

    Raises:
        ProbeLost: the interpreter cannot be started.
    """

    def __init__(
        self,
        python: Path,
        cases: tuple[Case, ...],
        log: Path,
        heard: "queue.SimpleQueue[tuple[Probe, events.Any_ | None]]",
        program: str = "runner",
    ) -> None:
        self._python = python
        self._scratch = tempfile.mkdtemp(prefix="estimator-semantics-")
        self._log_path = log
        self._log = log.open("ab", buffering=0)
        self._tail = b""
        self._command = [str(python), str(START), program]
        self._request = {"experiments": str(experiments.folder()), "cases": [list(case) for case in cases]}
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment(),
                # A group of its own: Ctrl-C reaches the host alone, which then ends the group, grandchildren included.
                start_new_session=True,
            )
        except OSError as error:
            self._log.close()
            self._clear()
            raise ProbeLost(python, f"could not be started ({error.strerror})") from None
        self.ask(self._request)
        self._copying = threading.Thread(target=self._copy, daemon=True)
        self._copying.start()
        threading.Thread(target=self._listen, args=(heard,), daemon=True).start()
        threading.Thread(target=self._end_group_after_leader, daemon=True).start()

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request. The process may have ended before; then who listens to it is told."""
        with suppress(BrokenPipeError):
            self._stdin.write(json.dumps(request).encode() + b"\n")
            self._stdin.flush()

    @property
    def status(self) -> str:
        """How the process ended, in words."""
        try:
            code = self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            # It says nothing more, and whoever waits for it waits for nobody.
            return "closed its output and did not end"
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"

    @property
    def last_words(self) -> str:
        """The last lines that the process printed, in one; empty when it printed nothing. To be asked once it was ended."""
        self._copying.join(timeout=END_SECONDS)
        text = "".join(
            each if each.isprintable() or each == "\n" else " " for each in self._tail.decode("utf-8", "replace")
        )
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        said = " / ".join(lines[-TAIL_LINES:])
        return said if len(said) <= TAIL_LENGTH else f"…{said[1 - TAIL_LENGTH :]}"

    def log_command(self, reason: str) -> None:
        """Write to the log by which command the process can be seen failing again. To be asked once it was ended.

        Args:
            reason: how it ended, in words.
        """
        self._copying.join(timeout=END_SECONDS)
        command = f"echo {shlex.quote(json.dumps(self._request))} | {shlex.join(self._command)}"
        # The printed text may end within a line. And a disk that is full is no reason to lose the other cases.
        with suppress(OSError), self._log_path.open("a", encoding="utf-8") as log:
            log.write(f"\nestimator-semantics: the process {reason}. It was started like this:\n{command}\n")

    def end(self) -> None:
        """End the process and all it started, and remove what they left in the scratch folder."""
        self._kill_group()
        self._process.wait()
        with suppress(BrokenPipeError):
            self._stdin.close()
        self._clear()

    def _clear(self) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _end_group_after_leader(self) -> None:
        # What it started may hold its pipes open, and would keep us listening to nobody.
        self._process.wait()
        self._kill_group()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _environment(self) -> dict[str, str]:
        environment = {name: value for name, value in os.environ.items() if _is_passed(name, self._python)}
        # To compile all modules of TensorFlow takes twice as long as to import them. Where nothing is to be written beside
        # them, the probe keeps their bytecode in a folder of ours (see probe/start.py). An environment of ours is not told
        # that nothing is to be written: before Python 3.8 there is no other place for bytecode.
        if os.environ.get("PYTHONDONTWRITEBYTECODE") and (folder := environments.bytecode()) is not None:
            environment.setdefault("PYTHONPYCACHEPREFIX", str(folder))
        if environments.is_built(self._python):
            # Keras reads, and writes, its settings there.
            environment["HOME"] = self._scratch
        environment["TMPDIR"] = self._scratch
        return environment

    def _copy(self) -> None:
        """Copy what the process prints to the log, and keep the end of it: several processes share the log."""
        assert isinstance(self._process.stderr, io.BufferedReader)
        with self._log, self._process.stderr as printed:
            while chunk := printed.read1(1 << 16):
                self._tail = (self._tail + chunk)[-TAIL_BYTES:]
                # A disk that is full must not make the process wait.
                with suppress(OSError):
                    self._log.write(chunk)

    def _listen(self, heard: "queue.SimpleQueue[tuple[Probe, events.Any_ | None]]") -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            while line := lines.readline(LONGEST_LINE):
                event = events.parse(line)
                if event is not None:
                    heard.put((self, event))
        heard.put((self, None))


def describe(python: Path) -> events.Environment:
    """Return what an environment is made of.

    Args:
        python: its interpreter.

    Raises:
        OldPython: the probe does not run on it.
        Unusable: there is no TensorFlow in it.
        ProbeLost: the process crashed or did not answer.
    """
    heard: queue.SimpleQueue[tuple[Probe, events.Any_ | None]] = queue.SimpleQueue()
    probe = Probe(python, (), Path(os.devnull), heard)
    try:
        event = wait(heard, Patience(f"{python} to say which TensorFlow it has", DESCRIBE_SECONDS), DESCRIBE_SECONDS)
        if isinstance(event, events.Environment):
            return event
        raise refusal(python, event) or ProbeLost(python, probe.status)
    except TimeoutError:
        raise ProbeLost(python, f"did not answer for {DESCRIBE_SECONDS:.0f} s") from None
    finally:
        probe.end()


def wait(
    heard: "queue.SimpleQueue[tuple[Probe, events.Any_ | None]]", patience: Patience, seconds: float
) -> events.Any_ | None:
    """Return the next event.

    Args:
        heard: the queue of a probe.
        patience: told how long it takes.
        seconds: how long to wait at most.

    Raises:
        TimeoutError: there was none.
    """
    begun = time.monotonic()
    while (waited := time.monotonic() - begun) < seconds:
        patience.wait(waited)
        with suppress(queue.Empty):
            return heard.get(timeout=min(TICK_SECONDS, seconds))[1]
    raise TimeoutError


def refusal(python: Path, event: events.Any_ | None) -> HostError | None:
    """Return the error that an event amounts to when nothing can be measured in an environment; None when it does not.

    Args:
        python: its interpreter.
        event: what its probe said.
    """
    if isinstance(event, events.Unusable):
        return Unusable(python, event.why)
    return OldPython(python, event.python) if isinstance(event, events.Outdated) else None
