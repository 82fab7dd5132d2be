"""The trajectory of the weights: what they are after each step."""

from typing import Any, List, Tuple

from estimator_semantics.probe.adapter import tf


class Trajectory(tf.SessionRunHook):
    """A hook that reads the weights after each step.

    Attributes:
        weights: for each step all trained variables by name, to the bit. Several trainings one after another add to it.
    """

    def __init__(self) -> None:
        self.weights: List[Tuple[Any, ...]] = []

    def begin(self) -> None:
        self._variables = {variable.name: variable for variable in tf.v1.trainable_variables()}

    def after_run(self, run_context: Any, run_values: Any) -> None:
        # In a session.run of its own: in that of the train op a read may come before the update or after it.
        values = run_context.session.run(self._variables)
        self.weights.append(tuple(sorted((name, value.tobytes()) for name, value in values.items())))
