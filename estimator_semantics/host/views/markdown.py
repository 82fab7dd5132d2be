"""A diff as Markdown, for a pull request or a page."""

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry


def render(diff: Diff) -> str:
    """Returns a diff as Markdown."""
    lines = [f"## {words.title(diff)}", "", f"{words.compared(diff)}.", ""]
    for entry in diff.entries:
        lines += _entry(entry, diff)
    if diff.environment:
        lines += ["### Beside it", "", *(f"- {said}" for said in words.environment_changes(diff)), ""]
    if diff.not_compared:
        lines += ["### Not compared", ""]
        lines += [
            f"- {reason}: {', '.join(f'`{name}`' for name in names)}" for reason, names in diff.not_compared.items()
        ]
        lines.append("")
    return "\n".join(lines)


def _entry(entry: Entry, diff: Diff) -> list[str]:
    lines = [f"### {entry.kind.value}: {entry.title}", "", f"Claim: [{entry.claim}]({entry.source})", ""]
    if entry.cases and not entry.shifts:
        lines += [*(f"- {case}" for case in entry.cases), ""]
    if entry.shifts:
        lines += [
            f"| behaviour | {' | '.join(words.names(diff))} |",
            "|---|---|---|",
            *(
                f"| {words.behaviour(shift.name)} | {_cell(shift.old)} | {_cell(shift.new)} |"
                for shift in words.telling(entry.shifts)
            ),
            "",
        ]
    for change in entry.changes:
        lines += [change.says, "", f"**Do:** {change.do} ([why]({change.source}))", ""]
    if said := words.since(entry, diff):
        lines += [said, ""]
    return lines


def _cell(value: object) -> str:
    return words.value(value).replace("|", "\\|")
