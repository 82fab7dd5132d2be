"""A diff as JSON, for programs."""

import msgspec

from estimator_semantics.host.diff import Diff


def render(diff: Diff) -> str:
    """Returns a diff as one JSON object: its fields, and ``status``, the exit status."""
    content = {**msgspec.to_builtins(diff), "status": diff.status}
    content["environment"] = [{"name": name, "old": old, "new": new} for name, old, new in diff.environment]
    for entry, found in zip(content["entries"], diff.entries):
        entry["changes"] = [change._asdict() for change in found.changes]
    return msgspec.json.format(msgspec.json.encode(content)).decode() + "\n"
