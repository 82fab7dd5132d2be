"""What cannot work is refused at once, in one line that says what to do. Needs no TensorFlow."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from copies import CHECKOUT
from probes import NAMES, SOUND, write_probe
from test_record import with_header

from estimator_semantics.host import crash, environments, packaged
from estimator_semantics.host.cli import app
from estimator_semantics.host.cli import diff as verb
from estimator_semantics.host.errors import NoCache, NoUv

QUICK = ("run", *NAMES, "--scale", "quick")


def refused(ended, status: int, said: str) -> None:
    """Report that a command ended with this status and one line; what it says before is one of the lines on what it does."""
    *before, last = ended.stderr.splitlines()
    assert ended.returncode == status, ended.stderr
    assert last.startswith("estimator-semantics: ") and said in last, ended.stderr
    assert all(line.startswith("preparing TensorFlow") for line in before), ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "--output", "/proc/x.md"), "--output /proc/x.md: cannot be written"),
        (("report", "--output", "a folder"), "--output a folder: cannot be written (Is a directory)"),
        (("report", "--html", "a file"), "--html a file/index.html: cannot be written"),
        (("report", "--html", "/proc/x"), "--html /proc/x/index.html: cannot be written"),
        (("speed", "--out", "/proc/x.json"), "--out /proc/x.json: cannot be written"),
        (("run", "--out", "a file"), "--out a file: cannot be written"),
        (("check", "--out", "/proc/x"), "--out /proc/x: cannot be written"),
        (("matrix", "--out", "/proc/x"), "--out /proc/x: cannot be written"),
        (("matrix", "--collect", "a file"), "--collect a file: no record below it; name the folder"),
        (("run", "--python", "a file"), "--python a file: no Python interpreter there"),
    ],
)
def test_what_cannot_be_written_or_read_is_refused_before_any_work(monkeypatch, capsys, tmp_path, arguments, said):
    monkeypatch.chdir(tmp_path)
    Path("a file").touch()
    Path("a folder").mkdir()
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *arguments])
    begun = []
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **_: begun.append(given))
    monkeypatch.setattr(packaged, "records", lambda *given, **_: begun.append(given))
    assert app._status() == 2
    assert begun == [], "work was done before"
    printed = capsys.readouterr()
    assert said in printed.err and printed.err.count("\n") == 1 and printed.out == ""
    assert set(os.listdir()) <= {"a file", "a folder", "results"}


def test_what_is_claimed_is_left_as_it_is(monkeypatch, tmp_path):
    """Whether a file can be written is found out without losing what it holds, should the work then fail."""
    (tmp_path / "mine.md").write_text("mine")
    for name in ("mine.md", "new.md"):
        monkeypatch.setattr(
            sys, "argv", ["estimator-semantics", "report", "no record", "--output", str(tmp_path / name)]
        )
        assert app._status() == 3
    assert (tmp_path / "mine.md").read_text() == "mine" and not (tmp_path / "new.md").exists()


@pytest.mark.parametrize(
    "verb", [("run", "--tensorflow", "2.15.1"), ("matrix", "--tensorflow", ">=2.15"), ("releases",)]
)
def test_without_uv(command, tmp_path, verb):
    (tmp_path / "uv.py").write_text("raise ModuleNotFoundError(\"No module named 'uv'\", name='uv')\n")
    environment = {
        "PATH": str(tmp_path),
        "HOME": str(tmp_path),
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{CHECKOUT}",
    }
    out = () if verb == ("releases",) else ("--out", tmp_path / "out")
    refused(command(*verb, *out, env=environment), 3, "install it with: pip install uv")


def test_an_environment_that_is_there_needs_no_uv(command, tmp_path):
    (tmp_path / "uv.py").write_text("raise ModuleNotFoundError(\"No module named 'uv'\", name='uv')\n")
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": f"{tmp_path}{os.pathsep}{CHECKOUT}"}
    ended = command(*QUICK, "--python", write_probe(tmp_path, SOUND), "--out", tmp_path / "out", env=environment)
    assert ended.returncode == 0, ended.stderr


def test_a_uv_that_fails_is_no_missing_interpreter(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "file" / "x"))
    with pytest.raises(NoUv, match="file/x"):
        environments.interpreter("3.11")


@pytest.mark.parametrize("verb", [("run", "--tensorflow", "2.15.1"), ("matrix", "--tensorflow", ">=2.15")])
@pytest.mark.parametrize("cache", ["file", "/proc/none"])
def test_a_cache_that_cannot_be_written(command, tmp_path, verb, cache):
    (tmp_path / "file").touch()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / cache), "UV_CACHE_DIR": str(tmp_path / "uv")}
    ended = command(*verb, "--out", tmp_path / "out", env=environment)
    refused(ended, 3, "cannot store environments there")
    assert "set XDG_CACHE_HOME to a folder that you can write to" in ended.stderr


def test_a_cache_that_is_no_absolute_path_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "a folder")
    assert environments.cache().is_relative_to(tmp_path / ".cache")


def test_a_user_without_a_home(monkeypatch, tmp_path):
    def home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", home)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    with pytest.raises(NoCache, match="set XDG_CACHE_HOME"):
        environments.cache()
    assert not environments.is_built(tmp_path / "python") and environments.bytecode() is None
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(
        sys, "argv", ["x", *QUICK, "--python", str(write_probe(tmp_path, SOUND)), "--out", str(tmp_path / "out")]
    )
    assert app._status() == 0


def of_python(version: str, arguments: str) -> list[str]:
    """Return the command line of a Python that reports another version."""
    code = f"import sys; sys.version_info = {version}; sys.argv[1:] = {arguments!r}.split(); "
    return [sys.executable, "-c", code + "from estimator_semantics.__main__ import main; main()"]


def test_a_python_that_is_too_old_for_the_host_says_so():
    ended = subprocess.run(of_python("(3, 9, 18)", "check"), capture_output=True, text=True, cwd=CHECKOUT)
    refused(ended, 3, "needs Python 3.10 or later")
    assert "estimator_semantics.bridge works" in ended.stderr


@pytest.mark.needs("Python 3.9")
def test_a_real_python_that_is_too_old_for_the_host_says_so():
    python = environments.interpreter("3.9")
    checkout = CHECKOUT
    ended = subprocess.run([python, "-m", "estimator_semantics", "check"], capture_output=True, text=True, cwd=checkout)
    refused(ended, 3, "needs Python 3.10 or later")
    helps = subprocess.run(
        [python, "-m", "estimator_semantics.bridge", "--help"], capture_output=True, text=True, cwd=checkout
    )
    assert helps.returncode == 0, helps.stderr


@pytest.mark.parametrize("module", ["typer", "msgspec"])
def test_a_dependency_that_is_not_installed(command, tmp_path, module):
    (tmp_path / f"{module}.py").write_text(f"raise ModuleNotFoundError('No module named {module}', name='{module}')\n")
    path = f"{tmp_path}{os.pathsep}{CHECKOUT}"
    # The folder that the command runs in comes first on the path, and holds no such module.
    refused(
        command("diff", "1.9", "2.15", env={**os.environ, "PYTHONPATH": path}),
        3,
        f"needs {module}, which is not installed",
    )


@pytest.mark.parametrize("field", ["keras", "tensorflow", "numpy", "started"])
def test_a_record_of_nightly_versions_is_not_taken_for_a_change(monkeypatch, capsys, tmp_path, field):
    monkeypatch.setattr(
        sys, "argv", ["estimator-semantics", "diff", "2.15", str(with_header(tmp_path, field, "nightly"))]
    )
    assert app._status() == 3
    said = capsys.readouterr().err
    assert "not a whole record" in said and said.count("\n") == 1


def test_an_error_that_nobody_foresaw_has_a_status_of_its_own_and_can_be_reported(monkeypatch, capsys, tmp_path):
    def fail(*arguments, **options):
        raise KeyError("of\nours")

    monkeypatch.setattr(verb, "diff", fail)
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", "diff", "1.9", "2.15"])
    monkeypatch.setattr(crash.tempfile, "tempdir", str(tmp_path))
    assert app._status() == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    file = Path(
        re.fullmatch(r"estimator-semantics: internal error: KeyError: .*; please report it .* attach (.*)\n", said)[1]
    )
    report = file.read_text()
    assert "Traceback" in report and "in fail" in report and "estimator-semantics diff 1.9 2.15" in report

    monkeypatch.setattr(crash.tempfile, "tempdir", str(tmp_path / "none"))
    assert app._status() == 70
    said = capsys.readouterr().err
    assert "in fail" in said and said.splitlines()[-1].endswith("with what is printed above")


def test_streams_that_are_closed_or_take_few_characters(command):
    line = [sys.executable, "-m", "estimator_semantics", "explain", "--examples", "10", "--batch-size", "4"]
    closed = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *line], cwd=CHECKOUT)
    assert closed.returncode == 0
    ended = command("releases", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 0, ended.stderr


@pytest.mark.needs("/dev/full")
def test_a_full_disk_behind_standard_output_is_no_change():
    line = [sys.executable, "-m", "estimator_semantics", "diff", "2.15", "2.15"]
    ended = subprocess.run(["sh", "-c", '"$@" > /dev/full', "sh", *line], capture_output=True, text=True, cwd=CHECKOUT)
    assert ended.returncode == 3 and "No space left" in ended.stderr and ended.stderr.count("\n") == 1
