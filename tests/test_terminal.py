"""What a person sees on a terminal while something is measured, and when it is done. Needs no TensorFlow."""

import io
import re
import sys

import pytest
from probes import NAMES, SOUND, write_probe
from samples import VERSIONS
from screen import MANY, Screen, console, text_on
from test_measure import wait_for

from estimator_semantics.host import experiments, packaged, words
from estimator_semantics.host.console import PatientConsole
from estimator_semantics.host.measure import spread
from estimator_semantics.host.report.chapters import THE_THREE
from estimator_semantics.host.terminal import FEW, Terminal
from estimator_semantics.host.verdict import current


def test_ctrl_c_leaves_one_line(tmp_path):
    pid = tmp_path / "pid"
    slow = "if request['cases']:\n    begin(request['cases'][0][0])\n"
    slow += f"    open({str(pid)!r}, 'w').write('x')\n    time.sleep(600)\n"
    screen = Screen(
        "run", *NAMES, "--scale", "quick", "--python", write_probe(tmp_path, slow), "--out", tmp_path / "out"
    )
    wait_for(pid.exists)
    screen.until("0/")
    screen.type(b"\x03")
    assert screen.status() == 3
    bars, said = screen.said.rsplit("interrupted", 1)
    assert "interrupted" not in bars and "Traceback" not in screen.said
    # What was last drawn is erased, a line each, and the cursor is there again.
    after = bars[bars.rindex("steps_implicit") :]
    assert after.count("\x1b[2K") >= len(NAMES) and after.rindex("\x1b[?25h")
    assert " ".join(said.split()).startswith(": 0 of 3 measured and kept in ")


def test_two_of_the_three_are_not_called_three(command, tmp_path):
    some = ("checkpoints_off", *NAMES[:2])
    answers = "COUNTS['checkpoints_off'] = COUNTS['steps_implicit']\n"
    probe = write_probe(tmp_path, answers + SOUND)
    said = command("run", *some, "--scale", "quick", "--python", probe, "--out", tmp_path / "out").stdout
    assert "The three trainings" not in said and said.count("steps=10)") == 1


EXTRA = 4


def folder_of(tmp_path, monkeypatch, others=EXTRA):
    """Make a folder of the three experiments and of others like them, whose names come first."""
    folder = tmp_path / "experiments"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text((experiments.folder() / f"{name}.py").read_text())
    for number in range(others):
        (folder / f"another_{number}.py").write_text((experiments.folder() / "steps_implicit.py").read_text())
    monkeypatch.setattr(experiments, "folder", lambda: folder)


def test_a_run_begins_with_the_trainings_of_the_answer(tmp_path, monkeypatch, capsys):
    from estimator_semantics.host.cli import app

    folder_of(tmp_path, monkeypatch)
    asked = tmp_path / "asked"
    answers = "COUNTS.update({f'another_{n}': COUNTS['steps_implicit'] for n in range(4)})\n"
    note = f"open({str(asked)!r}, 'a').write(name + ' ')\n    "
    probe = write_probe(tmp_path, answers + SOUND.replace(": answer(name)", f":\n    {note}answer(name)"))
    arguments = ["run", "--scale", "quick", "--jobs", "1", "--python", str(probe), "--out", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *arguments])
    assert app._status() == 0
    said = capsys.readouterr().out
    names = asked.read_text().split()
    assert set(names[:3]) == set(THE_THREE) and len(names) == 3 + EXTRA
    first, final = said.split("\n\nEverything", 1)
    assert first.splitlines()[0].startswith("The three trainings of the answer. Everything is as expected: all 3 cases")
    # In the order of the README.
    calls = re.findall(r"steps=\d+\)|input_fn\)", first)
    assert calls == ["input_fn)", "steps=2000)", "steps=10)"]
    assert final.startswith(f" is as expected: all {3 + EXTRA} cases are as predicted")
    assert "True: " in final, "the others, which are few, are in the table of all"
    assert "steps=2000" not in final, "the three are in one table"


def test_the_table_of_the_three_comes_before_the_other_cases_are_done(terminal, capsys):
    terminal._err = PatientConsole(file=io.StringIO(), width=80)
    three = tuple((name, "quick") for name in THE_THREE)
    answers = {each.case: each for each in packaged.of("2.15.1").results}
    with terminal.following(MANY, first=three, answered=[answers[three[0]]]):
        terminal.finished(answers["endless_data", "quick"])
        terminal.finished(answers[three[1]])
        assert capsys.readouterr().out == ""
        terminal.finished(answers[three[2]])
        assert "The three trainings of the answer" in capsys.readouterr().out
        terminal.finished(answers["checkpoints_off", "quick"])
        assert capsys.readouterr().out == ""


def test_on_a_terminal_the_table_stays_above_the_bars(tmp_path):
    single = [case.name for case in experiments.chosen() if "[" not in case.name]
    others = [name for name in single if name not in NAMES][:FEW]
    answers = f"COUNTS.update({{name: COUNTS['steps_implicit'] for name in {others!r}}})\n"
    slow = SOUND.replace("answer(name)", f"(time.sleep(1) if name in {others!r} else None, answer(name))")
    options = (
        "--scale",
        "quick",
        "--jobs",
        "1",
        "--python",
        write_probe(tmp_path, answers + slow),
        "--out",
        tmp_path / "out",
    )
    screen = Screen("run", *NAMES, *others, *options)
    screen.until("The three trainings of the answer")
    screen.until(f"5/{len(NAMES) + FEW}")
    before = screen.said
    screen.status()
    table = before.index("The three trainings")
    assert before.count("The three trainings") == screen.said.count("The three trainings") == 1
    drawn = before[table:]
    # The bars that follow go up no further than they are high.
    assert max(len(re.findall("\x1b\\[1A", part)) for part in drawn.split("all cases")[1:]) <= FEW


RECORD = packaged.of("2.15.1")


@pytest.mark.parametrize("width", [60, 80, 100, 150])
@pytest.mark.parametrize("details", [False, True])
def test_the_table_fits_and_says_whether_each_claim_is_true(width, details):
    terminal = Terminal()
    terminal._out = console(width)
    some = ("early_stopping", "no_epochs", *THE_THREE)
    results = [each for each in RECORD.results if each.experiment.split("[")[0] in some]
    terminal.table(results, VERSIONS, details=details)
    said = text_on(terminal._out)
    assert max(len(line.rstrip()) for line in said.splitlines()) <= width
    assert re.findall(r"^(claim) +(call) +(predicted) +(measured) +(verdict)", said, re.MULTILINE)
    told = re.findall(r"^(True|False|Depends): ", said, re.MULTILINE)[: len(results)]
    assert told == [words.truth(current(each)) for each in results]
    joined = " ".join(said.split())
    for each in results:
        assert (" ".join(current(each).found.split()) in joined) == details, each.experiment


def test_what_comes_first_is_spread_first():
    first = tuple((name, "full") for name in NAMES)
    loads = spread((*MANY, *first), 2, first)
    counts = [len(set(load) & set(first)) for load in loads]
    assert sorted(counts) == [1, 2]
    assert all(set(load[:count]) <= set(first) for load, count in zip(loads, counts, strict=True))
    assert sorted(case for load in loads for case in load) == sorted((*MANY, *first))
