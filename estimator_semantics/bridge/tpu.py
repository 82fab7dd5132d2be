"""The parts for TPUs, which the bridge does not bring back: what uses them says so."""

import importlib
import sys

from estimator_semantics.bridge.missing import Placeholder

MODULES = ("tpu_embedding", "tpu_embedding_gradient", "session_support")


def stand_in() -> None:
    """Put placeholders where TensorFlow's TPU modules were removed."""
    parent = importlib.import_module("tensorflow.python.tpu")
    for name in MODULES:
        full_name = "{}.{}".format(parent.__name__, name)
        try:
            importlib.import_module(full_name)
        except ModuleNotFoundError as error:
            if error.name != full_name:
                raise
            module = Placeholder(full_name, _refusal)
            sys.modules[full_name] = module
            setattr(parent, name, module)


def _refusal(feature: str) -> Exception:
    return NotImplementedError(
        "{}: the bridge to tf.estimator does not support TPUs; TensorFlow 2.15 was the last that did".format(feature)
    )
