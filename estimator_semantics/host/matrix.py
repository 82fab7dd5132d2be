"""The matrix: the same cases on many releases, some at a time. What goes wrong with one costs that one alone."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from estimator_semantics.host import crash, environments
from estimator_semantics.host import session as sessions
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.errors import HostError, NoCache, NoUv
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.measure import Listener
from estimator_semantics.host.process import Case
from estimator_semantics.host.record import Record


@dataclass(frozen=True)
class Answer:
    """What a release answered.

    Attributes:
        release: the release.
        record: its record; None when it could not be measured at all.
        reason: why not, in one line; empty when it was measured.
        status: the exit status that it stands for when it was not measured.
    """

    release: Release
    record: Record | None
    reason: str = ""
    status: int = 3


class MatrixListener(Protocol):
    """Who is told how a matrix goes. Called from several threads."""

    def preparing(self, release: Release) -> None:
        """Note that the environment of a release is being built, or waited for."""

    def measuring(self, release: Release, cases: tuple[Case, ...]) -> Listener:
        """Note that a release begins with these cases, and return who is told how they go."""

    def answered(self, answer: Answer) -> None:
        """Note that a release is done."""


def run(
    releases: Sequence[Release],
    cases: tuple[Case, ...],
    folder: Folder,
    *,
    jobs: int,
    again: bool,
    listener: MatrixListener,
    build: Callable[[Release], Path] = environments.build,
) -> list[Answer]:
    """Measures cases on releases.

    Environments are built one after another, ahead of the measuring, which goes on meanwhile.

    Args:
        releases: the releases, in the order in which they are begun.
        cases: what is measured on each.
        folder: where the records go, one for each release.
        jobs: releases at a time.
        again: whether to measure again what an earlier run has answered.
        listener: told how it goes.
        build: returns the interpreter of an environment that holds a release.

    Returns:
        The answers, in the order of the releases.

    Raises:
        NoUv: environments cannot be built.
        NoCache: environments cannot be kept.
        KeyboardInterrupt: it was ended early; what was measured is kept.
    """
    stop = threading.Event()

    def answer(release: Release, environment: "Future[Path]") -> Answer:
        try:
            listener.preparing(release)
            python = environment.result()
            if stop.is_set():
                return Answer(release, None, "it was ended before")
            session = sessions.begin(python, cases, folder, again=again, keras=release.keras)
            record = session.measure(1, listener.measuring(release, session.left), stop)
            return Answer(release, record)
        except (NoUv, NoCache):  # no release can be had without
            raise
        except (HostError, OSError) as error:
            return Answer(release, None, str(error))
        except Exception as error:  # a fault of ours, which the other releases have not deserved
            return Answer(release, None, f"{release.name}: {crash.told(error)}", crash.STATUS)

    builder, measurers = ThreadPoolExecutor(1), ThreadPoolExecutor(jobs)
    try:
        built = {release: builder.submit(build, release) for release in releases}
        asked = [measurers.submit(answer, release, built[release]) for release in releases]
        for done in as_completed(asked):
            listener.answered(done.result())
        return [future.result() for future in asked]
    finally:
        stop.set()
        builder.shutdown(wait=False, cancel_futures=True)
        measurers.shutdown(wait=True, cancel_futures=True)
