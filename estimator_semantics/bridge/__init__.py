"""The bridge: the real tf.estimator on every release, also on those that removed it (TensorFlow 2.16 and later).

On a release that has its own tf.estimator the bridge changes nothing.
"""

from typing import Any

from estimator_semantics.bridge.missing import Unavailable

__all__ = ["Unavailable", "load_estimator", "load_estimator_v1"]


def load_estimator() -> Any:
    """Returns the namespace ``tf.estimator``, native or bridged.

    Raises:
        Unavailable: a package or a piece of TensorFlow that the bridge needs is not here.
    """
    return _load("v2")


def load_estimator_v1() -> Any:
    """Returns the namespace ``tf.compat.v1.estimator``, native or bridged.

    Raises:
        Unavailable: a package or a piece of TensorFlow that the bridge needs is not here.
    """
    return _load("v1")


def _load(api: str) -> Any:
    import tensorflow

    root = tensorflow if api == "v2" else getattr(tensorflow.compat, "v1", tensorflow)
    try:
        return root.estimator
    except AttributeError:  # removed in 2.16
        from estimator_semantics.bridge import package

        return package.load(api)
