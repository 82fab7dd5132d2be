"""What the package sees as ``tensorflow``: the real one, but with Keras 2 (tf_keras) as its Keras.

The estimators are written for Keras 2. Since 2.16, ``tf.keras`` is Keras 3, and it is the user's, so it stays what it is:
only modules of the package, when they import ``tensorflow``, get a view of it in which Keras is tf_keras.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/python/util/lazy_loader.py
"""

import builtins
import importlib
import importlib.machinery
import sys
import types
from typing import Any, Callable, Dict

from estimator_semantics.bridge import finders, releases
from estimator_semantics.bridge.missing import Lacking, Placeholder, Unavailable, lacks

_KERAS_2 = {
    "keras": "tf_keras.api._v2.keras",
    # These four are aliases of parts of Keras.
    "losses": "tf_keras.api._v2.keras.losses",
    "metrics": "tf_keras.api._v2.keras.metrics",
    "optimizers": "tf_keras.api._v2.keras.optimizers",
    "initializers": "tf_keras.api._v2.keras.initializers",
}

# Where names lead elsewhere than to TensorFlow: {module: {name: module that it leads to}}.
_LEADS = {
    "tensorflow": _KERAS_2,
    "tensorflow.compat.v1": {
        "keras": "tf_keras.api._v1.keras",
        "layers": "tf_keras.api._v1.keras.__internal__.legacy.layers",
    },
    "tensorflow.compat.v1.nn": {"rnn_cell": "tf_keras.api._v1.keras.__internal__.legacy.rnn_cell"},
    "tensorflow.compat.v2": _KERAS_2,
}


class _View(types.ModuleType):
    """A module of TensorFlow seen through: every name is the module's own, but for those that lead elsewhere.

    What is set on a view is set on the module. A name that is not there is reported as a piece that TensorFlow lacks.
    """

    def __init__(self, module: Any, name: str) -> None:
        super().__init__(module.__name__, module.__doc__)
        self.__dict__.update(_module=module, _name=name, _leads=_LEADS.get(name, {}))

    def __getattr__(self, name):
        lead = self.__dict__["_leads"].get(name)
        if lead is not None:
            value = self.__dict__[name] = _follow(lead)
            return value
        full_name = "{}.{}".format(self.__dict__["_name"], name)
        try:
            value = getattr(self.__dict__["_module"], name)
        except AttributeError:
            if name.startswith("__"):
                raise
            raise Lacking(lacks(releases.tensorflow(), full_name)) from None
        return _view_of(value, full_name) if _is_part_of_tensorflow(value) else value

    def __setattr__(self, name, value):
        setattr(self.__dict__["_module"], name, value)

    def __delattr__(self, name):
        delattr(self.__dict__["_module"], name)

    def __dir__(self):
        return sorted(set(dir(self.__dict__["_module"])) | set(self.__dict__["_leads"]))


def _is_part_of_tensorflow(value: Any) -> bool:
    # Not the modules that are loaded when they are used: to ask them for their name would load them.
    if not isinstance(value, types.ModuleType) or type(value).__name__ not in _KINDS:
        return False
    return value.__name__.partition(".")[0] == "tensorflow"


# Plain modules, and those of tf.compat.v1 that TensorFlow wraps to warn of what is deprecated.
_KINDS = ("module", "TFModuleWrapper")

_views: Dict[Any, _View] = {}


def _view_of(module: Any, name: str) -> _View:
    # Two threads may both make one. Then either will do.
    return _views.setdefault((id(module), name), _View(module, name))


def _follow(lead: str) -> Any:
    try:
        return importlib.import_module(lead)
    except ModuleNotFoundError as error:
        if error.name != "tf_keras":
            raise
        # An Estimator with a model_fn of the user's own does without Keras.
        return Placeholder(lead, _without_keras)


def _without_keras(feature: str) -> Exception:
    return Unavailable(
        "{} is not here, and canned estimators, heads and Keras models in estimators need it: {}".format(
            feature, releases.remedy()
        )
    )


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module whose import statements get the views. Its bytes on disk and its bytecode stay as they are."""

    def exec_module(self, module):
        # An import statement calls the __import__ among the builtins of its own module, and of no other.
        module.__dict__["__builtins__"] = dict(vars(builtins), __import__=self._import)
        super().exec_module(module)
        for name, act in _loaded:
            if name == module.__name__:
                act(module)

    def _import(self, name, globals=None, locals=None, fromlist=(), level=0):
        imported = builtins.__import__(name, globals, locals, fromlist, level)
        if level or not _is_part_of_tensorflow(imported):
            return imported
        return _view_of(imported, name if fromlist else name.partition(".")[0])


class _Finder:
    """Finds the modules of one package, to be loaded with the views."""

    def __init__(self, package: str, prepare: Callable[[], bool]) -> None:
        self.package = package
        self._prepare = prepare

    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] != self.package:
            return None
        if name == self.package and not self._prepare():
            sys.meta_path.remove(self)
            return None
        spec = finders.find_spec(self, name, path, target)
        if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


_loaded = []  # type: Any


def when_loaded(name: str, act: Callable[[Any], None]) -> None:
    """Has something done with a module of the package as soon as it is loaded with the views.

    Args:
        name: full name of the module.
        act: called with the module.
    """
    if (name, act) not in _loaded:
        _loaded.append((name, act))


def show_to(package: str, prepare: Callable[[], bool]) -> None:
    """Let a package see the views from now on.

    Args:
        package: top-level name of the package.
        prepare: called before the package is first imported; returns whether it shall see the views.
    """
    if not any(isinstance(finder, _Finder) and finder.package == package for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder(package, prepare))


def forget(package: str) -> None:
    """Has a package imported anew: without the views it saw Keras 3, if it could be imported at all.

    Args:
        package: its top-level name.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
