"""Upgrades: what each boundary between two releases changes, said once. Pure functions of diffs."""

from collections.abc import Sequence
from dataclasses import dataclass

from estimator_semantics.host import experiments, words
from estimator_semantics.host.changes import has
from estimator_semantics.host.diff import Diff, Entry
from estimator_semantics.host.shift import Kind
from estimator_semantics.probe.experiment import Change

# So many values of an experiment say enough.
FEW = 3


@dataclass(frozen=True)
class Advice:
    """What to do.

    Attributes:
        do: what to write or to expect instead.
        sources: links to what shows it.
    """

    do: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What a boundary changes of one experiment.

    Attributes:
        title: the experiment in a few words.
        says: what was so before, and what is so since.
        advice: what to do, each once.
        mended: the boundaries that told of what this one puts an end to.
    """

    title: str
    says: tuple[str, ...]
    advice: tuple[Advice, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """What a boundary changes for one reason.

    Attributes:
        cause: the reason in a few words; empty where an experiment has one of its own.
        told: the experiments, the most severe change first.
    """

    cause: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Upgrade:
    """What a boundary changes.

    Attributes:
        name: between which releases it is: ``"1.9 to 1.10"``.
        counted: how many behaviours were compared, and what happened to them.
        groups: what changed, the most severe first.
        titles: titles of the experiments that came or went, by heading: ``"New"``, ``"Gone"``.
    """

    name: str
    counted: str
    groups: tuple[Group, ...]
    titles: dict[str, tuple[str, ...]]


def upgrades(boundaries: Sequence[Diff]) -> tuple[Upgrade, ...]:
    """Return what each boundary changes. What it puts an end to is not told again.

    Args:
        boundaries: what is different between releases in a row, the oldest first.
    """
    before: dict[tuple[str, Change], str] = {}
    with_changes = []
    for boundary in boundaries:
        name = words.boundary(boundary)
        groups: list[tuple[str, list[Told]]] = []
        titles: dict[str, list[str]] = {}
        for entry in boundary.entries:
            if entry.kind in (Kind.GONE, Kind.NEW) and not entry.changes:
                titles.setdefault(entry.kind.value.capitalize(), []).append(entry.title)
            elif entry.kind is not Kind.LOST:
                if not groups or not entry.cause or groups[-1][0] != entry.cause:
                    groups.append((entry.cause, []))
                groups[-1][1].append(_told(entry, boundary, before))
        with_changes.append(
            Upgrade(
                name,
                words.counted(boundary),
                tuple(Group(cause, tuple(told)) for cause, told in groups),
                {said: tuple(each) for said, each in titles.items()},
            )
        )
        before.update({(each.experiment, change): name for each in boundary.entries for change in each.changes})
    return tuple(with_changes)


def _told(entry: Entry, boundary: Diff, before: dict[tuple[str, Change], str]) -> Told:
    name = entry.experiment
    mended = [change for change in entry.changes if (name, change) in before and _is_over(name, change, boundary)]
    left = [change for change in entry.changes if change not in mended]
    says = [change.says for change in left]
    if not entry.changes:
        shown = words.telling(entry.shifts)
        more = f"; and {words.many(len(shown) - FEW, 'more value')}" if len(shown) > FEW else ""
        says.append(f"{'; '.join(map(words.shift, shown[:FEW]))}{more}. Cause unknown.")
    return Told(
        title=entry.title,
        says=tuple(says),
        advice=tuple(Advice(do, tuple(sources)) for do, sources in words.remedies(left).items()),
        mended=tuple(dict.fromkeys(before[name, change] for change in mended)),
    )


def _is_over(name: str, change: Change, boundary: Diff) -> bool:
    """Return whether the later release has no longer what an earlier one brought."""
    if name not in experiments.known():
        return False
    known = experiments.specifications(name)[0].changes
    return not any(has(since, boundary.new) for since, each in known.items() if each == change)
