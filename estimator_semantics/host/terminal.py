"""The terminal: progress while something is measured, and the table when it is done."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from estimator_semantics.host import words
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.matrix import Answer
from estimator_semantics.host.process import Case
from estimator_semantics.host.record import Record, Result, Versions
from estimator_semantics.host.verdict import Outcome, Verdict, current, judge

# So many cases have a bar each; of more, only those that are being measured.
FEW = 6

# Of more cases than these, the table has the trainings of the answer and what is not as expected.
MANY = 20

STYLES = {
    Outcome.CONFORMS: "green",
    Outcome.DOCUMENTED: "yellow",
    Outcome.DEVIATES: "bold red",
    Outcome.ERROR: "bold red",
    Outcome.ABSENT: "dim",
}


class PatientConsole(Console):
    """A console whose reader may leave: what is being measured goes on, and the exit status stays what it is."""

    def say(self, line: str) -> None:
        """Prints a line as it is: unwrapped, and with brackets that are no markup."""
        self.print(line, markup=False, soft_wrap=True)

    def on_broken_pipe(self) -> None:
        """Prints no more, where rich would end the process."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


class _Speed(ProgressColumn):
    """Steps per second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:,.0f} steps/s", style="progress.data.speed")


class Terminal:
    """Tells a person how it goes: progress on standard error, results on standard output.

    Follows a measuring as its listener. Where standard error is not a terminal, a line for each case takes the place of
    the bars.

    Args:
        brief: whether to leave out those lines.
    """

    def __init__(self, *, brief: bool = False) -> None:
        self._brief = brief
        self._out = PatientConsole(highlight=False)
        self._err = PatientConsole(stderr=True, highlight=False)
        self._bars: Progress | None = None
        self._tasks: dict[Case, TaskID] = {}
        self._overall: TaskID | None = None
        self._versions: Versions | None = None

    @contextmanager
    def building(self, release: Release) -> Iterator[None]:
        """Shows that an environment is being built, for as long as it is."""
        like = "" if release.like == release.version else f", installed like {release.like}"
        message = f"preparing TensorFlow {release.name}{like}"
        if self._err.is_terminal:
            with self._err.status(f"{message} (the first time, some hundred megabytes are downloaded)"):
                yield
        else:
            self._err.print(message)
            yield

    def fallback(self, reason: Exception, release: Release) -> None:
        """Says that another release than the default one is measured, and why."""
        self._err.say(f"{reason}; measuring {release.version} through the bridge instead")

    def begin(self, versions: Versions, measured: int, left: int) -> None:
        """Says what is about to be measured."""
        self._versions = versions
        before = f"; {words.many(measured, 'case')} measured before (--again measures them again)" if measured else ""
        self._err.say(f"{words.environment(versions)}: {words.many(left, 'case')} to measure{before}")

    @contextmanager
    def following(self, cases: tuple[Case, ...]) -> Iterator[None]:
        """Shows the progress of these cases, for as long as they are measured."""
        if not self._err.is_terminal:
            yield
            return
        width = min(40, max((len(name) for name, _ in cases), default=0))
        self._bars = Progress(
            TextColumn("{task.description:<" + str(width) + "}"),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[count]:>17}"),
            _Speed(),
            TimeRemainingColumn(),
            console=self._err,
            expand=True,
            speed_estimate_period=10.0,
        )
        with self._bars:
            if len(cases) > FEW:
                self._overall = self._bars.add_task("all cases", total=len(cases), count=words.of(0, len(cases)))
            else:
                for case in cases:
                    self._tasks[case] = self._bars.add_task(case[0], total=None, start=False, count="starting")
            yield

    def started(self, case: Case, steps: int | None) -> None:
        """A case begins."""
        if self._bars is not None:
            if case not in self._tasks:
                self._tasks[case] = self._bars.add_task(escape(case[0]), total=None, start=False, count="")
            self._bars.start_task(self._tasks[case])
            self._bars.update(self._tasks[case], total=steps, count=words.of(0, steps))
        elif case[1] == "full" and not self._brief:
            self._err.print(f"{case[0]}: started", markup=False)

    def progress(self, case: Case, step: int) -> None:
        """So many steps of a case have run."""
        if self._bars is not None:
            task = self._tasks[case]
            total = self._bars.tasks[self._bars.task_ids.index(task)].total
            self._bars.update(task, completed=step, count=words.of(step, None if total is None else int(total)))

    def finished(self, result: Result) -> None:
        """A case was answered."""
        assert self._versions is not None, "a case ends after measuring began"
        outcome = judge(result, self._versions).outcome
        if self._bars is not None and self._overall is not None:
            if result.case in self._tasks:
                self._bars.remove_task(self._tasks.pop(result.case))
            self._bars.advance(self._overall)
            overall = self._bars.tasks[self._bars.task_ids.index(self._overall)]
            self._bars.update(self._overall, count=words.of(int(overall.completed), int(overall.total or 0)))
        elif self._bars is not None:
            task = self._tasks[result.case]
            steps = (result.measured or {}).get("steps")
            count = words.measured(result)
            self._bars.update(task, completed=steps or 0, total=steps or 1, count=count)
            self._bars.stop_task(task)
        elif not self._brief:
            line = f"{result.experiment}: {words.measured(result)} in {result.seconds:.0f} s: {outcome.value}"
            self._err.say(line)

    def notice(self, said: str) -> None:
        """Says something that a person should know, in one line; nothing when it is empty."""
        if said:
            self._err.say(said)

    def interrupted(self, measured: int, of: int, path: Path, again: bool) -> None:
        """Says what an interruption left, and how to go on."""
        self._err.say(f"interrupted: {measured} of {of} measured and kept in {path}; {_how_to_go_on(again)}")

    def table(self, results: list[Result], versions: Versions, *, details: bool = False) -> None:
        """Prints the verdict, what deviates, and the table of results.

        Args:
            results: the answers.
            versions: the environment that gave them.
            details: whether the table has all of many cases, and what each of them is about.
        """
        verdicts = [(result, judge(result, versions)) for result in results]
        self._verdict([verdict.outcome for _, verdict in verdicts], versions)
        for result, verdict in verdicts:
            self._not_as_expected(result, verdict)
        table = Table(show_edge=False, pad_edge=False)
        for column in ("claim", "predicted", "measured", "verdict"):
            table.add_column(column, ratio=1 if column == "claim" else None, no_wrap=column != "claim")
        shown = [found for found in verdicts if details or len(verdicts) <= MANY or _stands_out(*found)]
        for result, verdict in shown:
            table.add_row(
                escape(words.claim(result)),
                words.predicted(current(result), result.scale, versions),
                words.measured(result),
                Text(verdict.outcome.value, style=STYLES[verdict.outcome]),
            )
        self._out.print(table)
        if len(shown) < len(verdicts):
            self._out.say(f"and {words.many(len(verdicts) - len(shown), 'case')} more, as expected: --details shows them")
        for result, verdict in verdicts:
            if result.why and verdict.outcome is Outcome.ABSENT and (details or len(verdicts) <= MANY):
                self._out.say(f"{result.experiment}: {result.why}")
            if details and verdict.outcome is Outcome.DOCUMENTED:
                self._out.say(f"{result.experiment}: {current(result).found}")

    def _verdict(self, outcomes: list[Outcome], versions: Versions) -> None:
        worst = next((outcome for outcome in (Outcome.DEVIATES, Outcome.ERROR) if outcome in outcomes), Outcome.CONFORMS)
        said = Text(f"{words.environment(versions)}: ").append(words.tally(outcomes), style=STYLES[worst])
        self._out.print(said, soft_wrap=True)

    def _not_as_expected(self, result: Result, verdict: Verdict) -> None:
        if verdict.outcome in (Outcome.DEVIATES, Outcome.ERROR):
            self._out.print()
            head = Text(verdict.outcome.value, style=STYLES[verdict.outcome]).append(f"  {current(result).title}", style="")
            self._out.print(head, soft_wrap=True)
            for said in (*verdict.differences, *([result.why] if result.status == "error" else [])):
                self._out.say(f"{result.experiment}: {said}")
            self._out.say(f"{current(result).claim} {current(result).source}\n")

    def files(self, report: Path, record: Path) -> None:
        """Says where report and record are."""
        self._err.say(f"report: {report}   record: {record}")


def _stands_out(result: Result, verdict: Verdict) -> bool:
    return "full" in current(result).plans or verdict.outcome in (Outcome.DEVIATES, Outcome.ERROR)


def _how_to_go_on(again: bool) -> str:
    return f"the same command{' without --again' if again else ''} goes on from there"


class MatrixTerminal:
    """Tells a person how a matrix goes: a bar over all cases of all releases, and a line for each release.

    Args:
        releases: how many releases there are.
        cases: how many cases each has.
    """

    def __init__(self, releases: int, cases: int) -> None:
        self._out = PatientConsole(highlight=False)
        self._err = PatientConsole(stderr=True, highlight=False)
        self._cases = cases
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            TextColumn("{task.completed}/{task.total}"),
            TimeRemainingColumn(),
            console=self._err,
            expand=True,
            disable=not self._err.is_terminal,
        )
        self._overall = self._bars.add_task(words.many(releases, "release"), total=releases * cases)
        self._tasks: dict[Release, TaskID] = {}

    def __enter__(self) -> "MatrixTerminal":
        self._bars.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bars.stop()

    def preparing(self, release: Release) -> None:
        """The environment of a release is being built, or waited for."""
        self._tasks[release] = self._bars.add_task(f"{release.name} preparing", total=self._cases)

    def measuring(self, release: Release, cases: tuple[Case, ...]) -> "_ReleaseListener":
        """A release begins with these cases."""
        before = self._cases - len(cases)
        self._bars.update(self._tasks[release], description=release.name, completed=before)
        self._bars.advance(self._overall, before)
        return _ReleaseListener(self._bars, self._overall, self._tasks[release], release.name)

    def answered(self, answer: Answer) -> None:
        """A release is done."""
        self._bars.remove_task(self._tasks[answer.release])
        if answer.record is None:
            self._bars.advance(self._overall, self._cases)
            said = answer.reason
        else:
            said = f"{words.environment(answer.record.header.versions)}: {words.tally(_outcomes(answer.record))}"
        self._err.say(said)

    def interrupted(self, folder: Path, again: bool) -> None:
        """Says what an interruption left, and how to go on."""
        said = f"interrupted: what was measured is kept in {folder}; {_how_to_go_on(again)}"
        self._err.say(said)

    def table(self, answers: list[Answer], cases: tuple[Case, ...]) -> None:
        """Prints the verdict, a row for each release, and each difference."""
        measured = [answer for answer in answers if answer.record is not None]
        outcomes = [outcome for answer in measured if answer.record for outcome in _outcomes(answer.record, cases)]
        verdict = words.tally(outcomes) if outcomes else "nothing was measured"
        self._out.print(f"{len(measured)} of {words.many(len(answers), 'release')} answered: {verdict}", markup=False)
        table = Table(show_edge=False, pad_edge=False)
        for column in ("TensorFlow", "tf.estimator", "Python", "verdict"):
            table.add_column(column)
        for answer in answers:
            if answer.record is None:
                table.add_row(answer.release.name, "–", "–", Text("error", style=STYLES[Outcome.ERROR]))
                continue
            versions, found = answer.record.header.versions, _outcomes(answer.record, cases)
            style = "green" if set(found) == {Outcome.CONFORMS} else "yellow"
            if {Outcome.DEVIATES, Outcome.ERROR}.intersection(found):
                style = "bold red"
            row = (answer.release.name, versions.estimator or "none", versions.python)
            table.add_row(*row, Text(words.tally(found), style=style))
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


class _ReleaseListener:
    """Follows the measuring of one release."""

    def __init__(self, bars: Progress, overall: TaskID, task: TaskID, version: str) -> None:
        self._bars, self._overall, self._task, self._version = bars, overall, task, version

    def started(self, case: Case, steps: int | None) -> None:
        self._bars.update(self._task, description=f"{self._version} {case[0]}")

    def progress(self, case: Case, step: int) -> None:
        pass  # too fine for a matrix

    def finished(self, result: Result) -> None:
        self._bars.advance(self._task)
        self._bars.advance(self._overall)


def _outcomes(record: Record, cases: tuple[Case, ...] | None = None) -> list[Outcome]:
    versions = record.header.versions
    return [judge(result, versions).outcome for result in record.results if cases is None or result.case in cases]
