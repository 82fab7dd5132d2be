"""Experiments that cannot be used: the verbs that are about all experiments leave them out, and say so."""

import sys

from estimator_semantics.host import experiments
from estimator_semantics.host.errors import UnusableExperiment


def report(found: tuple[UnusableExperiment, ...]) -> None:
    """Says on standard error why experiments cannot be used, a line each.

    Args:
        found: the reasons.
    """
    for error in found:
        print(f"estimator-semantics: {error}", file=sys.stderr)


def left_out(names: tuple[str, ...] = ()) -> tuple[UnusableExperiment, ...]:
    """Return which experiments a verb leaves out: none where experiments are named, for it then refuses what it cannot use.

    Args:
        names: the experiments that were named.
    """
    return () if names else experiments.unusable()


def status(found: tuple[UnusableExperiment, ...]) -> int:
    """Return the exit status that these reasons amount to: 3 if there is one, otherwise 0."""
    return 3 if found else 0
