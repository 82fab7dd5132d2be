"""The exit status that results amount to."""

from collections.abc import Iterable, Sequence

from estimator_semantics.host import crash
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.verdict import Outcome, judge


def status(results: Sequence[Result], versions: Versions) -> int:
    """Return the exit status that results amount to.

    Args:
        results: the answers of one environment.
        versions: that environment.

    Returns:
        1 when a behaviour deviates; otherwise 3 when something could not be measured, or nothing was there to be
        measured; otherwise 0.
    """
    outcomes = {judge(result, versions).outcome for result in results}
    if Outcome.DEVIATES in outcomes:
        return 1
    if Outcome.ERROR in outcomes or outcomes <= {Outcome.ABSENT}:
        return 3
    return 0


def worst(statuses: Iterable[int]) -> int:
    """Return the exit status of several environments together.

    A deviation is news even where something else could not be measured; where this project is at fault, nothing is.

    Args:
        statuses: the exit status of each; at least one.
    """
    return max(statuses, key=(0, 3, 1, crash.STATUS).index)
