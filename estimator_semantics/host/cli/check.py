"""``check``: what an environment does otherwise than a recorded release. The one line in somebody's CI."""

import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from estimator_semantics.host import acceptance, catalogue, experiments, operating_system, packaged
from estimator_semantics.host import session as sessions
from estimator_semantics.host.cli.diff import conclude
from estimator_semantics.host.cli.environment import interpreter
from estimator_semantics.host.cli.output import claim
from estimator_semantics.host.diff import diff
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.lineup import with_partners
from estimator_semantics.host.process import Case
from estimator_semantics.host.record import Record
from estimator_semantics.host.selection import selection
from estimator_semantics.host.terminal import Terminal


def check(
    *,
    names: tuple[str, ...],
    tensorflow: str | None,
    python: Path | None,
    keras: str | None,
    against: str | None,
    everything: bool,
    out: Path | None,
    again: bool,
    jobs: int,
    only: Sequence[str],
    ignored: Sequence[str],
    each_keras: bool,
    accept: Path | None,
    write_accepted: Path | None,
    format: str,
    details: bool,
) -> int:
    """Measures an environment at quick scale and prints what is different from a record.

    Args:
        names: the experiments; all of them when none is named.
        tensorflow: the release to measure.
        python: interpreter of an environment that is taken as it is; the one that runs this when neither is given.
        keras: the Keras 3 to measure with the release; the one that comes with it if None.
        against: the release or the record to compare with; the newest release with its own tf.estimator if None, or the
            newest Keras where a Keras is checked.
        everything: whether to carry out the slow experiments as well.
        out: folder in which record and log are kept; None to keep nothing.
        again: whether to measure again what was measured, and kept, before.
        jobs: processes at a time.
        only: APIs, experiments or patterns of them to carry out; all if none.
        ignored: likewise, what to leave out.
        each_keras: whether each Keras is compared with itself instead of the default ones with one another.
        accept: file with changes that are accepted; none if None.
        write_accepted: file to write that accepts all changes; none if None.
        format: one of the names in `estimator_semantics.host.views.FORMATS`.
        details: whether the text for people says everything.

    Returns:
        The exit status.
    """
    operating_system.check("check")
    selected = selection(only, ignored)
    if write_accepted is not None:
        claim(write_accepted, option="--write-accepted")
    known = acceptance.read(accept, "--accept") if accept is not None else ()
    against = against or (catalogue.newest("native").version if keras is None else packaged.newest_keras())
    old = packaged.of(against)
    asked = with_partners(experiments.chosen(names))
    chosen = [case for case in asked if selected.takes(case) and (everything or names or not case.slow)]
    if not names and against.startswith(packaged.KERAS):
        # What has nothing to do with Keras was not measured for each of its releases.
        recorded = {result.experiment for result in old.results}
        chosen = [case for case in chosen if case.name in recorded]
    cases: tuple[Case, ...] = tuple((case.name, "quick") for case in chosen)
    terminal = Terminal(brief=True)
    with ExitStack() as stack:
        path = out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="estimator-semantics-")))
        folder = Folder(path, is_kept=out is not None, option="--out" if out is not None else "")
        stack.enter_context(folder.alone())
        if tensorflow is None and python is None and keras is None:
            python = Path(sys.executable)
        session = sessions.begin(
            interpreter(tensorflow, python, terminal, keras), cases, folder, again=again, keras=keras
        )
        terminal.notice(session.notice)
        terminal.begin(session.header.versions, measured=len(cases) - len(session.left), left=len(session.left))
        try:
            with terminal.following(session.left):
                new = session.measure(jobs, terminal)
        except KeyboardInterrupt:
            if out is None:
                terminal.notice("interrupted; nothing is kept: with --out DIR the same command goes on where it was")
            else:
                terminal.interrupted(session.kept, len(cases), session.path, again=again)
            return 3
    history = packaged.history(old, new)
    changes = diff(_only(old, cases), _only(new, cases), history, selection=selected, each_keras=each_keras)
    return conclude(changes, format, names=names, known=known, write_accepted=write_accepted, details=details)


def _only(record: Record, cases: tuple[Case, ...]) -> Record:
    """Return a record without the cases that were not asked for."""
    return msgspec.structs.replace(record, results=tuple(result for result in record.results if result.case in cases))
