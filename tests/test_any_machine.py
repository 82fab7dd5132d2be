"""What needs no TensorFlow works on any machine; what measures says that it needs Linux. Needs no TensorFlow.

Runs on macOS and Windows too. Wherever it runs, the other systems are simulated: see other_systems.py.
"""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from other_systems import ABSENT, SYSTEMS
from samples import HEADER, RESULT

from estimator_semantics.host import errors, operating_system
from estimator_semantics.host.cli import app, output
from estimator_semantics.host.record import Writer

HERE = Path(__file__).parent
# Where no encoding is named, a file has that of the system. Python says so of each such file, which is not what Linux prints.
STRICT = ("-X", "warn_default_encoding")

EXPLAIN = ("explain", "--examples", "700000", "--batch-size", "4", "--num-epochs", "1", "--steps", "200000")
PORTABLE = {
    "help": ("--help",),
    "help of a verb": ("diff", "--help"),
    "version": ("--version",),
    "explain": EXPLAIN,
    "explain one call": (*EXPLAIN[:-2], "--api", "fit", "--format", "json"),
    "explain a release": (
        "explain",
        "--examples",
        "10",
        "--batch-size",
        "4",
        "--tensorflow",
        "2.99",
        "--keras",
        "3.6.0",
    ),
    "diff": ("diff", "2.15", "2.15"),
    "diff for CI": ("diff", "2.12", "2.15", "--format", "junit", "--only", "evaluate"),
    "diff for a page": ("diff", "2.12", "2.15", "--format", "markdown", "--only", "evaluate"),
    "diff of Keras": ("diff", "keras==3.6", "keras==3.7", "--format", "json", "--details"),
    "accept": ("diff", "2.12", "2.15", "--only", "evaluate", "--write-accepted", "accepted.txt"),
    "report": ("report", "record.jsonl"),
    "report in files": ("report", "record.jsonl", "--output", "out/report.md"),
    "page": ("report", "record.jsonl", "--html", "page"),
    "releases": ("releases",),
    "a release": ("releases", "2.15"),
    "list of experiments": ("run", "--list", "--cases"),
    "list of releases": ("matrix", "--list", "--format", "github"),
    "schema": ("schema",),
    "no such release": ("diff", "0.1", "2.15"),
    "no such folder": ("report", "none.jsonl"),
    "no name": ("new-experiment", "No Name"),
}
MEASURING = {
    "run": ("run", "steps_implicit"),
    "check": ("check",),
    "check --speed": ("check", "--speed"),
    "matrix": ("matrix", "--tensorflow", "2.15.1"),
    "matrix --collect": ("matrix", "--collect", "jobs"),
    "speed": ("speed", "--out", "speed.json"),
}


def ran(folder, *arguments, system="Linux", **variables):
    """Run the command in a new folder with a record, and return its status, its output and the files that it left."""
    folder.mkdir()
    Writer(folder / "record.jsonl", HEADER, [RESULT]).close("2026-01-02T03:04:06+00:00")
    done = subprocess.run(
        [sys.executable, *(STRICT if system != "Linux" else ()), HERE / "other_systems.py", system, *arguments],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent), "PYTHONIOENCODING": "utf-8", **variables},
    )
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return done.returncode, done.stdout, done.stderr, files


@pytest.mark.parametrize("verb", PORTABLE)
def test_a_verb_answers_on_each_system_as_on_linux(tmp_path, verb):
    here = ran(tmp_path / "Linux", *PORTABLE[verb])
    assert here[0] in ((2, 3) if verb.startswith("no ") else (0, 1)), here
    assert here[1] or here[2] or len(here[3]) > 1
    for system in SYSTEMS:
        assert ran(tmp_path / system, *PORTABLE[verb], system=system) == here


@pytest.mark.parametrize("verb", ["explain", "diff of Keras", "diff for a page", "report", "releases", "help"])
def test_a_code_page_without_our_characters_is_no_failure(tmp_path, verb):
    here = ran(tmp_path / "Linux", *PORTABLE[verb])
    there = ran(tmp_path / "Windows", *PORTABLE[verb], system="Windows", PYTHONIOENCODING="cp1252")
    assert there[0] == here[0]
    if verb != "help":  # it has frames, which are drawn with other characters there
        assert there[1].decode("cp1252") == here[1].decode().encode("cp1252", "replace").decode("cp1252")


@pytest.mark.parametrize("verb", MEASURING)
def test_what_measures_says_at_once_that_it_needs_linux(tmp_path, verb):
    for system, name in zip(SYSTEMS, ("macOS", "Windows"), strict=True):
        status, printed, said, files = ran(tmp_path / system, *MEASURING[verb], system=system)
        told = errors.NeedsLinux(verb.removesuffix(" --collect"), name)
        assert (status, printed, said.decode()) == (2, b"", f"estimator-semantics: {told}\n")
        assert list(files) == ["record.jsonl"]


def test_each_verb_is_known_as_one_or_the_other():
    called = {arguments[0] for arguments in (*PORTABLE.values(), *MEASURING.values())}
    assert {app._name(verb) for verb in app.app.registered_commands} <= called


def test_what_is_simulated_is_what_would_be_noticed(tmp_path):
    for code in ("import fcntl", "import os; os.killpg", "import signal; signal.SIGKILL", "open('/proc/self/status')"):
        done = subprocess.run(
            [sys.executable, "-c", f"import other_systems; other_systems.become('Windows'); {code}"],
            cwd=HERE,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1 and done.stderr, code
    assert set(ABSENT) == {"Linux", *SYSTEMS}


def test_as_many_cores_as_there_are_where_a_process_has_no_share(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert operating_system.cores() == 3


@pytest.mark.parametrize(("variables", "written"), [({}, "→\n".encode()), ({"PYTHONIOENCODING": "cp1252"}, b"?\n")])
def test_a_file_of_windows_gets_utf8_unless_another_encoding_was_asked_for(monkeypatch, variables, written):
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "win32")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    output.prepare_streams()
    output.write("→\n")
    assert raw.getvalue() == written


def test_a_reader_that_has_gone_is_no_failure_on_windows_either(monkeypatch, tmp_path):
    class Closed(io.TextIOWrapper):
        def write(self, text):
            raise OSError(22, "Invalid argument")

    with (tmp_path / "out").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", Closed(file, encoding="utf-8"))
        with pytest.raises(OSError, match="Invalid argument"):
            output.write("more")
        monkeypatch.setattr(sys, "platform", "win32")
        output.write("more")
