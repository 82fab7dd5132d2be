"""Starts the probe in the environment under test: ``python start.py``, with one request on standard input.

``python start.py child`` starts a child of it instead; see `child`.

A script and not ``-m``, because the environment under test does not have this project installed, and giving it our
``sys.path`` would lend it our NumPy too. So the one package is loaded from its folder, and nothing else.
"""

import sys

if sys.version_info < (3, 6):
    # This script has the syntax of every Python, and the modules of the probe side have that of 3.6.
    sys.stdout.write('{"event": "outdated", "python": "%d.%d.%d"}\n' % tuple(sys.version_info[:3]))
    sys.exit(3)

import importlib
import importlib.util
import os


def _load_package(folder):  # type: (str) -> None
    spec = importlib.util.spec_from_file_location(
        "estimator_semantics", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    package = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]  # a file has a spec
    sys.modules["estimator_semantics"] = package
    spec.loader.exec_module(package)  # type: ignore[union-attr]  # and a loader


if __name__ == "__main__":
    if getattr(sys, "pycache_prefix", None):
        # What must not be written is bytecode beside the modules. There it does not go.
        sys.dont_write_bytecode = False
    here = os.path.dirname(os.path.abspath(__file__))
    # Python puts the script's folder first on the path, where our modules would hide others of the same name.
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    _load_package(os.path.dirname(here))
    module = importlib.import_module("estimator_semantics.probe." + (sys.argv[1] if sys.argv[1:] else "runner"))
    sys.exit(module.main())
