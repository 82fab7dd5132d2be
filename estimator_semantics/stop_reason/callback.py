"""A callback that says why ``Model.fit`` stopped."""

import sys
from typing import Any, Callable, List, Optional

import numpy as np

from .reason import StopReason, many, to_standard_error

REPEAT = "dataset.repeat() gives every epoch its steps"

# The first Keras that ends an execution with the data, instead of failing in it: https://github.com/keras-team/keras/pull/20396
COUNTS_EXACTLY = [3, 7]

# The steps of so many epochs are said one by one.
SHOWN = 8


def stop_reason_callback(keras: Any = None, say: Optional[Callable[[str], None]] = None) -> Any:
    """Return a callback for ``Model.fit`` that counts its steps and epochs, and say at its end why it stopped.

    Its attribute ``reason`` is the `StopReason` of the last fit; before its end, how far it is. An epoch of fewer steps
    than were asked for is named, because Keras 2 ends the training there, and Keras 3 goes on. Before Keras 3.7, with
    steps_per_execution above 1, callbacks do not hear of the steps of an execution that the data ended: they are not counted.

    Args:
        keras: the Keras that the model is of (``keras``, ``tf_keras``, ``tf.keras``); the last one if None.
        say: called with the line at the end; by default it goes to standard error.
    """
    if keras is None:
        from tensorflow import keras  # type: ignore[no-redef]  # stands for the argument
    say = say or to_standard_error
    tensorflow = sys.modules.get("tensorflow")  # Keras 3 does without
    # Up to TensorFlow 2.1 Keras ends a training whose data has run out by the flag that callbacks have.
    by_flag = tensorflow is not None and [int(part) for part in tensorflow.__version__.split(".")[:2]] < [2, 2]

    class StopReasonCallback(keras.callbacks.Callback):
        def __init__(self):
            super(StopReasonCallback, self).__init__()
            self._fit: Any = None

        @property
        def reason(self):
            if self._fit is None:
                return StopReason(None, 0, None, None, None, None, "fit was not called.")
            return self._fit.reason()

        def on_train_begin(self, logs=None):
            self._fit = _Fit(self.params)

        def on_epoch_begin(self, epoch, logs=None):
            self._fit.begin_epoch(epoch, self._iterations())

        def on_train_batch_end(self, batch, logs=None):
            # Before 3.7 it is the number of the first step of an execution, since then of the last one.
            at_once = self._steps_per_execution()
            self._fit.batches = batch + (1 if at_once == 1 or _counts_exactly(keras) else at_once)

        def on_epoch_end(self, epoch, logs=None):
            self._fit.end_epoch(self._iterations())

        def on_train_end(self, logs=None):
            self._fit.end(requested=bool(self.model.stop_training) and not (by_flag and self._fit.ran_out))
            say(str(self.reason))  # type: ignore[misc]  # not None here

        def _iterations(self):
            # Since 3.7 Keras tells callbacks of whole executions, also where the data ended within. Only then are iterations
            # exact: before, they count the step that found no data.
            if self._steps_per_execution() == 1 or not _counts_exactly(keras):
                return None
            return int(np.array(self.model.optimizer.iterations))

        def _steps_per_execution(self):
            # A model of Keras 2 has it in a variable, if at all, and tells callbacks of the last step.
            steps = getattr(self.model, "steps_per_execution", 1)
            return steps if isinstance(steps, int) else 1

    return StopReasonCallback()


class _Fit:
    """What one call of ``fit`` has done so far.

    Args:
        params: what Keras tells its callbacks: the number of epochs, and of steps in each where it knows.

    Attributes:
        batches: so many of this epoch have ended.
    """

    def __init__(self, params: Any) -> None:
        self._epochs = params.get("epochs")
        self._asked = params.get("steps")
        self._iterations: Optional[int] = None
        self._steps: List[int] = []
        self._first_epoch: Optional[int] = None
        self._epoch = 0
        self._has_ended = False
        self._requested = False
        self.batches = 0

    def begin_epoch(self, epoch: int, iterations: Optional[int]) -> None:
        self._epoch, self._iterations, self.batches = epoch + 1, iterations, 0
        self._first_epoch = self._first_epoch or self._epoch

    def end_epoch(self, iterations: Optional[int]) -> None:
        self._steps.append(self.batches if iterations is None else iterations - (self._iterations or 0))
        self.batches = 0

    @property
    def ran_out(self) -> bool:
        """Whether the last epoch that ended has fewer steps than were asked for."""
        return bool(self._steps) and self._asked is not None and self._steps[-1] < self._asked

    def end(self, requested: bool) -> None:
        self._requested, self._has_ended = requested, True

    def reason(self) -> StopReason:
        steps = sum(self._steps) + self.batches
        return StopReason(self._bound(), steps, None, None, len(self._steps), tuple(self._steps), self._text(steps))

    def _bound(self) -> Optional[str]:
        if not self._has_ended:
            return None
        return "request" if self._requested and self._epoch != self._epochs else "epochs"

    def _text(self, steps: int) -> str:
        bound = self._bound()
        if bound is None:
            return "fit has made {} so far: it is running, or an error ended it.".format(many(steps, "step"))
        if not self._epoch:
            return "fit made no step: initial_epoch is not below epochs={}.".format(self._epochs)
        after = "fit stopped after {}".format(many(steps, "step"))
        where = "in epoch {:,} of {:,}".format(self._epoch, self._epochs)
        if bound == "request":
            return "{}, {}, because model.stop_training was set, as EarlyStopping does.".format(after, where)
        if self._epoch != self._epochs:
            return "{}, {}, because the data ran out: {}; {}.".format(after, where, self._by_epoch(), REPEAT)
        every = "{}, because {}".format(after, self._all_epochs())
        short = [made for made in self._steps if self._asked is not None and made < self._asked]
        if short:
            return "{}, but the data ran out in {} of them: {}; {}.".format(every, len(short), self._by_epoch(), REPEAT)
        if len(set(self._steps)) == 1:
            return "{}: {} in each.".format(every, many(self._steps[0], "step"))
        return "{}: {}.".format(every, self._by_epoch())

    def _all_epochs(self) -> str:
        if self._first_epoch == self._epochs:
            return "its only epoch was made"
        if self._first_epoch == 1:
            return "all {:,} epochs were made".format(self._epochs)
        return "epochs {:,} to {:,} were made".format(self._first_epoch, self._epochs)

    def _by_epoch(self) -> str:
        made = ", ".join("{:,}".format(steps) for steps in self._steps[:SHOWN]) + (
            ", ..." if self._steps[SHOWN:] else ""
        )
        asked = "" if self._asked is None else ", where {:,} were asked for".format(self._asked)
        return "{} steps{}".format(made, asked)


def _counts_exactly(keras: Any) -> bool:
    return [int(part) for part in keras.__version__.split(".")[:2]] >= COUNTS_EXACTLY
