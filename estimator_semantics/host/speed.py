"""Speed: how long a step takes on each release, timed on one machine in turns with a release of reference.

Kept in one file beside the records. Only ratios to the reference mean something: what the machine did meanwhile is in
both.
"""

import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from packaging.version import Version

from estimator_semantics import __version__
from estimator_semantics.host import environments, files, packaged, ratio, stopwatch
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.errors import HostError, NotSpeed
from estimator_semantics.host.ratio import Ratio
from estimator_semantics.host.record import Machine
from estimator_semantics.host.session import now
from estimator_semantics.probe import environment

FORMAT = 1

# A whole matrix takes ten minutes with these.
ROUNDS = 4


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was timed on one release.

    Attributes:
        tensorflow: the release.
        estimator: whether tf.estimator was its own.
        python: version of its Python.
        pairs: for each of the three cases the pairs of microseconds per step: of this release, and of the reference.
        why: why there are none; empty when there are.
    """

    tensorflow: str
    estimator: Literal["native", "bridged"] | None
    python: str | None
    pairs: dict[str, tuple[tuple[float, float], ...]] = {}
    why: str = ""

    def microseconds(self, case: str) -> float:
        """Return the median of the microseconds per step of a case."""
        return statistics.median(own for own, _ in self.pairs[case])

    def ratio(self, case: str | None = None) -> Ratio:
        """Return how much longer a step takes than on the reference, by a case, or by all three together."""
        chosen = self.pairs.values() if case is None else [self.pairs[case]]
        return ratio.of_pairs([own / reference for pairs in chosen for own, reference in pairs])


class Speed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file.

    Attributes:
        format: version of its format.
        project: version of this project.
        machine: what everything was timed on.
        reference: the release that all took turns with.
        steps: about how many steps there were in each training.
        rounds: how many pairs of each case.
        started: date and time of the start, UTC.
        releases: what was timed, the oldest release first.
    """

    format: int
    project: str
    machine: Machine
    reference: str
    steps: int
    rounds: int
    started: str
    releases: tuple[Times, ...] = ()

    def of(self, tensorflow: str) -> Times | None:
        """Return what was timed on a release; None when it was not."""
        return next((each for each in self.releases if each.tensorflow == tensorflow), None)

    def with_times(self, times: Times) -> "Speed":
        """Return the same with what was timed on one more release, or again."""
        others = [each for each in self.releases if each.tensorflow != times.tensorflow]
        ordered = sorted([*others, times], key=lambda each: Version(each.tensorflow))
        return msgspec.structs.replace(self, releases=tuple(ordered))


def path() -> Path:
    """Return the file that comes with the project."""
    return packaged.folder() / "speed.json"


def read(file: Path) -> Speed:
    """Read a file of times.

    Raises:
        NotSpeed: the file cannot be read, or is something else.
    """
    try:
        speed = msgspec.json.decode(file.read_bytes(), type=Speed)
    except OSError as error:
        raise NotSpeed(file, error.strerror or str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotSpeed(file, str(error)) from None
    if speed.format != FORMAT:
        raise NotSpeed(file, f"its format is {speed.format}, and this version reads {FORMAT}")
    return speed


def recorded() -> Speed | None:
    """Return the times that come with the project; None when there are none.

    Raises:
        NotSpeed: the file is something else.
    """
    return read(path()) if path().exists() else None


def write(file: Path, speed: Speed) -> None:
    """Write a file of times; what it held is replaced at once, never half."""
    files.replace(file, msgspec.json.format(msgspec.json.encode(speed), indent=1) + b"\n")


def begin(file: Path, reference: str, steps: int, rounds: int, *, again: bool) -> Speed:
    """Return what is to be gone on with: what the file holds, or nothing yet.

    Args:
        file: the file; it need not be there.
        reference: the release that all take turns with.
        steps: about how many steps in each training.
        rounds: how many pairs of each case.
        again: whether to begin anew.

    Raises:
        NotSpeed: the file was timed on another machine, or in another way.
    """
    machine = msgspec.convert(environment.machine(), Machine)
    fresh = Speed(FORMAT, __version__, machine, reference, steps, rounds, now())
    if again or not file.exists():
        return fresh
    earlier = read(file)
    if (earlier.machine, earlier.reference, earlier.steps, earlier.rounds) != (machine, reference, steps, rounds):
        raise NotSpeed(file, "it was timed on another machine, or with another reference or number of steps")
    return earlier


def time_releases(
    releases: Sequence[Release],
    reference: Release,
    speed: Speed,
    keep: Callable[[Speed, Times], None],
    build: Callable[[Release], Path] = environments.build,
) -> Speed:
    """Time releases that have not been timed yet, one after another, each in turns with the reference.

    Args:
        releases: what to time.
        reference: what they take turns with.
        speed: what was timed before.
        keep: called with all there is, and what is new, after each release.
        build: returns the interpreter of an environment that holds a release.

    Returns:
        All there is.

    Raises:
        HostError: the reference cannot be timed.
    """
    left = [release for release in releases if (earlier := speed.of(release.version)) is None or earlier.why]
    if not left:
        return speed
    # Built before anything is timed: a download would be in the times.
    pythons = {release: build(release) for release in [reference, *left]}
    with stopwatch.stopwatch(pythons[reference]) as other:
        for release in left:
            times = _times(release, pythons[release], other, speed)
            speed = speed.with_times(times)
            keep(speed, times)
    return speed


def _times(release: Release, python: Path, reference: stopwatch.Stopwatch, speed: Speed) -> Times:
    try:
        with stopwatch.stopwatch(python) as own:
            pairs = {
                case: tuple(
                    (round(seconds * 1e6, 1), round(others * 1e6, 1))
                    for seconds, others in stopwatch.take_turns(own, reference, case, speed.steps, speed.rounds)
                )
                for case in stopwatch.CASES
            }
            return Times(release.version, own.versions.estimator, own.versions.python, pairs)
    except HostError as error:
        return Times(release.version, None, None, why=str(error))
