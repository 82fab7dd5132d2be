"""Something to do with a module as soon as it is imported, whenever that is.

A script may set environment variables before it imports TensorFlow, so TensorFlow must not be imported for it.
"""

import sys
from typing import Any, Callable, Dict, List

from estimator_semantics.bridge import finders


class _Finder:
    """Finds what the other finders find, and acts when it is loaded."""

    def __init__(self) -> None:
        self.acts: Dict[str, List[Callable[[Any], None]]] = {}

    def find_spec(self, name, path=None, target=None):
        if name not in self.acts:
            return None
        spec = finders.find_spec(self, name, path, target)
        if spec is not None:
            self._act_when_loaded(name, spec.loader)
        return spec

    def _act_when_loaded(self, name, loader):
        load = loader.exec_module

        def exec_module(module):
            load(module)
            for act in self.acts[name]:
                # TensorFlow replaces modules of its own by others while it is imported.
                act(sys.modules.get(name, module))

        loader.exec_module = exec_module


_finder = _Finder()


def when_imported(name: str, act: Callable[[Any], None]) -> None:
    """Has something done with a module: now if it is imported, and whenever it is imported from now on.

    Args:
        name: full name of the module.
        act: called with the module.
    """
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)
    acts = _finder.acts.setdefault(name, [])
    if act not in acts:
        acts.append(act)
        if name in sys.modules:
            act(sys.modules[name])
