"""The steps of ``fit``, counted one by one, however many of them Keras runs at once."""

import sys
from typing import Any, Iterator, Optional

import numpy as np


class HeardOf:
    """Counts the steps of which Keras tells its callbacks: all of them, if each is one execution."""

    def __init__(self) -> None:
        self._heard = 0

    @property
    def count(self) -> int:
        """The steps so far."""
        return self._heard

    def hear(self) -> None:
        """Take note that Keras tells of a step."""
        self._heard += 1

    def end(self) -> None:
        """Leave the model as it was."""


class InGraph(HeardOf):
    """Counts the batches that reach ``train_step``, by a variable of TensorFlow.

    The model has to build its train function again, with the counter in it, and once more without.

    Args:
        model: the model, whose train function is not built yet, or is built again.
        tensorflow: the module.
    """

    def __init__(self, model: Any, tensorflow: Any) -> None:
        super(InGraph, self).__init__()
        self._model = model
        self._counter = tensorflow.Variable(0, dtype=tensorflow.int64, trainable=False)
        step = model.train_step

        def counted(data):
            tensors = tensorflow.nest.flatten(data, expand_composites=True)
            # Without its batch a step would be counted that finds no data.
            with tensorflow.control_dependencies([each for each in tensors if tensorflow.is_tensor(each)]):
                added = self._counter.assign_add(1)
            with tensorflow.control_dependencies([added]):
                return step(data)

        counted.stop_reason_step = step  # type: ignore[attr-defined]  # an attribute of the function
        model.train_step = counted
        model.train_function = None

    @property
    def count(self) -> int:
        """The steps so far."""
        return int(np.array(self._counter))

    def end(self) -> None:
        """Leave the model as it was."""
        del self._model.train_step
        self._model.train_function = None


class FromIterator(HeardOf):
    """Counts the batches that a train function takes from its iterator, on a backend whose loop is Python.

    Args:
        model: the model, with its train function.
    """

    def __init__(self, model: Any) -> None:
        super(FromIterator, self).__init__()
        self._model = model
        self._function = model.train_function
        self._taken = 0

        def counting(*arguments):
            return self._function(*arguments[:-1], self._counted(arguments[-1]))

        model.train_function = counting

    @property
    def count(self) -> int:
        """The steps so far."""
        return self._taken

    def end(self) -> None:
        """Leave the model as it was."""
        self._model.train_function = self._function

    def _counted(self, batches: Any) -> Iterator[Any]:
        for batch in batches:
            self._taken += 1
            yield batch


def steps_per_execution(model: Any) -> int:
    """Return how many steps a model runs in one execution; 0 if it decides on its own.

    Args:
        model: a compiled model of Keras 2 or 3.
    """
    # Keras 2 has it in a variable, and under a name of its own.
    for name in ("steps_per_execution", "_steps_per_execution"):
        steps = getattr(model, name, None)
        if steps is not None:
            return 0 if isinstance(steps, str) else int(np.array(steps))
    return 1


def in_graph(keras: Any, model: Any) -> Optional[InGraph]:
    """Return a counter for a model that runs several steps at once in TensorFlow; None for any other.

    Args:
        keras: the Keras of the model.
        model: the model, before its train function is built.
    """
    step = vars(model).get("train_step")
    if hasattr(step, "stop_reason_step"):
        # A fit that raised left its counter behind.
        del model.train_step
        model.train_function = None
    if keras.backend.backend() != "tensorflow" or steps_per_execution(model) == 1:
        return None
    # Each replica would count its own part of a batch.
    if getattr(getattr(model, "distribute_strategy", None), "num_replicas_in_sync", 1) > 1:
        return None
    return InGraph(model, sys.modules["tensorflow"])
