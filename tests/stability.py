"""Stability: the whole quick suite many times in a row with every core busy, and the outcomes that were not always the same.

python tests/stability.py                                   # all experiments, 20 times, on the TensorFlow of this interpreter
python tests/stability.py --times 3 shuffle_window killed   # some of them
python tests/stability.py --python path/to/env/bin/python

Exit status 0: every case had one and the same outcome each time, and none deviated; 1: some had not. Ctrl-C ends it with what the
runs so far have found.
"""

import argparse
import collections
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

UNFIT = {"deviates", "error"}


def burn() -> None:
    """Keep a core busy."""
    while True:
        sum(range(10_000))


def outcomes(python: str, names: list[str]) -> dict[str, str]:
    """Carries out the quick suite once, and returns the outcome of each case."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "estimator_semantics", "run", *names, "--python", python, "--scale", "quick"]
        run = subprocess.run(
            [*command, "--out", out, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    if run.returncode not in (0, 1, 3) or not run.stdout:
        sys.exit(f"ended with status {run.returncode} and said nothing: {' '.join(command)}")
    return {
        result["experiment"]: "; ".join([result["outcome"], *result["differences"], result["why"]]).rstrip("; ")
        for result in json.loads(run.stdout)
    }


def main() -> int:
    """Run it as often as asked and print what was not the same each time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="experiments; all of them if none is named")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    busy = [multiprocessing.Process(target=burn, daemon=True) for _ in os.sched_getaffinity(0)]
    for process in busy:
        process.start()
    found: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    runs = 0
    try:
        while runs < given.times:
            begun = time.monotonic()
            for case, outcome in outcomes(given.python, given.names).items():
                found[case][outcome] += 1
            runs += 1
            print(f"{runs} of {given.times}: {len(found)} cases in {time.monotonic() - begun:.0f} s", flush=True)
    except KeyboardInterrupt:
        print(f"interrupted: this is what {runs} of {given.times} runs found")
    flaky = {
        case: counted
        for case, counted in found.items()
        if len(counted) > 1 or UNFIT & {next(iter(counted)).partition(";")[0]}
    }
    for case, counted in sorted(flaky.items()):
        print(f"{case}: " + ", ".join(f"{times} x {outcome}" for outcome, times in counted.most_common()))
    print(f"{len(flaky)} of {len(found)} cases flaky or not as expected in {runs} runs with {len(busy)} busy cores")
    return 1 if flaky or not found else 0


if __name__ == "__main__":
    sys.exit(main())
