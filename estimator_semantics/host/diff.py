"""A diff: what is different between two records, since when, and what to do about it. Pure functions of records."""

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import msgspec
from packaging.version import Version

from estimator_semantics.bridge import releases as bridged
from estimator_semantics.host import condition, consequence, experiments
from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.lineup import Place, default_keras, generation, lineup
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.selection import ALL, ESTIMATOR, Selection
from estimator_semantics.host.verdict import documented_for, expectation, is_expected, is_range, judge, left_open
from estimator_semantics.law import turning_points
from estimator_semantics.probe.experiment import Change, full_name


class Kind(str, Enum):
    """What happened to a behaviour. The first one that applies to an entry names it."""

    NEWS = "unexplained"
    CHANGED = "changed"
    GONE = "gone"
    LOST = "not measured"
    NEW = "new"


# The kinds that make a check fail.
FAILING = frozenset({Kind.NEWS, Kind.CHANGED, Kind.GONE})

# Names of the counts of behaviours that did not change, and of those whose changes were accepted.
SAME = "the same"
ACCEPTED = "accepted"


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


@dataclass(frozen=True)
class Entry:
    """One experiment with a difference, or ``tf.estimator`` itself.

    Attributes:
        experiment: its name; ``"tf.estimator"`` if that was removed.
        title: the experiment in a few words.
        claim: the sentence that it tests.
        source: link to where the claim was made.
        shifts: what is different, the most severe first.
        changes: why, and what to do.
        is_rare: whether it occurs only in a cluster or after a long wait.
    """

    experiment: str
    title: str
    claim: str
    source: str
    shifts: tuple[Shift, ...]
    changes: tuple[Change, ...] = ()
    is_rare: bool = False

    @property
    def kind(self) -> Kind:
        """What happened to the experiment: what happened to any of its cases, in the order of `Kind`."""
        return min((shift.kind for shift in self.shifts), key=list(Kind).index)

    @property
    def consequence(self) -> Consequence:
        """The most severe of what is affected."""
        return min(shift.consequence for shift in self.shifts)

    @property
    def cause(self) -> str:
        """The cause that this entry shares with others; empty if it has its own."""
        return next((change.cause for change in self.changes if change.cause), "")


@dataclass(frozen=True)
class Diff:
    """What is different between two records.

    Attributes:
        old: the environment of the old record.
        new: that of the new one.
        entries: what is different, the most severe first; those with one cause next to one another.
        compared: each behaviour that was compared, by the name of its experiment, with what happened to it: a `Kind`, or
            `SAME` or `ACCEPTED`. All counts are counts of these.
        accepted: differences that were accepted.
        environment: other differences between the environments: name, old and new value.
        not_compared: cases that were not compared, by reason.
    """

    old: Versions
    new: Versions
    entries: tuple[Entry, ...]
    compared: Mapping[str, str]
    environment: tuple[tuple[str, str | None, str | None], ...]
    not_compared: Mapping[str, tuple[str, ...]]
    accepted: tuple[Entry, ...] = ()
    outdated: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many behaviours were compared, by what happened to them; each counts once."""
        counted = Counter(self.compared.values())
        return {name: counted[name] for name in (SAME, *(kind.value for kind in Kind), ACCEPTED)}

    @property
    def is_upgrade(self) -> bool:
        """Whether the new record is of a later release than the old one."""
        return _release(self.old) < _release(self.new)

    @property
    def is_of_keras(self) -> bool:
        """Whether the two have the same TensorFlow with different releases of Keras."""
        return self.old.tensorflow == self.new.tensorflow and self.old.keras != self.new.keras

    @property
    def status(self) -> int:
        """The exit status: 1 when a behaviour changed or is gone, 3 when one was not measured or none compared, else 0."""
        happened = set(self.compared.values())
        if happened & {kind.value for kind in FAILING}:
            return 1
        return 3 if Kind.LOST.value in happened or not happened else 0


def diff(
    old: Record,
    new: Record,
    history: Iterable[Record] = (),
    *,
    selection: Selection = ALL,
    each_keras: bool = False,
) -> Diff:
    """Compare two records, experiment by experiment.

    Args:
        old: the record that is compared against.
        new: the other one.
        history: records of the releases between them, which show since when a behaviour is as it is.
        selection: which experiments to compare.
        each_keras: whether to compare Keras 2 with Keras 2 and Keras 3 with Keras 3, instead of the ``tf.keras`` of one
            environment with that of the other.
    """
    timeline = _Timeline(old, new, history, each_keras=each_keras)
    before, after = lineup(old, each_keras=each_keras), lineup(new, each_keras=each_keras)
    not_compared: dict[str, list[str]] = {}
    found: dict[str, list[Shift]] = {}
    explained: dict[str, dict[Change, None]] = {}
    for place in sorted(before.keys() | after.keys()):
        cases = [case for each in (before, after) if place in each and (case := each[place][1]) is not None]
        if cases and not selection.takes(*cases):
            continue
        reason = _not_comparable(place, before, after, (old, new))
        if reason:
            not_compared.setdefault(reason, []).append(full_name(place[0], place[1]))
            continue
        shifts, changes = _of_case(place, before, after, timeline)
        found.setdefault(place[0], []).extend(shifts)
        explained.setdefault(place[0], {}).update(dict.fromkeys(changes))
    entries = [_entry(name, shifts, tuple(explained[name])) for name, shifts in found.items() if shifts]
    if selection.takes_estimator:
        entries += removal(old, new, history)
        if entries and entries[-1].experiment == ESTIMATOR:
            found[ESTIMATOR] = list(entries[-1].shifts)
    compared = dict.fromkeys(found, SAME) | {entry.experiment: entry.kind.value for entry in entries}
    return Diff(
        old=old.header.versions,
        new=new.header.versions,
        entries=ordered(entries),
        compared=dict(sorted(compared.items())),
        environment=_environment(old, new),
        not_compared={reason: tuple(names) for reason, names in not_compared.items()},
    )


def without(diff: Diff, is_accepted: Callable[[str, Shift], bool]) -> Diff:
    """Return a diff that lists accepted shifts separately.

    Args:
        diff: the diff.
        is_accepted: returns whether a shift of an experiment was accepted.
    """
    left: list[Entry] = []
    accepted: list[Entry] = []
    for entry in diff.entries:
        expected = [is_accepted(entry.experiment, shift) for shift in entry.shifts]
        for kept, wanted in ((left, False), (accepted, True)):
            if shifts := tuple(
                shift for shift, is_expected in zip(entry.shifts, expected, strict=True) if is_expected is wanted
            ):
                kept.append(replace(entry, shifts=shifts))
    compared = {
        **diff.compared,
        **{entry.experiment: ACCEPTED for entry in accepted},
        **{entry.experiment: entry.kind.value for entry in left},
    }
    return replace(diff, entries=ordered(left), accepted=tuple(accepted), compared=compared)


def ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries with the most severe first, followed by those with the same cause. New behaviours come last."""

    def severity(entry: Entry) -> tuple[object, ...]:
        worst = [shift for shift in entry.shifts if shift.consequence is entry.consequence]
        # Among equally severe entries, the more common comes first: clusters come last, and entries with more such cases come
        # first.
        return (
            entry.kind is Kind.NEW,
            entry.consequence,
            entry.is_rare,
            list(Kind).index(entry.kind),
            -len(worst),
            entry.experiment,
        )

    entries = sorted(entries, key=severity)
    first: dict[str, int] = {}
    for at, entry in enumerate(entries):
        first.setdefault(entry.cause or entry.experiment, at)
    return tuple(sorted(entries, key=lambda entry: first[entry.cause or entry.experiment]))


def removal(old: Record, new: Record, history: Iterable[Record] = ()) -> tuple[Entry, ...]:
    """Return an entry on tf.estimator itself, if the earlier of two releases has its own and the later one has not.

    Args:
        old: the record that is compared against.
        new: the other one.
        history: records of the releases between them.
    """
    line = _between(old, new, history)
    low, high = (record.header.versions for record in (line[0], line[-1]))
    if low.estimator != "native" or high.estimator == "native":
        return ()
    first = next(record for record in line if record.header.versions.estimator != "native").header.versions.tensorflow
    since = Since("TensorFlow", first, is_minor=True)
    values = old.header.versions.estimator, new.header.versions.estimator
    claim, source = "TensorFlow has tf.estimator.", turning_points.ESTIMATOR_REMOVED.source
    if old is not line[0]:
        shift = Shift(Kind.NEW, "", "estimator", *values, Consequence.FAILURE, since)
        title = f"tf.estimator is part of TensorFlow until {turning_points.until(turning_points.ESTIMATOR_REMOVED)}"
        return (Entry(ESTIMATOR, title, claim, source, (shift,)),)
    how = (
        "It was measured through the bridge here, on the package tensorflow-estimator."
        if high.estimator
        else "The bridge needs packages that are missing here."
    )
    change = Change(
        says=f"TensorFlow has no tf.estimator of its own since {turning_points.since(turning_points.ESTIMATOR_REMOVED)}. {how}",
        do=f"`{bridged.remedy(high.tensorflow)}`, then `python -m estimator_semantics.bridge train.py`; or move to `model.fit`.",
        source=source,
    )
    kind = Kind.CHANGED if high.estimator else Kind.GONE
    shift = Shift(kind, "", "estimator", *values, Consequence.FAILURE, since)
    return (Entry(ESTIMATOR, "tf.estimator was removed from TensorFlow", claim, source, (shift,), (change,)),)


class _Timeline:
    """The records from the earlier release to the later one, each with its lineup."""

    def __init__(self, old: Record, new: Record, history: Iterable[Record], *, each_keras: bool) -> None:
        self.records = _between(old, new, history)
        self.old, self.new = old, new
        self._each_keras = each_keras
        self._unlike: dict[tuple[Place, int], list[str]] = {}

    @functools.cached_property
    def lineups(self) -> list[dict[Place, tuple[Result, Specification | None]]]:
        """The answers of each record by the place under which they are compared."""
        return [lineup(record, each_keras=self._each_keras) for record in self.records]

    def since(self, place: Place, behaviour: str) -> Since | None:
        """Return the first release since which all behave like the last one, in one behaviour of a case."""
        result, specification = self.lineups[-1][place]
        assert specification is not None
        since = len(self.records) - 1
        for at in reversed(range(since)):
            there, of_there = self.lineups[at].get(place, (None, None))
            if there is None or of_there is None or there.status == "error" or there.revision != of_there.revision:
                continue
            if there.status != result.status or (behaviour and behaviour in self._unlike_the_last(place, at)):
                break
            since = at
        return _since(self.records[since], self.records[0], generation(specification) is not None)

    def _unlike_the_last(self, place: Place, at: int) -> list[str]:
        """Return the behaviours of a case that differ from the last record."""
        if (place, at) not in self._unlike:
            self._unlike[place, at] = shifted(self._answer(place, at), self._answer(place, -1))
        return self._unlike[place, at]

    def _answer(self, place: Place, at: int) -> "Answer":
        result, specification = self.lineups[at][place]
        assert specification is not None
        return result, specification, self.records[at]


def _since(record: Record, first: Record, is_about_keras: bool) -> Since | None:
    versions, earliest = record.header.versions, first.header.versions
    if versions.tensorflow != earliest.tensorflow:
        return Since("TensorFlow", versions.tensorflow, _minor(versions.tensorflow) != _minor(earliest.tensorflow))
    if is_about_keras and versions.keras is not None and versions.keras != earliest.keras:
        return Since(
            "Keras", versions.keras, earliest.keras is None or _minor(versions.keras) != _minor(earliest.keras)
        )
    # Both are the same release, so no release made the difference.
    return None


def _minor(version: str) -> tuple[int, ...]:
    return Version(version).release[:2]


def _between(old: Record, new: Record, history: Iterable[Record]) -> list[Record]:
    """Return the records from the earlier release to the later one."""

    def release(record: Record) -> tuple[Version, Version]:
        return _release(record.header.versions)

    low, high = sorted((old, new), key=release)
    between = [record for record in history if release(low) < release(record) < release(high)]
    return [low, *sorted(between, key=release), high]


def _release(versions: Versions) -> tuple[Version, Version]:
    """Return the key that sorts releases: TensorFlow, then Keras."""
    return Version(versions.tensorflow), Version(versions.keras or "0")


def _not_comparable(
    place: Place,
    before: Mapping[Place, tuple[Result, Specification | None]],
    after: Mapping[Place, tuple[Result, Specification | None]],
    records: tuple[Record, Record],
) -> str:
    """Return why a case is not compared; an empty string if it is."""
    if place not in before or place not in after:
        return "in one of the records only"
    answers = before[place], after[place]
    if any(specification is None or result.revision != specification.revision for result, specification in answers):
        return "measured by another revision of the experiment"
    (old, specification), (new, _) = answers
    assert specification is not None
    if specification.needs and any(getattr(record.header.versions, specification.needs) is None for record in records):
        # A package that is not installed is not a removed behaviour.
        return f"{specification.needs} is not in both environments"
    if old.status == "error":
        return "not measured in the old record"
    if generation(specification) is None:
        for record, result in zip(records, (old, new), strict=True):
            if result.status == "absent" and record.header.versions.estimator is None:
                return f"TensorFlow {record.header.versions.tensorflow} has no tf.estimator here"
    return ""


def _of_case(
    place: Place,
    before: Mapping[Place, tuple[Result, Specification | None]],
    after: Mapping[Place, tuple[Result, Specification | None]],
    timeline: _Timeline,
) -> tuple[list[Shift], Sequence[Change]]:
    """Return what is different of a case, and why."""
    name, case, _ = place
    (old, of_old), (new, of_new) = before[place], after[place]
    assert of_old is not None and of_new is not None
    if new.status == "error":
        return [Shift(Kind.LOST, case, "", None, None, Consequence.FAILURE, None, new.why)], ()
    if old.status != new.status:
        kind = Kind.GONE if new.status == "absent" else Kind.NEW
        since = timeline.since(place, "")
        return [Shift(kind, case, "", old.status, new.status, Consequence.FAILURE, since, new.why or old.why)], ()
    names = shifted((old, of_old, timeline.old), (new, of_new, timeline.new))
    if not names:
        return [], ()
    assert old.measured is not None and new.measured is not None
    changes = _changes(of_old, of_new, timeline.records)
    unexpected = {difference.name for difference in judge(new, timeline.new.header.versions, of_new).differences}
    documented = documented_for(of_new, timeline.new.header.versions)
    shifts = [
        Shift(
            Kind.NEWS if not changes or behaviour in unexpected else Kind.CHANGED,
            case,
            behaviour,
            was := old.measured.get(behaviour),
            now := new.measured.get(behaviour),
            consequence.of(name, behaviour, was, now),
            timeline.since(place, behaviour),
            chance=documented[behaviour] if is_range(documented.get(behaviour)) else None,
        )
        for behaviour in names
    ]
    return shifts, changes


Answer = tuple[Result, Specification, Record]


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


def _changes(of_old: Specification, of_new: Specification, line: Sequence[Record]) -> tuple[Change, ...]:
    """Return what is known to have changed after the first release of the line, up to the last one."""
    old, new = (record.header.versions for record in (line[0], line[-1]))
    generations = {generation(of_old), generation(of_new)}
    return tuple(
        change for since, change in of_new.changes.items() if explains(since, old, new) and concerns(since, generations)
    )


def concerns(since: str, generations: set[int | None]) -> bool:
    """Return whether a change since then concerns a comparison of these generations of Keras.

    Args:
        since: see `explains`.
        generations: which Keras the two compared cases are about; ``{None}`` if they are about none.
    """
    if generations == {2}:
        return not is_about_keras(since)
    return is_about_keras(since) or not generations & {2, 3}


def is_about_keras(since: str) -> bool:
    """Return whether what has changed since then depends on the version of the package keras.

    Args:
        since: see `explains`.
    """
    return not since[0].isdigit() and "keras" in condition.names(since)


def explains(since: str, old: Versions, new: Versions) -> bool:
    """Return whether a change since then lies between two environments.

    Args:
        since: a minor of TensorFlow, ``"1.10"``, or a condition that must hold for only one of the two, ``"numpy>=2"``.
        old: the environment of the earlier release.
        new: that of the later one.
    """
    return has(since, old) != has(since, new)


def has(since: str, versions: Versions) -> bool:
    """Return whether an environment has a change since then.

    Args:
        since: a minor of TensorFlow, or a condition.
        versions: the environment.
    """
    if not since[0].isdigit():
        return condition.holds(since, versions)
    # A release candidate of a minor has what the minor brings.
    return Version(since).release[:2] <= Version(versions.tensorflow).release[:2]


def _entry(name: str, shifts: Sequence[Shift], changes: tuple[Change, ...]) -> Entry:
    specification = experiments.specifications(name)[0]
    return Entry(
        experiment=name,
        title=experiments.title(name),
        claim=specification.claim,
        source=specification.source,
        shifts=tuple(sorted(shifts, key=lambda shift: (shift.kind is Kind.NEW, shift.consequence))),
        changes=changes,
        is_rare=bool(specification.slow),
    )


def _environment(old: Record, new: Record) -> tuple[tuple[str, str | None, str | None], ...]:
    before, after = (
        {
            **msgspec.structs.asdict(record.header.versions),
            "tf.keras": f"Keras {default_keras(record.header)}",
            **record.header.variables,
        }
        for record in (old, new)
    )
    return tuple(
        (name, before.get(name), after.get(name))
        for name in {**before, **after}
        if name != "tensorflow" and before.get(name) != after.get(name)
    )
