"""The length of a run of many steps, which must not pass a step that something waits for."""

from typing import Iterable, Optional


class Timer:
    """What happens every so many steps: it is due when the global step is that far beyond the last time.

    Args:
        every: so many steps.
        last: the global step at which it happened last.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v1.15.0/tensorflow/python/training/basic_session_run_hooks.py#L86
    """

    def __init__(self, every: int, last: int) -> None:
        self._every = every
        self._last = last

    @property
    def due(self) -> int:
        """The global step at which it happens next."""
        return self._last + self._every

    def reach(self, global_step: int) -> None:
        """Take note of a global step at which a run has ended."""
        if global_step >= self.due:
            self._last = global_step


def steps_of_run(global_step: int, longest: int, increment: int, bounds: Iterable[Optional[int]]) -> int:
    """Return how many steps the next run has: as many as it may, but none beyond a bound that is ahead.

    Args:
        global_step: where it begins.
        longest: so many steps at most.
        increment: by how much a step raises the global step; 0 for a train_op that forgot to.
        bounds: global steps at which, or at the first step beyond which, a run must end; None for no such bound.

    Returns:
        At least 1.
    """
    ahead = [bound - global_step for bound in bounds if bound is not None and bound > global_step]
    if increment < 1 or not ahead:
        return longest
    return min(longest, -(-min(ahead) // increment))
