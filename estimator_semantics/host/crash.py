"""A crash: an unexpected error, and the file that a user needs to report it.

This module imports the standard library only, because it also handles errors raised before the command is loaded.
"""

import platform
import sys
import tempfile
import traceback

from estimator_semantics import __version__

# EX_SOFTWARE of sysexits.h. Python itself ends with 1, which means that a behaviour deviates.
STATUS = 70


def told(error: BaseException) -> str:
    """Write the details that a report needs to a file, and return one line that names it.

    Args:
        error: the error.
    """
    what = traceback.format_exception_only(type(error), error)[-1]
    return f"internal error: {' '.join(what.split())}; please report it as an issue of this project, {_attached(error)}"


def is_lacking(error: ModuleNotFoundError) -> bool:
    """Return whether the missing module belongs to a dependency, not to this project."""
    return (error.name or "").partition(".")[0] != "estimator_semantics"


def lacking(error: ModuleNotFoundError) -> str:
    """Return one line on a dependency that is not installed."""
    return f"needs {error.name}, which is not installed for {sys.executable}; reinstall this project with its pip"


def _attached(error: BaseException) -> str:
    report = (
        f"estimator-semantics {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{' '.join(sys.argv)}\n\n" + "".join(traceback.format_exception(type(error), error, error.__traceback__))
    )
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            errors="backslashreplace",
            prefix="estimator-semantics-crash-",
            suffix=".txt",
            delete=False,
        ) as file:
            file.write(report)
    except OSError:
        print(report, file=sys.stderr)
        return "with what is printed above"
    return f"and attach {file.name}"
