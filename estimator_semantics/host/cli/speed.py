"""``speed`` and ``check --speed``: how long a step takes, always as a ratio of two releases that took turns."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from estimator_semantics.host import catalogue, operating_system, ratio, stopwatch
from estimator_semantics.host import speed as speeds
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.cli.environment import interpreter
from estimator_semantics.host.cli.matrix import selected
from estimator_semantics.host.cli.output import claim, write
from estimator_semantics.host.errors import NotWritable, UnknownReleases
from estimator_semantics.host.ratio import Ratio
from estimator_semantics.host.terminal import Terminal

# A step that takes so much longer is not worth a red build, even where it is not by chance.
MARGIN = 0.05
# Two processes of one release may differ for as long as they live, so each is started anew so many times.
STARTS = 3
# With so many pairs of each case at each start there are enough for an interval of 95 % that leaves out two on either
# side.
ROUNDS = 4


def speed(selection: str | None, file: Path | None, steps: int, rounds: int, *, again: bool) -> int:
    """Time releases in turns with the reference, and keep what it finds in one file.

    Args:
        selection: which releases; see `selected`.
        file: where it is kept; the file that comes with the project if None.
        steps: about how many steps in each training.
        rounds: how many pairs of each case.
        again: whether to time again what was timed before.

    Returns:
        The exit status: 3 when a release could not be timed.
    """
    operating_system.check("speed")
    file = file or speeds.path()
    claim(file, option="--out")
    releases, reference = selected(selection), catalogue.newest("native")
    whole = speeds.begin(file, reference.version, steps, rounds, again=again)

    def keep(so_far: speeds.Speed, times: speeds.Times) -> None:
        try:
            speeds.write(file, so_far)
        except OSError as error:
            raise NotWritable(file, error.strerror or str(error), "--out") from None
        write(_line(times) + "\n")

    whole = speeds.time_releases(releases, reference, whole, keep)
    asked = [times for release in releases if (times := whole.of(release.version)) is not None]
    write(f"{len(asked)} releases against TensorFlow {reference.version} in {file}\n")
    return 3 if any(times.why for times in asked) else 0


def _line(times: speeds.Times) -> str:
    if times.why:
        return f"{times.tensorflow:>9}  {times.why}"
    each = "  ".join(f"{times.microseconds(case):6.0f} us" for case in stopwatch.CASES)
    return f"{times.tensorflow:>9}  {each}  {_said(times.ratio())}"


def check(
    *, tensorflow: str | None, python: Path | None, against: str | None, steps: int, rounds: int, as_json: bool
) -> int:
    """Time an environment in turns with a release, and say whether a step takes longer, and not by chance.

    Args:
        tensorflow: the release to time.
        python: interpreter of an environment that is taken as it is; the one that runs this when neither is given.
        against: the release to compare with; the newest one with its own tf.estimator if None.
        steps: about how many steps in each training.
        rounds: how many pairs of each case, at each of the starts.
        as_json: print an object instead of lines.

    Returns:
        The exit status: 1 when a step takes longer in one of the cases, by more than a margin and by more than chance.
    """
    operating_system.check("check --speed")
    reference = _reference(against)
    terminal = Terminal(brief=True)
    if tensorflow is None and python is None:
        python = Path(sys.executable)
    pythons = interpreter(tensorflow, python, terminal), interpreter(reference.version, None, terminal)
    ratios: dict[str, list[float]] = {case: [] for case in stopwatch.CASES}
    for _ in range(STARTS):
        with stopwatch.stopwatch(pythons[0]) as own, stopwatch.stopwatch(pythons[1]) as other:
            for case in stopwatch.CASES:
                pairs = stopwatch.take_turns(own, other, case, steps, rounds)
                ratios[case] += [seconds / others for seconds, others in pairs]
    by_case = {case: ratio.of_pairs(each) for case, each in ratios.items()}
    status = 1 if any(slower(each) for each in by_case.values()) else 0
    if as_json:
        cases = {case: dict(asdict(each), slower=slower(each)) for case, each in by_case.items()}
        answer = {"tensorflow": own.versions.tensorflow, "against": reference.version, "margin": MARGIN, "cases": cases}
        write(json.dumps(dict(answer, status=status), indent=2) + "\n")
    else:
        longer = f"a step takes longer, by more than {MARGIN:.0%} and by more than chance"
        verdict = longer if status else f"no step takes more than {MARGIN:.0%} longer for certain"
        write(f"TensorFlow {own.versions.tensorflow} against {reference.version}: {verdict}\n")
        for case, each in by_case.items():
            write(f"{case:<24} {_said(each)}{'  slower' if slower(each) else ''}\n")
    return status


def slower(interval: Ratio) -> bool:
    """Return whether a ratio is above 1 by more than the margin, and by more than chance."""
    return interval.confident and interval.low > 1 + MARGIN


def _said(interval: Ratio) -> str:
    kind = "95 %" if interval.confident else "all"
    return f"x {interval.median:.2f} ({kind} of {interval.pairs} pairs: {interval.low:.2f} to {interval.high:.2f})"


def _reference(against: str | None) -> Release:
    if against is None:
        return catalogue.newest("native")
    chosen = [each for each in catalogue.releases() if against in (each.version, each.version.rpartition(".")[0])]
    if chosen:
        return chosen[0]
    if Path(against).exists():
        raise UnknownReleases(against, "--against")
    return catalogue.find(against, "--against")
