"""Mutants: faults that were put into TensorFlow at run time, and the experiments that notice them.

The table is data of the project, shown in its report. That it is true is for tests/test_mutants.py to say, which puts each of
them in.
"""

import csv
import functools
from dataclasses import dataclass
from importlib import resources

from estimator_semantics.host import experiments
from estimator_semantics.host.experiments import Specification


@dataclass(frozen=True)
class Mutant:
    """A fault, and one experiment that notices it.

    Attributes:
        name: the fault in a few words.
        imitates: what a release of TensorFlow would have to do to have it.
        experiment: full name of the case that notices it; there may be others.
        says: a regular expression that the message of that case matches.
    """

    name: str
    imitates: str
    experiment: str
    says: str

    @property
    def case(self) -> Specification | None:
        """The case that notices it; None where its experiment cannot be used."""
        return experiments.find(self.experiment)


@functools.cache
def table() -> tuple[Mutant, ...]:
    """Return all of them; one that several experiments notice is there several times, one after another."""
    text = resources.files(__package__).joinpath("mutants.csv").read_text("utf-8")
    return tuple(
        Mutant(row["mutant"], row["imitates"], row["experiment"], row["says"])
        for row in csv.DictReader(text.splitlines())
    )
