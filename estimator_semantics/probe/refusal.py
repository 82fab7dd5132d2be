"""A refusal: an error that TensorFlow or Keras raises in answer to a call. It is measured; an error of our own code is not.

The place where an error was raised tells the two apart. An experiment that catches an error gets its `name` from here, so that no
mistake of the experiment counts as an answer of TensorFlow.
"""

from typing import List, Optional

# The modules whose errors are our own faults. The bridge is part of the TensorFlow under test, and so are its errors.
_OURS = ("estimator_semantics.probe.", "estimator_semantics.law.", "estimator_semantics_experiment")


def name(error: BaseException) -> str:
    """Return the name of the error that TensorFlow or Keras raised.

    Args:
        error: the caught error.

    Raises:
        BaseException: the error itself, if an experiment or an instrument raised it, even inside a function that TensorFlow
            called: an input_fn, a hook, a callback, a layer.
    """
    if any(_raised_in(each).startswith(_OURS) for each in _chain(error)):
        raise error
    return type(error).__name__


def _chain(error: Optional[BaseException]) -> List[BaseException]:
    """Return an error and its causes: AutoGraph replaces an error of our code with another one."""
    chain = []  # type: List[BaseException]
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def _raised_in(error: BaseException) -> str:
    """Return the name of the module that raised an error; an empty string if it was never raised."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return "" if traceback is None else str(traceback.tb_frame.f_globals.get("__name__"))
