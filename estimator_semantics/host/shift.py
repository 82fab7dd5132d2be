"""A shift: something that one case does differently in another environment, and how two of its answers are compared."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from estimator_semantics.host import consequence
from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Record, Result
from estimator_semantics.host.verdict import documented_for, expectation, is_expected, is_range, judge, left_open


class Kind(str, Enum):
    """What happened to a behaviour. The first one that applies to an entry names it."""

    NEWS = "unexplained"
    CHANGED = "changed"
    GONE = "gone"
    LOST = "not measured"
    NEW = "new"


# The kinds that make a check fail.
FAILING = frozenset({Kind.NEWS, Kind.CHANGED, Kind.GONE})


@dataclass(frozen=True)
class Since:
    """The first release that behaves like the later of two.

    Attributes:
        distribution: ``"TensorFlow"`` or ``"Keras"``.
        version: the patch that was measured.
        is_minor: whether the minor version is enough, because the release before it has another minor.
    """

    distribution: str
    version: str
    is_minor: bool


@dataclass(frozen=True)
class Shift:
    """Something that one case of an experiment does differently.

    Attributes:
        kind: what happened.
        case: the case; empty if the experiment has only one.
        behaviour: what was measured; empty if the whole case is new, gone or was not measured.
        old: its value in the old record.
        new: its value in the new one.
        consequence: what it affects.
        since: the first release between the two that behaves like the later one; None if the records do not tell.
        why: the reason, if the case was not measured or is absent.
        chance: what is expected in the new environment, if chance decides between several values; otherwise None.
    """

    kind: Kind
    case: str
    behaviour: str
    old: Any
    new: Any
    consequence: Consequence
    since: Since | None = None
    why: str = ""
    chance: Any = None


Answer = tuple[Result, Specification, Record]


def shifts(experiment: str, case: str, old: Answer, new: Answer) -> list[Shift]:
    """Return a shift for each behaviour that has another value: news where it is not what is expected in the new environment.

    Args:
        experiment: its name.
        case: the case, as it is compared.
        old: its answer in the old record.
        new: its answer in the new one.
    """
    names = shifted(old, new)
    if not names:
        return []
    result, specification, record = new
    versions = record.header.versions
    before, after = old[0].measured or {}, result.measured or {}
    unexpected = {difference.name for difference in judge(result, versions, specification).differences}
    documented = documented_for(specification, versions)
    return [
        Shift(
            Kind.NEWS if name in unexpected else Kind.CHANGED,
            case,
            name,
            was := before.get(name),
            now := after.get(name),
            consequence.of(experiment, name, was, now),
            chance=documented[name] if is_range(documented.get(name)) else None,
        )
        for name in names
    ]


def shifted(old: Answer, new: Answer) -> list[str]:
    """Return the behaviours that have another value."""
    (before, _, _), (after, _, _) = old, new
    if before.measured is None or after.measured is None or before.measured == after.measured:
        return []
    chance = set().union(*(left_open(of, result.scale, at.header.versions.tensorflow) for result, of, at in (old, new)))
    names = [name for name in before.measured if name in after.measured and name not in chance]
    if ("raises" in before.measured) != ("raises" in after.measured):
        names.append("raises")  # an error on one side only
    ranges = [expectation(of, result.scale, at.header.versions) for result, of, at in (old, new)]
    return [
        name
        for name in names
        if not _is_same(before.measured.get(name), after.measured.get(name), ranges[0].get(name), ranges[1].get(name))
    ]


def _is_same(old: object, new: object, range_of_old: object, range_of_new: object) -> bool:
    if old == new:
        return True
    # A value that varies from run to run is the same while it stays within a range that both releases share.
    return (
        range_of_old is not None
        and range_of_old == range_of_new
        and all(is_expected(value, range_of_old) for value in (old, new))
    )
