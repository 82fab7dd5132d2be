"""``run``: carries out experiments in one environment, writes the record and the report, prints the table."""

from pathlib import Path

from estimator_semantics.host import experiments, operating_system
from estimator_semantics.host import session as sessions
from estimator_semantics.host.cli import unusable
from estimator_semantics.host.cli.environment import interpreter
from estimator_semantics.host.cli.output import fitting, write
from estimator_semantics.host.cli.report import write_report
from estimator_semantics.host.cli.status import status, worst
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.report.chapters import THE_THREE
from estimator_semantics.host.terminal import Terminal
from estimator_semantics.host.views import RESULT_FORMATS
from estimator_semantics.probe.experiment import split_name


def run(
    *,
    names: tuple[str, ...],
    tensorflow: str | None,
    python: Path | None,
    keras: str | None,
    scale: str,
    out: Path,
    jobs: int,
    again: bool,
    format: str,
    details: bool,
) -> int:
    """Carries out experiments and says what came of it.

    Args:
        names: the experiments; all of them when none is named.
        tensorflow: the release to measure; None for the default one.
        python: interpreter of an environment that is taken as it is, instead of a release.
        keras: the Keras 3 to measure with the release; the one that comes with it if None.
        scale: ``"full"`` or ``"quick"``.
        out: folder for record, report and log.
        jobs: processes at a time.
        again: whether to measure again what was measured before.
        format: text, or one of the names in `RESULT_FORMATS`.
        details: whether the text for people says everything.

    Returns:
        The exit status.
    """
    operating_system.check("run")
    terminal = Terminal()
    chosen = experiments.chosen(names)
    if not names:
        # The trainings of the answer are what a reader came for.
        order = {name: at for at, name in enumerate(THE_THREE)}
        chosen = tuple(sorted(chosen, key=lambda case: order.get(case.name, len(order))))
    cases = tuple((case.name, case.scale(scale)) for case in chosen)
    first = tuple(case for case in cases if case[0] in THE_THREE)
    if len(first) < len(THE_THREE):
        first = ()
    left_out = unusable.left_out(names)
    folder = Folder(out)
    with folder.alone():
        session = sessions.begin(
            interpreter(tensorflow, python, terminal, keras), cases, folder, again=again, keras=keras
        )
        versions = session.header.versions
        terminal.notice(session.notice)
        terminal.begin(versions, measured=len(cases) - len(session.left), left=len(session.left))
        try:
            # Their table is printed early where others follow, and only where it is people who read.
            early = first if format == "text" and not set(session.left) <= set(first) else ()
            with terminal.following(session.left, first=early, answered=session.results):
                whole = session.measure(jobs, terminal, first=first)
        except KeyboardInterrupt:
            terminal.interrupted(session.kept, len(cases), session.path, again=again)
            return 3
        write_report((whole,), folder.report)

    answers = {result.case: result for result in whole.results}
    results = [answers[case] for case in cases]
    if format == "text":
        terminal.table(results, versions, details=details, unusable=left_out)
    else:
        write(RESULT_FORMATS[format](results, versions))
    terminal.files(folder.report, session.path)
    unusable.report(left_out)
    return worst((status(results, versions), unusable.status(left_out)))


def print_list(names: tuple[str, ...], *, cases: bool) -> None:
    """Print experiments, or their cases, one a line, each with its title. What cannot be used is said on standard error.

    Args:
        names: the experiments; all of them when none is named.
        cases: whether to print the cases.
    """
    chosen = experiments.chosen(names)
    listed = {case.name if cases else split_name(case.name)[0]: case for case in chosen}
    width = max(map(len, listed), default=0)
    lines = (f"{name:<{width}}  {case.title if cases else experiments.title(name)}" for name, case in listed.items())
    write("".join(f"{fitting(line)}\n" for line in lines))
    unusable.report(unusable.left_out(names))
