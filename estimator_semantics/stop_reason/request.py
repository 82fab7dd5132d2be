"""A request to stop ``fit``: which callback set ``model.stop_training``, and why."""

import functools
import sys
from typing import Any, Callable, List, NamedTuple, Optional, Tuple

import numpy as np

# The methods that Keras calls while it trains.
_HOOKS = (
    "on_train_begin",
    "on_epoch_begin",
    "on_epoch_end",
    "on_batch_begin",
    "on_batch_end",
    "on_train_batch_begin",
    "on_train_batch_end",
    "on_test_begin",
    "on_test_batch_begin",
    "on_test_batch_end",
    "on_test_end",
)


class Request(NamedTuple):
    """A request to stop.

    Attributes:
        text: who stopped ``fit``, and why: a clause for people.
        after_epoch: whether all steps of the epoch had run.
    """

    text: str
    after_epoch: bool


UNNAMED = Request("model.stop_training was set", False)


class Requests:
    """Notes which of the other callbacks is the first to set ``model.stop_training``.

    Each of their methods is replaced on the callback itself, and put back by `end`.

    Args:
        keras: the Keras of the callbacks.
        model: the model that is trained.
        callbacks: the other callbacks.

    Attributes:
        first: the first request; None if there is none.
    """

    def __init__(self, keras: Any, model: Any, callbacks: List[Any]) -> None:
        self.first: Optional[Request] = None
        self._keras = keras
        self._model = model
        self._replaced: List[Tuple[Any, str, Any]] = []
        for callback in callbacks:
            for hook in _HOOKS:
                self._watch(callback, hook)

    @property
    def is_made(self) -> bool:
        """Whether ``model.stop_training`` is set."""
        return bool(getattr(self._model, "stop_training", False))

    def end(self) -> None:
        """Put the methods of the callbacks back."""
        for callback, hook, own in self._replaced:
            if own is None:
                delattr(callback, hook)
            else:
                setattr(callback, hook, own)
        self._replaced = []

    def _watch(self, callback: Any, hook: str) -> None:
        own = vars(callback).get(hook)
        # A fit that raised left the methods of its watch behind.
        while hasattr(own, "stop_reason_own"):
            own = own.stop_reason_own
        inherited: Any = getattr(type(callback), hook, None)
        if own is None and inherited is getattr(self._keras.callbacks.Callback, hook, None):
            return
        method: Any = own if own is not None else functools.partial(inherited, callback)
        setattr(callback, hook, self._noting(callback, hook, method, own))
        self._replaced.append((callback, hook, own))

    def _noting(self, callback: Any, hook: str, method: Callable[..., Any], own: Any) -> Callable[..., Any]:
        def noting(*arguments: Any, **named: Any) -> Any:
            before = self.is_made
            returned = method(*arguments, **named)
            if self.first is None and self.is_made and not before:
                logs = named.get("logs", arguments[-1] if len(arguments) > 1 else None)
                after_epoch = hook == "on_epoch_end" or hook.startswith("on_test")
                self.first = Request(_text(self._keras, callback, logs), after_epoch)
            return returned

        noting.stop_reason_own = own  # type: ignore[attr-defined]  # an attribute of the function
        return noting


def others(callback: Any) -> List[Any]:
    """Return the other callbacks of the ``fit`` that is calling one; none where they cannot be found.

    Args:
        callback: the one that is being called.
    """
    frame = sys._getframe(1)
    while frame is not None:
        callbacks = getattr(frame.f_locals.get("self"), "callbacks", None)
        if isinstance(callbacks, list) and any(each is callback for each in callbacks):
            return [each for each in callbacks if each is not callback]
        frame = frame.f_back  # type: ignore[assignment]  # None at the end
    return []


def _text(keras: Any, callback: Any, logs: Any) -> str:
    stopped = "{} stopped it".format(type(callback).__name__)
    if isinstance(callback, keras.callbacks.TerminateOnNaN):
        return "{}, because the loss was {}".format(stopped, _number((logs or {}).get("loss")))
    if isinstance(callback, keras.callbacks.EarlyStopping):
        return "{}, because {}".format(stopped, _without_progress(callback))
    return "{}, by setting model.stop_training".format(stopped)


def _without_progress(callback: Any) -> str:
    waited = "{} epoch{}".format(callback.wait, "" if callback.wait == 1 else "s")
    best_epoch = getattr(callback, "best_epoch", callback.stopped_epoch - callback.wait)
    restored = callback.restore_best_weights and callback.best_weights is not None
    weights = "; its weights are those of epoch {}".format(best_epoch + 1) if restored else ""
    if not np.isfinite(_value(callback.best)):
        return "{} did not improve in {}{}".format(callback.monitor, waited, weights)
    return "{} did not improve on {} (epoch {}) in {}{}".format(
        callback.monitor, _number(callback.best), best_epoch + 1, waited, weights
    )


def _value(number: Any) -> float:
    return float(np.array(number))


def _number(number: Any) -> str:
    return "unknown" if number is None else "{:.6g}".format(_value(number))
