"""A diff: what is different between two records, since when, and what to do about it. Pure functions of records."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

import msgspec
from packaging.version import Version

from estimator_semantics.bridge import releases as bridged
from estimator_semantics.host import condition, experiments
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.verdict import Outcome, documented_for, is_expected, judge, left_open, prediction
from estimator_semantics.probe.experiment import Change, split_name


# What an entry is about that is about no experiment.
ESTIMATOR = "tf.estimator"


class Kind(str, Enum):
    """What happened to a behaviour; the worst first."""

    LOST = "not measured"
    NEWS = "changed, unexplained"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Shift:
    """A behaviour that is another one.

    Attributes:
        name: which one, with the case before it where the experiment has several.
        old: its value in the old record.
        new: its value in the new one.
    """

    name: str
    old: object
    new: object


@dataclass(frozen=True)
class Entry:
    """One experiment of which something is different, or ``tf.estimator`` itself.

    Attributes:
        kind: what happened.
        experiment: its name; ``"tf.estimator"`` where that was removed.
        title: the experiment in a few words.
        claim: the sentence that it tests.
        source: link to where the claim was made.
        cases: the cases that it is true of, where the experiment has several.
        shifts: the behaviours that are different; none where a case as a whole is.
        since: the first release that has the behaviour of the later one of the two; empty where records do not tell.
        changes: why, and what to do.
        why: the reason where it could not be measured, or is absent.
    """

    kind: Kind
    experiment: str
    title: str
    claim: str
    source: str
    cases: tuple[str, ...]
    shifts: tuple[Shift, ...]
    since: str
    changes: tuple[Change, ...]
    why: str = ""


@dataclass(frozen=True)
class Diff:
    """What is different between two records.

    Attributes:
        old: the environment of the old record.
        new: that of the new one.
        entries: what is different, the worst first.
        behaviours: number of behaviours that are in both records.
        same: number of those that are the same.
        environment: what is different of the environments: name, old and new value.
        not_compared: full names of the cases that were not compared, by the reason.
    """

    old: Versions
    new: Versions
    entries: tuple[Entry, ...]
    behaviours: int
    same: int
    environment: tuple[tuple[str, str | None, str | None], ...]
    not_compared: dict[str, tuple[str, ...]]

    @property
    def is_upgrade(self) -> bool:
        """Whether the new record is of a later release than the old one."""
        return _release(self.old) < _release(self.new)

    @property
    def is_of_keras(self) -> bool:
        """Whether the two are the same TensorFlow with another Keras."""
        return self.old.tensorflow == self.new.tensorflow and self.old.keras != self.new.keras

    @property
    def status(self) -> int:
        """The exit status: 1 when a behaviour changed or is gone, 3 when one was not measured or none compared, 0."""
        kinds = {entry.kind for entry in self.entries}
        if kinds & {Kind.NEWS, Kind.CHANGED, Kind.GONE}:
            return 1
        return 3 if Kind.LOST in kinds or not self.behaviours else 0


def diff(old: Record, new: Record, history: Iterable[Record] = ()) -> Diff:
    """Compares two records, case by case and behaviour by behaviour.

    Args:
        old: the record that is compared against.
        new: the other one.
        history: records of the releases between them, from which it is read since when a behaviour is as it is.
    """
    before, after, history = _by_case(old), _by_case(new), tuple(history)
    line = _line(old, new, history)
    not_compared: dict[str, list[str]] = {}
    found: list[Entry] = []
    behaviours = same = 0
    for case in sorted(before.keys() | after.keys()):
        name = case[0]
        if case not in before or case not in after:
            not_compared.setdefault("in one of the records only", []).append(name)
            continue
        results = before[case], after[case]
        specification = experiments.find(name)
        if specification is None or not all(result.revision == specification.revision for result in results):
            not_compared.setdefault("measured by another revision of the experiment", []).append(name)
            continue
        if specification.needs and _lack(specification.needs, old, new):
            # What nobody installed has not gone.
            not_compared.setdefault(f"{specification.needs} is not in both environments", []).append(name)
            continue
        if before[case].status == "error":
            not_compared.setdefault("not measured in the old record", []).append(name)
            continue
        shared, shifts = _shifts(*results, specification, (old, new))
        behaviours += shared
        same += shared - len(shifts)
        kind = _kind(*results, shifts, specification, new)
        if kind is not None:
            found.append(_entry(kind, results, shifts, specification, line))
    return Diff(
        old=old.header.versions,
        new=new.header.versions,
        entries=(
            *removal(old, new, history),
            *sorted(_grouped(found), key=lambda entry: (list(Kind).index(entry.kind), entry.experiment)),
        ),
        behaviours=behaviours,
        same=same,
        environment=_environment(old.header.versions, new.header.versions),
        not_compared={reason: tuple(names) for reason, names in not_compared.items()},
    )


def removal(old: Record, new: Record, history: Iterable[Record] = ()) -> tuple[Entry, ...]:
    """Returns an entry on tf.estimator itself where the later of two releases has none of its own, and the earlier one has.

    Args:
        old: the record that is compared against.
        new: the other one.
        history: records of the releases between them.
    """
    line = _line(old, new, history)
    low, high = (record.header.versions for record in (line[0], line[-1]))
    if low.estimator != "native" or high.estimator == "native":
        return ()
    since = next(record for record in line if record.header.versions.estimator != "native").header.versions.tensorflow
    claim, source = "TensorFlow has tf.estimator.", "https://github.com/tensorflow/tensorflow/releases/tag/v2.16.1"
    if old is not line[0]:
        title = "tf.estimator is part of TensorFlow, up to 2.15"
        return (Entry(Kind.NEW, ESTIMATOR, title, claim, source, (), (), since, ()),)
    how = (
        "Here it was measured through the bridge, on the package tensorflow-estimator."
        if high.estimator
        else "Here the packages that the bridge needs are missing, or some of them."
    )
    change = Change(
        says=f"TensorFlow has no tf.estimator of its own since 2.16. {how}",
        do=f"`{bridged.remedy(high.tensorflow)}`, and `python -m estimator_semantics.bridge train.py`; or move to `model.fit`",
        source=source,
    )
    kind, title = Kind.CHANGED if high.estimator else Kind.GONE, "tf.estimator was removed from TensorFlow"
    return (Entry(kind, ESTIMATOR, title, claim, source, (), (), since, (change,)),)


def _by_case(record: Record) -> dict[tuple[str, str], Result]:
    return {result.case: result for result in record.results}


def _lack(distribution: str, *records: Record) -> bool:
    return any(getattr(record.header.versions, distribution) is None for record in records)


def _line(old: Record, new: Record, history: Iterable[Record]) -> list[Record]:
    """Returns the records from the earlier release to the later one."""

    def release(record: Record) -> tuple[Version, Version]:
        return _release(record.header.versions)

    low, high = sorted((old, new), key=release)
    between = [record for record in history if release(low) < release(record) < release(high)]
    return [low, *sorted(between, key=release), high]


def _release(versions: Versions) -> tuple[Version, Version]:
    """Returns what releases are sorted by: TensorFlow, and where that is the same, Keras."""
    return Version(versions.tensorflow), Version(versions.keras or "0")


def _shifts(
    old: Result, new: Result, specification: Specification, records: tuple[Record, Record]
) -> tuple[int, tuple[Shift, ...]]:
    """Returns how many behaviours both results have, and those that are different."""
    if old.measured is None or new.measured is None:
        return 0, ()
    versions = [record.header.versions for record in records]
    chance = set().union(*(left_open(specification, new.scale, each.tensorflow) for each in versions))
    names = [name for name in old.measured if name in new.measured and name not in chance]
    if ("raises" in old.measured) != ("raises" in new.measured):
        names.append("raises")  # an error that was none, or is none any more
    ranges = [
        {**prediction(specification, new.scale, each.tensorflow, each.keras), **documented_for(specification, each)}
        for each in versions
    ]
    shifts = [
        Shift(name, old.measured.get(name), new.measured.get(name))
        for name in names
        if not _is_same(old.measured.get(name), new.measured.get(name), ranges[0].get(name), ranges[1].get(name))
    ]
    return len(names), tuple(shifts)


def _is_same(old: object, new: object, range_of_old: object, range_of_new: object) -> bool:
    if old == new:
        return True
    # What varies from run to run is the same as long as it stays within the range that both releases have.
    return (
        range_of_old is not None
        and range_of_old == range_of_new
        and all(is_expected(value, range_of_old) for value in (old, new))
    )


def _kind(
    old: Result, new: Result, shifts: tuple[Shift, ...], specification: Specification, record: Record
) -> Kind | None:
    if new.status == "error":
        return Kind.LOST
    if old.status != new.status:
        return Kind.GONE if new.status == "absent" else Kind.NEW
    if not shifts:
        return None
    known = judge(new, record.header.versions, specification).outcome
    return Kind.NEWS if known is Outcome.DEVIATES else Kind.CHANGED


def _entry(
    kind: Kind,
    results: tuple[Result, Result],
    shifts: tuple[Shift, ...],
    specification: Specification,
    line: list[Record],
) -> Entry:
    name, case = split_name(specification.name)
    changes = _changes(specification, line) if kind in (Kind.CHANGED, Kind.NEWS) else ()
    if kind is Kind.CHANGED and not changes:
        kind = Kind.NEWS
    named = tuple(Shift(f"{case}: {shift.name}", shift.old, shift.new) for shift in shifts) if case else shifts
    return Entry(
        kind=kind,
        experiment=name,
        title=experiments.title(name),
        claim=specification.claim,
        source=specification.source,
        cases=(case,) if case else (),
        shifts=named,
        since=""
        if kind is Kind.LOST
        else _since(specification, results[0].scale, {shift.name for shift in shifts}, line),
        changes=changes,
        why=results[1].why or results[0].why,
    )


def _changes(specification: Specification, line: list[Record]) -> tuple[Change, ...]:
    """Returns what is known to have changed after the first release of the line, up to the last one."""
    old, new = (record.header.versions for record in (line[0], line[-1]))
    return tuple(change for since, change in specification.changes.items() if explains(since, old, new))


def explains(since: str, old: Versions, new: Versions) -> bool:
    """Says whether what has changed since then is different between two environments.

    Args:
        since: a minor of TensorFlow, ``"1.10"``, or a condition of which only one of the two is to hold, ``"numpy>=2"``.
        old: the environment of the earlier release.
        new: that of the later one.
    """
    return has(since, old) != has(since, new)


def has(since: str, versions: Versions) -> bool:
    """Says whether an environment has what has changed since then.

    Args:
        since: a minor of TensorFlow, or a condition.
        versions: the environment.
    """
    if not since[0].isdigit():
        return condition.holds(since, versions)
    # A release candidate of a minor has what the minor brings.
    return Version(since).release[:2] <= Version(versions.tensorflow).release[:2]


def _since(specification: Specification, scale: str, names: set[str], line: list[Record]) -> str:
    """Returns the first release from which on all have what the last one has."""
    case, last = (specification.name, scale), line[-1]
    since = last
    for record in reversed(line[:-1]):
        result = _by_case(record).get(case)
        if result is None or result.status == "error" or result.revision != specification.revision:
            continue
        there = _by_case(last)[case]
        _, shifts = _shifts(result, there, specification, (record, last))
        if result.status != there.status or names.intersection(shift.name for shift in shifts):
            break
        since = record
    versions = since.header.versions
    if versions.tensorflow == line[0].header.versions.tensorflow and versions.keras is not None:
        return f"Keras {versions.keras}"
    return versions.tensorflow


def _grouped(entries: list[Entry]) -> list[Entry]:
    """Returns one entry where several cases of one experiment tell the same."""
    groups: dict[tuple, list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.experiment, entry.kind, entry.since, entry.why), []).append(entry)
    return [
        replace(
            group[0],
            cases=tuple(case for entry in group for case in entry.cases),
            shifts=tuple(shift for entry in group for shift in entry.shifts),
        )
        for group in groups.values()
    ]


def _environment(old: Versions, new: Versions) -> tuple[tuple[str, str | None, str | None], ...]:
    before, after = msgspec.structs.asdict(old), msgspec.structs.asdict(new)
    return tuple(
        (name, before[name], after[name]) for name in before if name != "tensorflow" and before[name] != after[name]
    )
