"""TensorFlow's lazy loaders of Keras, made safe for threads.

A loader says that it is ready before it is: it sets ``_tfll_initialized``, then imports Keras, then says which Keras it found.
A second thread that comes in between asks for what is not there yet, and asks itself, until a RecursionError ends it. Model
functions run in threads under MirroredStrategy and in one-client clusters, so the loaders are made ready beforehand. That is
cheap: importing TensorFlow has imported Keras.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/python/util/lazy_loader.py
"""

from typing import Any

import tensorflow
from tensorflow.python.util import lazy_loader


def stand_in() -> None:
    """Make the loaders in ``tf``, ``tf.compat.v1`` and ``tf.compat.v2`` ready."""
    for module in (tensorflow, tensorflow.compat.v1, tensorflow.compat.v1.nn, tensorflow.compat.v2):
        make_ready(module)


def make_ready(module: Any) -> None:
    """Make the loaders in one module ready.

    Args:
        module: a module of TensorFlow's API.
    """
    kind = getattr(lazy_loader, "KerasLazyLoader", None)
    for value in list(vars(module).values()):
        if kind is not None and type(value) is kind and not value._tfll_initialized:
            try:
                value._initialize()
            except ImportError:  # no Keras at all: who uses it is told so by the loader
                value._tfll_initialized = False
