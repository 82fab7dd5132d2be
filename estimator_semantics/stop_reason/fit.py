"""What one call of ``fit`` has done so far, and why it ended."""

from typing import Any, List, Optional

from .reason import StopReason, many
from .request import UNNAMED, Request

REPEAT = "dataset.repeat() gives every epoch its steps"

# The steps of so many epochs are listed.
SHOWN = 8


class Fit:
    """What one call of ``fit`` has done so far.

    Args:
        params: what Keras tells its callbacks: the number of epochs, and of steps in each where it knows.
    """

    def __init__(self, params: Any) -> None:
        self._epochs = params.get("epochs")
        self._asked = params.get("steps")
        self._before = 0
        self._steps: List[int] = []
        self._first_epoch: Optional[int] = None
        self._epoch = 0
        self._is_in_epoch = False
        self._has_ended = False
        self._request: Optional[Request] = None

    def begin_epoch(self, epoch: int, count: int) -> None:
        """Note that an epoch begins.

        Args:
            epoch: its number, counted from 0.
            count: the steps that have run so far.
        """
        self._epoch, self._before, self._is_in_epoch = epoch + 1, count, True
        self._first_epoch = self._first_epoch or self._epoch

    def end_epoch(self, count: int) -> None:
        """Note that an epoch has ended.

        Args:
            count: the steps that have run so far.
        """
        self._steps.append(count - self._before)
        self._is_in_epoch = False

    @property
    def ran_out(self) -> bool:
        """Whether the last epoch that ended has fewer steps than were asked for."""
        return bool(self._steps) and self._asked is not None and self._steps[-1] < self._asked

    def end(self, request: Optional[Request]) -> None:
        """Note that ``fit`` has ended.

        Args:
            request: the request to stop, if there was one.
        """
        # TensorFlow 2.0 and 2.1 tell callbacks that fit ends after an error, too.
        self._has_ended = not self._is_in_epoch
        complete = self._steps and self._asked is not None and self._steps[-1] >= self._asked
        if request is not None and complete:
            request = request._replace(after_epoch=True)
        # After the last step of the last epoch there is nothing left to stop.
        nothing_left = request is not None and request.after_epoch and self._epoch == self._epochs
        self._request = None if nothing_left else request

    def reason(self, count: int) -> StopReason:
        """Return why it ended, or how far it is.

        Args:
            count: the steps that have run so far.
        """
        bound = None if not self._has_ended else "epochs" if self._request is None else "request"
        return StopReason(bound, count, None, None, len(self._steps), tuple(self._steps), self._text(bound, count))

    def _text(self, bound: Optional[str], count: int) -> str:
        if bound is None:
            return "fit has run {} so far: it is running, or an error ended it.".format(many(count, "step"))
        if not self._epoch:
            return "fit ran no step: initial_epoch is not below epochs={}.".format(self._epochs)
        after = "fit stopped after {}".format(many(count, "step"))
        epoch = "epoch {:,} of {:,}".format(self._epoch, self._epochs)
        if self._request is not None:
            return "{}, {}: {}.".format(after, self._place(epoch, self._request), self._request.text)
        if self._epoch != self._epochs:
            return "{}, in {}, because the data ran out: {}; {}.".format(after, epoch, self._by_epoch(), REPEAT)
        every = "{}, because {}".format(after, self._all_epochs())
        short = [steps for steps in self._steps if self._asked is not None and steps < self._asked]
        if short:
            return "{}, but the data ran out in {} of them: {}; {}.".format(every, len(short), self._by_epoch(), REPEAT)
        if len(set(self._steps)) == 1:
            return "{}: {} in each.".format(every, many(self._steps[0], "step"))
        return "{}: {}.".format(every, self._by_epoch())

    def _place(self, epoch: str, request: Request) -> str:
        if request.after_epoch:
            return "after {}".format(epoch)
        if request is UNNAMED and self._asked is None:
            return "in {}".format(epoch)
        step = "step {:,}".format(self._steps[-1] if self._steps else 0)
        return "at {}{} in {}".format(step, "" if self._asked is None else " of {:,}".format(self._asked), epoch)

    def _all_epochs(self) -> str:
        if self._first_epoch == self._epochs:
            return "it trained its only epoch"
        if self._first_epoch == 1:
            return "it trained all {:,} epochs".format(self._epochs)
        return "it trained epochs {:,} to {:,}".format(self._first_epoch, self._epochs)

    def _by_epoch(self) -> str:
        steps = ", ".join("{:,}".format(each) for each in self._steps[:SHOWN]) + (
            ", ..." if self._steps[SHOWN:] else ""
        )
        asked = "" if self._asked is None else " of {:,}".format(self._asked)
        return "{} steps{}".format(steps, asked)
