"""The guard: ends what would never end, by an exception.

A request to stop does not do where the end of a training begins the next one: ``train_and_evaluate`` before TensorFlow 1.10.
"""

from typing import Any, Callable, Dict

from estimator_semantics.law.prediction import NO_COUNTS
from estimator_semantics.probe.adapter import tf


class NeverEnds(Exception):
    """The training went on for longer than any bound allows."""


class Guard(tf.SessionRunHook):
    """A hook that raises `NeverEnds` after so many steps, or so many calls of the input_fn.

    Args:
        steps: far more than any bound allows.
        calls: likewise, for trainings that begin again without a step.
    """

    def __init__(self, steps: int, calls: int = 50) -> None:
        self._steps = steps
        self._calls = calls
        self._run = 0
        self._called = 0

    def counted(self, input_fn: Callable[[], Any]) -> Callable[[], Any]:
        """Return an input_fn that gives what the given one gives, so many times at most."""

        def counted_input_fn():
            self._called += 1
            if self._called > self._calls:
                raise NeverEnds
            return input_fn()

        return counted_input_fn

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self._run += 1
        if self._run == self._steps:
            raise NeverEnds

    def observe(self) -> Dict[str, Any]:
        """Return what was measured when `NeverEnds` came: no count, and the steps after which it was raised."""
        return {"measured": dict(NO_COUNTS, guard=self._steps), "counters": {}}
