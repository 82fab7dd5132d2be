"""Standard output, as others read it: who has read enough may close it, and that is nobody's failure."""

import os
import sys

from rich.console import Console
from rich.style import Style

from estimator_semantics.host.diff import Diff, Kind
from estimator_semantics.host.views import FORMATS, text

COLOURS = {Kind.LOST: "bold red", Kind.NEWS: "bold red", Kind.CHANGED: "bold yellow", Kind.GONE: "bold yellow"}


def write(text: str) -> None:
    """Writes text to standard output; goes on quietly when nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_diff(diff: Diff, format: str, *, details: bool) -> None:
    """Writes a diff to standard output, in colours where that is a terminal and NO_COLOR is not set.

    Args:
        diff: what is different.
        format: one of the names in `FORMATS`.
        details: whether the text for people says everything.
    """
    if format != "text":
        write(FORMATS[format](diff))
        return
    colours = Console().color_system if not Console().no_color else None
    write(text.render(diff, details=details, paint=lambda kind: _painted(kind) if colours else kind.value))


def _painted(kind: Kind) -> str:
    return Style.parse(COLOURS.get(kind, "bold green")).render(kind.value)
