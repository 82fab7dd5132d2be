"""Probes that behave as told: real processes that do what a sound or a broken TensorFlow does, without one."""

import sys
from pathlib import Path

from estimator_semantics.host import experiments
from estimator_semantics.host.verdict import prediction

NAMES = ("steps_above_epoch_bound", "steps_below_epoch_bound", "steps_implicit")
COUNTS = {name: prediction(found, "quick", "2.15.1") for name in NAMES if (found := experiments.find(name))}
VERSIONS = {
    "tensorflow": "2.15.1",
    "python": "3.11.7",
    "estimator": "native",
    "tensorflow_estimator": None,
    "keras": None,
    "tf_keras": None,
    "numpy": None,
    "protobuf": None,
}

# What a probe is told is in `request`; `say` sends an event and `answer` answers a case as a sound probe does.
PREAMBLE = f"""#!{sys.executable}
import json, os, signal, subprocess, sys, time
request = json.loads(sys.stdin.readline())
COUNTS = {COUNTS!r}
def say(event, **fields):
    print(json.dumps(dict(fields, event=event)), flush=True)
def begin(name):
    say("started", experiment=name, scale="quick")
def answer(name):
    begin(name)
    counts = COUNTS[name]
    say("measured", experiment=name, scale="quick", seconds=0.1, measured=counts, counters={{"train op": counts["steps"]}})
say("environment", versions={VERSIONS!r}, machine={{"platform": "test", "cpus": 2}})
"""

# The behaviour of a probe that answers everything.
SOUND = "for name, _ in request['cases']: answer(name)\nsay('done')\n"


def write_probe(folder: Path, behaviour: str) -> Path:
    """Return the path of a program that is started as an interpreter would be, and behaves as told."""
    path = folder / "python"
    path.write_text(PREAMBLE + behaviour)
    path.chmod(0o755)
    return path


def run_quick(command, folder, python, *arguments):
    """Run the three cases, or the named ones, at quick scale and return the process."""
    return command("run", "--scale", "quick", "--python", python, "--out", folder / "out", *(arguments or NAMES))
