"""A prediction as plain data, for a record or for JSON."""

from typing import Any

from estimator_semantics.law.wording import Range, Said, say


def plain(value: Any) -> Any:
    """Return a value with each range in it as ``{"from": ..., "to": ...}``, clauses as text, and lists in the place of tuples."""
    if isinstance(value, Range):
        return {"from": value.lowest, "to": value.highest}
    if isinstance(value, Said):
        return say(value)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, tuple) else value
