"""What is set outside of a program: it changes nothing in an environment of ours, and is recorded in one of the user's.

The probes here are real processes. Needs no TensorFlow.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest
from probes import NAMES, SOUND, write_probe
from test_measure import Ears

from estimator_semantics.host import environments, experiments, process, record, session
from estimator_semantics.host.folder import Folder
from estimator_semantics.probe import variables

# A shell in which training does something else, or does not even begin.
HOSTILE = {
    "TF_CONFIG": '{"cluster": {"worker": ["203.0.113.1:1"]}, "task": {"type": "worker", "index": 0}}',
    "KERAS_BACKEND": "jax",
    "KERAS_MAX_EPOCHS": "1",
    "TF_USE_LEGACY_KERAS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "XLA_FLAGS": "--nonsense",
    "OMP_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "3",
    "PYTHONHASHSEED": "7",
    "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python",
}
# What a shell holds beside that, and a record must not.
PRIVATE = {
    "TF_VAR_password": "secret",
    "TF_TOKEN_example_com": "secret",
    "TF_HTTP_PASSWORD": "secret",
    "AWS_SECRET": "secret",
}
SETTINGS = {"floatx": "float64", "epsilon": 1e-3, "backend": "jax", "image_data_format": "channels_first"}

# A probe that keeps what it sees, and says of it what the probe side says.
SEES = f"""
sys.path.insert(0, {str(experiments.PACKAGE.parent)!r})
from estimator_semantics.probe import variables
json.dump(dict(os.environ, found=variables.set_outside()), open(sys.argv[0] + ".seen", "w"))
"""


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """A shell with variables and settings of Keras that change what is measured."""
    for name in variables.of_environment():
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    (home / ".keras").mkdir(parents=True)
    (home / ".keras" / "keras.json").write_text(json.dumps(SETTINGS))
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text("raise SystemExit('a broken sitecustomize')\n")
    for name, value in {**HOSTILE, **PRIVATE, "HOME": str(home), "PYTHONPATH": str(broken)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def seen(folder):
    """Return the variables that a probe in this folder sees."""
    folder.mkdir(parents=True)
    python = write_probe(folder, "")
    # It keeps what it sees before it is heard, for then it is ended; and it must not meet the broken sitecustomize.
    python.write_text(
        python.read_text().replace('say("env', SEES + 'say("env').replace(sys.executable, f"{sys.executable} -I")
    )
    process.describe(python)
    return json.loads((folder / "python.seen").read_text())


def test_an_environment_of_ours_sees_nothing_that_changes_a_result(hostile):
    ours = seen(environments.cache() / "some" / "bin")
    assert not ours.keys() & (HOSTILE.keys() | PRIVATE.keys() | {"PYTHONPATH", "XDG_CACHE_HOME"})
    assert ours["found"] == {}
    assert ours["PATH"] == os.environ["PATH"]
    assert Path(ours["HOME"]).parent == Path(tempfile.gettempdir()) and not Path(ours["HOME"]).exists()


def test_another_environment_is_left_as_it_is_and_recorded(hostile):
    theirs = seen(hostile / "theirs")
    kept = {name: value for name, value in HOSTILE.items() if name != "TF_CONFIG"}
    assert {name: theirs[name] for name in kept} == kept and "TF_CONFIG" not in theirs
    assert theirs["HOME"] == os.environ["HOME"]
    settings = {f"keras.json {name}": str(value) for name, value in SETTINGS.items()}
    assert theirs["found"] == {**kept, **settings}


def test_what_is_kept_from_a_probe_is_said(hostile):
    assert process.scrubbed(hostile / "theirs" / "python") == {"TF_CONFIG": HOSTILE["TF_CONFIG"]}
    assert process.scrubbed(environments.cache() / "some" / "bin" / "python") == HOSTILE


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("{}", {}),
        (json.dumps({"floatx": "float32", "epsilon": 1e-07, "image_data_format": "channels_last"}), {}),
        (json.dumps({"floatx": "float16", "of another program": 1}), {"keras.json floatx": "float16"}),
        ("no JSON", {}),
        ("[1, 2]", {}),
        ("\udcff", {}),
    ],
)
def test_settings_of_keras_that_are_as_ever_are_no_news(tmp_path, monkeypatch, content, found):
    monkeypatch.setattr(os, "environ", {"KERAS_HOME": str(tmp_path), "HOME": "/nowhere"})
    (tmp_path / "keras.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert variables.set_outside() == {"KERAS_HOME": str(tmp_path), **found}


def test_a_long_value_is_recorded_by_its_hash():
    short, one, other = (variables.bounded(value) for value in ("--a", "x" * 5000 + "1", "x" * 5000 + "2"))
    assert short == "--a"
    assert one != other and max(len(one), len(other)) <= 300


def begun(folder, found):
    """Return the session of a sound probe that sees these variables."""
    probe = write_probe(folder, SOUND)
    probe.write_text(probe.read_text().replace('"cpus": 2})', f'"cpus": 2}}, variables={found!r})'))
    return session.begin(probe, tuple((name, "quick") for name in NAMES), Folder(folder / "out"), again=False)


def test_a_record_with_other_variables_is_set_aside(tmp_path):
    first = begun(tmp_path, {"KERAS_BACKEND": "jax"})
    first.measure(1, Ears())
    assert record.read(first.path).header.variables == {"KERAS_BACKEND": "jax"}
    assert begun(tmp_path, {"KERAS_BACKEND": "jax"}).left == ()
    other = begun(tmp_path, {})
    assert len(other.left) == len(NAMES) and "another environment" in other.notice


def test_records_from_before_have_no_variables(tmp_path):
    whole = begun(tmp_path, {}).measure(1, Ears())
    header = json.loads(record.encode(whole.header))
    assert header.pop("variables") == {}
    assert msgspec.json.decode(json.dumps(header), type=record.Header) == whole.header


@pytest.mark.parametrize(
    "name", ["TF_VAR_x", "TF_TOKEN_x", "TF_HTTP_PASSWORD", "TF_CLI_ARGS", "TF_DATA_DIR", "TF_LOG", "TF_ENCRYPTION"]
)
def test_variables_of_terraform_are_nobody_elses_business(name):
    assert not variables.changes_results(name)


@pytest.mark.parametrize("name", ["TF_CPP_MIN_LOG_LEVEL", "AUTOGRAPH_VERBOSITY", "HOME", "CUDA_HOME"])
def test_what_changes_no_result_is_not_recorded(name):
    assert not variables.changes_results(name)
