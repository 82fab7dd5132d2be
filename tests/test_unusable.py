"""One unfinished experiment costs that experiment alone, and is said in one line. Needs no TensorFlow."""

import functools
import json
import re
import shutil
import sys

import pytest
from probes import NAMES, SOUND, write_probe

from estimator_semantics.host import experiments, matrix, packaged
from estimator_semantics.host.cli import app
from estimator_semantics.host.errors import UnusableExperiment

WHOLE = (experiments.folder() / "steps_implicit.py").read_text()
NO_PLAN = '"""Title."""\nfrom estimator_semantics.probe import Plan\nFOUND = SOURCE = CLAIM = ""\nrun = print\n'

# What is wrong: the file, the line, and the message.
FAULTS = {
    "a claim alone": ('"""Title."""\n\nCLAIM = "It does."\n', 3, "lacks FOUND, SOURCE, run, PLAN or PLANS"),
    "nothing": ("", 1, "lacks CLAIM, FOUND, SOURCE, run, PLAN or PLANS, a docstring"),
    "a syntax error": ('"""Title."""\nCLAIM = (\n', 2, "SyntaxError: '(' was never closed"),
    "a module that is not there": ('"""Title."""\n\nimport nothing_at_all\n', 3, "No module named 'nothing_at_all'"),
    "an error of its own": ('"""Title."""\n\n\ndef f():\n    return 1 / 0\n\n\nCLAIM = f()\n', 5, "ZeroDivisionError"),
    "an exit": ('"""Title."""\nimport sys\nsys.exit(1)\n', 3, "SystemExit"),
    "a null byte": ('"""Title."""\nCLAIM = "\0"\n', 1, "null bytes"),
    "a claim that is a number": (
        NO_PLAN.replace('CLAIM = ""', "CLAIM = 5") + "PLAN = Plan(10, 4)\n",
        3,
        "CLAIM must be text",
    ),
    "a plan that is a number": (NO_PLAN + "\nPLAN = 5\n", 6, "PLAN must be a Plan"),
    "plans that are a list": (NO_PLAN + "PLANS = [Plan(10, 4)]\n", 5, "PLANS must be a dict"),
    "a case in two lines": (
        NO_PLAN + "PLANS = {'a\\nb': Plan(10, 4)}\n",
        5,
        "PLANS: the name 'a\\nb' must be one line",
    ),
    "no plan": (NO_PLAN + "PLANS = {}\n", 5, "PLANS has no case"),
    "a plan that cannot be": (
        NO_PLAN + "PLAN = Plan(10, 0)\n",
        5,
        "PLAN: batch_size=0: must be a whole number, at least 1",
    ),
    "a quick plan that cannot be": (NO_PLAN + "PLAN = Plan(10, 4)\nQUICK = Plan(-1, 4)\n", 6, "QUICK: examples=-1"),
    "a plan that does not end in time": (NO_PLAN + "PLAN = Plan(10, 4, num_epochs=2**62)\n", 5, "PLAN: num_epochs="),
    "an expectation of another case": (
        NO_PLAN + "PLANS = {'a': Plan(10, 4)}\nEXPECTED = {'b': {}}\n",
        6,
        "EXPECTED of b",
    ),
    "an expectation that is a number": (
        NO_PLAN + "PLAN = Plan(10, 4)\nEXPECTED = {'steps': 5}\n",
        6,
        "EXPECTED['steps'] must be",
    ),
    "an environment that is none": (
        NO_PLAN + "PLAN = Plan(10, 4)\nEXPECTED = {'steps': {'>>2': 5}}\n",
        6,
        "'>>2' in EXPECTED or CHANGES",
    ),
    "a change that is text": (
        NO_PLAN + "PLAN = Plan(10, 4)\nCHANGES = {'1.10': 'it changed'}\n",
        6,
        "CHANGES['1.10'] must be",
    ),
    "a change since nothing": (
        NO_PLAN.replace("Plan\n", "Change, Plan\n", 1)
        + "PLAN = Plan(10, 4)\nCHANGES = {'lately': Change('', '', '')}\n",
        6,
        "'lately' in EXPECTED or CHANGES",
    ),
    "a run that is text": (NO_PLAN.replace("print", '""') + "PLAN = Plan(10, 4)\n", 4, "run must be a function"),
    "another encoding": (WHOLE.encode() + "# é\n".encode("latin-1"), 1, "UTF-8"),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the folder of experiments, which is used instead of it."""
    copy = tmp_path / "experiments"
    shutil.copytree(experiments.folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(experiments, "folder", lambda: copy)
    return copy


@pytest.fixture
def call(monkeypatch, capsys):
    """Call the command in this process; return its status, and what it said on standard output and error."""

    def called(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["estimator-semantics", *map(str, arguments)])
        status = app._status()
        return status, *capsys.readouterr()

    return called


def put(folder, fault: str, name: str = "unfinished") -> re.Pattern:
    """Write a faulty experiment, and return what is to be said of it, in one line."""
    text, line, said = FAULTS[fault]
    path = folder / f"{name}.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return re.compile(rf"estimator-semantics: {re.escape(str(path))}:{line}: .*{re.escape(said)}.*\n")


@pytest.fixture
def three(folder):
    """The same with the three experiments alone, which is faster."""
    for path in folder.glob("[a-z]*.py"):
        if path.stem not in NAMES:
            path.unlink()
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_said_in_one_line(three, call, tmp_path, fault):
    line = put(three, fault)
    status, listed, said = call("run", "--list")
    assert [each.split()[0] for each in listed.splitlines()] == sorted(NAMES)
    assert line.fullmatch(said), said
    assert status == 0
    python = ("--python", sys.executable, "--out", tmp_path / "out")
    for arguments in (
        ("run", "unfinished", *python),
        ("run", "unfinished", "--list"),
        ("check", "unfinished", *python),
    ):
        status, out, said = call(*arguments)
        assert line.fullmatch(said), said
        assert (status, out) == (3, "")


def test_others_that_are_named_do_not_suffer(three, call, tmp_path):
    put(three, "a syntax error")
    probe = write_probe(tmp_path, SOUND)
    status, out, said = call("run", *NAMES, "--scale", "quick", "--python", probe, "--out", tmp_path / "out")
    assert status == 0 and out.startswith("Everything is as expected: all 3 cases are as predicted\n")
    assert "unfinished" not in said + out
    status, out, said = call("check", *NAMES, "--python", probe)
    assert status == 0 and "0 changed" in out and "unfinished" not in said + out


@pytest.fixture
def of_three(three):
    """The same with an unfinished experiment; returns what is to be said of it."""
    return put(three, "a claim alone")


def test_a_run_of_all_measures_the_others_and_exits_with_3(of_three, call, tmp_path):
    run = ("run", "--scale", "quick", "--python", write_probe(tmp_path, SOUND), "--out", tmp_path / "out")
    status, out, said = call(*run)
    head = "1 experiment cannot be used. Of the others: Everything is as expected: all 3 cases are as predicted\n"
    assert status == 3 and out.startswith(head)
    assert len(of_three.findall(said)) == 1 and "Traceback" not in said
    assert (tmp_path / "out" / "REPORT.md").exists()
    status, out, said = call(*run, "--format", "json")
    assert status == 3 and {entry["experiment"] for entry in json.loads(out)} == set(NAMES)


def test_what_deviates_is_worse(of_three, call, tmp_path):
    probe = write_probe(tmp_path, "COUNTS['steps_implicit']['steps'] = 1751\n" + SOUND)
    status, out, _ = call("run", "--scale", "quick", "--python", probe, "--out", tmp_path / "out")
    assert status == 1 and "1 of 3 cases is not as expected" in out.splitlines()[0]


def test_check_and_matrix_measure_the_others_and_exit_with_3(of_three, call, tmp_path, monkeypatch):
    probe = write_probe(tmp_path, SOUND)
    status, out, said = call("check", "--python", probe)
    assert status == 3 and "0 changed" in out and len(of_three.findall(said)) == 1
    monkeypatch.setattr(matrix, "run", functools.partial(matrix.run, build=lambda release: probe))
    status, out, said = call("matrix", "--tensorflow", "2.15.1", "--out", tmp_path / "out")
    assert status == 3 and out.startswith("1 of 1 release answered: all 3 cases are as predicted")
    assert len(of_three.findall(said)) == 1
    assert len(list((tmp_path / "out").glob("*.jsonl"))) == 1
    assert call("matrix", "--collect", tmp_path / "out", "--out", tmp_path / "all")[0] == 0


@pytest.mark.parametrize("name", ["unfinished", "steps_implicit", "keras_epochs"])
def test_what_was_recorded_of_it_is_left_out(folder, call, tmp_path, name):
    """Also of one that was whole when the records were made."""
    line = put(folder, "a syntax error", name)
    status, _, said = call("report", "--output", tmp_path / "report.md", "--html", tmp_path / "page")
    assert status == 3 and line.fullmatch(said), said
    assert len((tmp_path / "report.md").read_text()) > 50_000 and (tmp_path / "page" / "index.html").exists()
    status, out, said = call("diff", "2.15", "2.15.1")
    assert status == 3 and line.fullmatch(said) and "0 changed" in out
    status, out, said = call("diff", "1.9", "2.15")
    assert status == 1 and line.fullmatch(said)


def test_a_record_whose_experiment_broke_later_is_read(three, call, tmp_path):
    probe = write_probe(tmp_path, SOUND)
    call("run", *NAMES, "--scale", "quick", "--python", probe, "--out", tmp_path / "out")
    record = tmp_path / "out" / "2.15.1.jsonl"
    before = record.read_bytes()
    put(three, "a syntax error", NAMES[0])
    experiments._loaded.cache_clear()
    assert call("report", record, "--output", tmp_path / "report.md")[0] == 3
    assert call("diff", record, record)[0] == 3
    assert call("matrix", "--collect", tmp_path / "out", "--out", tmp_path / "all")[0] == 0
    assert (tmp_path / "all" / "2.15.1.jsonl").read_bytes() == record.read_bytes() == before


def test_a_faulty_module_is_loaded_once(three, monkeypatch):
    put(three, "an error of its own")
    loads = []
    load = experiments.experiment.load
    monkeypatch.setattr(experiments.experiment, "load", lambda *given: loads.append(given) or load(*given))
    for _ in range(3):
        assert experiments.find("unfinished") is None
        assert [error.path.stem for error in experiments.unusable()] == ["unfinished"]
    assert len([given for given in loads if given[1] == "unfinished"]) == 1
    with pytest.raises(UnusableExperiment):
        experiments.specifications("unfinished")


def test_the_path_is_as_short_as_it_can_be(three, monkeypatch):
    put(three, "a claim alone")
    monkeypatch.chdir(three.parent)
    (error,) = experiments.unusable()
    assert str(error).startswith("experiments/unfinished.py:3: lacks FOUND")


def test_editors_files_are_no_experiments(three):
    before = experiments.known()
    (three / ".#steps_implicit.py").symlink_to("nowhere")
    assert experiments.known() == before and experiments.unusable() == ()


def test_nothing_is_left_out_of_the_records_that_come_with_the_project():
    assert experiments.unusable() == ()
    whole = packaged.of("2.15.1")
    assert packaged.usable(whole) is whole
