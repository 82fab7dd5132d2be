"""The border: whatever a probe does, the host lives on, and nothing half-measured is taken for a result.

The probes here are real processes that do what a broken TensorFlow does. Needs no TensorFlow.
"""

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from probes import NAMES, SOUND, write_probe

from estimator_semantics.host import measure as measuring
from estimator_semantics.host import patience, process
from estimator_semantics.host.errors import OldPython, ProbeLost, Unusable
from estimator_semantics.host.measure import measure, spread
from estimator_semantics.host.process import describe

CASES = tuple((name, "quick") for name in NAMES)


class Ears:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.heard: list[tuple] = []

    def started(self, case, steps):
        self.heard.append(("started", case[0], steps))

    def progress(self, case, step):
        self.heard.append(("progress", case[0], step))

    def finished(self, result):
        self.heard.append(("finished", result.experiment, result.status))


@pytest.fixture
def probe(tmp_path):
    """Write a probe that behaves as told, and measures all cases with it."""

    def run(behaviour: str, cases=CASES) -> dict:
        results = {}
        measure(
            python=write_probe(tmp_path, behaviour),
            cases=cases,
            log=tmp_path / "log",
            jobs=2,
            keep=lambda result: results.update({result.experiment: result}),
            listener=Ears(),
        )
        return results

    return run


def test_a_sound_probe_is_heard_out(probe):
    results = probe(SOUND)
    assert {name: result.status for name, result in results.items()} == dict.fromkeys(NAMES, "measured")
    assert results["steps_implicit"].measured["steps"] == 1750


@pytest.mark.parametrize("told", ["measured={}, counters={}", "why='ValueError'"])
def test_what_was_warned_of_is_kept(probe, told):
    name, event = NAMES[0], "measured" if told.startswith("measured") else "error"
    told = f"say('{event}', experiment='{name}', scale='quick', seconds=0.1, log=['Model diverged'], {told})"
    results = probe(f"begin('{name}')\n{told}\nsay('done')\n", cases=CASES[:1])
    assert (results[name].status, results[name].log) == (event, ["Model diverged"])


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "was ended by SIGSEGV"),
        ("os._exit(7)", "ended with status 7"),
        ("sys.exit(0)", "ended with status 0"),
        ("1 / 0", "ended with status 1"),
    ],
)
def test_a_crash_costs_the_case_it_happens_in(probe, harm, said):
    results = probe(
        "for name, _ in request['cases']:\n"
        f"    if name == 'steps_below_epoch_bound':\n        begin(name)\n        {harm}\n"
        "    answer(name)\n"
        "say('done')\n"
    )
    assert results["steps_below_epoch_bound"].status == "error"
    assert said in results["steps_below_epoch_bound"].why
    assert {results[name].status for name in NAMES if name != "steps_below_epoch_bound"} == {"measured"}


def test_garbage_is_not_an_answer(probe):
    results = probe(
        "print('WARNING: everything deprecated')\n"
        'print(\'{"event": "measured"}\')\n'
        'print(\'{"event": "measured", "experiment": "steps_implicit", "scale": "quick", "seconds": 1,\')\n'
        "print('[' * 100000)\n"
        "sys.stdout.buffer.write(bytes(range(256)) * 100 + b'\\n'); sys.stdout.flush()\n"
        "say('measured', experiment='unheard_of', scale='quick', seconds=1, measured={}, counters={})\n" + SOUND
    )
    assert {name: result.status for name, result in results.items()} == dict.fromkeys(NAMES, "measured")


def test_a_flood_on_both_pipes_blocks_nobody(probe):
    results = probe("sys.stderr.write('x' * 5_000_000)\nprint('y' * 5_000_000)\n" + SOUND)
    assert {result.status for result in results.values()} == {"measured"}


def test_a_probe_that_never_begins_costs_every_case_but_not_the_run(probe):
    results = probe("os._exit(1)\n")
    assert {name: result.status for name, result in results.items()} == dict.fromkeys(NAMES, "error")


def test_a_hang_is_ended(probe, monkeypatch):
    monkeypatch.setattr(measuring, "SILENT_SECONDS", 1.0)
    results = probe("begin(request['cases'][0][0])\ntime.sleep(600)\n", cases=CASES[:1])
    assert "gave no sign of life for 1 s" in results[NAMES[0]].why


def test_a_probe_that_closes_its_output_and_lives_on_is_ended(probe, monkeypatch):
    monkeypatch.setattr(process, "END_SECONDS", 0.5)
    # It would never end by itself.
    results = probe("begin(request['cases'][0][0])\nos.close(1)\nwhile True: signal.pause()\n", cases=CASES[:1])
    assert "closed its output and did not end" in results[NAMES[0]].why


def test_a_case_that_goes_on_and_on_is_ended(probe, monkeypatch):
    monkeypatch.setattr(measuring, "CASE_SECONDS", 1.0)
    monkeypatch.setattr(measuring, "CASE_SECONDS_PER_STEP", 0.0)
    results = probe(
        "name = request['cases'][0][0]\nbegin(name)\n"
        "while True:\n    say('progress', experiment=name, scale='quick', step=1)\n    time.sleep(0.05)\n",
        cases=CASES[:1],
    )
    assert "was not done after 1 s" in results[NAMES[0]].why


def test_what_a_probe_started_ends_with_it(probe, tmp_path):
    child = tmp_path / "child"
    probe(
        f"child = subprocess.Popen(['sleep', '600'])\nopen({str(child)!r}, 'w').write(str(child.pid))\n"
        "begin(request['cases'][0][0])\nos._exit(1)\n",
        cases=CASES[:1],
    )
    wait_for(lambda: not is_running(int(child.read_text())))


def test_a_broken_tensorflow_is_said_in_one_line(probe):
    with pytest.raises(Unusable, match=r"numpy\.core\.multiarray failed to import") as caught:
        probe("say('unusable', why='ImportError: numpy.core.multiarray failed to import')\n")
    assert "\n" not in str(caught.value)


def test_an_environment_that_no_record_can_hold_is_said_in_one_line(tmp_path):
    path = write_probe(tmp_path, "time.sleep(600)\n")
    path.write_text(path.read_text().replace("'numpy': None", "'numpy': 'nightly'"))
    with pytest.raises(Unusable, match="numpy 'nightly' is not a version") as caught:
        describe(path)
    assert "\n" not in str(caught.value) and caught.value.status == 3


@pytest.mark.parametrize("version", ["2.7.18", "3.5.10"])
def test_a_python_that_is_too_old_says_so(tmp_path, version):
    """Start the probe where ``sys`` says that it is such a Python."""
    path = tmp_path / "python"
    old = f"({version.replace('.', ', ')}, 'final', 0)"
    start = (
        f"import sys; sys.version_info = {old}; path = sys.argv.pop(1); exec(compile(open(path).read(), path, 'exec'))"
    )
    path.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{start}" "$@"\n')
    path.chmod(0o755)
    with pytest.raises(OldPython, match=f"Python {version}, but experiments need 3.6 or later"):
        describe(path)


def test_what_says_that_a_python_is_too_old_has_the_syntax_of_all():
    """On a real Python 2, where there is one; what it does not have is looked for in any case."""
    source = process.START.read_text()
    assert source.isascii(), "Python 2 wants a coding to be declared"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None and not any(argument.annotation for argument in node.args.args), node.name
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.Nonlocal)
    versions = Path.home() / ".pyenv" / "versions"
    for python in [*versions.glob("2.7.*/bin/python"), *map(Path, filter(None, [shutil.which("python2.7")]))]:
        if subprocess.run([python, "-c", "0"], capture_output=True).returncode == 0:  # a shim may be there for nothing
            with pytest.raises(OldPython):
                describe(python)


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_end_of_what_a_lost_probe_printed_is_said(tmp_path, is_kept):
    lost, noisy = NAMES[:2]
    behaviour = (
        "name = request['cases'][0][0]\nbegin(name)\n"
        f"if name == '{noisy}':\n    sys.stderr.write('of another process\\n' * 1000)\n"
        "    answer(name)\n    say('done')\n    sys.exit()\n"
        "sys.stderr.write('x' * 10000 + '\\nearly\\n\\n\\x1b[31mFatal:\\tno such\\x00 flag\\n  at line 7\\nAborted')\n"
        "sys.stderr.flush()\nos.abort()\n"
    )
    results = {}
    measuring._Measuring(
        write_probe(tmp_path, behaviour), tmp_path / "log", lambda result: results.update({result.experiment: result}), Ears(),
        is_kept=is_kept,
    ).run([((lost, "quick"),), ((noisy, "quick"),)], threading.Event())  # fmt: skip
    why = results[lost].why
    assert why.startswith(
        "the process was ended by SIGABRT; it printed last: [31mFatal: no such flag / at line 7 / Aborted"
    )
    assert why.endswith(" (the rest is in log)") == is_kept
    assert "another process" not in why
    log = (tmp_path / "log").read_bytes()
    assert b"early" in log and log.count(b"of another process") == 1000


def test_the_log_of_a_lost_probe_has_the_command_that_shows_it_fail_again(probe, tmp_path):
    behaviour = "sys.stderr.write('half a line')\nsys.stderr.flush()\nbegin(request['cases'][0][0])\nos._exit(7)\n"
    probe(behaviour, cases=CASES[:1])
    *_, said, command = (tmp_path / "log").read_text().splitlines()
    assert said == "estimator-semantics: the process ended with status 7. It was started like this:"
    again = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert again.returncode == 7 and again.stderr == "half a line"
    assert '"event": "started"' in again.stdout and CASES[0][0] in again.stdout


def test_what_a_lost_probe_printed_is_bounded(probe):
    results = probe("begin(request['cases'][0][0])\nsys.stderr.write(500 * 'xyz\\n' + 5000 * 'e')\nos._exit(1)\n")
    assert len(results[NAMES[0]].why) < 500 and results[NAMES[0]].why.count("e" * 200)


def test_silence_of_a_lost_probe_is_said(probe):
    assert probe("os._exit(1)\n")[NAMES[0]].why == "the process ended with status 1; it printed nothing"


def test_an_import_that_takes_long_is_said(probe, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(patience, "FIRST_SECONDS", 0.3)
    results = probe("time.sleep(1.5)\nanswer(request['cases'][0][0])\ntime.sleep(1.5)\nsay('done')\n", cases=CASES[:1])
    assert results[NAMES[0]].status == "measured"
    said = capsys.readouterr().err.splitlines()
    assert 1 <= len(said) <= 3, said
    for line in said:
        assert re.fullmatch(
            rf"waiting for `import tensorflow` in {tmp_path}/python: [0-9]+ s so far, 300 s at most", line
        )


def test_a_program_that_does_not_say_what_it_is_is_waited_for_aloud(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(patience, "FIRST_SECONDS", 0.3)
    monkeypatch.setattr(process, "DESCRIBE_SECONDS", 1.0)
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\nexec sleep 600\n")
    path.chmod(0o755)
    with pytest.raises(ProbeLost, match="did not answer for 1 s"):
        describe(path)
    assert f"waiting for {path} to say which TensorFlow it has: 0 s so far, 1 s at most" in capsys.readouterr().err


def test_describing_a_program_that_is_no_python(tmp_path):
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\nexit 5\n")
    path.chmod(0o755)
    with pytest.raises(ProbeLost, match="ended with status 5"):
        describe(path)


def test_long_cases_are_spread_and_short_ones_share_a_process():
    full = tuple((name, "full") for name in NAMES)
    above, below, implicit = full
    # Two are as long as each other; the short one goes first in the process of either.
    alone, shared = sorted(spread(full, 2), key=len)
    assert shared[0] == below and {*alone, shared[1]} == {above, implicit}
    (together,) = spread(full, 1)
    assert together[0] == below and set(together) == set(full)
    assert len(spread(full, 8)) == 3
    assert [len(load) for load in spread(CASES, 2)] == [3]


RUN = [sys.executable, "-m", "estimator_semantics", "run", *NAMES, "--scale", "quick"]


def test_ctrl_c_ends_the_children_and_the_next_run_goes_on(tmp_path):
    pid = tmp_path / "pid"
    slow = write_probe(
        tmp_path,
        f"open({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        "if request['cases']:\n    answer(request['cases'][0][0])\n    begin(request['cases'][1][0])\n    time.sleep(600)\n",
    )
    out = tmp_path / "out"
    run = subprocess.Popen(
        [*RUN, "--python", slow, "--out", out], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    record = out / "2.15.1.jsonl"
    wait_for(lambda: record.exists() and b'"result"' in record.read_bytes())
    child = int(pid.read_text())
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 3
    assert "interrupted: 1 of 3 measured and kept" in said and "Traceback" not in said
    wait_for(lambda: not is_running(child))

    log = tmp_path / "asked"
    sound = write_probe(
        tmp_path, f"open({str(log)!r}, 'a').write(str(len(request['cases'])) if request['cases'] else '')\n" + SOUND
    )
    again = subprocess.run([*RUN, "--python", sound, "--out", out, "--format", "json"], capture_output=True, text=True)
    assert log.read_text() == "2"
    assert {entry["experiment"] for entry in json.loads(again.stdout)} == set(NAMES)


@pytest.mark.parametrize("kept", [True, False])
def test_ctrl_c_in_check_says_what_is_kept(tmp_path, kept):
    pid = tmp_path / "pid"
    slow = write_probe(
        tmp_path,
        f"if request['cases']:\n    answer(request['cases'][0][0])\n    open({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        "    time.sleep(600)\n",
    )
    check = [sys.executable, "-m", "estimator_semantics", "check", *NAMES, "--python", slow]
    out = ["--out", tmp_path / "out"] if kept else []
    run = subprocess.Popen([*check, *out], stderr=subprocess.PIPE, text=True, start_new_session=True)
    record = tmp_path / "out" / "2.15.1.jsonl"
    wait_for(lambda: pid.exists() and (not kept or b'"result"' in record.read_bytes()))
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 3
    assert ("interrupted: 1 of 3 measured and kept" if kept else "interrupted; nothing is kept") in said
    assert "Traceback" not in said
    wait_for(lambda: not is_running(int(pid.read_text())))


def test_a_probe_ends_when_its_host_was_killed():
    code = (
        "from estimator_semantics.probe.channel import end_with_host\nimport time\nend_with_host(); time.sleep(600)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    assert child.poll() is None
    child.stdin.close()
    assert child.wait(timeout=30) == 1


def is_running(pid: int) -> bool:
    """Return whether a process is there and not just waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition, seconds: float = 30.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
