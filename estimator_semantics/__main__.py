"""The command ``estimator-semantics``, and the same as ``python -m estimator_semantics``.

With the syntax of Python 3.6, as what says that a Python is too old has to run there.
"""

import platform
import sys

NEEDS = (3, 10)


def main() -> None:
    """Run the command and end the process with its exit status."""
    if sys.version_info < NEEDS:
        _fail(
            "needs Python {}.{} or later, and {} is Python {}; install it with a later one. On this one "
            "python -m estimator_semantics.bridge works.".format(*NEEDS, sys.executable, platform.python_version())
        )
    try:
        from estimator_semantics.host.cli import main as command
    except ModuleNotFoundError as error:
        from estimator_semantics.host import crash

        if not crash.is_lacking(error):
            raise
        _fail(crash.lacking(error))
    command()


def _fail(message: str) -> None:
    print("estimator-semantics: " + message, file=sys.stderr)
    sys.exit(3)


if __name__ == "__main__":
    main()
