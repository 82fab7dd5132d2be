"""Upgrades: what each boundary between two releases changes, said once. Pure functions of diffs."""

from collections.abc import Sequence
from dataclasses import dataclass

from estimator_semantics.host import experiments, words
from estimator_semantics.host.diff import Diff, Entry, Kind, has
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
class Upgrade:
    """What a boundary changes.

    Attributes:
        name: between which releases it is: ``"1.9 to 1.10"``.
        told: what is another one.
        titles: titles of the experiments that came or went, by what is said of them: ``"New"``, ``"Gone with Keras 2"``.
    """

    name: str
    told: tuple[Told, ...]
    titles: dict[str, tuple[str, ...]]


def upgrades(boundaries: Sequence[Diff]) -> tuple[Upgrade, ...]:
    """Returns what each boundary changes. What it puts an end to is not told again.

    Args:
        boundaries: what is different between releases in a row, the oldest first.
    """
    before: dict[tuple[str, Change], str] = {}
    found = []
    for boundary in boundaries:
        name = words.boundary(boundary)
        told: dict[str, list[Entry]] = {}
        for entry in boundary.entries:
            if entry.kind in (Kind.CHANGED, Kind.NEWS) or (entry.kind is Kind.GONE and entry.changes):
                told.setdefault(entry.experiment, []).append(entry)
        titles: dict[str, list[str]] = {}
        for entry in boundary.entries:
            if entry.kind in (Kind.GONE, Kind.NEW) and not entry.changes:
                titles.setdefault(_came_or_went(entry), []).append(entry.title)
        of_experiments = tuple(_told(entries, boundary, before) for entries in told.values())
        found.append(Upgrade(name, of_experiments, {said: tuple(each) for said, each in titles.items()}))
        before.update({(each.experiment, change): name for each in boundary.entries for change in each.changes})
    return tuple(found)


def _came_or_went(entry: Entry) -> str:
    """Returns whether an experiment came or went, and with which Keras, where that is so of its cases of one Keras only."""
    said = entry.kind.value.capitalize()
    keras = [each for each in ("Keras 2", "Keras 3") if entry.cases and all(case.startswith(each) for case in entry.cases)]
    return f"{said} with {keras[0]}" if keras else said


def _told(entries: Sequence[Entry], boundary: Diff, before: dict[tuple[str, Change], str]) -> Told:
    name = entries[0].experiment
    changes = tuple(dict.fromkeys(change for entry in entries for change in entry.changes))
    mended = [change for change in changes if (name, change) in before and _is_over(name, change, boundary)]
    left = [change for change in changes if change not in mended]
    says = [change.says for change in left]
    if not changes:
        shown = words.telling([shift for entry in entries for shift in entry.shifts])
        said = "; ".join(map(words.shift, shown[:FEW]))
        more = f"; and {words.many(len(shown) - FEW, 'value')} more" if len(shown) > FEW else ""
        says.append(f"{said}{more}. Nobody has said why yet.")
    sources: dict[str, list[str]] = {}
    for change in left:
        sources.setdefault(change.do, []).append(change.source)
    return Told(
        title=entries[0].title,
        says=tuple(says),
        advice=tuple(Advice(do, tuple(dict.fromkeys(of_it))) for do, of_it in sources.items()),
        mended=tuple(dict.fromkeys(before[name, change] for change in mended)),
    )


def _is_over(name: str, change: Change, boundary: Diff) -> bool:
    """Says whether the later release has no longer what an earlier one brought."""
    if name not in experiments.known():
        return False
    known = experiments.specifications(name)[0].changes
    return not any(has(since, boundary.new) for since, each in known.items() if each == change)
