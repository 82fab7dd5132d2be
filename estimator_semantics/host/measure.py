"""Measuring: hands cases to probes, as many at a time as there are cores, and keeps every answer."""

import functools
import queue
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from estimator_semantics.host import catalogue, events, experiments, packaged
from estimator_semantics.host.pace import Pace
from estimator_semantics.host.patience import Patience
from estimator_semantics.host.process import Case, Probe, refusal
from estimator_semantics.host.record import Result, printable
from estimator_semantics.law import predict
from estimator_semantics.law.given import given

# A process that does less is not worth one more start of TensorFlow.
SECONDS_OF_A_START = 6.0
# What a case is taken for that no record has timed yet.
SECONDS_OF_A_CASE = 0.2
SECONDS_PER_STEP = 0.0004
SILENT_SECONDS = 300.0
CASE_SECONDS = 300.0
CASE_SECONDS_PER_STEP = 0.02
TICK_SECONDS = 0.2


class Listener(Protocol):
    """Who is told how the measuring goes."""

    def started(self, case: Case, steps: int | None) -> None:
        """Note that a case begins, and how many steps the law predicts for it."""

    def progress(self, case: Case, step: int) -> None:
        """So many steps of a case have run."""

    def finished(self, result: Result) -> None:
        """Note the answer to a case."""


def measure(
    python: Path,
    cases: tuple[Case, ...],
    log: Path,
    jobs: int,
    keep: Callable[[Result], None],
    listener: Listener,
    stop: threading.Event | None = None,
    *,
    first: Collection[Case] = (),
    is_kept: bool = True,
) -> None:
    """Measures cases in an environment. A probe that crashes or hangs costs the case it was at, no other.

    Args:
        python: interpreter of the environment.
        cases: what to measure.
        log: file that gets what TensorFlow prints.
        jobs: how many processes at a time.
        keep: called with each answer as soon as it is there.
        listener: told how it goes.
        stop: set by another thread when the measuring is to end early.
        first: what is measured before the other cases.
        is_kept: whether the log is still there afterwards.

    Raises:
        Unusable: TensorFlow cannot be imported there.
        KeyboardInterrupt: it was ended early.
    """
    loads = spread(cases, jobs, first)
    _Measuring(python, log, keep, listener, is_kept=is_kept).run(loads, stop or threading.Event())


def spread(cases: tuple[Case, ...], jobs: int, first: Collection[Case] = ()) -> list[tuple[Case, ...]]:
    """Spreads cases over processes so that all end at about the same time.

    Args:
        cases: what to measure.
        jobs: how many processes at most.
        first: what comes first in each process; it is spread so that all of it is done as soon as can be.

    Returns:
        The cases of each process, the shortest first.
    """
    seconds = {case: expected_seconds(case) for case in cases}
    processes = max(1, min(jobs, len(cases), int(sum(seconds.values()) // SECONDS_OF_A_START)))
    loads: list[list[Case]] = [[] for _ in range(processes)]
    for case in sorted(cases, key=lambda case: (case not in first, -seconds[case])):
        min(loads, key=lambda load: sum(seconds[case] for case in load)).append(case)
    return [tuple(sorted(load, key=lambda case: (case not in first, seconds[case]))) for load in loads if load]


def expected_seconds(case: Case) -> float:
    """Return how long a case will take, more or less."""
    return _recorded_seconds().get(case) or SECONDS_OF_A_CASE + SECONDS_PER_STEP * _steps(case)


@functools.cache
def _recorded_seconds() -> dict[Case, float]:
    """Return how long each case took when the default release was recorded."""
    return {result.case: result.seconds for result in packaged.of(catalogue.DEFAULT).results}


def _steps(case: Case) -> int:
    specification = experiments.find(case[0])
    # A cluster runs few steps: what takes long is to set it up.
    if specification is None or specification.plans[case[1]].strategy is not None:
        return 0
    return predict(specification.plans[case[1]]).steps or 0


@dataclass
class _Progress:
    """How far a probe is."""

    left: list[Case]
    answered: bool = False
    begun: float = field(default_factory=time.monotonic)
    heard: float = field(default_factory=time.monotonic)
    at: Case | None = None
    since: float = 0.0
    pace: Pace = field(default_factory=lambda: Pace(0.0))

    @property
    def is_importing(self) -> bool:
        """Whether it has not come to its first case yet."""
        return self.at is None and not self.answered

    def overdue(self) -> str | None:
        now = time.monotonic()
        if now - self.heard > SILENT_SECONDS:
            return f"gave no sign of life for {SILENT_SECONDS:.0f} s"
        if self.at is not None:
            limit = CASE_SECONDS + CASE_SECONDS_PER_STEP * _steps(self.at)
            if now - self.since > limit:
                return f"was not done after {limit:.0f} s"
        return None


class _Measuring:
    def __init__(
        self, python: Path, log: Path, keep: Callable[[Result], None], listener: Listener, *, is_kept: bool
    ) -> None:
        self._python = python
        self._log = log
        self._is_kept = is_kept
        self._patience = Patience(f"`import tensorflow` in {python}", SILENT_SECONDS)
        self._keep = keep
        self._listener = listener
        self._heard: queue.SimpleQueue[tuple[Probe, events.Any_ | None]] = queue.SimpleQueue()
        self._probes: dict[Probe, _Progress] = {}

    def run(self, loads: list[tuple[Case, ...]], stop: threading.Event) -> None:
        try:
            for load in loads:
                self._start(load)
            while self._probes:
                if stop.is_set():
                    raise KeyboardInterrupt
                self._listen()
                begun = [progress.begun for progress in self._probes.values() if progress.is_importing]
                self._patience.wait(time.monotonic() - min(begun) if begun else 0.0)
                for probe, progress in list(self._probes.items()):
                    if reason := progress.overdue():
                        self._lose(probe, reason)
        finally:
            for probe in self._probes:
                probe.end()

    def _start(self, load: tuple[Case, ...]) -> None:
        self._probes[Probe(self._python, load, self._log, self._heard)] = _Progress(list(load))

    def _listen(self) -> None:
        try:
            probe, event = self._heard.get(timeout=TICK_SECONDS)
        except queue.Empty:
            return
        progress = self._probes.get(probe)
        if progress is None:
            return  # it was ended, and what it still had to say came too late
        progress.heard = time.monotonic()
        if event is None:
            self._lose(probe, probe.status)
        elif error := refusal(self._python, event):
            raise error
        elif isinstance(event, events.Started):
            progress.at, progress.since = (event.experiment, event.scale), progress.heard
            progress.pace = Pace(progress.heard)
            self._listener.started(progress.at, _steps(progress.at) or None)
        elif isinstance(event, events.Progress):
            progress.pace.add(progress.heard, event.step)
            self._listener.progress((event.experiment, event.scale), event.step)
        elif isinstance(event, events.Measured | events.Absent | events.Error):
            self._answer(progress, event)
        elif isinstance(event, events.Done) and progress.left:
            self._lose(probe, "was done without an answer")
        elif isinstance(event, events.Done):
            self._end(probe)

    def _answer(self, progress: _Progress, event: events.Measured | events.Absent | events.Error) -> None:
        case = (event.experiment, event.scale)
        if case not in progress.left:
            return
        progress.left.remove(case)
        progress.answered = True
        progress.at = None
        if isinstance(event, events.Measured):
            counters = {printable(name): count for name, count in event.counters.items()}
            pace = progress.pace.points if event.scale == "full" else []
            answer = {
                "status": "measured",
                "measured": event.measured,
                "counters": counters,
                "pace": pace,
                "log": _lines(event.log),
            }
        elif isinstance(event, events.Absent):
            answer = {"status": "absent", "why": printable(event.why)}
        else:
            answer = {"status": "error", "why": printable(event.why), "log": _lines(event.log)}
        self._finish(case, seconds=event.seconds, **answer)

    def _lose(self, probe: Probe, reason: str) -> None:
        """Record what a probe that ended too early did not answer, and go on with what it had not begun."""
        progress = self._end(probe)
        probe.log_command(reason)
        said = f"it printed last: {words}" if (words := probe.last_words) else "it printed nothing"
        why = f"the process {reason}; {said}{f' (the rest is in {self._log.name})' if self._is_kept and words else ''}"
        if progress.is_importing:
            # It did not even come to begin: another process would fare no better.
            lost, rest = progress.left, []
        else:
            lost, rest = progress.left[:1], progress.left[1:]
        for case in lost:
            seconds = 0.0 if progress.at is None else round(time.monotonic() - progress.since, 3)
            self._finish(case, status="error", seconds=seconds, why=why)
        if rest:
            self._start(tuple(rest))

    def _end(self, probe: Probe) -> _Progress:
        progress = self._probes.pop(probe)
        probe.end()
        return progress

    def _finish(self, case: Case, **answer: Any) -> None:
        specification = experiments.find(case[0])
        assert specification is not None, case
        result = Result(*case, revision=specification.revision, plan=given(specification.plans[case[1]]), **answer)
        self._keep(result)
        self._listener.finished(result)


def _lines(log: list[str]) -> list[str]:
    return [printable(line) for line in log]
