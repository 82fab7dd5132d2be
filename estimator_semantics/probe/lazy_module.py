"""A module that is loaded when it is first used, not when it is imported.

Wherever pandas is installed, the estimators import it, which takes longer than many an experiment; hardly any of them uses it.
`importlib.util.LazyLoader` does not help: an import statement looks at the module, and that loads it.
"""

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

# What is asked of any module in passing must not load it.
_USED = ("__all__", "__path__", "__version__")


class _LazyModule(ModuleType):
    """Stands for a module until one of its names is looked up, and passes all on to it from then on."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _USED:
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def import_lazily(name: str) -> None:
    """Has a module loaded as soon as a name in it is looked up. Nothing happens where it is not installed, or is loaded.

    Args:
        name: its top-level name.
    """
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is not None:
        module = _LazyModule(name)
        module.__spec__ = spec
        sys.modules[name] = module
