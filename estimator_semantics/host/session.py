"""A session: measures cases in one environment and keeps them in the record of its release."""

import datetime
import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import msgspec

from estimator_semantics import __version__
from estimator_semantics.host import environments, experiments, process, record
from estimator_semantics.host.errors import NotWritable
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.measure import Listener, measure
from estimator_semantics.host.process import Case
from estimator_semantics.host.record import Header, Record, Result, Writer


@dataclass(frozen=True)
class Session:
    """What is measured in one environment, and what is left of it.

    Attributes:
        python: interpreter of the environment.
        folder: where the record goes.
        header: the first line of the record.
        cases: what is to be measured.
        earlier: the record of an earlier run that is gone on with; None where a new one is begun.
        results: its answers that are taken over.
        notice: one line on variables that can change a result, and on a file that was set aside; empty when there is none.
        keras: the Keras that was asked for; None where it is the one that comes with TensorFlow.
    """

    python: Path
    folder: Folder
    header: Header
    cases: tuple[Case, ...]
    earlier: Record | None
    results: tuple[Result, ...]
    notice: str = ""
    keras: str | None = None

    @property
    def left(self) -> tuple[Case, ...]:
        """The cases that no earlier run has answered."""
        answered = {result.case for result in self.results}
        return tuple(case for case in self.cases if case not in answered)

    @property
    def path(self) -> Path:
        """The file of the record."""
        return self.folder.record(self.header.versions.tensorflow, self.keras)

    @property
    def kept(self) -> int:
        """How many of the cases are in the file by now, as after an interruption."""
        # Counted in the file, for the interruption may have come between writing an answer and noting it.
        return len(
            {result.case for result in self.folder.earlier(self.header, self.keras).results}.intersection(self.cases)
        )

    def measure(
        self, jobs: int, listener: Listener, stop: threading.Event | None = None, first: Collection[Case] = ()
    ) -> Record:
        """Measures what is left, and closes the record.

        Args:
            jobs: processes at a time.
            listener: told how it goes.
            stop: set by another thread when the measuring is to end early.
            first: what is measured before the other cases.

        Returns:
            The record, with the answers of earlier runs.

        Raises:
            Unusable: TensorFlow cannot be imported in the environment.
            NotWritable: nothing can be written to the folder.
            KeyboardInterrupt: it was ended early; what was measured is kept.
        """
        if not self.left and self.earlier is not None and self.earlier.finished:
            return self.earlier
        if self.earlier is not None and len(self.results) < len(self.earlier.results):
            self.folder.set_aside(self.path)
        try:
            writer = Writer(self.path, self.header, self.results)
        except OSError as error:
            raise NotWritable(self.folder.path, error.strerror or str(error), self.folder.option) from None
        log = self.folder.log(self.header.versions.tensorflow, self.keras)
        measure(self.python, self.left, log, jobs, writer.add, listener, stop, first=first, is_kept=self.folder.is_kept)
        # In one order, whatever was measured first, so that two records can be compared line by line.
        measured = record.read(self.path, whole=False).results
        Writer(self.path, self.header, sorted(measured, key=lambda result: result.case)).close(now())
        return record.read(self.path)


def begin(python: Path, cases: tuple[Case, ...], folder: Folder, *, again: bool, keras: str | None = None) -> Session:
    """Find out what an environment is made of, and what an earlier run has measured there.

    A file in the place of the record that holds something else (another environment, other experiments, no record at
    all) is set aside, never overwritten.

    Args:
        python: interpreter of the environment.
        cases: what is to be measured.
        folder: where the record goes.
        again: whether to measure again what an earlier run has answered.
        keras: the Keras that was asked for, after which the record is named; None where none was.

    Raises:
        Unusable: there is no TensorFlow in the environment.
        ProbeLost: it crashed or did not answer.
    """
    environment = process.describe(python)
    header = Header(
        format=record.FORMAT,
        project=__version__,
        revision=experiments.revision(),
        bridge=experiments.revision_of_bridge() if environment.versions.estimator == "bridged" else None,
        versions=environment.versions,
        machine=environment.machine,
        scrubbed=process.scrubbed(python),
        started=now(),
        variables=environment.variables,
    )
    notices = [_variables(header)] if not environments.is_built(python) else []
    earlier = folder.earlier(header, keras)
    if earlier.record is None:
        if earlier.unfit:
            aside = folder.set_aside(folder.record(environment.versions.tensorflow, keras))
            notices.append(f"{earlier.unfit}; it is kept as {aside.name}")
        return Session(python, folder, header, cases, None, (), "; ".join(filter(None, notices)), keras)
    results = tuple(result for result in earlier.results if not again or result.case not in cases)
    header = msgspec.structs.replace(earlier.record.header, revision=header.revision)
    return Session(python, folder, header, cases, earlier.record, results, "; ".join(filter(None, notices)), keras)


def _variables(header: Header) -> str:
    said = ", ".join(f"{name}={value}" for name, value in header.variables.items())
    kept = f"kept from the experiments: {', '.join(header.scrubbed)}" if header.scrubbed else ""
    return "; ".join(filter(None, [f"set there, and able to change results: {said}" if said else "", kept]))


def now() -> str:
    """Return date and time, UTC, to the second."""
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
