"""A selection: the experiments that a user asks about, by the API that they call, by name or by a pattern of names."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from estimator_semantics.host import experiments
from estimator_semantics.host.errors import UnknownSelection
from estimator_semantics.host.experiments import Specification
from estimator_semantics.probe.experiment import split_name

# The name of a finding that belongs to no experiment.
ESTIMATOR = "tf.estimator"


@dataclass(frozen=True)
class Selection:
    """Some of the experiments.

    Attributes:
        only: APIs (``"fit"``), names (``"keras_epochs"``), full names of cases, or patterns (``"keras_*"``); empty means all.
        ignored: the same, for what is left out.
    """

    only: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def takes(self, *cases: Specification) -> bool:
        """Return whether the selection includes a case, or one of several cases that are compared with one another."""

        def match(patterns: tuple[str, ...]) -> bool:
            return any(_matches(pattern, case) for pattern in patterns for case in cases)

        return (not self.only or match(self.only)) and not match(self.ignored)

    @property
    def takes_estimator(self) -> bool:
        """Whether the selection includes ``tf.estimator`` itself, as it does if it includes any experiment with an Estimator."""
        if ESTIMATOR in self.ignored:
            return False
        if not self.only or ESTIMATOR in self.only:
            return True
        return any(self.takes(case) and _api(case) != "fit" for case in experiments.chosen())


# The default: every experiment.
ALL = Selection()


def selection(only: Sequence[str], ignored: Sequence[str]) -> Selection:
    """Return the selection that a user typed: patterns, separated by commas.

    Args:
        only: what to keep.
        ignored: what to leave out.

    Raises:
        UnknownSelection: a pattern matches no experiment, or nothing is left.
    """
    selected = Selection(_patterns(only), _patterns(ignored))
    cases = experiments.chosen()
    for option, patterns in (("--only", selected.only), ("--ignore", selected.ignored)):
        for pattern in patterns:
            if pattern != ESTIMATOR and not any(_matches(pattern, case) for case in cases):
                known = sorted({*experiments.known(), *map(_api, cases), ESTIMATOR})
                raise UnknownSelection(option, pattern, tuple(known))
    if not selected.takes_estimator and not any(map(selected.takes, cases)):
        raise UnknownSelection("--ignore", ",".join(selected.ignored), ())
    return selected


def _patterns(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(pattern.strip() for each in given for pattern in _split(each) if pattern.strip())


def _split(given: str) -> list[str]:
    """Return the parts between commas; a comma in brackets belongs to the name of a case."""
    parts, depth = [""], 0
    for letter in given:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _api(specification: Specification) -> str:
    return specification.plans["quick"].api


def _matches(pattern: str, specification: Specification) -> bool:
    name, _ = split_name(specification.name)
    if pattern in (specification.name, _api(specification)):
        return True
    return "[" not in pattern and fnmatchcase(name, pattern)
