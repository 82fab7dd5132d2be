"""A diff for the terminal: the verdict first, then what a person can act on, and the rest on request."""

import textwrap
from collections.abc import Callable

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry, Kind

WIDTH = 110
MARGIN = 9

# So many values of an experiment, or blocks about what is gone, say enough.
FEW = 3

# So many titles in a row can be taken in.
TITLES = 10


def plain(kind: Kind) -> str:
    """Returns what happened, without a colour."""
    return kind.value


def render(diff: Diff, *, details: bool = False, paint: Callable[[Kind], str] = plain, width: int = WIDTH) -> str:
    """Returns a diff as text.

    Args:
        diff: what is different.
        details: whether to say also what is new, every value, and the claims.
        paint: returns what happened in its colour.
        width: columns that there are; of more than `WIDTH` no use is made.
    """
    folded = {kind: [] if details else _foldable(diff, kind) for kind in (Kind.GONE, Kind.NEW)}
    shown = [each for each in diff.entries if each not in folded.get(each.kind, ())]
    parts = [f"{words.compared(diff)}\n", *(entry(each, diff, details=details, paint=paint, width=width) for each in shown)]
    for kind, entries in folded.items():
        if entries:
            titles = "; ".join(each.title for each in entries[:TITLES])
            rest = f"; and {len(entries) - TITLES} more: --details" if entries[TITLES:] else ""
            lines = [paint(kind), *_wrapped(titles + rest, width)]
            reasons = list(dict.fromkeys(each.why for each in entries if each.why))
            if kind is Kind.GONE and reasons:
                others = f" (and {words.many(len(reasons) - 1, 'other reason')}: --details)" if reasons[1:] else ""
                lines += _wrapped(f"because {reasons[0]}{others}", width)
            parts.append("\n".join(lines) + "\n")
    if diff.environment:
        beside = f"beside it: {'; '.join(words.environment_changes(diff))}"
        parts.append("\n".join(_wrapped(beside, width, margin=0)) + "\n")
    for reason, names in diff.not_compared.items():
        named = ", ".join(names) if details else words.some(names)
        parts.append(f"not compared, {reason}: {words.many(len(names), 'case')} ({named})\n")
    return "\n".join(parts)


def _foldable(diff: Diff, kind: Kind) -> list[Entry]:
    """Returns the entries of a kind whose titles say enough."""
    found = [entry for entry in diff.entries if entry.kind is kind and not entry.changes]
    # What is gone is worth a block of its own, unless nearly all is.
    return found if kind is Kind.NEW or len(found) > FEW else []


def entry(
    found: Entry, diff: Diff, *, details: bool = True, paint: Callable[[Kind], str] = plain, width: int = WIDTH
) -> str:
    """Returns one entry of a diff as text.

    Args:
        found: the entry.
        diff: what it is of.
        details: whether to say every value, and the claim.
        paint: returns what happened in its colour.
        width: columns that there are; of more than `WIDTH` no use is made.
    """

    def wrapped(said: str) -> list[str]:
        return _wrapped(said, width)

    lines = [f"{paint(found.kind)}  {found.title}"]
    if details or not (found.shifts or found.changes):
        lines += wrapped(f"claim: {found.claim}" if found.shifts else found.claim)
    if not found.shifts:
        lines += wrapped("; ".join(found.cases))
    for change in found.changes:
        lines += wrapped(change.says)
    shifts = words.telling(found.shifts)
    kept = len(shifts) if details or len(shifts) == FEW + 1 else FEW
    lines += [line for shift in shifts[:kept] for line in wrapped(words.shift(shift))]
    if shifts[kept:]:
        lines += wrapped(f"and {len(shifts) - kept} values more: --details")
    lines += wrapped(words.since(found, diff))
    for change in found.changes:
        lines += wrapped(f"do: {change.do}")
        lines.append(f"{' ' * MARGIN}{change.source}")
    if not found.changes or details:
        lines.append(f"{' ' * MARGIN}{found.source}")
    return "\n".join(lines) + "\n"


def _wrapped(said: str, width: int, margin: int = MARGIN) -> list[str]:
    return textwrap.wrap(
        said,
        max(min(width, WIDTH), 2 * MARGIN),
        initial_indent=" " * margin,
        subsequent_indent=" " * MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )
