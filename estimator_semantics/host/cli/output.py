"""Standard output, as others read it: who has read enough may close it, and that is nobody's failure."""

import os
import shutil
import sys

from estimator_semantics.host.wrapping import wrapped


def write(text: str) -> None:
    """Writes text to standard output; goes on quietly when nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fitting(line: str) -> str:
    """Returns a line cut at the width of the terminal; as it is where standard output is none."""
    width = shutil.get_terminal_size().columns
    return line if len(line) <= width or not sys.stdout.isatty() else f"{line[: width - 1]}…"


def write_wrapped(text: str) -> None:
    """Writes text like `write`, and breaks its lines between words where standard output is a terminal."""
    write(wrapped(text, shutil.get_terminal_size().columns) if sys.stdout.isatty() else text)
