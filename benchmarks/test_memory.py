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
    """Return what `memory_of` says of one training."""
    command = [sys.executable, HERE / "memory_of.py", str(examples), str(steps), kind]
    environment = dict(os.environ, PYTHONPATH=str(HERE.parent))
    ended = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    assert found["steps"] == steps
    return found


@pytest.mark.parametrize("times", [1, 100])
def test_peak(benchmark, table, steps, times):
    """Aims: below 1.2 times the bare script at the size of the answer; at 100 times it, only what grows with the data."""
    examples = times * FULL
    # The peak is reached long before all of the data was used; how many steps there are does not matter.
    steps = min(steps, FULL // 4)

    def all_kinds():
        return {kind: measured(examples, steps, kind) for kind in ("bare", "watched", "faster")}

    found = benchmark.pedantic(all_kinds, rounds=1)
    bare = found["bare"]["peak"]
    notes = {
        kind: f"of it data {each['data'] / MEGABYTE:.0f} MB, before training {each['before'] / MEGABYTE:.0f} MB; "
        f"{(each['peak'] - bare) / examples:+.1f} bytes per example beyond bare"
        for kind, each in found.items()
    }
    benchmark.extra_info["bytes"] = found
    peaks = {kind: [found[kind]["peak"]] for kind in ("bare", "faster", "watched")}
    note = (
        "Of the process of one training: bare as it is, faster by estimator_semantics.faster, watched with the counters of this "
        "project."
    )
    table(f"peak memory, {examples:,} examples", peaks, "MB", 1 / MEGABYTE, notes, aim=1.2, note=note)
