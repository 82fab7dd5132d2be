"""``explain`` as a user meets it: one sentence, or one object for programs. Needs no TensorFlow."""

import json
import re
import subprocess
import sys

import pytest
from copies import CHECKOUT

from estimator_semantics.host import catalogue, packaged
from estimator_semantics.host.cli import app

FIELDS = {"steps", "global_step", "examples", "last_batch", "epochs", "bound"}
NEWEST = catalogue.releases()[-1].version
NEWEST_KERAS = packaged.newest_keras().removeprefix(packaged.KERAS)
EXPLAIN = ("explain", "--examples", "700000", "--batch-size", "4")


def test_explain_says_it_in_a_sentence(command):
    result = command(*EXPLAIN, "--num-epochs", "1", "--steps", "200000")
    assert result.returncode == 0
    assert result.stdout.startswith("Training runs 175,000 steps: the data ends before steps=200,000 is reached")


def test_explain_answers_programs(command):
    answer = json.loads(command(*EXPLAIN, "--steps", "1000", "--format", "json").stdout)
    assert answer.keys() >= FIELDS
    assert {name: answer[name] for name in FIELDS} == {
        "steps": 1000,
        "global_step": 1000,
        "examples": 4000,
        "last_batch": 4,
        "epochs": 0,
        "bound": "steps",
    }


@pytest.mark.parametrize("typed", ["700,000", "700_000", "700 000", "7e5", "7E+5", "7.0e5", "+700000", " 700000 "])
def test_a_count_is_taken_as_people_write_it(monkeypatch, capsys, typed):
    for field in ("--examples", "--num-epochs", "--max-steps"):
        monkeypatch.setattr(
            sys, "argv", ["estimator-semantics", *EXPLAIN, "--batch-size", "1", field, typed, "--format", "json"]
        )
        assert app._status() == 0
        assert json.loads(capsys.readouterr().out)["steps"] == {"--num-epochs": 700_000**2}.get(field, 700_000)


def test_explain_endless(command):
    answer = json.loads(command(*EXPLAIN, "--num-epochs", "none", "--format", "json").stdout)
    assert {answer[name] for name in FIELDS} == {None}


TEN = ("explain", "--examples", "10", "--batch-size", "4", "--num-epochs", "3")


@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        (("--api", "train_and_evaluate", "--max-steps", "25"), 8),
        (("--api", "train_and_evaluate", "--max-steps", "25", "--tensorflow", "1.10.1"), 8),
        (("--api", "train_and_evaluate", "--max-steps", "25", "--tensorflow", "1.9.0"), 25),
        (("--api", "train_and_evaluate", "--tensorflow", "1.9.0"), None),
        (("--api", "evaluate", "--steps", "100"), 8),
        (("--input", "repeat, then batch"), 8),
        (("--input", "batch, then repeat"), 9),
        (("--input", "repeat, then batch", "--drop-remainder"), 7),
        (("--input", "batch, then repeat", "--drop-remainder"), 6),
        (("--num-threads", "2"), 15),
    ],
)
def test_explain_by_call_release_and_input(monkeypatch, capsys, arguments, steps):
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *TEN, *arguments, "--format", "json"])
    assert app._status() == 0
    assert json.loads(capsys.readouterr().out)["steps"] == steps


def test_the_largest_bounds_that_there_are(monkeypatch, capsys):
    largest = str(2**63 - 1)
    for arguments, steps in (
        (("--steps", largest, "--num-epochs", "none"), 2**63 - 1),
        (("--steps", str(2**63 - 6), "--global-step", "5"), 8),
        (("--max-steps", largest, "--global-step", "5"), 8),
        (("--max-steps", largest, "--global-step", largest), 0),
        (("--api", "evaluate", "--steps", largest, "--global-step", largest), 8),
    ):
        monkeypatch.setattr(sys, "argv", ["estimator-semantics", *TEN, *arguments, "--format", "json"])
        assert app._status() == 0
        assert json.loads(capsys.readouterr().out)["steps"] == steps, arguments


@pytest.mark.parametrize("strategy", ["mirrored", "multi_worker_mirrored"])
def test_strategies_that_mirror_take_a_dataset_where_nothing_is_said(monkeypatch, capsys, strategy):
    mirrored = ("--strategy", strategy, "--workers", "2", "--format", "json")
    said = []
    for given in ((), ("--input", "repeat, then batch")):
        monkeypatch.setattr(sys, "argv", ["estimator-semantics", *EXPLAIN, *mirrored, *given])
        assert app._status() == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1] and said[0]["steps"] == {"mirrored": 87_500, "multi_worker_mirrored": 175_000}[strategy]


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (("--tensorflow", "3.0"), f"TensorFlow 3.0: not measured; answered as {NEWEST}"),
        (("--tensorflow", "1.2"), "TensorFlow 1.2: not measured; answered as 1.3.0"),
        (("--tensorflow", "1.99"), "TensorFlow 1.99: not measured; answered as 1.15.5"),
        (("--tensorflow", "2.15.0"), ""),
        (("--api", "fit", "--keras", "3.99.0"), f"Keras 3.99.0: not measured; answered as {NEWEST_KERAS}"),
        (("--api", "fit", "--keras", "3.5.0"), ""),
        (("--api", "fit", "--keras", "2.12.0"), ""),
        (("--keras", "2.3.1"), "Keras 2.3.1: not measured; answered as the Keras of TensorFlow 2.3.4"),
        (("--tensorflow", "2.9.3", "--keras", "2.9.0"), ""),
        (("--tensorflow", "2.22", "--keras", "2.21.0"), ""),
        (
            ("--tensorflow", "2.16.2", "--keras", "2.12"),
            "Keras 2.12: not measured beside TensorFlow 2.16.2; answered as the Keras 2 of that",
        ),
    ],
)
def test_explain_says_so_of_what_was_not_measured(monkeypatch, capsys, arguments, note):
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *EXPLAIN, *arguments])
    assert app._status() == 0
    printed = capsys.readouterr()
    assert printed.err == (f"estimator-semantics: {note}\n" if note else "")
    assert printed.out.startswith("Training runs 175,000 steps")
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *EXPLAIN, *arguments, "--format", "json"])
    assert app._status() == 0
    printed = capsys.readouterr()
    assert (json.loads(printed.out).get("note", ""), printed.err) == (note, "")


def loaded(code):
    """Return the modules that a process has loaded when it ends."""
    listing = (
        "import atexit, json, sys; atexit.register(lambda: print(json.dumps(list(sys.modules)), file=sys.stderr)); "
    )
    ended = subprocess.run(
        [sys.executable, "-c", listing + code], capture_output=True, text=True, cwd=CHECKOUT, check=True
    )
    return set(json.loads(ended.stderr))


def test_explain_loads_the_law_and_what_a_command_takes_anyway_so_that_it_answers_at_once():
    """How long it takes is a matter of what it loads; benchmarks/test_suite.py times it."""
    least = loaded("import typer; typer.run(lambda: None)")
    modules = loaded(f"sys.argv[1:] = {EXPLAIN!r}; from estimator_semantics.__main__ import main; main()")
    found = modules - least - sys.stdlib_module_names
    others = {name for name in found if name.partition(".")[0] not in {"estimator_semantics", *sys.stdlib_module_names}}
    assert others == set()
    ours = {name.removeprefix("estimator_semantics.") for name in found - others if "estimator_semantics." in name}
    assert "law.answer" in ours
    assert {name for name in ours if not re.match(r"(law|host\.cli)\b", name)} <= {
        "host",
        "host.errors",
        "host.operating_system",
        "host.wrapping",
        "__main__",
    }
