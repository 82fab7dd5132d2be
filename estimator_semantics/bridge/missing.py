"""What the bridge says when it cannot work, and what stands where it has nothing to offer."""

import types
from typing import Any, Callable


class Unavailable(ImportError):
    """tf.estimator cannot be had here; the message names what is missing and what to do."""


class Lacking(AttributeError):
    """TensorFlow lacks a name that the estimators use; the message names it, and the release."""


def lacks(release: str, piece: object) -> str:
    """Return the sentence that says so.

    Args:
        release: version of TensorFlow.
        piece: what it lacks.
    """
    return (
        "TensorFlow {} lacks a piece that tensorflow-estimator needs and the bridge has no stand-in for: {}; "
        "use an older TensorFlow, and please report it".format(release, piece)
    )


class Placeholder(types.ModuleType):
    """A module that is not there. Every name in it, at any depth, is a class that cannot be made.

    Classes, because the package derives from them, asks ``isinstance``, and keeps them in tables, all of which it may do
    without ever using one.
    """

    def __init__(self, name: str, refusal: Callable[[str], Exception]) -> None:
        """Make the module.

        Args:
            name: full name of the module.
            refusal: called with the full name of what somebody wanted to make; returns the error to raise.
        """
        super().__init__(name)
        self.__dict__["_refusal"] = refusal

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _refused(name, self.__name__, self.__dict__["_refusal"])
        self.__dict__[name] = value
        return value


class _Refused(type):
    def __call__(cls, *args, **kwargs):
        raise cls._refusal("{}.{}".format(cls.__module__, cls.__qualname__))

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _refused(name, "{}.{}".format(cls.__module__, cls.__qualname__), cls._refusal)


def _refused(name, module, refusal):
    return _Refused(name, (), {"__module__": module, "__qualname__": name, "_refusal": staticmethod(refusal)})
