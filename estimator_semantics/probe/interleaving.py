"""Interleaving: the steps of several workers one after another, in an order that the experiment gives."""

import os
import time
from typing import Any, List

from estimator_semantics.probe.adapter import tf

_LOOK_SECONDS = 0.005


class Waited(Exception):
    """What was waited for did not happen."""


class Interleaving(tf.SessionRunHook):
    """A hook that lets a worker make a step only when it is its turn, and notes who made which step.

    A step counts as made when everything that follows it is over, too: what other hooks do after it, or at the end of the
    training. After the last turn of the order everyone goes on as they like.

    Args:
        path: the file that all workers share: a line for each step made.
        me: the name of this worker.
        order: the names of the workers, in the order of their steps.
        seconds: how long to wait for a turn at most.
    """

    def __init__(self, path: str, me: str, order: List[str], seconds: float = 120.0) -> None:
        self._path = path
        self._me = me
        self._order = order
        self._seconds = seconds
        self._made = False

    @property
    def made(self) -> List[str]:
        """The names of the workers whose steps were made, in order."""
        if not os.path.exists(self._path):
            return []
        with open(self._path) as file:
            return file.read().split()

    def wait_for(self, steps: int) -> None:
        """Wait until so many steps were made.

        Raises:
            Waited: they were not.
        """
        end = time.time() + self._seconds
        while len(self.made) < steps:
            if time.time() > end:
                raise Waited("{} waits for step {} of {}".format(self._me, steps, self._order))
            time.sleep(_LOOK_SECONDS)

    def before_run(self, run_context: Any) -> None:
        self._count()
        while True:
            # Those who come first may have made steps out of turn only after the whole order.
            made = len(self.made)
            if made >= len(self._order) or self._order[made] == self._me:
                break
            self.wait_for(made + 1)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self._made = True

    def end(self, session: Any) -> None:
        # The hook that saves the last checkpoint comes before this one.
        self._count()

    def _count(self) -> None:
        if self._made:
            self._made = False
            with open(self._path, "a") as file:
                file.write(self._me + "\n")
