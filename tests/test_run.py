"""``run`` and its folder: what is kept, what is measured again, whom it keeps out. Needs no TensorFlow."""

import json
import os
import subprocess
import sys

from probes import NAMES, SOUND, run_quick, write_probe


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
