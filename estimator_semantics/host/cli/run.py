"""``run``: carries out experiments in one environment, writes the record and the report, prints the table."""

from pathlib import Path

from estimator_semantics.host import experiments
from estimator_semantics.host import session as sessions
from estimator_semantics.host.cli.environment import interpreter
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.cli.report import write_report
from estimator_semantics.host.cli.status import status
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.terminal import Terminal
from estimator_semantics.host.views import RESULT_FORMATS


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
    terminal = Terminal()
    cases = tuple((case.name, case.scale(scale)) for case in experiments.chosen(names))
    folder = Folder(out)
    with folder.alone():
        session = sessions.begin(interpreter(tensorflow, python, terminal, keras), cases, folder, again=again, keras=keras)
        versions = session.header.versions
        terminal.notice(session.notice)
        terminal.begin(versions, measured=len(cases) - len(session.left), left=len(session.left))
        try:
            with terminal.following(session.left):
                whole = session.measure(jobs, terminal)
        except KeyboardInterrupt:
            terminal.interrupted(session.kept, len(cases), session.path, again=again)
            return 3
        write_report((whole,), folder.report)

    answers = {result.case: result for result in whole.results}
    results = [answers[case] for case in cases]
    if format == "text":
        terminal.table(results, versions, details=details)
    else:
        write(RESULT_FORMATS[format](results, versions))
    terminal.files(folder.report, session.path)
    return status(results, versions)


def print_list(names: tuple[str, ...]) -> None:
    """Prints the cases of experiments, one a line, each with its title.

    Args:
        names: the experiments; all of them when none is named.
    """
    chosen = experiments.chosen(names)
    width = max(len(case.name) for case in chosen)
    write("".join(f"{case.name:<{width}}  {case.title}\n" for case in chosen))
