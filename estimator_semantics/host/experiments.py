"""The experiments that come with the project: where they are, and by which source they were measured."""

import hashlib
from pathlib import Path

import estimator_semantics
from estimator_semantics.host.errors import UnknownExperiment
from estimator_semantics.probe import experiment

PACKAGE = Path(estimator_semantics.__file__).parent
PROBE_SIDE = ("law", "probe", "bridge")


def folder() -> Path:
    """Returns the folder of the experiments: inside the package when it is installed, beside it in a checkout."""
    inside = PACKAGE / "experiments"
    return inside if inside.is_dir() else PACKAGE.parent / "experiments"


def known() -> tuple[str, ...]:
    """Returns the names of all experiments, sorted."""
    return tuple(experiment.names(str(folder())))


def chosen(names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the named experiments, or all of them when none is named.

    Args:
        names: names of experiments; their order is kept and repetitions are dropped.

    Raises:
        UnknownExperiment: for the first name that there is no experiment of.
    """
    there = known()
    for name in names:
        if name not in there:
            raise UnknownExperiment(name, there)
    return tuple(dict.fromkeys(names)) or there


def revision_of(name: str) -> str | None:
    """Returns the revision of one experiment; None when it cannot be loaded."""
    try:
        return experiment.load(str(folder()), name).revision
    except experiment.InvalidExperiment:
        return None


def revision() -> str:
    """Returns a short hash of the probe side: what carries the experiments out, and what counts."""
    hashed = hashlib.sha256()
    for room in PROBE_SIDE:
        for path in sorted((PACKAGE / room).glob("*.py")):
            hashed.update(f"{room}/{path.name}".encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()[:12]
