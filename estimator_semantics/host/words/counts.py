"""Words for counts and values: ``1,000 steps``, ``1,200/175,000``."""

from collections.abc import Sequence
from enum import Enum

from estimator_semantics.host.record import Count
from estimator_semantics.law.release import minor as numbers_of_minor
from estimator_semantics.law.wording import many

__all__ = ["behaviour", "many", "minor", "of", "often", "some", "steps", "usage", "value"]


def steps(count: Count | dict[str, int]) -> str:
    """Return a number of steps, or a range of them; one that there is none of means that training never ends."""
    if isinstance(count, dict):
        return f"{value(count)} steps"
    return "never ends" if count is None else many(count, "step")


def of(done: int, total: Count) -> str:
    """Return how much of something is done: ``1,200/175,000``."""
    return f"{done:,}" if total is None else f"{done:,}/{total:,}"


def some(names: Sequence[str]) -> str:
    """Return the first few of many names."""
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")


def minor(release: str) -> str:
    """Return the minor of a release: ``2.15`` of ``2.15.1``."""
    return "{}.{}".format(*numbers_of_minor(release))


def behaviour(name: str) -> str:
    """Return the name of a behaviour as words: ``global_step`` is ``global step``. A case before it stays as it is."""
    case, colon, own = name.rpartition(": ")
    return f"{case}{colon}{own.replace('_', ' ')}"


def usage(counts: dict[str, int]) -> str:
    """Return how often examples were used: ``696,000 never, 4,000 once``.

    Args:
        counts: by how often, how many of them.
    """
    return ", ".join(f"{counts[times]:,} {often(int(times))}" for times in sorted(counts, key=int))


def often(times: int) -> str:
    """Return how often: ``never``, ``once``, ``twice``, ``used 3 times`` (a count comes before it)."""
    return {0: "never", 1: "once", 2: "twice"}.get(times, f"used {times:,} times")


def _is_usage(counts: dict[str, object]) -> bool:
    return bool(counts) and all(name.isdigit() and type(count) is int for name, count in counts.items())


def value(measured: object) -> str:
    """Return the value of a behaviour as it is said."""
    if measured is None:
        return "none"
    if isinstance(measured, Enum):
        return str(measured.value)
    if isinstance(measured, bool):
        return "yes" if measured else "no"
    if isinstance(measured, int):
        return f"{measured:,}"
    if isinstance(measured, list):
        return ", ".join(f"[{value(each)}]" if isinstance(each, list) else value(each) for each in measured) or "none"
    if isinstance(measured, dict):
        if measured.keys() == {"from", "to"}:
            return f"{value(measured['from'])} to {value(measured['to'])}"
        if _is_usage(measured):
            return usage(measured)
        return "; ".join(f"{name}: {value(each)}" for name, each in measured.items()) or "none"
    return str(measured)
