"""What TensorFlow logged about the length of a training, and what it means; only what is in records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from estimator_semantics.host import words
from estimator_semantics.host.record import Record
from estimator_semantics.host.words.messages import MESSAGES, Message


@dataclass(frozen=True)
class Logged:
    """A message that was met.

    Attributes:
        message: which one, and what it means.
        line: how it reads, in the last of the records that have it.
        experiments: names of the experiments that met it.
        releases: on which releases.
    """

    message: Message
    line: str
    experiments: tuple[str, ...]
    releases: str


def logged(records: Sequence[Record]) -> tuple[Logged, ...]:
    """Return the messages that were met.

    Args:
        records: the oldest release first.
    """
    met = (_met(message, records) for message in MESSAGES)
    return tuple(each for each in met if each is not None)


def _met(message: Message, records: Sequence[Record]) -> Logged | None:
    met = [
        (words.minor(record.header.versions.tensorflow), result.experiment.partition("[")[0], line)
        for record in records
        for result in record.results
        for line in result.log
        if re.search(message.text, line)
    ]
    if not met:
        return None
    releases = list(dict.fromkeys(release for release, _, _ in met))
    said = releases[0] if len(releases) == 1 else f"{len(releases)} releases, {releases[0]} to {releases[-1]}"
    return Logged(message, met[-1][2], tuple(sorted({name for _, name, _ in met})), said)
