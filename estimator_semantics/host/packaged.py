"""The records that come with the project: what every release answered when it was measured.

Those of TensorFlow's releases are in one folder. In folders of it are those at full scale, which take hours and are measured more
rarely, and those of Keras 3, measured on one TensorFlow.
"""

from importlib import resources
from pathlib import Path

import msgspec
from packaging.version import Version

from estimator_semantics.host import experiments, record
from estimator_semantics.host.errors import NoRecord
from estimator_semantics.host.record import Record

# A release of Keras goes by this and its version, where releases of TensorFlow go by their version alone.
KERAS = "keras=="


def folder() -> Path:
    """Return the folder of the records."""
    return Path(str(resources.files("estimator_semantics") / "records"))


def read(path: Path) -> Record:
    """Return a record as far as it can be judged: without the results of experiments whose module cannot be used now.

    Args:
        path: the file.

    Raises:
        InvalidRecord: it is not a whole record.
    """
    return usable(record.read(path))


def usable(whole: Record) -> Record:
    """Return a record without the results of experiments whose module cannot be used now."""
    results = tuple(result for result in whole.results if not experiments.is_unusable(result.experiment))
    return whole if len(results) == len(whole.results) else msgspec.structs.replace(whole, results=results)


def paths() -> tuple[Path, ...]:
    """Return the files, the oldest release first."""
    return _in(folder())


def records() -> tuple[Record, ...]:
    """Return all records of releases of TensorFlow, the oldest release first, with what was measured at full scale."""
    return tuple(_with_full_scale(path) for path in paths())


def records_at_full_scale() -> tuple[Record, ...]:
    """Return what was measured at full scale, in its own environments and on its own days, the oldest release first."""
    return tuple(read(path) for path in _in(folder() / "full"))


def paths_of_keras() -> tuple[Path, ...]:
    """Return the files of the releases of Keras 3, the oldest first."""
    return _in(folder() / "keras")


def records_of_keras() -> tuple[Record, ...]:
    """Return all records of releases of Keras 3, all on one TensorFlow, the oldest first."""
    return tuple(read(path) for path in paths_of_keras())


def newest_keras() -> str:
    """Return the newest release of Keras 3 that there is a record of, as `of` takes it.

    Raises:
        NoRecord: there is no record of any.
    """
    known = paths_of_keras()
    if not known:
        raise NoRecord(KERAS, ())
    return KERAS + known[-1].stem


def history(old: Record, new: Record) -> tuple[Record, ...]:
    """Return the records that may lie between two: those of TensorFlow, or those of Keras where TensorFlow is the same."""
    same = old.header.versions.tensorflow == new.header.versions.tensorflow
    return records_of_keras() if same else records()


def of(given: str) -> Record:
    """Return a record by the release that it is of, or by the name of a file.

    Args:
        given: a release that there is a record of, like ``"1.9.0"`` or ``"keras==3.6.0"``, its minor, or the path of a record.

    Raises:
        NoRecord: there is neither.
        InvalidRecord: the file is not a whole record.
    """
    of_keras = given.startswith(KERAS)
    known = paths_of_keras() if of_keras else paths()
    for path in known:
        if given.removeprefix(KERAS) in (path.stem, ".".join(path.stem.split(".")[:2])):
            return read(path) if of_keras else _with_full_scale(path)
    if of_keras or not Path(given).exists():
        raise NoRecord(given, tuple(path.stem for path in known))
    return read(Path(given))


def _with_full_scale(path: Path) -> Record:
    at_full_scale = folder() / "full" / path.name
    at_quick_scale = read(path)
    if not at_full_scale.is_file():
        return at_quick_scale
    return msgspec.structs.replace(at_quick_scale, results=at_quick_scale.results + read(at_full_scale).results)


def _in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.jsonl"), key=lambda path: Version(path.stem)))
