"""The records that come with the project: what every release answered when it was measured."""

from importlib import resources
from pathlib import Path

from packaging.version import Version

from estimator_semantics.host import record
from estimator_semantics.host.errors import NoRecord
from estimator_semantics.host.record import Record


def folder() -> Path:
    """Returns the folder of the records."""
    return Path(str(resources.files("estimator_semantics") / "records"))


def paths() -> tuple[Path, ...]:
    """Returns the files, the oldest release first."""
    return tuple(sorted(folder().glob("*.jsonl"), key=lambda path: Version(path.stem)))


def records() -> tuple[Record, ...]:
    """Returns all records, the oldest release first."""
    return tuple(record.read(path) for path in paths())


def of(given: str) -> Record:
    """Returns a record by the release that it is of, or by the name of a file.

    Args:
        given: a release that there is a record of, like ``"1.9.0"``, its minor, or the path of a record.

    Raises:
        NoRecord: there is neither.
        InvalidRecord: the file is not a whole record.
    """
    known = paths()
    for path in known:
        if given in (path.stem, ".".join(path.stem.split(".")[:2])):
            return record.read(path)
    if not Path(given).exists():
        raise NoRecord(given, tuple(path.stem for path in known))
    return record.read(Path(given))
