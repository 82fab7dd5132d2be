"""A pause in the middle of a training."""

import time
from typing import Any

from estimator_semantics.probe.adapter import tf


class Pause(tf.SessionRunHook):
    """A hook that waits before one step, so that what depends on the time and not on the steps happens after it.

    Args:
        step: which step, counted from 1 over all trainings of the hook.
        seconds: how long.
    """

    def __init__(self, step: int, seconds: float) -> None:
        self._step = step
        self._seconds = seconds
        self._begun = 0

    def before_run(self, run_context: Any) -> None:
        self._begun += 1
        if self._begun == self._step:
            time.sleep(self._seconds)
