"""The order in which a training uses its examples."""

from typing import Any, Callable, List

from estimator_semantics.probe import synthetic
from estimator_semantics.probe.adapter import tf

MIXED = "examples of several epochs mixed"
AS_THE_DATA = "every epoch in the order of the data"
ALIKE = "whole epochs, all in the same order"
OF_ITS_OWN = "whole epochs, each in an order of its own"


class Order(tf.SessionRunHook):
    """A hook that notes which examples each step uses.

    It fetches the batch in the same ``session.run`` as the train op, so that what is noted is what the train op got.

    Args:
        x: the values of the examples, in the order of the data; made by `synthetic.line`.

    Attributes:
        batches: for each step the places in the data of its examples. Several trainings one after another add to it.
    """

    def __init__(self, x: Any) -> None:
        self.batches: List[List[int]] = []
        self._examples = len(x)
        self._places = {int(number): place for place, number in enumerate(synthetic.number(x, len(x)))}
        self._input: Any = None

    def noted(self, input_fn: Callable[[], Any]) -> Callable[[], Any]:
        """Return an input_fn that gives what the given one gives, and shows this hook the batch.

        Args:
            input_fn: returns ``({"x": values of shape [batch]}, labels)``, or a ``Dataset`` of such pairs.
        """

        # Without annotations: TensorFlow 1.3 looks at an input_fn with inspect.getargspec, which refuses them.
        def noted_input_fn():
            self._input = input_fn()
            return self._input

        return noted_input_fn

    def begin(self) -> None:
        if isinstance(self._input, tuple):
            self._x: Any = self._input[0]["x"]
        else:
            operations = tf.v1.get_default_graph().get_operations()
            (self._x,) = [each.outputs[0] for each in operations if each.type == "IteratorGetNext"]

    def before_run(self, run_context: Any) -> Any:
        return tf.SessionRunArgs(self._x)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        numbers = synthetic.number(run_values.results.ravel(), self._examples)
        self.batches.append([self._places[int(number)] for number in numbers])

    @property
    def places(self) -> List[int]:
        """The places in the data of the examples of all steps, one after another."""
        return [place for batch in self.batches for place in batch]

    @property
    def kind(self) -> str:
        """What the order of several whole epochs is like, in words: one of the four above."""
        return kind(self.places, self._examples)


def kind(places: List[int], examples: int) -> str:
    """Return what the order of several whole epochs is like, in words: one of the four above.

    Args:
        places: the places in the data of the examples of all steps, one after another.
        examples: number of examples in one epoch.
    """
    data = list(range(examples))
    epochs = [places[begin : begin + examples] for begin in range(0, len(places), examples)]
    if any(sorted(epoch) != data for epoch in epochs):
        return MIXED
    if any(epoch != epochs[0] for epoch in epochs):
        return OF_ITS_OWN
    return AS_THE_DATA if epochs[0] == data else ALIKE
