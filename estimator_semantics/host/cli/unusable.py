"""Experiments that cannot be used: the verbs that are about all experiments leave them out, and say so."""

import sys

from estimator_semantics.host import experiments
from estimator_semantics.host.errors import UnusableExperiment


def report(errors: tuple[UnusableExperiment, ...]) -> None:
    """Says on standard error why experiments cannot be used, a line each.

    Args:
        errors: the reasons.
    """
    for error in errors:
        print(f"estimator-semantics: {error}", file=sys.stderr)


def left_out(names: tuple[str, ...] = ()) -> tuple[UnusableExperiment, ...]:
    """Return which experiments a verb leaves out: none where experiments are named, for it then refuses what it cannot use.

    Args:
        names: the experiments that were named.
    """
    return () if names else experiments.unusable()


def status(errors: tuple[UnusableExperiment, ...]) -> int:
    """Return the exit status that these reasons amount to: 3 if there is one, otherwise 0."""
    return 3 if errors else 0
