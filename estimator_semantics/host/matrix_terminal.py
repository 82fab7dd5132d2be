"""The terminal of a matrix: progress while many releases are measured, and the table when they are done."""

import threading
from pathlib import Path

from rich.table import Table
from rich.text import Text

from estimator_semantics.host import words
from estimator_semantics.host.bars import Bars
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.console import STYLES, PatientConsole, how_to_go_on
from estimator_semantics.host.matrix import Answer
from estimator_semantics.host.process import Case
from estimator_semantics.host.record import Record, Result
from estimator_semantics.host.verdict import Outcome, judge


class MatrixTerminal:
    """Tell a person how a matrix goes: a bar over all cases of all releases, and a line for each release.

    Args:
        releases: how many releases there are.
        cases: how many cases each has.
    """

    def __init__(self, releases: int, cases: int) -> None:
        self._out = PatientConsole(highlight=False)
        self._err = PatientConsole(stderr=True, highlight=False)
        self._cases = cases
        self._bars = Bars(self._err)
        self._overall = _Count(self._bars, words.many(releases, "release"), releases * cases)
        self._rows: dict[Release, _Count] = {}

    def __enter__(self) -> "MatrixTerminal":
        self._bars.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bars.stop()

    def preparing(self, release: Release) -> None:
        """Note that the environment of a release is being built, or waited for."""
        self._rows[release] = _Count(self._bars, f"{release.name} preparing", self._cases, start=False)

    def measuring(self, release: Release, cases: tuple[Case, ...]) -> "_ReleaseListener":
        """Note that a release begins with these cases."""
        self._rows[release].begin(release.name, len(cases))
        self._overall.drop(self._cases - len(cases))
        return _ReleaseListener(self._overall, self._rows[release], release.name)

    def answered(self, answer: Answer) -> None:
        """Note that a release is done."""
        self._rows[answer.release].remove()
        if answer.record is None:
            self._overall.drop(self._cases)
            said = answer.reason
        else:
            said = f"{words.environment(answer.record.header.versions)}: {words.tally(_outcomes(answer.record))}"
        self._err.say(said)

    def interrupted(self, folder: Path, again: bool) -> None:
        """Report what an interruption left, and how to go on."""
        said = f"interrupted: what was measured is kept in {folder}; {how_to_go_on(again)}"
        self._err.say(said)

    def table(self, answers: list[Answer], cases: tuple[Case, ...]) -> None:
        """Print the verdict, a row for each release, and each difference."""
        measured = [answer for answer in answers if answer.record is not None]
        outcomes = [outcome for answer in measured if answer.record for outcome in _outcomes(answer.record, cases)]
        verdict = words.tally(outcomes) if outcomes else "nothing was measured"
        self._out.say(f"{len(measured)} of {words.many(len(answers), 'release')} answered: {verdict}")
        table = Table(show_edge=False, pad_edge=False)
        for column in ("TensorFlow", "tf.estimator", "Python", "verdict"):
            table.add_column(column)
        for answer in answers:
            if answer.record is None:
                not_measured = Text(words.verdict(Outcome.ERROR), style=STYLES[Outcome.ERROR])
                table.add_row(answer.release.name, "–", "–", not_measured)
                continue
            versions, answered = answer.record.header.versions, _outcomes(answer.record, cases)
            style = "green" if set(answered) == {Outcome.CONFORMS} else "yellow"
            if {Outcome.DEVIATES, Outcome.ERROR}.intersection(answered):
                style = "bold red"
            row = (answer.release.name, versions.estimator or "none", versions.python)
            table.add_row(*row, Text(words.tally(answered), style=style))
        self._out.print(table)
        for answer in answers:
            if answer.record is None:
                self._out.say(answer.reason)
                continue
            versions = answer.record.header.versions
            for result in answer.record.results:
                why = [result.why] if result.status == "error" else []
                for said in (*judge(result, versions).differences, *why):
                    self._out.say(f"{answer.release.name}: {result.experiment}: {said}")


class _Count:
    """A row that counts cases. Several threads may count."""

    def __init__(self, bars: Bars, name: str, total: int, *, start: bool = True) -> None:
        self._bars, self._total, self._done = bars, total, 0
        self._lock = threading.Lock()
        self._row = bars.add(name, unit="cases", total=total, start=start, count=words.of(0, total) if start else "")

    def begin(self, name: str, total: int) -> None:
        """Begin to count, to another number."""
        self._bars.start_task(self._row)
        self.name(name)
        self._change(total=total - self._total)

    def name(self, name: str) -> None:
        """Report what it is about now."""
        self._bars.update(self._row, description=name)

    def drop(self, cases: int) -> None:
        """Lowers the total by this many cases."""
        self._change(total=-cases)

    def advance(self) -> None:
        """Count one more."""
        self._change(done=1)

    def remove(self) -> None:
        """Show it no longer."""
        self._bars.remove_task(self._row)

    def _change(self, *, done: int = 0, total: int = 0) -> None:
        with self._lock:
            self._done += done
            self._total += total
            count = words.of(self._done, self._total)
            self._bars.update(self._row, completed=self._done, total=self._total, count=count, done=self._done)


class _ReleaseListener:
    """Follows the measuring of one release."""

    def __init__(self, overall: _Count, row: _Count, version: str) -> None:
        self._overall, self._row, self._version = overall, row, version

    def started(self, case: Case, steps: int | None) -> None:
        self._row.name(f"{self._version} {case[0]}")

    def progress(self, case: Case, step: int) -> None:
        pass  # too fine for a matrix

    def finished(self, result: Result) -> None:
        self._row.advance()
        self._overall.advance()


def _outcomes(record: Record, cases: tuple[Case, ...] | None = None) -> list[Outcome]:
    versions = record.header.versions
    return [judge(result, versions).outcome for result in record.results if cases is None or result.case in cases]
