"""The command as a user meets it: what it prints where, what it measures again, exit statuses."""

import json
import os
import re
import shlex
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from probes import NAMES, SOUND, run_quick, write_probe
from test_explain import FIELDS

from estimator_semantics.host.selection import ESTIMATOR
from estimator_semantics.probe import environment


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


@pytest.mark.needs("script")
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
