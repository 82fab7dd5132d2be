"""A timeline: the records from the earlier of two releases to the later one, which show since when a behaviour is as it is."""

import functools
from collections.abc import Iterable

from packaging.version import Version

from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.lineup import Place, generation, lineup
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.shift import Answer, Since, shifted


class Timeline:
    """The records from the earlier release to the later one, each with its lineup."""

    def __init__(self, old: Record, new: Record, history: Iterable[Record], *, each_keras: bool) -> None:
        self.records = records_between(old, new, history)
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

    def _answer(self, place: Place, at: int) -> Answer:
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


def records_between(old: Record, new: Record, history: Iterable[Record]) -> list[Record]:
    """Return the records from the earlier release to the later one."""

    def release(record: Record) -> tuple[Version, Version]:
        return order_of(record.header.versions)

    low, high = sorted((old, new), key=release)
    between = [record for record in history if release(low) < release(record) < release(high)]
    return [low, *sorted(between, key=release), high]


def order_of(versions: Versions) -> tuple[Version, Version]:
    """Return the key that sorts releases: TensorFlow, then Keras."""
    return Version(versions.tensorflow), Version(versions.keras or "0")
