"""``run``: carries out experiments in one environment, writes the record and the report, prints the table."""

import datetime
import os
import sys
from pathlib import Path

import msgspec

from estimator_semantics import __version__
from estimator_semantics.host import catalogue, environments, experiments, process, record
from estimator_semantics.host.errors import NoInterpreter, NotAPython
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.measure import measure
from estimator_semantics.host.record import Header, Result
from estimator_semantics.host.report import render
from estimator_semantics.host.terminal import Terminal
from estimator_semantics.host.verdict import Outcome, judge


def run(
    *,
    names: tuple[str, ...],
    tensorflow: str | None,
    python: Path | None,
    scale: str,
    out: Path,
    jobs: int | None,
    again: bool,
    as_json: bool,
) -> int:
    """Carries out experiments and says what came of it.

    Args:
        names: the experiments; all of them when none is named.
        tensorflow: the release to measure; None for the default one.
        python: interpreter of an environment that is taken as it is, instead of a release.
        scale: ``"full"`` or ``"quick"``.
        out: folder for record, report and log.
        jobs: processes at a time; None for one per core.
        again: whether to measure again what was measured before.
        as_json: print a list of results instead of a table.

    Returns:
        The exit status.
    """
    terminal = Terminal()
    cases = tuple((name, scale) for name in experiments.chosen(names))
    folder = Folder(out)
    with folder.alone():
        interpreter = _interpreter(tensorflow, python, terminal)
        environment = process.describe(interpreter)
        header = Header(
            format=record.FORMAT,
            project=__version__,
            revision=experiments.revision(),
            versions=environment.versions,
            machine=environment.machine,
            scrubbed=process.scrubbed(),
            started=_now(),
        )
        version = environment.versions.tensorflow
        writer, earlier = folder.resume(header, cases if again else ())
        left = tuple(case for case in cases if case not in {result.case for result in earlier})
        answers = {result.case: result for result in earlier}

        def keep(result: Result) -> None:
            writer.add(result)
            answers[result.case] = result

        terminal.begin(environment.versions, measured=len(cases) - len(left), left=len(left))
        try:
            with terminal.following(left):
                measure(interpreter, left, folder.log(version), jobs or _cores(), keep, terminal)
        except KeyboardInterrupt:
            # Counted in the file, for the interruption may have come between writing an answer and noting it.
            kept = {result.case for result in record.read(folder.record(version), whole=False).results}
            terminal.interrupted(len(kept.intersection(cases)), len(cases), folder.record(version))
            return 3
        writer.close(_now())
        whole = record.read(folder.record(version))
        folder.report.write_text(render([whole]), "utf-8")

    results = [answers[case] for case in cases]
    if as_json:
        sys.stdout.write(_as_json(results, version) + "\n")
    else:
        terminal.table(results, environment.versions)
    terminal.files(folder.report, folder.record(version))
    return status(results, version)


def status(results: list[Result], tensorflow: str) -> int:
    """Returns the exit status that results amount to.

    Args:
        results: the answers.
        tensorflow: version of the TensorFlow that gave them.
    """
    outcomes = {judge(result, tensorflow).outcome for result in results}
    if Outcome.DEVIATES in outcomes:
        return 1
    if Outcome.ERROR in outcomes or outcomes == {Outcome.ABSENT}:
        return 3
    return 0


def _interpreter(tensorflow: str | None, python: Path | None, terminal: Terminal) -> Path:
    if python is not None:
        return _given(python)
    release = catalogue.find(tensorflow or catalogue.DEFAULT)
    try:
        with terminal.building(release):
            return environments.build(release)
    except NoInterpreter as error:
        if tensorflow is not None:
            raise
        newest = catalogue.newest()
        terminal.fallback(error, newest)
        with terminal.building(newest):
            return environments.build(newest)


def _given(python: Path) -> Path:
    # The folder of a virtual environment is as clear as its interpreter. The link must not be resolved: which
    # environment an interpreter belongs to depends on the path it is called by.
    path = python / "bin" / "python" if python.is_dir() else python
    if not path.is_file() or not os.access(path, os.X_OK):
        raise NotAPython(python)
    return path.absolute()


def _as_json(results: list[Result], tensorflow: str) -> str:
    listed = []
    for result in results:
        verdict = judge(result, tensorflow)
        listed.append(
            {
                "experiment": result.experiment,
                "scale": result.scale,
                "tensorflow": tensorflow,
                "outcome": verdict.outcome.value,
                "claim": result.claim,
                "source": result.source,
                "plan": result.plan,
                "predicted": result.predicted,
                "measured": result.measured,
                "counters": result.counters,
                "differences": [str(difference) for difference in verdict.differences],
                "seconds": result.seconds,
                "why": result.why,
            }
        )
    return msgspec.json.format(msgspec.json.encode(listed)).decode()


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
