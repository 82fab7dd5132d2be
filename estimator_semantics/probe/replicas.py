"""Replicas: copies of a model that make each step together, each on a batch of its own."""

import json
import os
from typing import Any, Callable, Dict, List

import numpy as np

from estimator_semantics.probe import synthetic
from estimator_semantics.probe.adapter import tf


class Replicas(tf.SessionRunHook):
    """A hook that notes which examples each replica of this process gets in each step.

    What a replica computes goes through a function that notes it, so that what is noted is what the model got. A step that is
    not finished, because a replica found no data, does not count.

    Args:
        examples: number of examples in the data, which must come from `synthetic.line`.
        path: file that gets the batches as soon as a step is done, for whoever looks on; none if not given.

    Attributes:
        steps: for each step, for each replica of this process that took part in it, the numbers of the examples that it got:
            none where its batch was empty.
    """

    def __init__(self, examples: int, path: str = "") -> None:
        self.steps: List[List[Any]] = []
        self._examples = examples
        self._path = path
        self._batches: Dict[int, List[int]] = {}

    def noted(self, model_fn: Callable[..., Any]) -> Callable[..., Any]:
        """Return a model_fn that does what the given one does, and shows this hook the batch of each replica."""

        def noted_model_fn(features, labels, mode):
            def note(x: Any, replica: Any) -> Any:
                self._batches[int(replica)] = [int(each) for each in np.ravel(synthetic.number(x, self._examples))]
                return x

            x = tf.v1.py_func(note, [features["x"], tf.replica()], features["x"].dtype)
            x.set_shape(features["x"].shape)
            return model_fn({"x": x}, labels, mode)

        return noted_model_fn

    def before_run(self, run_context: Any) -> None:
        self._batches.clear()

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self.steps.append([self._batches[replica] for replica in sorted(self._batches)])
        if self._path:
            with open(self._path + ".part", "w") as file:
                json.dump(self.steps, file)
            os.replace(self._path + ".part", self._path)


def steps_in(path: str) -> List[List[List[int]]]:
    """Return the steps that a `Replicas` has put into a file: none where there is no file yet."""
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return json.load(file)
