"""``diff``: what is different between two records."""

import os

from rich.console import Console
from rich.style import Style

from estimator_semantics.host import packaged
from estimator_semantics.host.cli import unusable
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.cli.status import worst
from estimator_semantics.host.diff import Diff, Kind
from estimator_semantics.host.diff import diff as compare
from estimator_semantics.host.views import FORMATS, text

COLOURS = {Kind.LOST: "bold red", Kind.NEWS: "bold red", Kind.CHANGED: "bold yellow", Kind.GONE: "bold yellow"}


def diff(old: str, new: str, format: str, *, details: bool) -> int:
    """Prints what is different between two records.

    Args:
        old: the release or the file that is compared against.
        new: the other one.
        format: one of the names in `estimator_semantics.host.views.FORMATS`.
        details: whether the text for people says everything.

    Returns:
        The exit status.

    Raises:
        NoRecord: there is no record of a release, and no such file.
        InvalidRecord: a file is not a whole record.
    """
    before, after = packaged.of(old), packaged.of(new)
    found = compare(before, after, packaged.history(before, after))
    write_diff(found, format, details=details)
    left_out = unusable.left_out()
    unusable.report(left_out)
    return worst((found.status, unusable.status(left_out)))


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
    console = Console()
    in_colours = bool(console.color_system) and not console.no_color
    # Where nobody looks on, as in a file, lines are as long as they are anywhere.
    width = console.width if console.is_terminal or "COLUMNS" in os.environ else text.WIDTH
    write(text.render(diff, details=details, paint=_painted if in_colours else text.plain, width=width))


def _painted(kind: Kind) -> str:
    return Style.parse(COLOURS.get(kind, "bold green")).render(kind.value)
