"""A stop reason: how many steps a training made, and which bound stopped it."""

import sys
from typing import NamedTuple, Optional, Tuple


class StopReason(NamedTuple):
    """Why a training stopped; ``str()`` of it says so in words.

    Attributes:
        bound: ``"steps"`` or ``"max_steps"``; ``"epochs"`` when the data ended, or ``fit`` made all its epochs;
            ``"request"`` when something else asked for a stop; None when training was not begun, or has not ended.
        steps: the steps that ran in this call: the batches that were trained on.
        global_step: the global step after it; None of ``fit``.
        examples: so many examples were in the batches of these steps; None where they could not be counted.
        epochs: full passes over the data, where its size was said; of ``fit``, epochs that ended. None where unknown.
        steps_by_epoch: of ``fit``, the steps of each epoch; None of anything else.
        text: one line for people, and what to do if it was not meant to stop there.
    """

    bound: Optional[str]
    steps: int
    global_step: Optional[int]
    examples: Optional[int]
    epochs: Optional[int]
    steps_by_epoch: Optional[Tuple[int, ...]]
    text: str

    def __str__(self) -> str:
        return self.text


# The law has one too; this folder may be copied without it.
def many(count: int, what: str) -> str:
    """Return a number and what it counts, for example ``"1,000 steps"``.

    Args:
        count: the number.
        what: one of them.
    """
    return "{:,} {}{}".format(count, what, "" if count == 1 else "s")


def to_standard_error(line: str) -> None:
    """Says a line to whoever watches the training.

    Args:
        line: without its end.
    """
    sys.stderr.write(line + "\n")
