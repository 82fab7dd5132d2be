"""A verdict: what a result means."""

from dataclasses import dataclass
from enum import Enum

import msgspec
from packaging.specifiers import SpecifierSet

from estimator_semantics.host.record import Counts, Result


class Outcome(str, Enum):
    """The five outcomes of an experiment. They are never mixed, and a skip is not one of them."""

    CONFORMS = "conforms"
    DOCUMENTED = "deviates as documented"
    DEVIATES = "deviates"
    ERROR = "error"
    ABSENT = "absent"


@dataclass(frozen=True)
class Difference:
    """A value that is not what it should be.

    Attributes:
        name: what was counted.
        got: what was measured.
        expected: what should have been measured.
    """

    name: str
    got: object
    expected: object

    def __str__(self) -> str:
        return f"{self.name}: got {self.got}, expected {self.expected}"


@dataclass(frozen=True)
class Verdict:
    """What a result means.

    Attributes:
        outcome: which of the five it is.
        differences: what differs from the prediction of the law, or, for a deviation that is documented, from nothing.
    """

    outcome: Outcome
    differences: tuple[Difference, ...] = ()


def judge(result: Result, tensorflow: str) -> Verdict:
    """Compares what was measured with the law, and with what is documented for the release.

    Args:
        result: the answer of an experiment.
        tensorflow: version of the TensorFlow that gave it.
    """
    if result.status == "absent":
        return Verdict(Outcome.ABSENT)
    if result.status == "error" or result.predicted is None or result.measured is None:
        return Verdict(Outcome.ERROR)
    differences = _differences(result.measured, _counts(result.predicted), result.counters)
    if not differences:
        return Verdict(Outcome.CONFORMS)
    documented = _documented(result, tensorflow)
    if documented is None:
        return Verdict(Outcome.DEVIATES, differences)
    differences = _differences(result.measured, _counts(result.predicted) | documented, result.counters)
    return Verdict(Outcome.DEVIATES if differences else Outcome.DOCUMENTED, differences)


def _counts(counts: Counts) -> dict[str, object]:
    # Where the law leaves the usage open, nothing is expected of it.
    return {
        name: value for name, value in msgspec.structs.asdict(counts).items() if name != "usage" or value is not None
    }


def _documented(result: Result, tensorflow: str) -> dict[str, object] | None:
    for releases, values in result.expected.items():
        if SpecifierSet(releases, prereleases=True).contains(tensorflow):
            return values
    return None


def _differences(
    measured: Counts, expected: dict[str, object], counters: dict[str, int | None]
) -> tuple[Difference, ...]:
    found = [
        Difference(name, getattr(measured, name), value)
        for name, value in expected.items()
        if getattr(measured, name) != value
    ]
    # The counters do not know of each other: one that disagrees means that a step is not what it should be.
    found += [
        Difference(f"steps by the counter {name!r}", steps, measured.steps)
        for name, steps in counters.items()
        if steps != measured.steps
    ]
    return tuple(found)
