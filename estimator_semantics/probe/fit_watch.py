"""The watch of a fit: a small Keras model that notes each batch it gets. The Keras twin of `watch`."""

from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from estimator_semantics.law.plan import Plan
from estimator_semantics.probe import refusal
from estimator_semantics.probe.adapter import Absent, tf
from estimator_semantics.probe.fit_data import VALIDATION

# So many examples are noted in one fit, repetitions included.
NOTED = 1024


class FitWatch:
    """A model and a callback for ``Model.fit`` that count steps, epochs and how often each example is used.

    Steps are counted in ways that do not know of each other: the batches that arrive in the graph, beside the loss that is
    made of them; the bias of the model, which each update moves by exactly 1; and a callback. If the optimizer accumulates
    gradients, the bias counts the updates instead.

    Args:
        plan: what is trained.
        shared: whether the model may be one that an earlier fit trained. Building it takes longest.

    Attributes:
        keras: the Keras.
        model: the model, compiled.
        raised: name of the error that `fit` ended with; ``None`` when there was none.
    """

    def __init__(self, plan: Plan, shared: bool = True) -> None:
        self._plan = plan
        self.keras = tf.keras(plan.keras)
        # An optimizer that accumulates gradients remembers those of an earlier fit.
        shared = shared and plan.gradient_accumulation_steps == 1
        self._notes, self.model = _shared_model(plan) if shared else _new_model(plan)
        self._notes.forget()
        self._before = self._bias()
        self._iterations = self.iterations
        self._callback = _callback(self.keras, self._notes)
        self.raised: Optional[str] = None

    def fit(self, **arguments: Any) -> None:
        """Call ``Model.fit``, quietly, with the callback that counts, and for the epochs of the plan.

        Args:
            **arguments: those of ``fit``; ``callbacks`` come after the one that counts.
        """
        plan = self._plan
        arguments = dict(epochs=plan.epochs, initial_epoch=plan.initial_epoch, verbose=0, **arguments)
        arguments["callbacks"] = [self._callback] + arguments.get("callbacks", [])
        if plan.steps_per_epoch is not None:
            arguments["steps_per_epoch"] = plan.steps_per_epoch
        try:
            self.model.fit(**arguments)
        except (AttributeError, ValueError) as error:
            # What fit refuses is a ValueError; Keras 3.3 fails over a validation on nothing with the other.
            self.raised = refusal.name(error)

    @property
    def batches(self) -> List[List[int]]:
        """The numbers of the examples of each training batch, in the order in which they were used."""
        return [batch for batch in self._notes.parts([self._notes.position])[0] if batch[0] < VALIDATION]

    def by_epoch(self, validation: bool = False) -> List[List[List[int]]]:
        """Return the batches of each epoch that has ended.

        Args:
            validation: those of the validation instead of those of the training.
        """
        parts = self._notes.parts(self._callback.ends)
        return [[batch for batch in part if (batch[0] >= VALIDATION) == validation] for part in parts]

    @property
    def iterations(self) -> int:
        """The steps that the optimizer has counted, of all that the model was ever trained."""
        return int(self._notes.read(self.model.optimizer.iterations))

    def observe(self) -> Dict[str, Any]:
        """Return what was counted: ``measured`` by behaviour, and the steps as each counter has them."""
        batches = self.batches
        examples = [number for batch in batches for number in batch]
        times, counts = np.unique(np.bincount(examples, minlength=self._plan.examples), return_counts=True)
        measured = {
            "steps": len(batches),
            "examples": len(examples),
            "last_batch": len(batches[-1]) if batches else 0,
            "epochs": len(examples) // self._plan.examples,
            "usage": {str(int(time)): int(count) for time, count in zip(times, counts)},
            "steps_by_epoch": [len(epoch) for epoch in self.by_epoch()],
        }
        if self.raised:
            measured["raises"] = self.raised
        updates, counters = int(round(self._before - self._bias())), {}
        if self._plan.gradient_accumulation_steps == 1:
            counters["weights"] = updates
        else:
            measured["updates"] = updates
        if self._plan.steps_per_execution == 1:
            counters["callback"] = self._callback.steps
        return {"measured": measured, "counters": counters}

    def _bias(self) -> float:
        return float(self._notes.read(self.model.weights[-1])[0])


class Notes:
    """Variables in which a model notes the batches that it gets: one number after another, and where each batch begins."""

    def __init__(self, keras: Any, generation: Optional[int]) -> None:
        self._keras = keras
        self._generation = generation
        self._numbers, self._begins = self._variable([NOTED]), self._variable([NOTED])
        self._position = self._variable([])

    def _variable(self, shape: List[int]) -> Any:
        zeros = np.zeros(shape, np.int32)
        # The variables of Keras 3 are not for the operations of TensorFlow.
        return tf.v1.Variable(zeros) if self._generation == 3 else self._keras.backend.variable(zeros, "int32")

    def note(self, x: Any) -> Any:
        """Return the batch, in such a way that it is noted whenever it is used."""
        v1 = tf.v1
        numbers = v1.cast(v1.reshape(x, [-1]), v1.int32)
        size = v1.size(numbers)
        position = v1.identity(self._position)
        places = v1.one_hot(position + v1.range(size), NOTED, dtype=v1.int32)
        noted = [
            v1.assign_add(self._numbers, v1.reduce_sum(places * v1.expand_dims(numbers, 1), 0)),
            v1.assign_add(self._begins, v1.one_hot(position, NOTED, dtype=v1.int32)),
        ]
        with v1.control_dependencies(noted):
            moved = v1.assign_add(self._position, size)
        with v1.control_dependencies([moved]):
            return v1.identity(x)

    def forget(self) -> None:
        """Forget what was noted."""
        for variable in (self._numbers, self._begins, self._position):
            zeros = np.zeros(self.read(variable).shape, np.int32)
            if self._generation == 3:
                variable.assign(zeros)
            else:
                self._keras.backend.set_value(variable, zeros)

    def parts(self, ends: List[int]) -> List[List[List[int]]]:
        """Return the batches between places, each as the numbers of its examples.

        Args:
            ends: how many examples were noted at the end of each part.
        """
        numbers = [int(number) for number in self.read(self._numbers)]
        begins = [place for place, begun in enumerate(self.read(self._begins)) if begun]
        parts = []
        for first, end in zip([0] + ends, ends):
            within = [place for place in begins if first <= place < end]
            parts.append([numbers[begin:after] for begin, after in zip(within, within[1:] + [end])])
        return parts

    @property
    def position(self) -> int:
        """How many examples were noted."""
        return int(self.read(self._position))

    def read(self, variable: Any) -> Any:
        """Return the value of a variable, of Keras or of TensorFlow."""
        return np.array(variable) if self._generation == 3 else np.array(self._keras.backend.get_value(variable))


# To build and to trace a model takes longer than all of a fit, so that fits share it.
_models = {}  # type: Dict[Tuple[Any, ...], Tuple[Notes, Any]]


def _shared_model(plan: Plan) -> Tuple[Notes, Any]:
    compiled_for = (plan.keras, plan.steps_per_execution)
    if compiled_for not in _models or _is_spoiled(_models[compiled_for][1]):
        _models[compiled_for] = _new_model(plan)
    return _models[compiled_for]


def _is_spoiled(model: Any) -> bool:
    """Return whether a canned estimator came between: it turns the classes of Keras 2 into those for graphs, under the model.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.3.4/tensorflow/python/keras/utils/version_utils.py#L70
        https://github.com/tensorflow/tensorflow/blob/v2.3.4/tensorflow/python/keras/engine/base_layer_v1.py#L823
    """
    return any(base.__module__.endswith("_v1") for base in type(model).__mro__)


def _new_model(plan: Plan) -> Tuple[Notes, Any]:
    keras = tf.keras(plan.keras)
    notes = Notes(keras, plan.keras)

    class Noting(keras.layers.Layer):
        def call(self, x):
            return notes.note(x)

        def compute_output_shape(self, input_shape):
            return input_shape

    inputs = keras.layers.Input((1,))
    outputs = keras.layers.Dense(1, kernel_initializer="zeros")(Noting()(inputs))
    model = keras.models.Model(inputs, outputs)
    optimizer = keras.optimizers.SGD(1.0, **_accumulation(plan))
    # Of this loss the gradient by the bias is 1, for all labels are. Without them it would not depend on the data, and the
    # update would be made even where there is no data.
    model.compile(optimizer, lambda labels, outputs: labels * outputs, **_options(plan))
    return notes, model


def _accumulation(plan: Plan) -> Dict[str, Any]:
    if plan.gradient_accumulation_steps == 1:
        return {}
    if plan.keras == 2:
        raise Absent("the optimizers of Keras 2 have no gradient_accumulation_steps")
    return {"gradient_accumulation_steps": plan.gradient_accumulation_steps}


def _options(plan: Plan) -> Dict[str, Any]:
    # Compiling for XLA takes longer than all of the training.
    options: Dict[str, Any] = {"jit_compile": False} if plan.keras == 3 else {}
    if plan.steps_per_execution != 1:
        if tf.minor < (2, 3):
            raise Absent("in TensorFlow {} compile has no steps_per_execution".format(tf.version))
        name = "experimental_steps_per_execution" if tf.minor < (2, 4) else "steps_per_execution"
        options[name] = plan.steps_per_execution
    return options


def _callback(keras: Any, notes: Notes) -> Any:
    class Callback(keras.callbacks.Callback):
        def __init__(self):
            super(Callback, self).__init__()
            self.steps = 0
            self.ends = []

        def on_batch_end(self, batch, logs=None):
            self.steps += 1

        def on_epoch_end(self, epoch, logs=None):
            self.ends.append(notes.position)

    return Callback()
