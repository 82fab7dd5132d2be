"""``diff``: what is different between two records."""

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.style import Style

from estimator_semantics.host import acceptance, packaged
from estimator_semantics.host.cli import unusable
from estimator_semantics.host.cli.output import claim, write
from estimator_semantics.host.cli.status import worst
from estimator_semantics.host.diff import Diff
from estimator_semantics.host.diff import diff as compare
from estimator_semantics.host.selection import selection
from estimator_semantics.host.shift import Kind
from estimator_semantics.host.views import FORMATS, text

COLOURS = {Kind.NEWS: "bold red", Kind.CHANGED: "bold yellow", Kind.GONE: "bold yellow", Kind.LOST: "bold red"}


def diff(
    old: str,
    new: str,
    format: str,
    *,
    only: Sequence[str],
    ignored: Sequence[str],
    each_keras: bool,
    accept: Path | None,
    write_accepted: Path | None,
    details: bool,
) -> int:
    """Print what is different between two records.

    Args:
        old: the release or the file that is compared against.
        new: the other one.
        format: one of the names in `estimator_semantics.host.views.FORMATS`.
        only: APIs, experiments or patterns of them to compare; all if none.
        ignored: likewise, what to leave out.
        each_keras: whether each Keras is compared with itself instead of the default ones with one another.
        accept: file with changes that are accepted; none if None.
        write_accepted: file to write that accepts all changes; none if None.
        details: whether the text for people shows everything.

    Returns:
        The exit status.

    Raises:
        NoRecord: there is no record of a release, and no such file.
        InvalidRecord: a file is not a whole record.
        UnknownSelection: a pattern matches nothing.
        InvalidAcceptance: the file of accepted changes cannot be read.
        NotWritable: it cannot be written.
    """
    selected = selection(only, ignored)
    if write_accepted is not None:
        claim(write_accepted, option="--write-accepted")
    known = acceptance.read(accept, "--accept") if accept is not None else ()
    before, after = packaged.of(old), packaged.of(new)
    history = packaged.history(before, after)
    changes = compare(before, after, history, selection=selected, each_keras=each_keras)
    return conclude(changes, format, known=known, write_accepted=write_accepted, details=details)


def conclude(
    changes: Diff,
    format: str,
    *,
    names: tuple[str, ...] = (),
    known: Sequence[acceptance.Line],
    write_accepted: Path | None,
    details: bool,
) -> int:
    """Write a diff, and the file that accepts it where one is asked for.

    Args:
        changes: what is different.
        format: one of the names in `FORMATS`.
        names: the experiments that were asked for; all of them when none is named.
        known: the changes that are accepted.
        write_accepted: file to write that accepts all changes; none if None.
        details: whether the text for people shows everything.

    Returns:
        The exit status; 0 where all changes are accepted by now.

    Raises:
        NotWritable: the file cannot be written.
    """
    if write_accepted is not None:
        earlier = acceptance.read(write_accepted, "--write-accepted") if write_accepted.exists() else ()
        known = acceptance.write(write_accepted, changes, (*known, *earlier))
    changes = acceptance.accept(changes, known)
    write_diff(changes, format, details=details)
    left_out = unusable.left_out(names)
    unusable.report(left_out)
    return worst((changes.status, unusable.status(left_out)))


def write_diff(diff: Diff, format: str, *, details: bool) -> None:
    """Write a diff to standard output, in colours where that is a terminal and NO_COLOR is not set.

    Args:
        diff: what is different.
        format: one of the names in `FORMATS`.
        details: whether the text for people says everything.
    """
    if format != "text":
        write(FORMATS[format](diff))
        return
    console = Console()
    in_colours = bool(console.color_system) and not console.no_color and not console.legacy_windows
    # Where nobody looks on, as in a file, lines are as long as they are anywhere.
    width = console.width if console.is_terminal or "COLUMNS" in os.environ else text.WIDTH
    write(text.render(diff, details=details, paint=_painted if in_colours else text.plain, width=width))


def _painted(kind: Kind) -> str:
    return Style.parse(COLOURS.get(kind, "bold green")).render(kind.value)
