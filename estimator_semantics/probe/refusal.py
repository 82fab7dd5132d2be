"""A refusal: the error with which TensorFlow or Keras answers a call. It is measured; an error of our own code is not.

The place where an error was raised tells which of the two it is. An experiment that catches an error asks for its `name` here, so
that no slip of the experiment is taken for an answer of TensorFlow.
"""

from typing import List

# The modules whose errors are faults of ours. What the bridge raises is part of the TensorFlow under test.
_OURS = ("estimator_semantics.probe.", "estimator_semantics.law.", "estimator_semantics_experiment")


def name(error: BaseException) -> str:
    """Returns the name of the error that TensorFlow or Keras answered with.

    Args:
        error: what was caught.

    Raises:
        BaseException: the error itself, where an experiment or an instrument raised it, also where TensorFlow called that: an
            input_fn, a hook, a callback, a layer.
    """
    if any(_raised_in(each).startswith(_OURS) for each in _chain(error)):
        raise error
    return type(error).__name__


def _chain(error: BaseException) -> List[BaseException]:
    """Returns an error and those that it was raised for: AutoGraph raises another one in the place of what our code raised."""
    found = []  # type: List[BaseException]
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _raised_in(error: BaseException) -> str:
    """Returns the name of the module in which an error was raised; empty where it was not raised at all."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return "" if traceback is None else str(traceback.tb_frame.f_globals.get("__name__"))
