"""The output folder of a run: its records, its log and its report, and a lock against a second run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from estimator_semantics.host import experiments, files, record
from estimator_semantics.host.errors import InUse, InvalidRecord, NotWritable
from estimator_semantics.host.record import Header, Record, Result


@dataclass(frozen=True)
class Earlier:
    """What an earlier run left.

    Attributes:
        record: its record; None when there is none that can be gone on with.
        results: its answers that still hold: no errors, and none of an experiment that was changed since.
        unfit: why the file that is there cannot be gone on with, in one line; empty when it can, or there is none.
    """

    record: Record | None = None
    results: tuple[Result, ...] = ()
    unfit: str = ""


class Folder:
    """The folder in which a run keeps what it measures.

    Args:
        path: the folder; it is made if it is not there.
        is_kept: whether it is still there when the command has ended.
        option: where it was given; empty where it was not.

    Raises:
        NotWritable: it cannot be made, or nothing can be written there.
    """

    def __init__(self, path: Path, *, is_kept: bool = True, option: str = "--out") -> None:
        self.path = path
        self.is_kept = is_kept
        self.option = option
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = (path / ".lock").open("w", encoding="utf-8")
        except OSError as error:
            raise NotWritable(path, error.strerror or str(error), option) from None

    @property
    def report(self) -> Path:
        """The file of the report."""
        return self.path / "REPORT.md"

    def record(self, tensorflow: str, keras: str | None = None) -> Path:
        """Return the file of the record of a release.

        Args:
            tensorflow: the release.
            keras: the Keras that was asked for beside it, so that there is a record of each.
        """
        return self.path / f"{_name(tensorflow, keras)}.jsonl"

    def log(self, tensorflow: str, keras: str | None = None) -> Path:
        """Return the file that gets what TensorFlow prints."""
        return self.path / f"{_name(tensorflow, keras)}.log"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out of the folder.

        Raises:
            InUse: another run is in it.
        """
        with self._lock:
            try:
                files.lock(self._lock, wait=False)
            except BlockingIOError:
                raise InUse(self.path, self.option) from None
            yield

    def earlier(self, header: Header, keras: str | None = None) -> Earlier:
        """Return what an earlier run left of the record that is about to be written.

        Args:
            header: the first line of that record.
            keras: the Keras that was asked for.
        """
        path = self.record(header.versions.tensorflow, keras)
        if not path.exists():
            return Earlier()
        try:
            left = record.read(path, whole=False)
        except InvalidRecord as error:
            return Earlier(unfit=str(error))
        if not _comparable(left.header, header):
            return Earlier(unfit=f"{path}: was measured in another environment or by other experiments")
        still_holding = tuple(result for result in left.results if _still_holds(result))
        return Earlier(left, still_holding)

    def put(self, path: Path, content: bytes) -> None:
        """Put a file into the folder at once, never half; another one in its place is set aside.

        Args:
            path: the file.
            content: all that it is to hold.
        """
        replacement = files.beside(path, content)
        if path.exists() and path.read_bytes() != content:
            self.set_aside(path)
        os.replace(replacement, path)

    def set_aside(self, path: Path) -> Path:
        """Make room for a new file without overwriting the old one.

        Args:
            path: the file in the way.

        Returns:
            Where it is now.
        """
        number = 1
        while (aside := path.with_suffix(f".{number}.old")).exists():
            number += 1
        os.replace(path, aside)
        return aside


def _name(tensorflow: str, keras: str | None) -> str:
    return tensorflow if keras is None else f"{tensorflow}-keras{keras}"


def _still_holds(result: Result) -> bool:
    specification = experiments.find(result.experiment)
    return result.status != "error" and specification is not None and result.revision == specification.revision


def _comparable(earlier: Header, now: Header) -> bool:
    return _environment(earlier) == _environment(now)


def _environment(header: Header) -> tuple[object, ...]:
    return header.versions, header.machine, header.bridge, header.variables
