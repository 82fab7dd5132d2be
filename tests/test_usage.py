"""How the command is used: the help of each verb, and wrong usage, which is said in one line. Needs no TensorFlow."""

import re
import sys
from pathlib import Path

import pytest
import typer
from copies import CHECKOUT
from test_explain import EXPLAIN

from estimator_semantics.host.cli import app
from estimator_semantics.host.cli.options import ReportFormat, processes
from estimator_semantics.host.errors import NotSpeed, NotWritable, NoUv, OldPython
from estimator_semantics.host.views import FORMATS, RESULT_FORMATS


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
