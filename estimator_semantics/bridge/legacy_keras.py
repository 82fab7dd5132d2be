"""Legacy mode: scripts that hand Keras 2 objects to estimators get Keras 2 as their tf.keras.

TensorFlow itself has the switch, an environment variable that it reads while it is imported. The bridge does not need it, but
such scripts do.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/__init__.py
"""

import functools
import importlib.util
import os
import sys
from typing import Any, Iterator, Optional

from estimator_semantics.bridge.missing import Unavailable

VARIABLE = "TF_USE_LEGACY_KERAS"

HINT = (
    "tf.keras is Keras 3 here, and tf.estimator, tf.compat.v1.layers and tf.compat.v1.nn.rnn_cell want Keras 2: run with "
    "python -m estimator_semantics.bridge --legacy-keras, or call bridge.install(legacy_keras=True) before TensorFlow "
    "is imported"
)


def choose() -> None:
    """Make ``tf.keras`` Keras 2 in this process and those that it starts. On releases with a tf.estimator it is already.

    Raises:
        Unavailable: tf-keras is not installed, or TensorFlow was imported before, with Keras 3.
    """
    if _removed_estimator():
        if importlib.util.find_spec("tf_keras") is None:
            raise Unavailable("legacy Keras needs tf-keras; see python -m estimator_semantics.bridge --doctor")
        if "tensorflow" in sys.modules and not is_on():
            raise Unavailable(
                "legacy Keras has to be chosen before TensorFlow is imported: call bridge.install(legacy_keras=True) first"
            )
        os.environ[VARIABLE] = "1"


def is_on() -> bool:
    """Return whether the imported TensorFlow has Keras 2 as its Keras."""
    return bool(getattr(sys.modules.get("tensorflow"), "_tf_uses_legacy_keras", False))


def _removed_estimator() -> bool:
    # Asked before TensorFlow is imported, and its distribution has many names. So the folder is looked into.
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        return False
    folder = os.path.join(os.path.dirname(spec.origin), "python", "distribute")
    return os.path.isdir(folder) and not os.path.exists(os.path.join(folder, "estimator_training.py"))


def hint(error: BaseException) -> Optional[str]:
    """Return the sentence that names legacy mode, if an error looks like Keras 3 where Keras 2 was expected.

    Args:
        error: what was raised.
    """
    if is_on() or "tensorflow" not in sys.modules or HINT in str(error):
        return None
    return HINT if any(_is_keras_3(value) for value in _involved(error)) else None


def _involved(error: BaseException) -> Iterator[Any]:
    """Yield what an error is about: the object that lacked an attribute, and what the code at hand was given."""
    yield getattr(error, "obj", None)
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is not None:
        yield from list(traceback.tb_frame.f_locals.values())


def _is_keras_3(value: Any) -> bool:
    name = getattr(value, "__name__", "") if isinstance(value, type(sys)) else type(value).__module__
    return isinstance(name, str) and name.partition(".")[0] == "keras"


def explain(module: Any) -> None:
    """Let the errors of estimators name legacy mode where that would help.

    Args:
        module: the package's module ``estimator``.
    """
    for name in ("train", "evaluate", "export_saved_model"):
        setattr(module.EstimatorV2, name, _explained(getattr(module.EstimatorV2, name)))


def _explained(method: Any) -> Any:
    @functools.wraps(method)
    def explained(*args, **options):
        try:
            return method(*args, **options)
        except Exception as error:
            said = hint(error)
            if said and error.args and isinstance(error.args[0], str):
                error.args = ("{}. {}".format(error.args[0], said),) + error.args[1:]
            raise

    return explained


class NeedsKeras2(type(sys)):  # type: ignore[misc]  # it is types.ModuleType
    """Stands where parts of Keras 2 were that Keras 3 does not have: every use is refused with the remedy."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError("{}.{} is not here: {}".format(self.__name__, name, HINT))


def refuse_what_keras_3_lacks(v1: Any) -> None:
    """Let ``tf.compat.v1.layers`` and ``tf.compat.v1.nn.rnn_cell`` name the remedy; with Keras 3 nothing is in them.

    Args:
        v1: the module ``tf.compat.v1``.
    """
    if not is_on():
        v1.layers = NeedsKeras2("tf.compat.v1.layers")
        v1.nn.rnn_cell = NeedsKeras2("tf.compat.v1.nn.rnn_cell")
