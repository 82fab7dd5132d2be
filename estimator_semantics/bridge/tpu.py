"""The parts for TPUs, which the bridge does not bring back: what uses them says so."""

import importlib
import sys
import types

MODULES = ("tpu_embedding", "tpu_embedding_gradient", "session_support")


class _Placeholder(types.ModuleType):
    """A module whose every name is a class that cannot be made."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        feature = "{}.{}".format(self.__name__, name)

        def refuse(cls, *args, **kwargs):
            raise NotImplementedError(
                "{}: the bridge to tf.estimator does not support TPUs; TensorFlow 2.15 was the last that did".format(
                    feature
                )
            )

        placeholder = type(name, (), {"__new__": refuse, "__module__": self.__name__})
        setattr(self, name, placeholder)
        return placeholder


def stand_in() -> None:
    """Puts placeholders where TensorFlow's TPU modules were removed."""
    parent = importlib.import_module("tensorflow.python.tpu")
    for name in MODULES:
        full_name = "{}.{}".format(parent.__name__, name)
        try:
            importlib.import_module(full_name)
        except ModuleNotFoundError:
            module = _Placeholder(full_name)
            sys.modules[full_name] = module
            setattr(parent, name, module)
