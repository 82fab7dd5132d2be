"""A callback that says why ``Model.fit`` stopped."""

import sys
from typing import Any, Callable, Optional

from .fit import Fit
from .reason import StopReason, to_standard_error
from .request import UNNAMED, Requests, others
from .train_steps import FromIterator, HeardOf, in_graph, steps_per_execution


def stop_reason_callback(keras: Any = None, say: Optional[Callable[[str], None]] = None) -> Any:
    """Return a callback for ``Model.fit`` that counts its steps and epochs, and says at its end why it stopped.

    Its attribute ``reason`` is the `StopReason` of the last fit; before its end, how far it is. A step is one batch that the
    model trains on, whatever its optimizer counts. If a callback stops training, its class is named; of TerminateOnNaN also the
    loss, and of EarlyStopping the monitored value, its best epoch, and whether the weights of that epoch are restored. An epoch
    of fewer steps than were asked for is named, because Keras 2 stops training there, and Keras 3 starts the next epoch.

    If the model runs several steps in one execution, its train function is built anew, with a counter of batches in it, and once
    more after this fit. With several replicas the executions are counted instead.

    Args:
        keras: the Keras that the model is of (``keras``, ``tf_keras``, ``tf.keras``); the last one if None, or ``keras`` where
            there is no TensorFlow.
        say: called with the line at the end; by default it goes to standard error.
    """
    keras = keras or _installed()
    tell = say or to_standard_error
    tensorflow = sys.modules.get("tensorflow")  # Keras 3 does without
    # Up to TensorFlow 2.1 Keras ends a training whose data has run out by the flag that callbacks have.
    by_flag = tensorflow is not None and [int(part) for part in tensorflow.__version__.split(".")[:2]] < [2, 2]

    class StopReasonCallback(keras.callbacks.Callback):
        def __init__(self):
            super(StopReasonCallback, self).__init__()
            self._fit: Any = None
            self._counter: Any = None
            self._requests: Any = None

        @property
        def reason(self):
            if self._fit is None:
                return StopReason(None, 0, None, None, None, None, "fit was not called.")
            return self._fit.reason(self._counter.count)

        def set_model(self, model):
            super(StopReasonCallback, self).set_model(model)
            # Before Keras builds the train function.
            self._counter = in_graph(keras, model) or HeardOf()

        def on_train_begin(self, logs=None):
            if keras.backend.backend() != "tensorflow" and steps_per_execution(self.model) != 1:
                self._counter = FromIterator(self.model)
            self._fit = Fit(self.params)
            self._requests = Requests(keras, self.model, others(self))

        def on_epoch_begin(self, epoch, logs=None):
            self._fit.begin_epoch(epoch, self._counter.count)

        def on_train_batch_end(self, batch, logs=None):
            self._counter.hear()

        def on_epoch_end(self, epoch, logs=None):
            self._fit.end_epoch(self._counter.count)

        def on_train_end(self, logs=None):
            request = self._requests.first
            if request is None and self._requests.is_made and not (by_flag and self._fit.ran_out):
                request = UNNAMED
            self._fit.end(request)
            if self.reason.bound is not None:
                tell(str(self.reason))
            self._requests.end()
            self._counter.end()

    return StopReasonCallback()


def _installed() -> Any:
    try:
        from tensorflow import keras
    except ImportError:
        import keras
    return keras
