"""The journal: what a training did, step by step, in a file that outlives its process."""

import json
from typing import Any, Callable, Dict, Iterable, List

import numpy as np

from estimator_semantics.probe import synthetic
from estimator_semantics.probe.adapter import tf


class Journal(tf.SessionRunHook):
    """A hook that writes down at which global step a session starts and ends, and which examples each step gets.

    One line for each of them, flushed at once. Unlike the counters of the watch it survives a process that is
    killed, and a session that is given up and created anew. It fetches the batch in the ``session.run`` of the train op.

    Args:
        path: the file, to which it appends.
        examples: number of examples in the data, which must come from `synthetic.line`.
    """

    def __init__(self, path: str, examples: int) -> None:
        self._file = open(path, "a")  # noqa: SIM115 (it is open until the hook ends)
        self._path = path
        self._examples = examples
        self._x = None

    def written(self, input_fn: Callable[[], Any]) -> Callable[[], Any]:
        """Return an input_fn that gives what the given one gives, and shows the journal the batch.

        Args:
            input_fn: returns ``({"x": values of shape [batch]}, labels)``, or a ``Dataset`` of such pairs.
        """

        # Without annotations: TensorFlow 1.3 looks at an input_fn with inspect.getargspec, which refuses them.
        def written_input_fn():
            batch = input_fn()
            self._x = batch[0]["x"] if isinstance(batch, tuple) else None
            return batch

        return written_input_fn

    def begin(self) -> None:
        graph = tf.v1.get_default_graph()
        if self._x is None:
            # The components of a dataset are sorted by name, with the labels last.
            (self._x,) = [each.outputs[0] for each in graph.get_operations() if each.type == "IteratorGetNext"]
        self._global_step = tf.v1.train.get_global_step(graph)

    def after_create_session(self, session: Any, coord: Any) -> None:
        self._write({"starts_at": int(session.run(self._global_step))})

    def before_run(self, run_context: Any) -> Any:
        return tf.SessionRunArgs(self._x)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        numbers = np.ravel(synthetic.number(run_values.results, self._examples))
        self._write({"examples": [int(number) for number in numbers]})

    def end(self, session: Any) -> None:
        self._write({"ends_at": int(session.run(self._global_step))})

    def _write(self, line: Dict[str, Any]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()

    @property
    def _lines(self) -> List[Dict[str, Any]]:
        with open(self._path) as file:
            return [json.loads(line) for line in file]

    @property
    def starts(self) -> List[int]:
        """The global step at which each session started."""
        return [line["starts_at"] for line in self._lines if "starts_at" in line]

    @property
    def ends(self) -> List[int]:
        """The global step at which each session ended, without those that were given up."""
        return [line["ends_at"] for line in self._lines if "ends_at" in line]

    @property
    def batches(self) -> List[List[int]]:
        """The numbers of the examples that each step got."""
        return [line["examples"] for line in self._lines if "examples" in line]

    @property
    def runs(self) -> List[int]:
        """The number of steps that ran in each session."""
        runs = []  # type: List[int]
        for line in self._lines:
            if "starts_at" in line:
                runs.append(0)
            elif "examples" in line:
                runs[-1] += 1
        return runs

    @property
    def usage(self) -> Dict[str, int]:
        """How many examples were used how often, as in a `Prediction`."""
        return usage(self.batches, self._examples)


def usage(batches: Iterable[List[int]], examples: int) -> Dict[str, int]:
    """Return how many examples were used how often, as in a `Prediction`.

    Args:
        batches: the numbers of the examples of each batch.
        examples: number of examples in the data.
    """
    # As integers also where there is no batch.
    numbers = np.array([number for batch in batches for number in batch], np.int64)
    times, counts = np.unique(np.bincount(numbers, minlength=examples), return_counts=True)
    return {str(int(time)): int(count) for time, count in zip(times, counts)}
