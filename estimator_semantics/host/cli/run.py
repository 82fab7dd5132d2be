"""``run``: carries out experiments in one environment, writes the record and the report, prints the table."""

from pathlib import Path

import msgspec

from estimator_semantics.host import experiments
from estimator_semantics.host import session as sessions
from estimator_semantics.host.cli.environment import interpreter
from estimator_semantics.host.cli.output import write
from estimator_semantics.host.cli.status import status
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.report import render
from estimator_semantics.host.terminal import Terminal
from estimator_semantics.host.verdict import current, judge, prediction


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
    as_json: bool,
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
        as_json: print a list of results instead of a table.

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
        folder.report.write_text(render([whole]), "utf-8")

    answers = {result.case: result for result in whole.results}
    results = [answers[case] for case in cases]
    if as_json:
        write(_as_json(results, versions) + "\n")
    else:
        terminal.table(results, versions)
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


def _as_json(results: list[Result], versions: Versions) -> str:
    listed = []
    for result in results:
        verdict, found = judge(result, versions), current(result)
        listed.append(
            {
                "experiment": result.experiment,
                "scale": result.scale,
                "tensorflow": versions.tensorflow,
                "outcome": verdict.outcome.value,
                "claim": found.claim,
                "source": found.source,
                "plan": result.plan,
                "predicted": prediction(found, result.scale, versions.tensorflow, versions.keras),
                "measured": result.measured,
                "counters": result.counters,
                "differences": [str(difference) for difference in verdict.differences],
                "seconds": result.seconds,
                "why": result.why,
            }
        )
    return msgspec.json.format(msgspec.json.encode(listed)).decode()
