"""Patience: reports what a command waits for, first when the wait exceeds the usual time, then less and less often."""

import sys

# Importing TensorFlow takes 2 to 7 s, and longer only if its modules have to be compiled first.
FIRST_SECONDS = 8.0


class Patience:
    """Reports on standard error what the command waits for.

    Args:
        what: what the command waits for, for example ``"`import tensorflow` in env/bin/python"``.
        limit: seconds after which the command gives up.
    """

    def __init__(self, what: str, limit: float) -> None:
        self._what = what
        self._limit = limit
        self._next = FIRST_SECONDS

    def wait(self, seconds: float) -> None:
        """Report the wait, if a report is due.

        Args:
            seconds: how long the wait has lasted.
        """
        if seconds >= self._next:
            print(
                f"waiting for {self._what}: {seconds:.0f} s so far, {self._limit:.0f} s at most",
                file=sys.stderr,
                flush=True,
            )
            self._next = 2 * seconds
