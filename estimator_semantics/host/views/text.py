"""A diff for the terminal: the counts, a line for each change, then what each means and what to do."""

import textwrap
from collections.abc import Callable, Iterator, Sequence

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry
from estimator_semantics.host.shift import Kind, Shift

WIDTH = 110
MARGIN = 9

# How many values of an experiment are shown without --details.
FEW = 3

# The overview is shown if there are more entries than this.
BRIEF = 2

# Columns of the overview: what is affected, and the experiment.
AFFECTED = max(map(len, words.AFFECTS.values()))
NAME = 28

# Narrower text cannot be read.
NARROWEST = 2 * MARGIN


def plain(kind: Kind) -> str:
    """Return what happened, without a colour."""
    return kind.value


def render(diff: Diff, *, details: bool = False, paint: Callable[[Kind], str] = plain, width: int = WIDTH) -> str:
    """Return a diff as text.

    Args:
        diff: what is different.
        details: whether to show every value, the claims and what is new.
        paint: returns what happened in its colour.
        width: columns that there are; of more than `WIDTH` no use is made.
    """
    shown = [each for each in diff.entries if details or each.kind is not Kind.NEW]
    parts = [_lines([f"{words.compared(diff)}:", f"{words.counted(diff)}."], width)]
    if said := words.unlikely(diff):
        parts.append(_lines([said], width))
    if len(shown) > BRIEF:
        parts.append("".join(f"{line}\n" for line in _overview(shown, min(width, WIDTH))))
    parts += [entry(each, diff, details=details, paint=paint, width=width) for each in shown]
    if len(shown) < len(diff.entries):
        new = words.many(len(diff.entries) - len(shown), "behaviour")
        parts.append(_lines([f"{new} that {words.names(diff)[0]} does not have: --details lists them."], width))
    if diff.accepted:
        parts.append(_lines([f"accepted: {', '.join(each.experiment for each in diff.accepted)}"], width))
    if diff.outdated:
        parts.append(_lines([f"accepted, but no longer applies: {line}" for line in diff.outdated], width))
    if diff.environment:
        parts.append(_lines([f"beside it: {'; '.join(words.environment_changes(diff))}"], width))
    for reason, names in diff.not_compared.items():
        named = ", ".join(names) if details else words.some(names)
        parts.append(_lines([f"not compared, {reason}: {words.many(len(names), 'case')} ({named})"], width))
    return "\n".join(parts)


def _lines(said: Sequence[str], width: int) -> str:
    return "".join(f"{line}\n" for each in said for line in _wrapped(each, width, margin=0))


def _overview(entries: Sequence[Entry], width: int) -> Iterator[str]:
    """Yield a line for each entry: what is affected, the experiment, and its first value. Entries with a cause stand below it."""
    cause = ""
    for each in entries:
        if each.cause != cause:
            cause = each.cause
            if cause:
                yield f"{cause}:"
        telling = words.telling(each.shifts)
        first = _short(telling[0], len(telling) - 1, width - AFFECTED - NAME - 6)
        affects = f"{'  ' if cause else ''}{words.AFFECTS[each.consequence]}"
        name = each.experiment if len(each.experiment) <= NAME else f"{each.experiment[: NAME - 1]}…"
        yield f"{affects:<{AFFECTED + 2}}  {name:<{NAME}}  {first}".rstrip()


def _short(shift: Shift, others: int, room: int) -> str:
    """Return a changed value in at most that many columns; if it does not fit, the name of the case is cut."""
    said = words.shift(shift) if shift.behaviour else shift.kind.value
    more = f", +{others}" if others else ""
    room -= len(more)
    if len(said) > room and shift.case:
        rest = said.removeprefix(shift.case)
        kept = room - len(rest) - 1
        said = f"{shift.case[:kept]}…{rest}" if kept > 0 else rest.removeprefix(": ")
    return (said if len(said) <= room else f"{said[: room - 1]}…") + more


def entry(
    entry: Entry, diff: Diff, *, details: bool = True, paint: Callable[[Kind], str] = plain, width: int = WIDTH
) -> str:
    """Return one entry of a diff as text.

    Args:
        entry: the entry.
        diff: what it is of.
        details: whether to show every value, and the claim.
        paint: returns what happened in its colour.
        width: columns that there are; of more than `WIDTH` no use is made.
    """
    lines: list[str] = []

    def say(said: str) -> None:
        lines.extend(_wrapped(said, width))

    shifts = words.telling(entry.shifts)
    kept = len(shifts) if details or len(shifts) == FEW + 1 else FEW
    for shift in shifts[:kept]:
        say(words.shift(shift))
    if shifts[kept:]:
        say(f"and {words.many(len(shifts) - kept, 'more value')}: --details")
    if since := words.times(entry.shifts, is_upgrade=diff.is_upgrade, details=details):
        say(since)
    for reason in words.reasons(entry):
        say(reason)
    if entry.kind is Kind.NEWS:
        say("Cause unknown. Please report it.")
    if details or not entry.changes:
        say(f"claim: {entry.claim}")
    for change in entry.changes:
        say(change.says)
    for do, sources in words.remedies(entry.changes).items():
        say(f"do: {do}")
        lines += [f"{' ' * MARGIN}{source}" for source in sources]
    if not entry.changes or details:
        lines.append(f"{' ' * MARGIN}{entry.source}")
    head = _wrapped(f"{entry.kind.value}  {entry.title}", width, margin=0)
    return "\n".join([head[0].replace(entry.kind.value, paint(entry.kind), 1), *head[1:], *lines]) + "\n"


def _wrapped(said: str, width: int, margin: int = MARGIN) -> list[str]:
    return textwrap.wrap(
        said,
        max(min(width, WIDTH), NARROWEST),
        initial_indent=" " * margin,
        subsequent_indent=" " * MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )
