"""The bridge: the real tf.estimator on every release, also on those that removed it (TensorFlow 2.16 and later).

On a release that has its own tf.estimator the bridge changes nothing.
"""

from typing import Any

from estimator_semantics.bridge.missing import Unavailable

__all__ = ["Unavailable", "install", "load_estimator", "load_estimator_v1"]


def load_estimator() -> Any:
    """Return the namespace ``tf.estimator``, native or bridged.

    Raises:
        Unavailable: a package or a piece of TensorFlow that the bridge needs is not here.

    Source:
        https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator
    """
    return _load("v2")


def load_estimator_v1() -> Any:
    """Return the namespace ``tf.compat.v1.estimator``, native or bridged.

    Raises:
        Unavailable: a package or a piece of TensorFlow that the bridge needs is not here.

    Source:
        https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/compat/v1/estimator
    """
    return _load("v1")


def install(legacy_keras: bool = False) -> None:
    """Put tf.estimator where legacy code looks for it: ``tf.estimator`` and ``tf.compat.v1.estimator``.

    The package is loaded when one of them is first used.

    Args:
        legacy_keras: whether ``tf.keras`` becomes Keras 2 (tf_keras), which scripts need that hand its optimizers to
            estimators or use ``tf.compat.v1.layers``. TensorFlow must not be imported yet.

    Raises:
        Unavailable: tensorflow-estimator is not here, or a piece of TensorFlow that it needs.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/api_template.__init__.py
    """
    from estimator_semantics.bridge import installation, package
    from estimator_semantics.bridge import legacy_keras as legacy

    if legacy_keras:
        legacy.choose()
    if package.prepare():
        package.require()
        installation.when_imported()


def _load(api: str) -> Any:
    import tensorflow

    from estimator_semantics.bridge import package

    if package.prepare():
        return package.load(api)
    return (tensorflow if api == "v2" else getattr(tensorflow.compat, "v1", tensorflow)).estimator
