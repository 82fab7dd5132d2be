"""A new experiment: what ``new-experiment`` writes, and the recipe of CONTRIBUTING.md, followed to the letter in a copy."""

import re
import shutil
import subprocess
import sys

import pytest
from copies import copy_of_checkout, recipe

from estimator_semantics.host import experiments, packaged, record
from estimator_semantics.host.cli import app
from estimator_semantics.probe import experiment


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A folder of experiments with one in it."""
    path = tmp_path / "experiments"
    path.mkdir()
    shutil.copy(experiments.folder() / "no_epochs.py", path)
    monkeypatch.setattr(experiments, "folder", lambda: path)
    return path


def called(monkeypatch, capsys, *arguments):
    """Return the exit status of a command, and what it printed."""
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *arguments])
    return app._status(), capsys.readouterr()


def test_what_is_written_is_a_valid_experiment(monkeypatch, capsys, folder):
    status, printed = called(monkeypatch, capsys, "new-experiment", "two_words")
    assert (status, printed.err) == (0, "")
    assert (
        printed.out
        == f"{folder / 'two_words.py'} is written, and can be run: estimator-semantics run two_words --scale quick\n"
    )
    found = experiment.load(str(folder), "two_words")
    assert found.title == "Two words" and found.found.startswith("True. ")
    (case,) = experiments.specifications("two_words")
    assert case.plans["quick"].examples == 10


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no_epochs", "experiment no_epochs: there is one of this name"),
        ("No-Epochs", "experiment No-Epochs: not a name for one"),
        ("2_epochs", "not a name for one"),
        ("_private", "not a name for one"),
        ("class", "not a name for one"),
        ("../elsewhere", "not a name for one"),
        ("größe", "not a name for one"),
        ("", "not a name for one"),
        ("a" * 300, "File name too long"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_in_one_line(monkeypatch, capsys, folder, name, said):
    before = {path: path.read_bytes() for path in folder.parent.rglob("*.py")}
    status, printed = called(monkeypatch, capsys, "new-experiment", name)
    assert (status, printed.out, printed.err.count("\n")) == (2, "", 1) and said in printed.err
    assert {path: path.read_bytes() for path in folder.parent.rglob("*.py")} == before


def test_an_installed_package_gets_no_experiment(monkeypatch, capsys, folder):
    monkeypatch.setattr(experiments, "INSIDE", folder)
    status, printed = called(monkeypatch, capsys, "new-experiment", "two_words")
    assert status == 2 and "write experiments in a checkout" in printed.err and not (folder / "two_words.py").exists()


def test_the_recipe_of_an_experiment_works(tf, tmp_path):
    """On the TensorFlow of this environment, which is imported by the fixture where there is one."""
    commands = recipe("recipe: an experiment")
    name = re.search(r"new-experiment (\w+)", commands).group(1)
    assert name not in experiments.known()
    ended = subprocess.run(
        ["bash", "-euxc", commands], cwd=tmp_path, env=copy_of_checkout(tmp_path), capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(rf"^{name} +First batches$", ended.stdout, re.MULTILINE)
    (path,) = (tmp_path / "results").glob("*.jsonl")
    (result,) = record.read(path).results
    assert (result.experiment, result.scale, result.measured["steps"]) == (name, "quick", 3)
    assert re.search(r"\b[1-9]\d* passed", ended.stdout)
    assert not (experiments.folder() / f"{name}.py").exists()
    assert packaged.paths(), "the records are still there"
