"""A diff as JSON, for programs."""

from typing import Any

import msgspec

from estimator_semantics.host import words
from estimator_semantics.host.diff import Diff, Entry


def render(diff: Diff) -> str:
    """Return a diff as one JSON object: its fields, ``counts``, and ``status``, the exit status."""
    content = {
        "old": msgspec.to_builtins(diff.old),
        "new": msgspec.to_builtins(diff.new),
        "status": diff.status,
        "behaviours": len(diff.compared),
        "counts": diff.counts,
        "compared": dict(diff.compared),
        "entries": [_entry(entry, diff) for entry in diff.entries],
        "accepted": [_entry(entry, diff) for entry in diff.accepted],
        "outdated": diff.outdated,
        "environment": [{"name": name, "old": old, "new": new} for name, old, new in diff.environment],
        "not_compared": diff.not_compared,
    }
    return msgspec.json.format(msgspec.json.encode(content)).decode() + "\n"


def _entry(entry: Entry, diff: Diff) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "experiment": entry.experiment,
        "title": entry.title,
        "claim": entry.claim,
        "source": entry.source,
        "cause": entry.cause,
        "affects": words.AFFECTS[entry.consequence],
        "since": words.times(entry.shifts, is_upgrade=diff.is_upgrade),
        "shifts": [
            {**msgspec.to_builtins(shift), "affects": words.AFFECTS[shift.consequence]} for shift in entry.shifts
        ],
        "changes": [change._asdict() for change in entry.changes],
    }
