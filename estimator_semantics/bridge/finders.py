"""What the other finders of modules find."""

import sys
from typing import Any


def find_spec(finder: Any, name: str, path: Any, target: Any = None) -> Any:
    """Return the spec of a module as it would be found without one finder; None if nobody finds it.

    Args:
        finder: the one in ``sys.meta_path`` that is not asked, because it asks.
        name: full name of the module.
        path: where its package looks for modules.
        target: the module that is loaded anew, if any.
    """
    for other in list(sys.meta_path):
        find = None if other is finder else getattr(other, "find_spec", None)
        spec = find and find(name, path, target)
        if spec is not None:
            return spec
    return None
