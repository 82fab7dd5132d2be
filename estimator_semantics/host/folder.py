"""The output folder of a run: its records, its log and its report, and a lock against a second run."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from estimator_semantics.host import experiments, record
from estimator_semantics.host.errors import InUse, InvalidRecord, NotWritable
from estimator_semantics.host.record import Header, Record, Result, Writer


class Folder:
    """The folder in which a run keeps what it measures.

    Args:
        path: the folder; it is made if it is not there.

    Raises:
        NotWritable: it cannot be made, or nothing can be written there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = (path / ".lock").open("w")
        except OSError as error:
            raise NotWritable(path, error.strerror or str(error)) from None

    @property
    def report(self) -> Path:
        """The file of the report."""
        return self.path / "REPORT.md"

    def record(self, tensorflow: str) -> Path:
        """Returns the file of the record of a release."""
        return self.path / f"{tensorflow}.jsonl"

    def log(self, tensorflow: str) -> Path:
        """Returns the file that gets what TensorFlow prints."""
        return self.path / f"{tensorflow}.log"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other runs out of the folder.

        Raises:
            InUse: another run is in it.
        """
        with self._lock:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InUse(self.path) from None
            yield

    def resume(self, header: Header, again: tuple[tuple[str, str], ...]) -> tuple[Writer, tuple[Result, ...]]:
        """Opens the record that an earlier run began, or a new one.

        A file that holds something else (another environment, other experiments, no record at all) is set aside, never
        overwritten.

        Args:
            header: what is about to be measured.
            again: cases whose earlier answers are not taken over.

        Returns:
            The record, open for more answers, and the answers taken over from before.
        """
        path = self.record(header.versions.tensorflow)
        earlier = _read(path)
        if earlier is not None and _comparable(earlier.header, header):
            kept = tuple(result for result in earlier.results if result.case not in again and _still_holds(result))
            if len(kept) < len(earlier.results):
                self._set_aside(path, copy=True)
            return Writer(path, earlier.header, kept), kept
        if path.exists():
            self._set_aside(path)
        try:
            return Writer(path, header), ()
        except OSError as error:
            raise NotWritable(self.path, error.strerror or str(error)) from None

    def _set_aside(self, path: Path, copy: bool = False) -> None:
        number = 1
        while (aside := path.with_suffix(f".{number}.old")).exists():
            number += 1
        if copy:
            aside.write_bytes(path.read_bytes())
        else:
            os.replace(path, aside)


def _read(path: Path) -> Record | None:
    try:
        return record.read(path, whole=False)
    except InvalidRecord:
        return None


def _still_holds(result: Result) -> bool:
    return result.status != "error" and result.revision == experiments.revision_of(result.experiment)


def _comparable(earlier: Header, now: Header) -> bool:
    return (earlier.versions, earlier.machine, earlier.revision) == (now.versions, now.machine, now.revision)
