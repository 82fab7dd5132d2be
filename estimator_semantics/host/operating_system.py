"""The operating system: to measure a TensorFlow takes Linux; what predicts, compares and reports works on any."""

import os
import platform

from estimator_semantics.host.errors import NeedsLinux

MEASURABLE = "Linux"
# How the others are known.
NAMES = {"Darwin": "macOS"}


def check(verb: str) -> None:
    """Make sure that this system is one that can be measured on.

    Args:
        verb: the verb that measures, for example ``"run"``.

    Raises:
        NeedsLinux: it is not.
    """
    system = platform.system()
    if system != MEASURABLE:
        raise NeedsLinux(verb, NAMES.get(system, system) or "an unknown system")


def cores() -> int:
    """Return how many cores this process may use; all of them where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
