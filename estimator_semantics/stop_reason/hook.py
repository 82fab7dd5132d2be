"""A hook that says why ``Estimator.train`` stopped."""

import sys
from typing import Any, Callable, Dict, List, Optional

import tensorflow

from .batch import given_batch
from .reason import StopReason, many, to_standard_error

_v1 = getattr(tensorflow.compat, "v1", tensorflow)

MORE_DATA = "more steps need more data: num_epochs=None, or dataset.repeat()"


class StopReasonHook(_v1.train.SessionRunHook):
    """Counts steps, epochs and examples of a training, and says at its end which bound stopped it.

    Add it to the hooks of ``estimator.train``, or of a ``TrainSpec``. It changes nothing in the training. Examples are
    counted where one queue or one iterator gives the batches, in one process and one step a ``session.run``.

    Args:
        examples: size of the data, to say how many epochs were made; None where it is not known.
        say: called with the line at the end of each training; by default it goes to standard error.

    Attributes:
        reason: the `StopReason` of the last training; before its end, how far it is.
    """

    def __init__(self, examples: Optional[int] = None, say: Optional[Callable[[str], None]] = None) -> None:
        if examples is not None and examples < 1:
            raise ValueError("examples {}: must be at least 1, or None where it is not known".format(examples))
        self._size = examples
        self._say = say or to_standard_error
        self._forget()

    def _forget(self) -> None:
        self._first_step: Optional[int] = None
        self._last_step: Optional[int] = None
        self._runs = 0
        self._examples = 0
        self._sessions = 0
        self._is_running = False
        self._requested = False
        self._requested_by: List[Any] = []
        self._bounds: Dict[str, int] = {}

    def begin(self) -> None:
        self._forget()
        self._global_step = _v1.train.get_global_step()
        batch = given_batch(_v1.get_default_graph())
        self._arguments = None if batch is None else _v1.train.SessionRunArgs(_v1.shape(batch)[0])

    def after_create_session(self, session: Any, coord: Any) -> None:
        global_step = int(session.run(self._global_step))
        self._sessions += 1
        if self._first_step is None:
            self._first_step = global_step

    def before_run(self, run_context: Any) -> Any:
        if not self._runs:
            self._bounds = _bounds(getattr(_caller(2), "_hooks", ()))
        self._is_running = True
        self._listen(run_context)
        return self._arguments

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self._is_running = False
        self._runs += 1
        if self._arguments is not None:
            self._examples += int(run_values.results)

    def end(self, session: Any) -> None:
        self._last_step = int(session.run(self._global_step))
        self._say(str(self.reason))

    @property
    def reason(self) -> StopReason:
        if self._first_step is None:
            return StopReason(None, 0, None, None, None, None, _NOT_BEGUN)
        bound = self._bound()
        steps = self._steps()
        examples = self._counted(steps)
        epochs = None if examples is None or self._size is None else examples // self._size
        text = self._text(bound, steps, examples, epochs)
        return StopReason(bound, steps, self._last_step, examples, epochs, None, text)

    def _listen(self, run_context: Any) -> None:
        """Note who requests a stop in this step."""
        request = run_context.request_stop

        def request_stop() -> None:
            self._requested_by.append(_caller(2))
            self._requested = True
            request()

        self._requested = self._requested or run_context.stop_requested
        run_context.request_stop = request_stop

    def _steps(self) -> int:
        # Many steps may be made in one session.run; and a train_op may forget to raise the global step.
        risen = (self._last_step or 0) - (self._first_step or 0)
        return risen if risen > 0 else self._runs

    def _counted(self, steps: int) -> Optional[int]:
        return None if self._arguments is None or steps != self._runs else self._examples

    def _bound(self) -> Optional[str]:
        if self._last_step is None:
            return None
        # A step that was begun and not finished is the one that found no data.
        if self._is_running:
            return "epochs"
        return _name_of_bound(self._requested_by[0]) if self._requested_by else "request"

    def _text(self, bound: Optional[str], steps: int, examples: Optional[int], epochs: Optional[int]) -> str:
        if bound is None:
            return "Training has made {} so far: it is running, or an error ended it.".format(many(self._runs, "step"))
        said = [
            "Training stopped after {}{}, because {}.".format(many(steps, "step"), self._steps_said(), self._why(bound))
        ]
        if examples is not None:
            said.append(_data_said(examples, self._size, epochs))
        if bound == "epochs":
            said.append(self._not_reached())
        if self._first_step == self._last_step and self._runs:
            said.append(_NOT_COUNTED)
        if self._sessions > 1:
            said.append("The session was made anew {} after an error.".format(many(self._sessions - 1, "time")))
        return " ".join(said)

    def _steps_said(self) -> str:
        if not self._first_step:
            return ""
        return " (global step {:,} to {:,})".format(self._first_step, self._last_step)

    def _why(self, bound: str) -> str:
        if bound == "epochs":
            return "the data ended" if self._runs else "the data gave no batch"
        if not self._requested_by:
            return "a hook requested a stop" if self._requested else "a thread of the session stopped it"
        by = self._requested_by[0]
        if bound == "request":
            return "{} requested a stop".format(type(by).__name__)
        return "{}={} was reached".format(bound, _bounds([by])[bound])

    def _not_reached(self) -> str:
        missed = " and ".join("{}={}".format(name, value) for name, value in sorted(self._bounds.items()))
        if not missed:
            return "Neither steps nor max_steps was given; {}.".format(MORE_DATA)
        return "{} was not reached; {}.".format(missed, MORE_DATA)


_NOT_BEGUN = (
    "No training was begun. If train was called, the checkpoint in model_dir had reached max_steps before: give a higher "
    "max_steps, or another model_dir."
)

_NOT_COUNTED = (
    "The global step did not rise: the train_op does not increase it, and neither steps nor max_steps ends such a training. "
    "optimizer.minimize(loss, global_step=tf.compat.v1.train.get_global_step())"
)


def _data_said(examples: int, size: Optional[int], epochs: Optional[int]) -> str:
    if size is None:
        return "It used {}, repetitions included.".format(many(examples, "example"))
    used = many(examples, "example")
    if not epochs:
        return "It used {}, less than an epoch of {:,}.".format(used, size)
    rest = examples - epochs * size
    return "It used {}: {} of {:,}{}.".format(
        used, many(epochs, "epoch"), size, " and {:,} more".format(rest) if rest else ""
    )


def _name_of_bound(hook: Any) -> str:
    if not _is_bound(hook):
        return "request"
    return "max_steps" if hook._num_steps is None else "steps"


def _bounds(hooks: Any) -> Dict[str, int]:
    """Return the bounds that hooks stand for: an Estimator hands its steps or max_steps to a StopAtStepHook."""
    bounds: Dict[str, int] = {}
    for hook in hooks:
        if _is_bound(hook):
            name = _name_of_bound(hook)
            value = hook._last_step if name == "max_steps" else hook._num_steps
            bounds[name] = min(value, bounds.get(name, value))
    return bounds


def _is_bound(hook: Any) -> bool:
    return hasattr(hook, "_num_steps") and hasattr(hook, "_last_step")


def _caller(depth: int) -> Any:
    """Return the object whose method called us; None where there is none."""
    # Nothing else tells which hook it was, or which other hooks there are.
    return sys._getframe(depth).f_locals.get("self")
