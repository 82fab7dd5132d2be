"""The evaluations of a training: at which global steps, and of how many batches each."""

from typing import Any, List

from estimator_semantics.probe.adapter import tf


class Evaluations(tf.SessionRunHook):
    """A hook for ``EvalSpec`` or ``Estimator.evaluate``.

    Attributes:
        global_steps: the global step of the model at each evaluation.
        batches: the number of batches that each evaluation read.
    """

    def __init__(self) -> None:
        self.global_steps: List[int] = []
        self.batches: List[int] = []
        self._read = 0

    def begin(self) -> None:
        self._global_step = tf.v1.train.get_global_step()
        self._read = 0

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self._read += 1

    def end(self, session: Any) -> None:
        self.global_steps.append(int(session.run(self._global_step)))
        self.batches.append(self._read)
