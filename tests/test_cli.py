"""The command as a user meets it: answers, one-line errors, exit statuses."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from probes import NAMES, SOUND, write_probe

from estimator_semantics.host import catalogue, packaged
from estimator_semantics.host.cli import app
from estimator_semantics.host.cli.options import ReportFormat, processes
from estimator_semantics.host.errors import NotSpeed, NotWritable, NoUv, OldPython
from estimator_semantics.host.selection import ESTIMATOR
from estimator_semantics.host.views import FORMATS, RESULT_FORMATS
from estimator_semantics.probe import environment

CHECKOUT = Path(__file__).parent.parent
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


@pytest.mark.parametrize(
    ("given", "expected"),
    [({"steps": "1e3", "rounds": "1,000"}, (1000, 1000)), ({"steps": "2_000"}, (2000, 4)), ({}, (1000, 4))],
)
def test_the_counts_of_every_verb_are(monkeypatch, given, expected):
    from estimator_semantics.host.cli import speed

    taken = []
    monkeypatch.setattr(speed, "speed", lambda _, __, steps, rounds, again: taken.append((steps, rounds)) or 0)
    options = [word for name, value in given.items() for word in (f"--{name}", value)]
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", "speed", *options])
    assert app._status() == 0
    assert taken == [expected]
    assert processes("1e1") == 10 and processes(" 2 ") == 2


def test_every_verb_has_a_short_option_for_its_help(monkeypatch, capsys):
    verbs = [[app._name(verb)] for verb in app.app.registered_commands]
    for verb in ([], *verbs):
        printed = []
        for option in ("-h", "--help"):
            monkeypatch.setattr(sys, "argv", ["estimator-semantics", *verb, option])
            assert app._status() == 0
            printed.append(capsys.readouterr().out)
        assert printed[0] == printed[1] and "Usage:" in printed[0], verb


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


def test_explain_answers_in_well_under_a_second(command):
    seconds = []
    for _ in range(3):
        begun = time.monotonic()
        assert command(*EXPLAIN).returncode == 0
        seconds.append(time.monotonic() - begun)
    assert min(seconds) < 1.0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explain", "--examples", "-5", "--batch-size", "4"), "--examples -5: must be a whole number, at least 0"),
        (("explain", "--examples", "ten", "--batch-size", "4"), "--examples ten: must be a whole number, at least 0"),
        (("explain", "--examples", "10", "--batch-size", "0"), "--batch-size 0: must be a whole number, at least 1"),
        (("explain", "--examples", "10", "--batch-size", "2.5"), "--batch-size 2.5: must be a whole number"),
        ((*EXPLAIN, "--steps", "0"), "--steps 0: must be a whole number, at least 1, or none"),
        ((*EXPLAIN, "--max-steps", "0"), "--max-steps 0: must be a whole number, at least 1, or none"),
        ((*EXPLAIN, "--num-epochs", "7e-1"), "--num-epochs 7e-1: must be a whole number, at least 0, or none"),
        ((*EXPLAIN, "--num-epochs", "1.55e1"), "--num-epochs 1.55e1: must be a whole number, at least 0, or none"),
        ((*EXPLAIN, "--num-epochs", "1,5"), "--num-epochs 1,5: must be a whole number, at least 0, or none"),
        (("explain", "--examples", "1e19", "--batch-size", "1"), "--examples <64 bits>: must fit into 64 bits"),
        ((*EXPLAIN, "--steps", "1", "--max-steps", "2"), "give either steps"),
        (("explain", "--examples", "9" * 400, "--batch-size", "1"), "--examples <1329 bits>: must fit into 64 bits"),
        (("explain", "--examples", "10"), "--batch-size"),
        ((*EXPLAIN, "--api", "fly"), "fly"),
        ((*EXPLAIN, "--input", "csv"), "csv"),
        ((*EXPLAIN, "--tensorflow", "two"), "--tensorflow two: not a version; give one like 2.15.1"),
        ((*EXPLAIN, "--api", "train_and_evaluate", "--steps", "9"), "--steps 9: train_and_evaluate has no such bound"),
        ((*EXPLAIN, "--api", "evaluate", "--max-steps", "9"), "--max-steps 9: evaluate has no such bound, only steps"),
        (
            (*EXPLAIN, "--api", "train_and_evaluate", "--tensorflow", "1.3.0"),
            "--api train_and_evaluate: needs TensorFlow 1.4 or later; 1.3.0 does not have it",
        ),
        ((*EXPLAIN, "--drop-remainder"), "--drop-remainder: numpy_input_fn keeps the last batch"),
        ((*EXPLAIN, "--drop-remainder"), 'give --input "repeat, then batch" or --input "batch, then repeat"'),
        ((*EXPLAIN, "--global-step", "none"), "--global-step none: must be a whole number, at least 0"),
        ((*EXPLAIN, "--workers", "none"), "--workers none: must be a whole number, at least 1"),
        ((*EXPLAIN, "--input", "generator"), "--input generator: only fit takes that; train does not; give --api fit"),
        ((*EXPLAIN, "--input", "generator", "--format", "json"), "give --api fit"),
        (
            (*EXPLAIN, "--api", "train", "--input", "arrays"),
            "--input arrays: only fit takes that; train does not; give --api fit",
        ),
        (
            (*EXPLAIN, "--api", "fit", "--input", "numpy_input_fn"),
            'fit does not take that; give --input "repeat, then batch", --input',
        ),
        ((*EXPLAIN, "--api", "fit", "--input", "arrays", "--unknown-size"), "--unknown-size: only a Dataset can have"),
        (
            (*EXPLAIN, "--strategy", "mirrored", "--input", "numpy_input_fn"),
            'takes its data from a Dataset; give --input "repeat, then batch" or --input "batch, then repeat"',
        ),
        (
            (*EXPLAIN, "--steps", str(2**63 - 1), "--global-step", "5"),
            f"--steps {2**63 - 1}: is added to global_step=5, and the sum must fit into 64 bits; give {2**63 - 6} at most",
        ),
        (
            (*EXPLAIN, "--steps", "5", "--global-step", str(2**63 - 1)),
            "must fit into 64 bits; give a lower global_step",
        ),
        ((*EXPLAIN, "--global-step", str(2**63 - 1)), f"--global-step {2**63 - 1}: training would end at step"),
        ((*EXPLAIN, "--num-epochs", str(2**63 - 1)), f"--num-epochs {2**63 - 1}: training would end at step"),
        (
            (*EXPLAIN, "--num-epochs", "none", "--api", "fit", "--steps-per-epoch", str(2**63 - 1), "--epochs", "2"),
            f"--steps-per-epoch {2**63 - 1}: training would end at step",
        ),
        (
            (
                *EXPLAIN,
                "--num-epochs",
                "none",
                "--strategy",
                "parameter_server",
                "--workers",
                "2",
                "--max-steps",
                str(2**63 - 1),
            ),
            f"--max-steps {2**63 - 1}: training would end at step {2**63 + 1}, which does not fit into 64 bits",
        ),
        ((*EXPLAIN, "--input", "repeat, then batch", "--num-threads", "2"), "--num-threads 2: only numpy_input_fn"),
        (("explian",), "explian"),
        (("run", "--scale", "huge"), "huge"),
        (("run", "--jobs", "0"), "--jobs 0: must be a whole number, at least 1"),
        (("run", "--jobs", "1.5"), "--jobs 1.5: must be a whole number, at least 1"),
        (("matrix", "--jobs", "7e-1"), "--jobs 7e-1: must be a whole number, at least 1"),
        (("check", "--jobs", "none"), "--jobs none: must be a whole number, at least 1"),
        (("speed", "--steps", "49"), "--steps 49: must be a whole number, at least 50"),
        (("speed", "--rounds", "0"), "--rounds 0: must be a whole number, at least 1"),
        (
            ("--examples", "10"),
            "No such option: --examples; it is an option of explain: see estimator-semantics explain --help",
        ),
        ((*EXPLAIN, "--tensorflow-version", "2.15"), "see estimator-semantics explain --help"),
        ((*EXPLAIN, "--against", "1.9"), "--against; it is an option of check: see estimator-semantics check --help"),
        (("--rounds=3",), "No such option: --rounds; it is an option of speed: see estimator-semantics speed --help"),
        (("--collect", "there"), "it is an option of matrix: see estimator-semantics matrix --help"),
        (("run", "--steps", "5"), "it is an option of explain and speed: see estimator-semantics explain --help"),
        (("run", "--scale"), "see estimator-semantics run --help"),
        (("--nonsense",), "No such option: --nonsense; see estimator-semantics --help"),
        (("run", "--jobs", "many"), "--jobs many: must be a whole number, at least 1"),
        (("run", "steps_explicit"), "there is none of this name; there are steps_implicit"),
        (("run", "--tensorflow", "two"), "--tensorflow two: not a version; give one like 2.15.1"),
        (("run", "--tensorflow", "2.15.1", "--python", "python"), "give either --tensorflow or --python, not both"),
        (("run", "--python", "/nothing/there"), "--python /nothing/there: no Python interpreter there"),
        (("run", "--python", "setup.cfg"), "--python setup.cfg: no Python interpreter there"),
        (("run", "--out", "/proc/nothing"), "--out /proc/nothing: cannot be written"),
        (("report", "setup.cfg"), "setup.cfg: not a whole record"),
        (("report", "nothing.jsonl"), "nothing.jsonl: not a whole record (No such file or directory)"),
        (("check", "--against", "7.5"), "7.5: no record of such a release, and no such file"),
        (("check", "--python", "env", "--tensorflow", "2.9"), "give either --tensorflow or --python, not both"),
        (("check", "--python", "env", "--keras", "3.6.0"), "give either --keras or --python, not both"),
        (("check", "--against", "1.9", "--against-keras", "3.6"), "give either --against or --against-keras, not both"),
        (("check", "--keras", "2.15.0"), "--keras 2.15.0: not a Keras 3"),
        (("check", "--against-keras", "3.99"), "no record of such a release"),
        (
            ("run", "--keras", "3.6.0", "--tensorflow", "2.9"),
            "--keras 3.6.0: the tf.keras of TensorFlow 2.9 is Keras 2",
        ),
        (("matrix", "--keras", "3.6.0,new"), "--keras new: not a version"),
        (("diff", "keras==3.99", "keras==3.6"), "no record of such a release"),
        (("diff", "2.15.1", "7.5"), "7.5: no record of such a release, and no such file"),
        (("report", "--output", "/proc/nothing"), "--output /proc/nothing: cannot be written"),
        (("releases", "two"), "release two: not a version; give one like 2.15.1"),
        (("matrix", "--tensorflow", ">=9"), "--tensorflow >=9: selects no release"),
        (("matrix", "--collect", "setup.cfg"), "--collect setup.cfg: no record below it"),
        (("check", "--speed", "--against", "two"), "--against two: not a version"),
        (("check", "--speed", "--against", "setup.cfg"), "--against setup.cfg: selects no release"),
        (("speed", "--tensorflow", ">=9", "--out", "times.json"), "--tensorflow >=9: selects no release"),
        (("diff", "2.15", "2.15", "--accept", "setup.cfg"), "--accept setup.cfg: line 1: "),
        (("diff", "2.15", "2.15", "--write-accepted", "setup.cfg"), "--write-accepted setup.cfg: line 1: "),
    ],
)
def test_wrong_usage_is_said_in_one_line(monkeypatch, capsys, arguments, said, tmp_path):
    if arguments[0] == "run" and "--out" not in arguments:
        arguments = (*arguments, "--out", tmp_path)
    # In this process, for there are many: an exception that would be a traceback comes out here as well.
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *map(str, arguments)])
    monkeypatch.chdir(CHECKOUT)
    status = app._status()
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1, printed.err
    assert status == (3 if arguments[0] == "report" and "--output" not in arguments else 2)
    if "No such option" not in printed.err:
        assert strangers(arguments[0], printed.err) == []
    assert printed.out == ""


def strangers(called, message):
    """Return the options in a message that the verb does not have which was called, or is named before them."""
    verbs = typer.main.get_command(app.app).commands
    found, verb = [], called
    for word in re.findall(r"(?<=estimator-semantics )[a-z]+|--[a-z]+(?:-[a-z]+)*", message):
        if word in verbs:
            verb = word
        elif word != "--help" and (verb not in verbs or word not in app._options_of(verbs[verb])):
            found.append((verb, word))
    return found


def test_each_format_has_a_view_of_a_diff_and_one_of_results():
    assert {format.value for format in ReportFormat} == FORMATS.keys() == {"text", *RESULT_FORMATS}


def test_errors_name_no_option_that_a_verb_lacks():
    assert strangers("matrix", str(NoUv("broken"))) == []
    assert strangers("report", str(NotSpeed(Path("speed.json"), "broken"))) == []
    assert strangers("check", str(OldPython(Path("python"), "2.7.18"))) == []
    assert "--" not in str(NotWritable(Path("folder"), "full", ""))


def test_a_python_without_tensorflow(command, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    result = command("run", "--python", tmp_path / "env", "--out", tmp_path / "out")
    assert "no TensorFlow is installed" in result.stderr
    assert (result.returncode, result.stderr.count("\n"), result.stdout) == (3, 1, "")


def test_a_release_without_an_interpreter(command, tmp_path):
    """With nothing but uv to be found, and no network to download from."""
    environment = {
        "PATH": str(tmp_path),
        "HOME": str(tmp_path),
        "UV_OFFLINE": "1",
        "UV_PYTHON_INSTALL_DIR": str(tmp_path),
    }
    result = command("run", "--tensorflow", "1.3.0", "--out", tmp_path / "out", env=environment)
    assert result.returncode == 3
    assert "TensorFlow 1.3.0: needs Python 3.6, which is not here and could not be downloaded" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_second_run_in_the_same_folder_is_kept_out(tmp_path):
    slow = write_probe(tmp_path, "if request['cases']: begin(request['cases'][0][0])\ntime.sleep(600)\n")
    run = [
        sys.executable,
        "-m",
        "estimator_semantics",
        "run",
        "--scale",
        "quick",
        "--out",
        tmp_path / "out",
        "--python",
        slow,
    ]
    first = subprocess.Popen(run, stderr=subprocess.PIPE, text=True)
    while "to measure" not in first.stderr.readline():
        assert first.poll() is None
    second = subprocess.run(run, capture_output=True, text=True)
    first.terminate()
    assert first.wait(timeout=30) == 3
    first.stderr.close()
    assert second.returncode == 3
    assert "another run is writing there" in second.stderr


def run_quick(command, folder, python, *arguments):
    """Run the three cases, or the named ones, at quick scale and return the process."""
    return command("run", "--scale", "quick", "--python", python, "--out", folder / "out", *(arguments or NAMES))


def test_finished_cases_are_not_repeated_unless_asked(command, tmp_path):
    asked = tmp_path / "asked"
    note = f"if request['cases']: open({str(asked)!r}, 'a').write(str(len(request['cases'])))\n"
    python = write_probe(tmp_path, note + SOUND)
    assert run_quick(command, tmp_path, python, "steps_implicit").returncode == 0
    assert asked.read_text() == "1"
    said = run_quick(command, tmp_path, python).stderr
    assert "2 cases to measure; 1 case measured before" in said
    assert asked.read_text() == "12"
    assert "0 cases to measure; 3 cases measured before" in run_quick(command, tmp_path, python).stderr
    assert asked.read_text() == "12"
    run_quick(command, tmp_path, python, "--again", *NAMES)
    assert asked.read_text() == "123"
    assert len(list((tmp_path / "out").glob("*.old"))) == 1


def test_another_environment_does_not_take_over_a_record(command, tmp_path):
    run_quick(command, tmp_path, write_probe(tmp_path, SOUND))
    before = (tmp_path / "out" / "2.15.1.jsonl").read_bytes()
    other = write_probe(tmp_path, SOUND)
    other.write_text(other.read_text().replace("'numpy': None", "'numpy': '1.26.4'"))
    assert "3 cases to measure" in run_quick(command, tmp_path, other).stderr
    assert (tmp_path / "out" / "2.15.1.1.old").read_bytes() == before


def test_a_foreign_file_in_the_place_of_a_record_is_set_aside(command, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "2.15.1.jsonl").write_text("my diary\n")
    said = run_quick(command, tmp_path, write_probe(tmp_path, SOUND)).stderr.splitlines()[0]
    assert "2.15.1.jsonl: not a whole record" in said and said.endswith("it is kept as 2.15.1.1.old")
    assert (tmp_path / "out" / "2.15.1.1.old").read_text() == "my diary\n"


def test_a_run_with_nothing_left_leaves_the_record_as_it_is(command, tmp_path):
    run_quick(command, tmp_path, write_probe(tmp_path, SOUND))
    record = tmp_path / "out" / "2.15.1.jsonl"
    before = record.read_bytes(), record.stat().st_mtime_ns
    assert run_quick(command, tmp_path, write_probe(tmp_path, SOUND)).returncode == 0
    assert (record.read_bytes(), record.stat().st_mtime_ns) == before


def test_a_reader_that_leaves_changes_nothing(tmp_path):
    command = f"{sys.executable} -m estimator_semantics"
    python = write_probe(tmp_path, "time.sleep(1)\n" + SOUND)
    run = f"{command} run --scale quick --python {python} --out {tmp_path / 'out'} {' '.join(NAMES)}"
    for line in (
        f"{command} explain --examples 10 --batch-size 4 | true",
        f"{command} report | true",
        f"{command} schema | true",
        f"{command} releases | true",
        f"{run} 2>&1 | head -1",
    ):
        result = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True)
        assert (result.returncode, result.stderr) == (0, ""), line
    assert len((tmp_path / "out" / "2.15.1.jsonl").read_text().splitlines()) == len(NAMES) + 2


def test_an_executable_that_is_no_program(command, tmp_path):
    path = tmp_path / "python"
    path.write_bytes(b"\x7fELF nonsense")
    path.chmod(0o755)
    result = run_quick(command, tmp_path, path)
    assert "could not be started" in result.stderr
    assert (result.returncode, result.stderr.count("\n")) == (3, 1)


def test_errors_are_measured_again(command, tmp_path):
    failing = (
        "for name, _ in request['cases']: say('error', experiment=name, scale='quick', seconds=1, why='broken')\n"
        "say('done')\n"
    )
    result = run_quick(command, tmp_path, write_probe(tmp_path, failing))
    assert result.returncode == 3
    assert "steps_implicit: broken" in result.stdout
    assert "3 cases to measure" in run_quick(command, tmp_path, write_probe(tmp_path, SOUND)).stderr


DEVIATING = "COUNTS['steps_implicit']['steps'] = 1751\n" + SOUND


def test_run_says_the_verdict_first_and_what_deviates_next(command, tmp_path):
    lines = run_quick(command, tmp_path, write_probe(tmp_path, DEVIATING)).stdout.splitlines()
    assert lines[0] == "1 of 3 cases is not as expected: 1 not as predicted, 2 as predicted"
    assert lines[1] == "TensorFlow 2.15.1 (native tf.estimator, Python 3.11.7)"
    assert lines[3].startswith("not as predicted  ")
    assert lines[4] == "steps_implicit: steps: got 1751, expected 1750"
    assert any("https://" in line for line in lines[5:9])


def test_run_answers_machines(command, tmp_path):
    python = write_probe(tmp_path, DEVIATING)
    suite = ElementTree.fromstring(run_quick(command, tmp_path, python, "--format", "junit", *NAMES).stdout.encode())
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "0")
    (failure,) = suite.findall("./testcase/failure")
    assert "steps: got 1751, expected 1750" in failure.text
    page = run_quick(command, tmp_path, python, "--format", "markdown", *NAMES).stdout
    assert page.startswith("## TensorFlow 2.15.1") and "- **steps_implicit**: steps: got 1751" in page
    assert "| claim | call | predicted | measured | verdict |" in page
    rows = re.findall(
        r"^\| (\w+): .*\| `(estimator\.train\(.*\))` .*\| ([\w ]+) \| `steps_\w+` \|$", page, re.MULTILINE
    )
    assert rows == [
        ("True", "estimator.train(input_fn, steps=2000)", "as predicted"),
        ("True", "estimator.train(input_fn, steps=10)", "as predicted"),
        ("True", "estimator.train(input_fn)", "not as predicted"),
    ]


def on_a_terminal(*arguments, **environment):
    """Return what the command prints where its output is a terminal."""
    line = shlex.join([sys.executable, "-m", "estimator_semantics", *map(str, arguments)])
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    environment = {**plain, "TERM": "xterm-256color", **environment}
    return subprocess.run(["script", "-qec", line, "/dev/null"], capture_output=True, text=True, env=environment).stdout


@pytest.mark.skipif(shutil.which("script") is None, reason="needs script (util-linux)")
def test_colours_are_for_terminals_and_for_those_who_want_them(command, tmp_path):
    run_quick(command, tmp_path, write_probe(tmp_path, DEVIATING))
    record = tmp_path / "out" / "2.15.1.jsonl"
    for verb in (("diff", "1.9", "1.10"), ("diff", "2.15", record)):
        assert "\x1b[1;" in on_a_terminal(*verb)
        assert "\x1b[" not in on_a_terminal(*verb, NO_COLOR="1")
        assert "\x1b[" not in command(*verb).stdout


def test_details_are_there_on_request(command):
    brief, whole = (command("diff", "1.9", "1.10", *details).stdout for details in ((), ("--details",)))
    assert brief.splitlines()[0] == whole.splitlines()[0]
    assert 1.3 * len(brief.splitlines()) < len(whole.splitlines())
    assert ": --details" in brief and ": --details" not in whole
    assert "claim: " in whole and "claim: " not in brief


@pytest.mark.usefixtures("tf")
def test_the_main_job_on_the_tensorflow_of_this_environment(command, tmp_path):
    result = run_quick(command, tmp_path, sys.executable, "--format", "json", *NAMES)
    assert result.returncode == 0, result.stderr
    listed = json.loads(result.stdout)
    assert {entry["experiment"] for entry in listed} == set(NAMES)
    for entry in listed:
        assert entry["outcome"] == "conforms", entry
        assert entry["predicted"] == entry["measured"] and entry["measured"].keys() >= FIELDS
        assert set(entry["counters"].values()) == {entry["measured"]["steps"]}
    assert (tmp_path / "out" / "REPORT.md").read_text().count("| as predicted |") == len(listed)
    table = run_quick(command, tmp_path, sys.executable, *NAMES)
    assert table.returncode == 0
    assert table.stdout.startswith(f"Everything is as expected: all {len(listed)} cases are as predicted\n")
    assert not re.search("\x1b", table.stdout + table.stderr), "colours where there is no terminal"


def test_variables_that_can_change_a_result_are_said_and_recorded(command, tmp_path):
    python = write_probe(tmp_path, SOUND)
    python.write_text(python.read_text().replace('"cpus": 2})', '"cpus": 2}, variables={"KERAS_MAX_EPOCHS": "1"})'))
    run = ("run", *NAMES, "--scale", "quick", "--python", python, "--out", tmp_path / "out")
    ended = command(*run, env={**os.environ, "TF_CONFIG": "{}"})
    assert ended.returncode == 0
    said = "set there, and able to change results: KERAS_MAX_EPOCHS=1; kept from the experiments: TF_CONFIG\n"
    assert said in ended.stderr
    header = json.loads((tmp_path / "out" / "2.15.1.jsonl").read_text().splitlines()[0])
    assert (header["scrubbed"], header["variables"]) == ({"TF_CONFIG": "{}"}, {"KERAS_MAX_EPOCHS": "1"})


@pytest.mark.parametrize(
    ("behaviour", "status", "said"),
    [
        (SOUND, 0, "0 changed"),
        ("COUNTS['steps_implicit']['steps'] = 1751\n" + SOUND, 1, "1,750 steps -> 1,751 steps"),
        (SOUND.replace("answer(name)", "os._exit(7) if name == 'steps_implicit' else answer(name)"), 3, "not measured"),
    ],
)
def test_check_says_what_changed_by_its_exit_status(command, tmp_path, behaviour, status, said):
    result = command("check", *NAMES, "--python", write_probe(tmp_path, behaviour), "--against", "2.15.1")
    assert said in result.stdout
    assert result.returncode == status, result.stderr


def test_check_measures_again_what_it_has_kept_if_asked(command, tmp_path):
    log = tmp_path / "asked"
    sound = write_probe(tmp_path, f"if request['cases']: open({str(log)!r}, 'a').write('x')\n" + SOUND)
    for again, asked in (((), "x"), ((), "x"), (("--again",), "xx")):
        result = command("check", *NAMES, "--python", sound, "--out", tmp_path / "out", *again)
        assert (result.returncode, log.read_text()) == (0, asked), result.stderr


@pytest.mark.usefixtures("tf")
def test_check_of_the_current_environment(command):
    result = command("check", "steps_below_epoch_bound", "--against", "2.15.1", "--format", "json")
    found = json.loads(result.stdout)
    # From 2.16 on it is a change that TensorFlow has no tf.estimator of its own.
    changed = [] if environment.versions()["estimator"] == "native" else [ESTIMATOR]
    assert [entry["experiment"] for entry in found["entries"]] == changed, result.stderr
    assert result.returncode == found["status"] == len(changed)
    assert found["behaviours"] == sum(found["counts"].values()) == 1 + len(changed)


def test_diff_of_two_records(command):
    result = command("diff", "2.15", "2.15.1", "--format", "markdown")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("## TensorFlow 2.15.1 against 2.15.1")
