"""The package tensorflow-estimator on a TensorFlow that removed what it needs."""

import importlib
import importlib.util
import sys
import threading
from typing import Any

from estimator_semantics.bridge import keras_2_view, legacy_keras, releases
from estimator_semantics.bridge.missing import Lacking, Unavailable, lacks

NAME = "tensorflow_estimator"

# The modules that put a stand-in in its place: each has a function ``stand_in``, which does nothing where none is needed.
_STAND_INS = ("export_names", "coordinator", "tpu", "input_checkpoint", "graph_text", "autograph_rule", "keras_loaders")

_lock = threading.RLock()
_bridged = False


def prepare() -> bool:
    """Put every stand-in in its place, if this TensorFlow has no tf.estimator of its own. Again, it changes nothing.

    Returns:
        Whether tf.estimator is bridged here.

    Raises:
        Unavailable: TensorFlow lacks one more piece than the bridge knows of.
    """
    global _bridged
    import tensorflow

    with _lock:
        if not _bridged:
            if hasattr(tensorflow, "estimator"):
                return False
            for name in _STAND_INS:
                try:
                    importlib.import_module("estimator_semantics.bridge." + name).stand_in()
                except (ImportError, AttributeError) as error:
                    raise Unavailable(lacks(releases.tensorflow(), error)) from error
            keras_2_view.when_loaded(NAME + ".python.estimator.estimator", legacy_keras.explain)
            keras_2_view.forget(NAME)
            show()
            _bridged = True
        return True


def show() -> None:
    """Let the package see the views from now on, if it turns out that it needs them."""
    keras_2_view.show_to(NAME, _prepare_first)


def _prepare_first() -> bool:
    # A TensorFlow that imports the package while it is itself being imported is one that has a tf.estimator.
    spec = getattr(sys.modules.get("tensorflow"), "__spec__", None)
    return not getattr(spec, "_initializing", False) and prepare()


def require() -> None:
    """Make sure that the package is installed.

    Raises:
        Unavailable: it is not.
    """
    if importlib.util.find_spec(NAME) is None:
        raise _not_installed()


def load(api: str) -> Any:
    """Return the namespace of the package for one API.

    Args:
        api: ``"v1"`` for ``tf.compat.v1.estimator``, ``"v2"`` for ``tf.estimator``.

    Raises:
        Unavailable: the package is not installed, or TensorFlow lacks one more piece than the bridge knows of.
    """
    prepare()
    try:
        return importlib.import_module("{}.python.estimator.api._{}.estimator".format(NAME, api))
    except (Unavailable, Lacking) as error:
        raise Unavailable(str(error)) from error
    except (ImportError, AttributeError) as error:
        if getattr(error, "name", None) == NAME:
            raise _not_installed() from error
        raise Unavailable(lacks(releases.tensorflow(), error)) from error


def _not_installed() -> Unavailable:
    keras = importlib.util.find_spec("tf_keras") is None
    return Unavailable(
        "TensorFlow {} has no tf.estimator, and the bridge needs tensorflow-estimator: {}".format(
            releases.tensorflow(), releases.remedy(keras=keras)
        )
    )
