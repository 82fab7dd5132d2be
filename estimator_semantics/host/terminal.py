"""The terminal: progress while an environment is measured, and the table when it is done."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import TaskID
from rich.table import Table
from rich.text import Text

from estimator_semantics.host import words
from estimator_semantics.host.bars import Bars
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.console import STYLES, PatientConsole, how_to_go_on
from estimator_semantics.host.errors import UnusableExperiment
from estimator_semantics.host.measure import expected_seconds
from estimator_semantics.host.process import Case
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.verdict import Outcome, Verdict, current, judge
from estimator_semantics.probe.experiment import split_name

# So many cases have a bar each; of more, only those that are being measured.
FEW = 6

# Of more cases than these, the table has the trainings of the answer and what is not as expected.
MANY = 20

# On a terminal with this many columns, a table has room for a count with its noun in a line, and for a whole call.
WIDER, WIDEST = 100, 140


class Terminal:
    """Tell a person how it goes: progress on standard error, results on standard output.

    Follows a measuring as its listener. Where standard error is not a terminal, a line for each case takes the place of
    the bars.

    Args:
        brief: whether to leave out those lines.
    """

    def __init__(self, *, brief: bool = False) -> None:
        self._brief = brief
        self._out = PatientConsole(highlight=False)
        self._err = PatientConsole(stderr=True, highlight=False)
        self._progress: _Progress | None = None
        self._versions: Versions | None = None
        self._first: tuple[Case, ...] = ()
        self._answers: dict[Case, Result] = {}
        self._told: Collection[Case] = ()

    @contextmanager
    def building(self, release: Release) -> Iterator[None]:
        """Show that an environment is being built, for as long as it is."""
        like = "" if release.like == release.version else f", installed like {release.like}"
        message = f"preparing TensorFlow {release.name}{like}"
        if self._err.is_terminal:
            with self._err.status(f"{message} (the first time, some hundred megabytes are downloaded)"):
                yield
        else:
            self._err.print(message)
            yield

    def fallback(self, reason: Exception, release: Release) -> None:
        """Report that another release than the default one is measured, and why."""
        self._err.say(f"{reason}; measuring {release.version} through the bridge instead")

    def begin(self, versions: Versions, measured: int, left: int) -> None:
        """Report what is about to be measured."""
        self._versions = versions
        before = f"; {words.many(measured, 'case')} measured before (--again measures them again)" if measured else ""
        self._err.say(f"{words.environment(versions)}: {words.many(left, 'case')} to measure{before}")

    @contextmanager
    def following(
        self, cases: tuple[Case, ...], *, first: tuple[Case, ...] = (), answered: Sequence[Result] = ()
    ) -> Iterator[None]:
        """Show the progress of these cases, for as long as they are measured.

        Args:
            cases: what is measured.
            first: the cases whose table is printed as soon as all of them are answered, before the others are.
            answered: what was answered before.
        """
        self._first = first
        self._answers = {result.case: result for result in answered}
        self._tell_first()
        if not self._err.is_terminal:
            yield
            return
        self._progress = _Progress(Bars(self._err), cases)
        with self._progress.bars:
            yield

    def started(self, case: Case, steps: int | None) -> None:
        """Note that a case begins."""
        if self._progress is not None:
            self._progress.started(case, steps)
        elif case[1] == "full" and not self._brief:
            self._err.print(f"{case[0]}: started", markup=False)

    def progress(self, case: Case, step: int) -> None:
        """So many steps of a case have run."""
        if self._progress is not None:
            self._progress.progress(case, step)

    def finished(self, result: Result) -> None:
        """Note the answer to a case."""
        assert self._versions is not None, "a case ends after measuring began"
        if self._progress is not None:
            self._progress.finished(result)
        elif not self._brief:
            said = words.verdict(judge(result, self._versions).outcome)
            self._err.say(f"{result.experiment}: {words.measured(result)} in {result.seconds:.0f} s: {said}")
        self._answers[result.case] = result
        self._tell_first()

    def _tell_first(self) -> None:
        """Print the table of the first cases, once all of them are answered."""
        if not self._first or self._told or not self._answers.keys() >= set(self._first):
            return
        assert self._versions is not None, "a case ends after measuring began"
        self._told = self._first
        verdicts = [(result, judge(result, self._versions)) for result in map(self._answers.__getitem__, self._first)]
        # On a terminal, what comes from the console of the bars goes above them, and from another one into them.
        console = self._err if self._progress is not None and self._out.is_terminal else self._out
        console.say(f"The three trainings of the answer. {words.summary([verdict.outcome for _, verdict in verdicts])}")
        _print_table(console, verdicts, self._versions)
        console.print()

    def notice(self, said: str) -> None:
        """Says something that a person should know, in one line; nothing when it is empty."""
        if said:
            self._err.say(said)

    def interrupted(self, measured: int, of: int, path: Path, again: bool) -> None:
        """Report what an interruption left, and how to go on."""
        self._err.say(f"interrupted: {measured} of {of} measured and kept in {path}; {how_to_go_on(again)}")

    def table(
        self,
        results: list[Result],
        versions: Versions,
        *,
        details: bool = False,
        unusable: Sequence[UnusableExperiment] = (),
    ) -> None:
        """Print whether everything is as expected, what is not, and the table of results.

        Args:
            results: the answers.
            versions: the environment that gave them.
            details: whether the table has all of many cases, and what was found is said of each.
            unusable: why experiments could not be measured at all.
        """
        verdicts = [(result, judge(result, versions)) for result in results]
        self._summary([verdict.outcome for _, verdict in verdicts], versions, len(unusable))
        for result, verdict in verdicts:
            self._not_as_expected(result, verdict)
        few = len(verdicts) <= MANY
        shown = [
            pair for pair in verdicts if details or ((few or _stands_out(*pair)) and pair[0].case not in self._told)
        ]
        if shown:
            self._out.print()
            _print_table(self._out, shown, versions)
        left = len(verdicts) - len({result.case for result, _ in shown}.union(self._told))
        if left:
            self._out.say(f"and {words.many(left, 'case')} more, as expected: --details shows them")
        for result, verdict in verdicts:
            if result.why and verdict.outcome is Outcome.ABSENT and (details or few):
                self._out.say(f"{result.experiment}: {result.why}")
        if details:
            # What was found is said of an experiment, whatever cases it has.
            for name, specification in {
                split_name(result.experiment)[0]: current(result) for result in results
            }.items():
                self._out.say(f"\n{name}: {specification.claim}\n{specification.found}")

    def _summary(self, outcomes: list[Outcome], versions: Versions, unusable: int) -> None:
        said = words.summary(outcomes)
        if unusable:
            head = f"{words.many(unusable, 'experiment')} cannot be used"
            said = f"{head}. Of the others: {said}" if outcomes else head
        worst = next(
            (outcome for outcome in (Outcome.DEVIATES, Outcome.ERROR) if outcome in outcomes), Outcome.CONFORMS
        )
        style = STYLES[Outcome.ERROR if unusable and worst is Outcome.CONFORMS else worst]
        # Text is not wrapped where it would be read by programs.
        self._out.print(Text(said, style=style), soft_wrap=not self._out.is_terminal)
        self._out.say(words.environment(versions))

    def _not_as_expected(self, result: Result, verdict: Verdict) -> None:
        if verdict.outcome in (Outcome.DEVIATES, Outcome.ERROR):
            self._out.print()
            specification = current(result)
            head = Text(words.verdict(verdict.outcome), style=STYLES[verdict.outcome]).append(
                f"  {specification.title}", style=""
            )
            self._out.print(head, soft_wrap=True)
            for said in (*verdict.differences, *([result.why] if result.status == "error" else [])):
                self._out.say(f"{result.experiment}: {said}")
            self._out.say(f"{words.truth(specification)}: {specification.claim} {specification.source}")

    def files(self, report: Path, record: Path) -> None:
        """Report where report and record are."""
        self._err.say(f"report: {report}   record: {record}")


def _print_table(console: Console, verdicts: Sequence[tuple[Result, Verdict]], versions: Versions) -> None:
    """Print a row for each result, in the columns of the README, and the verdict."""
    call, count, of_verdict = (40, 24, 24) if console.width >= WIDEST else (16, 13 if console.width >= WIDER else 9, 16)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_lines=True)
    table.add_column("claim", ratio=1)
    table.add_column("call", max_width=call, overflow="fold")
    for column in ("predicted", "measured"):
        table.add_column(column, justify="right", max_width=count, overflow="fold")
    table.add_column("verdict", max_width=of_verdict)
    for result, verdict in verdicts:
        specification = current(result)
        table.add_row(
            Text(f"{words.truth(specification)}: ", style="bold").append(words.claim(result), style="not bold"),
            Text(words.call(specification.plans[result.scale])),
            *map(Text, words.predicted_and_measured(result, verdict.outcome, versions)),
            Text(words.verdict(verdict.outcome), style=STYLES[verdict.outcome]),
        )
    console.print(table)


def _stands_out(result: Result, verdict: Verdict) -> bool:
    return "full" in current(result).plans or verdict.outcome in (Outcome.DEVIATES, Outcome.ERROR)


class _Progress:
    """The bars of one environment: a bar over all of many cases, and one for each that is being measured.

    Args:
        bars: where they are.
        cases: what is measured.
    """

    def __init__(self, bars: Bars, cases: tuple[Case, ...]) -> None:
        self.bars = bars
        self._left = len(cases)
        self._cases = len(cases)
        self._rows: dict[Case, TaskID] = {}
        self._steps: dict[Case, int | None] = {}
        # A row that is free is taken by the next case, so that there are always as many.
        self._free: list[TaskID] = []
        self._seconds = {case: expected_seconds(case) for case in cases}
        self._done: dict[Case, float] = {}
        self._all: TaskID | None = None
        if len(cases) > FEW:
            total = sum(self._seconds.values())
            self._all = bars.add("all cases", unit="cases", total=total, count=words.of(0, len(cases)))
        else:
            for case in cases:
                self._rows[case] = bars.add(case[0], unit="steps", count="starting", start=False)

    def started(self, case: Case, steps: int | None) -> None:
        """Note that a case begins."""
        self._steps[case] = steps
        if case not in self._rows:
            self._rows[case] = self._free.pop() if self._free else self.bars.add("", unit="steps", start=False)
            self.bars.reset(self._rows[case], start=False, description=case[0])
        self.bars.start_task(self._rows[case])
        self.bars.update(self._rows[case], total=steps, completed=0, count=words.of(0, steps))

    def progress(self, case: Case, step: int) -> None:
        """So many steps of a case have run."""
        steps = self._steps.get(case)
        self.bars.update(self._rows[case], completed=step, count=words.of(step, steps))
        if steps:
            self._advance(case, min(1.0, step / steps))

    def finished(self, result: Result) -> None:
        """Note the answer to a case."""
        self._left -= 1
        if self._all is None:
            steps = (result.measured or {}).get("steps")
            done = steps if isinstance(steps, int) else 0
            self.bars.update(self._rows[result.case], completed=done, total=done or 1, count=words.measured(result))
            self.bars.stop_task(self._rows[result.case])
            return
        # A case whose process never came to begin it has no row.
        if (row := self._rows.pop(result.case, None)) is not None:
            self._free.append(row)
        done = self._cases - self._left
        self.bars.update(self._all, count=words.of(done, self._cases), done=done)
        self._advance(result.case, 1.0)

    def _advance(self, case: Case, share: float) -> None:
        if self._all is not None:
            self._done[case] = share * self._seconds[case]
            self.bars.update(self._all, completed=sum(self._done.values()))
