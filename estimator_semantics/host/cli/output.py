"""Standard output, as others read it: who has read enough may close it, and that is nobody's failure."""

import errno
import os
import shutil
import sys
from pathlib import Path

from estimator_semantics.host.errors import NotWritable
from estimator_semantics.host.wrapping import wrapped


def prepare_streams() -> None:
    """Make sure that there are standard streams, and that they take any character."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed, as by >&-
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (the stream stays open until the process ends)
        elif stream.errors == "strict":  # in a locale without "…", for example
            stream.reconfigure(errors="replace")
        if sys.platform == "win32" and stream is not None and not stream.isatty():
            # A pipe or a file there would get other line ends than the files that we write, and the code page of the system.
            stream.reconfigure(newline="\n", **({} if os.environ.get("PYTHONIOENCODING") else {"encoding": "utf-8"}))


def claim(path: Path, option: str) -> None:
    """Make sure that a file can be written, before the work begins that it is to hold. What it holds now is kept.

    Args:
        path: the file; its folder is made if it is not there.
        option: where it was given, for example ``"--output"``.

    Raises:
        NotWritable: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_there = path.exists()
        path.open("ab").close()
        if not is_there:
            path.unlink()
    except OSError as error:
        raise NotWritable(path, error.strerror or str(error), option) from None


def write(text: str) -> None:
    """Write text to standard output; go on quietly when nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Windows calls the write invalid instead.
        if not isinstance(error, BrokenPipeError) and not (sys.platform == "win32" and error.errno == errno.EINVAL):
            raise
        # Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fitting(line: str) -> str:
    """Return a line cut at the width of the terminal; as it is where standard output is none."""
    width = shutil.get_terminal_size().columns
    return line if len(line) <= width or not sys.stdout.isatty() else f"{line[: width - 1]}…"


def write_wrapped(text: str) -> None:
    """Write text like `write`, and breaks its lines between words where standard output is a terminal."""
    write(wrapped(text, shutil.get_terminal_size().columns) if sys.stdout.isatty() else text)
