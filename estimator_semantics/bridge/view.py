"""What the package sees as ``tensorflow``: the real one, but with Keras 2 (tf_keras) as its Keras.

The estimators are written for Keras 2. Since 2.16, ``tf.keras`` is Keras 3, and it is the user's, so it stays what it is:
only modules of the package, when they import ``tensorflow``, get a view of it in which Keras is tf_keras.
"""

import builtins
import importlib
import importlib.machinery
import sys
import types
from typing import Any, Dict

import tensorflow

# Where names of the view lead elsewhere than to TensorFlow: {module: {name: module that it leads to}}.
_LEADS = {
    "tensorflow": {"keras": "tf_keras.api._v2.keras"},
    "tensorflow.compat.v1": {
        "keras": "tf_keras.api._v1.keras",
        "layers": "tf_keras.api._v1.keras.__internal__.legacy.layers",
    },
    "tensorflow.compat.v2": {"keras": "tf_keras.api._v2.keras"},
}


class _View(types.ModuleType):
    """A module seen through: every name is the module's own, but for those that lead elsewhere."""

    def __init__(self, module: Any, leads: Dict[str, Any]) -> None:
        super().__init__(module.__name__, module.__doc__)
        self._module = module
        self._leads = leads

    def __getattr__(self, name):
        lead = self.__dict__["_leads"].get(name)
        if lead is None:
            return getattr(self.__dict__["_module"], name)
        value = importlib.import_module(lead) if isinstance(lead, str) else lead
        setattr(self, name, value)
        return value

    def __dir__(self):
        return sorted(set(dir(self._module)) | set(self._leads))


def _views() -> Dict[str, _View]:
    v1 = _View(tensorflow.compat.v1, dict(_LEADS["tensorflow.compat.v1"]))
    v2 = _View(tensorflow.compat.v2, dict(_LEADS["tensorflow.compat.v2"]))
    compat = _View(tensorflow.compat, {"v1": v1, "v2": v2})
    root = _View(tensorflow, dict(_LEADS["tensorflow"], compat=compat))
    return {"tensorflow": root, "tensorflow.compat": compat, "tensorflow.compat.v1": v1, "tensorflow.compat.v2": v2}


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module whose import statements get the views. Its bytes on disk and its bytecode stay as they are."""

    views: Dict[str, _View] = {}

    def exec_module(self, module):
        # An import statement calls the __import__ among the builtins of its own module, and of no other.
        module.__dict__["__builtins__"] = dict(vars(builtins), __import__=self._import)
        super().exec_module(module)

    def _import(self, name, globals=None, locals=None, fromlist=(), level=0):
        imported = builtins.__import__(name, globals, locals, fromlist, level)
        if level:
            return imported
        return self.views.get(name if fromlist else name.partition(".")[0], imported)


class _Finder:
    """Finds the modules of one package, to be loaded with the views."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] != self._package:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


_shown = set()


def show_to(package: str) -> None:
    """Lets a package see the views from now on.

    Args:
        package: top-level name of a package that has not been imported yet.
    """
    if package in _shown:
        return
    _Loader.views = _Loader.views or _views()
    sys.meta_path.insert(0, _Finder(package))
    _shown.add(package)
