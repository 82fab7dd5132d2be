"""A script run as Python itself would run it, but with tf.estimator in its place."""

import importlib.machinery
import os
import runpy
import sys
import types
from typing import Any, List

from estimator_semantics.bridge import installation, legacy_keras


def prepare(legacy: bool) -> None:
    """Has tf.estimator put in its place when the script imports TensorFlow.

    Args:
        legacy: whether tf.keras shall be Keras 2.

    Raises:
        Unavailable: it cannot be.
    """
    if legacy:
        legacy_keras.choose()
    installation.when_imported()
    sys.excepthook = _excepthook


def run_file(path: str, argv: List[str]) -> None:
    """Run a script as ``python path`` does.

    Args:
        path: the script; a folder or a zip file with a ``__main__.py`` will do as well.
        argv: what the script sees as ``sys.argv``.
    """
    sys.argv[:] = argv
    if os.path.isdir(path) or path.endswith((".zip", ".pyz")):
        _leave_search_path_to_runpy()
        runpy.run_path(path, run_name="__main__")
        return
    # As Python says it, from 3.9 on.
    file = os.path.abspath(path) if sys.version_info >= (3, 9) else path
    try:
        with open(path, "rb") as source:
            text = source.read()
    except OSError as error:
        why = "[Errno {}] {}".format(error.errno, error.strerror)
        sys.stderr.write("{}: can't open file {!r}: {}\n".format(sys.executable, file, why))
        sys.exit(2)
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0] = os.path.dirname(os.path.realpath(path))
    main: Any = types.ModuleType("__main__")
    main.__file__ = file
    main.__builtins__ = sys.modules["builtins"]
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", file)
    # The script's own module for good: what it pickles and what its threads do later find it there.
    sys.modules["__main__"] = main
    exec(compile(text, file, "exec", dont_inherit=True), vars(main))


def run_module(name: str, argv: List[str]) -> None:
    """Run a module as ``python -m name`` does.

    Args:
        name: full name of the module or package.
        argv: what the module sees as ``sys.argv``; the first is replaced by its path.
    """
    sys.argv[:] = argv
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def _leave_search_path_to_runpy():
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]


def _excepthook(kind: Any, error: BaseException, traceback: Any) -> None:
    """Report an error as Python does, without the frames that are not the script's, and says what would help."""
    ours = {__file__, _excepthook.__code__.co_filename, runpy.run_module.__code__.co_filename}
    ours.add(sys.modules["estimator_semantics.bridge"].__file__.replace("__init__", "__main__"))  # type: ignore[union-attr]  # from a file
    while traceback is not None and traceback.tb_frame.f_code.co_filename in ours:
        traceback = traceback.tb_next
    sys.__excepthook__(kind, error.with_traceback(traceback), traceback)
    said = legacy_keras.hint(error)
    if said:
        sys.stderr.write("python -m estimator_semantics.bridge: {}\n".format(said))
