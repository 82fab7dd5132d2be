"""A diff for the terminal: the verdict first, then what a person can act on, and the rest on request."""

import textwrap
from collections.abc import Callable

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry, Kind

WIDTH = 110
MARGIN = 9

# So many values of an experiment say enough.
FEW = 3


def plain(kind: Kind) -> str:
    """Returns what happened, without a colour."""
    return kind.value


def render(diff: Diff, *, details: bool = False, paint: Callable[[Kind], str] = plain) -> str:
    """Returns a diff as text.

    Args:
        diff: what is different.
        details: whether to say also what is new, every value, and the claims.
        paint: returns what happened in its colour.
    """
    shown = [each for each in diff.entries if details or each.kind is not Kind.NEW]
    parts = [f"{words.compared(diff)}\n", *(entry(each, diff, details=details, paint=paint) for each in shown)]
    if new := [each.title for each in diff.entries if each not in shown]:
        parts.append("\n".join([paint(Kind.NEW), *_wrapped("; ".join(new))]) + "\n")
    if diff.environment:
        parts.append(f"beside it: {'; '.join(words.environment_changes(diff))}\n")
    for reason, names in diff.not_compared.items():
        named = ", ".join(names) if details else words.some(names)
        parts.append(f"not compared, {reason}: {words.many(len(names), 'case')} ({named})\n")
    return "\n".join(parts)


def entry(found: Entry, diff: Diff, *, details: bool = True, paint: Callable[[Kind], str] = plain) -> str:
    """Returns one entry of a diff as text.

    Args:
        found: the entry.
        diff: what it is of.
        details: whether to say every value, and the claim.
        paint: returns what happened in its colour.
    """
    lines = [f"{paint(found.kind)}  {found.title}"]
    if details or not found.shifts:
        lines += _wrapped(f"claim: {found.claim}" if found.shifts else found.claim)
    if not found.shifts:
        lines += _wrapped("; ".join(found.cases))
    for change in found.changes:
        lines += _wrapped(change.says)
    shifts = words.telling(found.shifts)
    kept = len(shifts) if details or len(shifts) == FEW + 1 else FEW
    lines += [line for shift in shifts[:kept] for line in _wrapped(words.shift(shift))]
    if shifts[kept:]:
        lines += _wrapped(f"and {len(shifts) - kept} values more: --details")
    lines += _wrapped(words.since(found, diff))
    for change in found.changes:
        lines += _wrapped(f"do: {change.do}")
        lines.append(f"{' ' * MARGIN}{change.source}")
    if not found.changes or details:
        lines.append(f"{' ' * MARGIN}{found.source}")
    return "\n".join(lines) + "\n"


def _wrapped(said: str) -> list[str]:
    margin = " " * MARGIN
    return textwrap.wrap(said, WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)
