"""Patience: says what a command waits for, once it has taken longer than it should, and then less and less often."""

import sys

# An import of TensorFlow takes 2 to 7 s, and longer only where its modules are compiled first.
FIRST_SECONDS = 8.0


class Patience:
    """Says on standard error what is being waited for.

    Args:
        what: what it is, for example ``"`import tensorflow` in env/bin/python"``.
        limit: seconds after which it is given up.
    """

    def __init__(self, what: str, limit: float) -> None:
        self._what = what
        self._limit = limit
        self._next = FIRST_SECONDS

    def wait(self, seconds: float) -> None:
        """Says what is waited for, if it is time to.

        Args:
            seconds: how long it has been waited for.
        """
        if seconds >= self._next:
            print(f"waiting for {self._what}: {seconds:.0f} s so far, {self._limit:.0f} s at most", file=sys.stderr, flush=True)
            self._next = 2 * seconds
