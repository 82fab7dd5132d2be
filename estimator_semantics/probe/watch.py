"""The watch: counts the steps of a training in several independent ways, and changes nothing about it."""

import time
from typing import Any, Callable, Dict, Optional

import numpy as np

from estimator_semantics.law.plan import Plan
from estimator_semantics.law.prediction import NO_COUNTS
from estimator_semantics.probe import synthetic
from estimator_semantics.probe.adapter import tf

PROGRESS_SECONDS = 0.25

_ITERATOR = object()


class Watch(tf.SessionRunHook):
    """A hook for ``Estimator.train`` that counts steps, batches and how often each example is used.

    The counters live in the graph and run in the same ``session.run`` as the train op, on the batch that the train op
    gets: what the input queue has handed out in advance does not count. They are added when the model is complete, so
    that no operation of the model changes its name or its random seed.

    Used for several trainings one after another, it counts them together; ``last_batch`` and ``bound`` are those of the
    last one.

    Args:
        plan: what is trained; the data must come from `synthetic.line`.
        model_dir: where the estimator keeps its checkpoints.
        progress: called with the number of steps run so far, a few times a second.

    Attributes:
        model_dir: where the estimator keeps its checkpoints.
    """

    def __init__(self, plan: Plan, model_dir: str, progress: Optional[Callable[[int], None]] = None) -> None:
        self.model_dir = model_dir
        self._plan = plan
        self._progress = progress
        self._next_progress = 0.0
        self._x: Any = None
        self._limit: Optional[int] = None
        self._running = False
        self._runs = 0
        self._batches = 0
        self._last_batch = 0
        self._global_step: Optional[int] = None
        self._usage = np.zeros(plan.examples, np.int64)

    def counted(self, input_fn: Callable[[], Any]) -> Callable[[], Any]:
        """Return an input_fn that gives what the given one gives, and shows the watch the batch.

        Args:
            input_fn: returns ``({"x": values of shape [batch]}, labels)``, or a ``Dataset`` of such pairs.
        """

        # Without annotations: TensorFlow 1.3 looks at an input_fn with inspect.getargspec, which refuses them.
        def counted_input_fn():
            batch = input_fn()
            # Of a dataset there is no batch yet; it is found in the graph when the estimator has asked for it.
            self._x = batch[0]["x"] if isinstance(batch, tuple) else _ITERATOR
            return batch

        return counted_input_fn

    def stop_after(self, steps: int) -> "Watch":
        """End a training that goes on for so many steps; it is then said to have had no bound.

        Args:
            steps: far more than any bound allows.

        Returns:
            The watch itself.
        """
        self._limit = steps
        return self

    def begin(self) -> None:
        if self._x is None:
            raise RuntimeError("the watch sees no batch: train on watch.counted(input_fn)")
        v1 = tf.v1
        if self._x is _ITERATOR:
            self._x = _batch_of_iterator(v1.get_default_graph())
        readers = list(self._x.consumers())  # TensorFlow 1.3 would add our own to it

        def counter(name: str, shape: Any) -> Any:
            # Reference variables: adding to them neither copies nor reads them back.
            return v1.get_variable(
                "watch/" + name,
                shape=shape,
                dtype=v1.int32,
                initializer=v1.zeros_initializer(),
                trainable=False,
                collections=[v1.GraphKeys.LOCAL_VARIABLES],
                use_resource=False,
            )

        flat = self._x if self._x.shape.ndims == 1 else v1.reshape(self._x, [-1])
        numbers = v1.cast(synthetic.number(flat, self._plan.examples), v1.int32)
        usage, batches, last_batch = (
            counter("usage", [self._plan.examples]),
            counter("batches", []),
            counter("last", []),
        )
        # Without the dependency the batch counter would also count the attempt that finds no data.
        with v1.control_dependencies([numbers]):
            count = v1.group(
                v1.scatter_add(usage, numbers, v1.ones_like(numbers)),
                v1.assign_add(batches, 1),
                v1.assign(last_batch, v1.size(numbers)),
            )
        # Whatever of the model reads the batch waits for the counters, so they run whenever it does. Fetching them
        # would do as well, but a fetch costs more than all of them together.
        for reader in readers:
            reader._add_control_input(count)
        self._arguments: Any = None if readers else tf.SessionRunArgs(count)
        self._counters: Any = (usage, batches, last_batch, v1.train.get_global_step())
        self._x = None
        self._running = False

    def before_run(self, run_context: Any) -> Any:
        self._running = True
        return self._arguments

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self._running = False
        self._runs += 1
        if self._runs == self._limit:
            run_context.request_stop()
        if self._progress is not None:
            now = time.monotonic()
            if now >= self._next_progress:
                self._next_progress = now + PROGRESS_SECONDS
                self._progress(self._runs)

    def end(self, session: Any) -> None:
        usage, batches, last_batch, global_step = session.run(self._counters)
        self._usage += usage
        self._batches += int(batches)
        self._last_batch = int(last_batch)
        self._global_step = int(global_step)

    def observe(self) -> Dict[str, Any]:
        """Return what was measured; call it when training is over.

        Returns:
            ``measured``: the same keys as a `Prediction`, and ``counters``: the number of steps as each counter has it.
            Of a training that was stopped because it would have gone on, only that: no count, and ``guard``, the steps
            after which it was stopped.
        """
        if self._runs == self._limit:
            return {"measured": dict(NO_COUNTS, guard=self._limit), "counters": {}}
        saved = tf.checkpointed(self.model_dir, "global_step")
        # What was saved is what a later training goes on from; where nothing is saved, the session knew.
        global_step = self._global_step if saved is None else int(saved)
        examples = int(self._usage.sum())
        times, counts = np.unique(self._usage, return_counts=True)
        return {
            "measured": {
                "steps": self._runs,
                "global_step": global_step,
                "examples": examples,
                "last_batch": self._last_batch,
                "epochs": examples // max(1, self._plan.examples),
                "bound": self._bound(),
                "usage": {str(int(time)): int(count) for time, count in zip(times, counts)},
            },
            "counters": {
                "global step": None if global_step is None else global_step - self._plan.global_step,
                "train op": self._runs,
                "batches": self._batches,
                "examples": self._steps_of(examples),
            },
        }

    def _steps_of(self, examples: int) -> int:
        plan = self._plan
        if plan.input == "batch, then repeat" and not plan.drop_remainder and plan.examples:
            epochs, begun = divmod(examples, plan.examples)
            return epochs * -(-plan.examples // plan.batch_size) - (-begun // plan.batch_size)
        return -(-examples // plan.batch_size)

    def _bound(self) -> Optional[str]:
        # A step that was begun and not finished is the one that found no data.
        if self._running:
            return "epochs"
        if self._plan.steps is not None:
            return "steps"
        return "max_steps" if self._plan.max_steps is not None else None


def _batch_of_iterator(graph: Any) -> Any:
    """Return the values of "x" that the one dataset of a graph gives: its components are sorted by name, labels last."""
    (get_next,) = [operation for operation in graph.get_operations() if operation.type == "IteratorGetNext"]
    return get_next.outputs[0]
