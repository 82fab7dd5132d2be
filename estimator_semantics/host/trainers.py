"""Other trainers: how they combine a bound on epochs with one on steps, in words."""

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Trainer:
    """A trainer and its two bounds.

    Attributes:
        trainer: its name.
        epoch_bound: the argument that bounds epochs, and its default.
        step_bound: the one that bounds steps, likewise.
        both: what is so where both are given.
        source: link to its documentation.
    """

    trainer: str
    epoch_bound: str
    step_bound: str
    both: str
    source: str


def trainers() -> tuple[Trainer, ...]:
    """Return the trainers, in the order in which they are shown."""
    text = resources.files("estimator_semantics.host").joinpath("trainers.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Trainer(**row) for row in rows)
