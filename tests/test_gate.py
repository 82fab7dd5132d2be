"""The upgrade gate on a real TensorFlow: a patched installation is noticed, accepted changes are not failures.

Needs a TensorFlow.
"""

import json
import sys

import pytest

from estimator_semantics.probe import environment

RELEASE = environment.versions()["tensorflow"]
EXPERIMENTS = ("steps_below_epoch_bound", "repeated_train", "stop_at_step_hook")

# Imported before anything else; changes a class of TensorFlow as soon as its module is there, and no file of it.
SITECUSTOMIZE = """
import importlib.abc, importlib.machinery, sys

MODULE = "tensorflow.python.training.basic_session_run_hooks"


class Patch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != MODULE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            patch(module)

        spec.loader.exec_module = exec_module
        return spec


def patch(module):
    {fault}


sys.meta_path.insert(0, Patch())
"""

ONE_STEP_MORE = """make = module.StopAtStepHook.__init__
    def one_more(self, num_steps=None, last_step=None):
        make(self, None if num_steps is None else num_steps + 1, last_step)
    module.StopAtStepHook.__init__ = one_more"""
ONE_STEP_FURTHER = """make = module.StopAtStepHook.__init__
    def one_further(self, num_steps=None, last_step=None):
        make(self, None if num_steps is None else num_steps + 1, None if last_step is None else last_step + 1)
    module.StopAtStepHook.__init__ = one_further"""


@pytest.fixture
def patched(tmp_path):
    """Return an interpreter of this environment whose TensorFlow has a fault."""

    def interpreter(fault):
        folder = tmp_path / f"patched{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(SITECUSTOMIZE.replace("{fault}", fault))
        python = folder / "python"
        python.write_text(
            f'#!/bin/sh\nPYTHONPATH="{folder}${{PYTHONPATH:+:$PYTHONPATH}}" exec "{sys.executable}" "$@"\n'
        )
        python.chmod(0o755)
        return python

    return interpreter


def test_a_patched_installation_is_noticed_and_what_is_accepted_of_it_is_no_failure(command, patched, tmp_path):
    def check(python, *options):
        return command("check", *EXPERIMENTS, "--python", python, "--against", RELEASE, *options)

    clean = check(sys.executable)
    assert (clean.returncode, clean.stderr.count("Traceback")) == (0, 0), clean.stdout

    faulty = patched(ONE_STEP_MORE)
    noticed = check(faulty)
    assert noticed.returncode == 1
    assert "The same release behaves differently here: was this installation patched?" in " ".join(
        noticed.stdout.split()
    )
    assert "10 steps -> 11 steps" in noticed.stdout
    assert "since" not in noticed.stdout, "no release brought it"

    accepted = tmp_path / "accepted.txt"
    assert check(faulty, "--write-accepted", accepted).returncode == 0
    assert "steps_below_epoch_bound: steps: 10 -> 11\n" in accepted.read_text()
    assert check(faulty, "--accept", accepted).returncode == 0

    worse = check(patched(ONE_STEP_FURTHER), "--accept", accepted, "--format", "json")
    found = json.loads(worse.stdout)
    assert worse.returncode == found["status"] == 1
    named = {entry["experiment"] for entry in found["entries"]}
    assert "repeated_train" in named and "steps_below_epoch_bound" not in named

    mended = check(sys.executable, "--accept", accepted)
    assert mended.returncode == 0 and "no longer applies: steps_below_epoch_bound: steps: 10 -> 11" in " ".join(
        mended.stdout.split()
    )
