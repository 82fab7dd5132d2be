"""A crash: an error that nobody foresaw, and what it takes to report it.

It imports the standard library only, for it is also told of what comes before the command is even loaded.
"""

import platform
import sys
import tempfile
import traceback

from estimator_semantics import __version__

# EX_SOFTWARE of sysexits.h. Python itself ends with 1, which means that a behaviour deviates.
STATUS = 70


def told(error: BaseException) -> str:
    """Writes what a report needs to a file, and returns one line that says so.

    Args:
        error: the error.
    """
    what = traceback.format_exception_only(type(error), error)[-1]
    return f"internal error: {' '.join(what.split())}; please report it as an issue of this project, {_attached(error)}"


def is_lacking(error: ModuleNotFoundError) -> bool:
    """Says whether a module is missing that is not of this project."""
    return (error.name or "").partition(".")[0] != "estimator_semantics"


def lacking(error: ModuleNotFoundError) -> str:
    """Returns one line on a dependency that is not installed."""
    return f"needs {error.name}, which is not installed for {sys.executable}; install this project again with its pip"


def _attached(error: BaseException) -> str:
    report = (
        f"estimator-semantics {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{' '.join(sys.argv)}\n\n" + "".join(traceback.format_exception(type(error), error, error.__traceback__))
    )
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="estimator-semantics-crash-", suffix=".txt", delete=False
        ) as file:
            file.write(report)
    except OSError:
        print(report, file=sys.stderr)
        return "with what is printed above"
    return f"and attach {file.name}"
