"""The package tensorflow-estimator on a TensorFlow that removed what it needs."""

import importlib
from typing import Any

import tensorflow

from estimator_semantics.bridge import coordinator, export_names, tpu, view
from estimator_semantics.bridge.missing import Unavailable

# The last minor of tf-keras so far. It works on the TensorFlow after it as well.
_LAST_TF_KERAS = (2, 21)


def load(api: str) -> Any:
    """Returns the namespace of the package for one API.

    Args:
        api: ``"v1"`` for ``tf.compat.v1.estimator``, ``"v2"`` for ``tf.estimator``.

    Raises:
        Unavailable: a package is not installed, or TensorFlow lacks one more piece than the bridge knows of.
    """
    _prepare()
    name = "tensorflow_estimator.python.estimator.api._{}.estimator".format(api)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name in ("tensorflow_estimator", "tf_keras"):
            raise Unavailable(
                "TensorFlow {} has no tf.estimator, and the bridge needs {}: {}".format(
                    tensorflow.__version__, error.name, _remedy()
                )
            ) from error
        raise _lacks(error.name) from error
    except (ImportError, AttributeError) as error:
        raise _lacks(error) from error


def _remedy() -> str:
    major, minor = min(tuple(int(part) for part in tensorflow.__version__.split(".")[:2]), _LAST_TF_KERAS)
    # Without dependencies: tf-keras would bring a second TensorFlow beside tensorflow-cpu, or move the one that is here.
    return "pip install --no-deps tensorflow-estimator==2.15.0 'tf-keras~={}.{}.0'".format(major, minor)


def _lacks(piece: object) -> Unavailable:
    return Unavailable(
        "TensorFlow {} lacks a piece that tensorflow-estimator needs and the bridge has no stand-in for: {}".format(
            tensorflow.__version__, piece
        )
    )


def _prepare() -> None:
    """Puts every stand-in in its place. Doing it again changes nothing."""
    export_names.add()
    coordinator.stand_in()
    tpu.stand_in()
    view.show_to("tensorflow_estimator")
