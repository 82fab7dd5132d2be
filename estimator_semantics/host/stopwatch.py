"""A stopwatch: times the step loops of two releases in turns, so that what slows the machine down slows both."""

import os
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from estimator_semantics.host import events
from estimator_semantics.host.errors import NotTimed, ProbeLost
from estimator_semantics.host.patience import Patience
from estimator_semantics.host.process import Probe, refusal, wait
from estimator_semantics.host.record import Versions

# The three trainings of the answer.
CASES = ("steps_implicit", "steps_above_epoch_bound", "steps_below_epoch_bound")
STEPS = 1000
# A training of so many steps that takes longer than this will not end.
SECONDS = 300.0


class Stopwatch:
    """A process in an environment that times trainings as it is asked to.

    Args:
        python: interpreter of the environment.
        log: file that gets what TensorFlow prints.

    Raises:
        OldPython: the probe does not run on it.
        Unusable: TensorFlow cannot be imported there.
        ProbeLost: the process could not be started, crashed or did not answer.
    """

    def __init__(self, python: Path, log: Path) -> None:
        self._python = python
        self._heard: queue.SimpleQueue[tuple[Probe, events.Any_ | None]] = queue.SimpleQueue()
        self._probe = Probe(python, (), log, self._heard, program="stopwatch")
        try:
            event = self._event()
            if error := refusal(python, event):
                raise error
            assert isinstance(event, events.Environment), event
            self.versions: Versions = event.versions
        except BaseException:
            self.end()
            raise

    def time(self, case: str, steps: int) -> float:
        """Return the seconds per step of a training.

        Args:
            case: one of `CASES`.
            steps: about how many steps.

        Raises:
            NotTimed: the training failed.
            ProbeLost: the process crashed or did not answer.
        """
        self._probe.ask({"experiment": case, "steps": steps})
        event = self._event()
        if isinstance(event, events.Untimed):
            raise NotTimed(self.versions.tensorflow, case, event.why)
        assert isinstance(event, events.Timed), event
        return event.seconds / event.steps

    def end(self) -> None:
        """End the process."""
        self._probe.end()

    def _event(self) -> events.Any_:
        try:
            event = wait(self._heard, Patience(f"an answer of {self._python}", SECONDS), SECONDS)
        except TimeoutError:
            raise ProbeLost(self._python, f"did not answer for {SECONDS:.0f} s") from None
        if event is None:
            raise ProbeLost(self._python, self._probe.status)
        return event


@contextmanager
def stopwatch(python: Path, log: Path = Path(os.devnull)) -> Iterator[Stopwatch]:
    """Keep a `Stopwatch`, which has trained once to be warm, for as long as it is needed."""
    made = Stopwatch(python, log)
    try:
        made.time(CASES[0], STEPS // 10)
        yield made
    finally:
        made.end()


def take_turns(
    first: Stopwatch, second: Stopwatch, case: str, steps: int, rounds: int
) -> Iterator[tuple[float, float]]:
    """Time the same training in both, in turns: A B, B A, A B, ...

    Args:
        first: one of them.
        second: the other one.
        case: one of `CASES`.
        steps: about how many steps in each training.
        rounds: how many pairs.

    Yields:
        The seconds per step of the first and of the second, for each pair.
    """
    for number in range(rounds):
        # Each goes first as often as the other.
        if number % 2:
            after = second.time(case, steps)
            yield first.time(case, steps), after
        else:
            before = first.time(case, steps)
            yield before, second.time(case, steps)
