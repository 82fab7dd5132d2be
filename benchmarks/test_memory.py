"""Memory: the peak of a counted training against that of the bare script, at the answer's size and at 100 times it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FULL = 700_000
MEGABYTE = 1 << 20


def measured(examples, steps, kind):
    """Returns what `memory_of` says of one training."""
    command = [sys.executable, HERE / "memory_of.py", str(examples), str(steps), kind]
    environment = dict(os.environ, PYTHONPATH=str(HERE.parent))
    ended = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    assert found["steps"] == steps
    return found


@pytest.mark.parametrize("times", [1, 100])
def test_peak(benchmark, capsys, steps, times):
    """Aims: below 1.2 times the bare script at the size of the answer; at 100 times it, only what grows with the data."""
    examples = times * FULL
    # The peak is reached long before all of the data was used; how many steps there are does not matter.
    steps = min(steps, FULL // 4)

    def all_kinds():
        return {kind: measured(examples, steps, kind) for kind in ("bare", "watched", "faster")}

    found = benchmark.pedantic(all_kinds, rounds=1)
    bare = found["bare"]["peak"]
    for kind, each in found.items():
        beyond = (each["peak"] - bare) / examples
        benchmark.extra_info[kind] = dict(each, ratio=each["peak"] / bare, bytes_per_example_beyond_bare=beyond)
    with capsys.disabled():
        print(f"\npeak memory, {examples:,} examples, {steps:,} steps (aim: watched at most 1.2 times bare)")
        for kind, each in found.items():
            print(
                f"  {kind:<8} {each['peak'] / MEGABYTE:8.0f} MB  x {each['peak'] / bare:.3f}  of it data "
                f"{each['data'] / MEGABYTE:.0f} MB, before training {each['before'] / MEGABYTE:.0f} MB; "
                f"{(each['peak'] - bare) / examples:+.1f} bytes per example beyond bare"
            )
