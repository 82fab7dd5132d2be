"""A diff for the terminal: the verdict first, then what a person can act on."""

import textwrap

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry

WIDTH = 110
MARGIN = 9


def render(diff: Diff) -> str:
    """Returns a diff as text."""
    parts = [f"{words.compared(diff)}\n", *(entry(each, diff) for each in diff.entries)]
    if diff.environment:
        parts.append(f"beside it: {'; '.join(words.environment_changes(diff))}\n")
    for reason, names in diff.not_compared.items():
        parts.append(f"not compared, {reason}: {words.many(len(names), 'case')} ({words.some(names)})\n")
    return "\n".join(parts)


def entry(found: Entry, diff: Diff) -> str:
    """Returns one entry of a diff as text."""
    head = f"{found.kind.value}  {found.title}"
    lines = [head]
    if not found.shifts:
        lines += _wrapped(found.claim) + _wrapped("; ".join(found.cases))
    for change in found.changes:
        lines += _wrapped(change.says)
    lines += [line for shift in words.telling(found.shifts) for line in _wrapped(words.shift(shift))]
    lines += _wrapped(words.since(found, diff))
    for change in found.changes:
        lines += _wrapped(f"do: {change.do}")
        lines.append(f"{' ' * MARGIN}{change.source}")
    if not found.changes:
        lines.append(f"{' ' * MARGIN}{found.source}")
    return "\n".join(lines) + "\n"


def _wrapped(said: str) -> list[str]:
    margin = " " * MARGIN
    return textwrap.wrap(said, WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)
