"""A diff as Markdown, for a pull request or a page."""

from collections.abc import Iterable

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry
from estimator_semantics.host.markdown import cell, code, plain
from estimator_semantics.host.shift import Kind


def render(diff: Diff) -> str:
    """Return a diff as Markdown."""
    lines = [f"## {words.title(diff)}", "", f"{words.compared(diff)}:", f"{words.counted(diff)}.", ""]
    if said := words.unlikely(diff):
        lines += [said, ""]
    for entry in diff.entries:
        lines += _entry(entry, diff)
    lines += _listed("Accepted", (f"`{entry.experiment}`: {plain(entry.title)}" for entry in diff.accepted))
    lines += _listed("Accepted, but no longer applies", (code(str(line)) for line in diff.outdated))
    lines += _listed("Beside it", map(plain, words.environment_changes(diff)))
    named = ((reason, ", ".join(map(code, names))) for reason, names in diff.not_compared.items())
    lines += _listed("Not compared", (f"{plain(reason)}: {names}" for reason, names in named))
    return "\n".join(lines)


def _listed(heading: str, items: Iterable[str]) -> list[str]:
    lines = [f"- {item}" for item in items]
    return [f"### {heading}", "", *lines, ""] if lines else []


def _entry(entry: Entry, diff: Diff) -> list[str]:
    lines = [f"### {entry.kind.value}: {plain(entry.title)}", "", f"Claim: [{plain(entry.claim)}]({entry.source})", ""]
    if entry.cause:
        lines += [f"{plain(entry.cause)}.", ""]
    shifts = words.telling(entry.shifts)
    if values := [shift for shift in shifts if shift.behaviour]:
        lines += [f"| case | behaviour | {' | '.join(words.names(diff))} |", "|---|---|---|---|"]
        lines += [
            f"| {_cell(shift.case)} | {_cell(words.behaviour(shift.behaviour))} | {_value(shift.old)} | {_value(shift.new)} |"
            for shift in values
        ]
        lines.append("")
    if whole := [shift.case for shift in shifts if not shift.behaviour and shift.case]:
        lines += [*(f"- {plain(case)}" for case in whole), ""]
    for change in entry.changes:
        lines += [plain(change.says), ""]
    for do, sources in words.remedies(entry.changes).items():
        lines += [f"**Do:** {plain(do)} ({', '.join(f'[why]({source})' for source in sources)})", ""]
    since = words.times(entry.shifts, is_upgrade=diff.is_upgrade, details=True)
    unexplained = ["Cause unknown. Please report it."] if entry.kind is Kind.NEWS else []
    if said := [each for each in (since, *words.reasons(entry), *unexplained) if each]:
        lines += [plain("; ".join(said)), ""]
    return lines


def _value(value: object) -> str:
    return _cell(words.value(value))


def _cell(text: str) -> str:
    return cell(plain(text))
