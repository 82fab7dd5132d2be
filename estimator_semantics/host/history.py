"""A history: what one release after another answered to the same case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from packaging.version import Version

from estimator_semantics.host.record import Record, Result, Versions


@dataclass(frozen=True)
class Span:
    """Releases in a row that gave the same answer.

    Attributes:
        first: the earliest of them.
        last: the latest of them.
        count: how many of them were measured.
        is_newest: whether the latest of all measured releases is one of them.
        value: the answer.
    """

    first: str
    last: str
    count: int
    is_newest: bool
    value: Any


class History:
    """Records of releases, and what they say of a case.

    Args:
        records: one for each release, in any order.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = tuple(sorted(records, key=lambda record: Version(record.header.versions.tensorflow)))
        self._results = [{result.case: result for result in record.results} for record in self.records]

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases, the oldest first."""
        return tuple(record.header.versions.tensorflow for record in self.records)

    def versions(self, release: str) -> Versions:
        """Return the environment that a release was measured in.

        Args:
            release: one of the releases.
        """
        return self.records[self.releases.index(release)].header.versions

    def results(self, case: tuple[str, str]) -> tuple[tuple[str, Result], ...]:
        """Return each release that was asked, with its answer.

        Args:
            case: full name and scale.
        """
        return tuple(
            (release, by_case[case])
            for release, by_case in zip(self.releases, self._results, strict=True)
            if case in by_case
        )

    def spans(self, case: tuple[str, str], answer: Callable[[Result, str], Any]) -> tuple[Span, ...]:
        """Return the answers of the releases, with those in a row that are the same taken together.

        Args:
            case: full name and scale.
            answer: returns what is looked at of a result, given the result and its release.
        """
        spans: list[Span] = []
        for release, result in self.results(case):
            value, newest = answer(result, release), release == self.releases[-1]
            if spans and spans[-1].value == value:
                spans[-1] = Span(spans[-1].first, release, spans[-1].count + 1, newest, value)
            else:
                spans.append(Span(release, release, 1, newest, value))
        return tuple(spans)
