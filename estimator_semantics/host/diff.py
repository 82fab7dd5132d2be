"""A diff: what is different between two records, since when, and what to do about it. Pure functions of records."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from estimator_semantics.bridge import releases as bridged
from estimator_semantics.host import experiments
from estimator_semantics.host.changes import changes_between
from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.lineup import Place, default_keras, generation, lineup
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.selection import ALL, ESTIMATOR, Selection
from estimator_semantics.host.shift import FAILING, Kind, Shift, Since, shifts
from estimator_semantics.host.timeline import Timeline, order_of, records_between
from estimator_semantics.law import turning_points
from estimator_semantics.probe.experiment import Change, full_name

# Names of the counts of behaviours that did not change, and of those whose changes were accepted.
SAME = "the same"
ACCEPTED = "accepted"


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
        return order_of(self.old) < order_of(self.new)

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
    timeline = Timeline(old, new, history, each_keras=each_keras)
    before, after = lineup(old, each_keras=each_keras), lineup(new, each_keras=each_keras)
    not_compared: dict[str, list[str]] = {}
    shifts_of: dict[str, list[Shift]] = {}
    explained: dict[str, dict[Change, None]] = {}
    for place in sorted(before.keys() | after.keys()):
        cases = [case for each in (before, after) if place in each and (case := each[place][1]) is not None]
        if cases and not selection.takes(*cases):
            continue
        reason = _not_comparable(place, before, after, (old, new))
        if reason:
            not_compared.setdefault(reason, []).append(full_name(place[0], place[1]))
            continue
        differing, changes = _of_case(place, before, after, timeline)
        shifts_of.setdefault(place[0], []).extend(differing)
        explained.setdefault(place[0], {}).update(dict.fromkeys(changes))
    entries = [_entry(name, differing, tuple(explained[name])) for name, differing in shifts_of.items() if differing]
    if selection.takes_estimator:
        entries += removal(old, new, history)
        if entries and entries[-1].experiment == ESTIMATOR:
            shifts_of[ESTIMATOR] = list(entries[-1].shifts)
    compared = dict.fromkeys(shifts_of, SAME) | {entry.experiment: entry.kind.value for entry in entries}
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
            if some := tuple(
                shift for shift, is_expected in zip(entry.shifts, expected, strict=True) if is_expected is wanted
            ):
                kept.append(replace(entry, shifts=some))
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
    line = records_between(old, new, history)
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
    timeline: Timeline,
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
    differing = shifts(name, case, (old, of_old, timeline.old), (new, of_new, timeline.new))
    if not differing:
        return [], ()
    changes = changes_between(of_old, of_new, timeline.records)
    return [
        replace(shift, kind=shift.kind if changes else Kind.NEWS, since=timeline.since(place, shift.behaviour))
        for shift in differing
    ], changes


def _entry(name: str, differing: Sequence[Shift], changes: tuple[Change, ...]) -> Entry:
    specification = experiments.specifications(name)[0]
    return Entry(
        experiment=name,
        title=experiments.title(name),
        claim=specification.claim,
        source=specification.source,
        shifts=tuple(sorted(differing, key=lambda shift: (shift.kind is Kind.NEW, shift.consequence))),
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
