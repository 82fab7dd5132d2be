"""The matrix: many releases, of which one may fail. Needs no TensorFlow."""

import errno
import json
import os
import shutil
import signal
import threading

import pytest
from probes import NAMES, SOUND, write_probe
from test_measure import is_running, wait_for
from test_record import written

from estimator_semantics.host import catalogue, files, matrix
from estimator_semantics.host.cli.matrix import collect, selected
from estimator_semantics.host.errors import InvalidRecord, NothingToCollect, NotResolved, UnknownKeras, UnknownReleases
from estimator_semantics.host.folder import Folder
from estimator_semantics.host.matrix_terminal import MatrixTerminal

CASES = tuple((name, "quick") for name in NAMES)
LISTED = catalogue.releases()


@pytest.fixture
def measured(tmp_path):
    """Measures releases with probes that behave as told: ``measured({"1.9.0": SOUND})``."""

    def run(behaviours, again=False):
        def build(release):
            behaviour = behaviours[release.version]
            if isinstance(behaviour, Exception):
                raise behaviour
            folder = tmp_path / release.version
            folder.mkdir(exist_ok=True)
            probe = write_probe(folder, behaviour)
            probe.write_text(probe.read_text().replace("2.15.1", release.version))
            return probe

        terminal = MatrixTerminal(len(behaviours), len(CASES))
        answers = matrix.run(
            [catalogue.find(version) for version in behaviours],
            CASES,
            Folder(tmp_path / "out"),
            jobs=2,
            again=again,
            listener=terminal,
            build=build,
        )
        terminal.table(answers, CASES)
        return {answer.release.version: answer for answer in answers}

    return run


def test_what_goes_wrong_with_one_release_costs_that_one_alone(measured, tmp_path, capsys):
    answers = measured(
        {
            "1.9.0": SOUND,
            "1.10.1": NotResolved("1.10.1", "1.10.1", "no wheel"),
            "1.15.5": "os._exit(1)\n",
            "2.4.4": "say('unusable', why='ImportError: broken')\n",
            "2.15.1": SOUND,
        }
    )
    assert {version: answer.record is not None for version, answer in answers.items()} == {
        "1.9.0": True,
        "1.10.1": False,
        "1.15.5": True,
        "2.4.4": False,
        "2.15.1": True,
    }
    assert {result.status for result in answers["1.15.5"].record.results} == {"error"}
    assert "broken" in answers["2.4.4"].reason
    assert len(answers["2.15.1"].record.results) == len(CASES)
    said = capsys.readouterr().out
    assert said.startswith("3 of 5 releases answered: 3 not measured, 6 as predicted")
    assert "TensorFlow 1.10.1: no environment could be built (no wheel)" in said


def test_a_matrix_goes_on_where_it_was(measured, tmp_path):
    measured({"1.9.0": SOUND, "2.15.1": SOUND})
    answers = measured({"1.9.0": "if request['cases']: os._exit(1)\n", "2.15.1": SOUND})
    assert [result.status for result in answers["1.9.0"].record.results] == ["measured"] * len(CASES)


@pytest.mark.parametrize(
    ("selection", "first", "last", "count"),
    [
        (None, LISTED[0].version, LISTED[-1].version, len(LISTED)),
        (">=1.9,<2.4", "1.9.0", "2.3.4", 11),
        ("2.15.1", "2.15.1", "2.15.1", 1),
        ("2.9.0", "2.9.0", "2.9.0", 1),
        (f">{LISTED[-2].version}", LISTED[-1].version, LISTED[-1].version, 1),
    ],
)
def test_selections(selection, first, last, count):
    releases = selected(selection)
    assert (releases[0].version, releases[-1].version, len(releases)) == (first, last, count)


@pytest.mark.parametrize("selection", ["the old ones", ">3", ""])
def test_a_selection_of_nothing_is_refused(selection):
    if selection == "":
        assert selected(selection) == LISTED  # an empty range excludes nothing
        return
    with pytest.raises(UnknownReleases, match="selects no release"):
        selected(selection)


def test_the_list_for_github(command):
    listed = json.loads(command("matrix", "--list", "--format", "github", "--tensorflow", ">=2.14,<2.17").stdout)
    assert listed == {
        "include": [
            {"tensorflow": "2.14.1", "python": "3.11"},
            {"tensorflow": "2.15.1", "python": "3.11"},
            {"tensorflow": "2.16.2", "python": "3.11"},
        ]
    }


def test_records_of_many_jobs_become_one_folder(tmp_path):
    (tmp_path / "jobs" / "a").mkdir(parents=True)
    (tmp_path / "jobs" / "b").mkdir()
    written(tmp_path / "jobs" / "a")
    shutil.copy(tmp_path / "jobs" / "a" / "2.15.1.jsonl", tmp_path / "jobs" / "b" / "artifact.jsonl")
    assert collect(tmp_path / "jobs", tmp_path / "out") == 0
    (record,) = (tmp_path / "out").glob("*.jsonl")
    assert record.name == "2.15.1.jsonl"


def test_two_different_records_of_one_release_are_not_merged_silently(tmp_path):
    (tmp_path / "jobs" / "a").mkdir(parents=True)
    whole = written(tmp_path / "jobs" / "a")
    from samples import HEADER

    from estimator_semantics.host.record import Writer

    Writer(tmp_path / "jobs" / "b.jsonl", HEADER).close("2026-02-02T00:00:00+00:00")
    with pytest.raises(InvalidRecord, match=r"there is another one of TensorFlow 2\.15\.1"):
        collect(tmp_path / "jobs", tmp_path / "out")
    assert whole.exists()


def test_a_release_of_keras_is_measured_with_one_tensorflow():
    chosen = selected(None, "3.6.0, 3.7.0")
    assert [(release.version, release.keras) for release in chosen] == [("2.16.2", "3.6.0"), ("2.16.2", "3.7.0")]
    assert [release.version for release in selected("2.18.1", "3.7.0")] == ["2.18.1"]
    with pytest.raises(UnknownKeras):
        selected(None, "3.6.0,2.15.0")


def test_each_keras_has_a_record_of_its_own(tmp_path, capsys):
    def build(release):
        folder = tmp_path / release.keras
        folder.mkdir(exist_ok=True)
        probe = write_probe(folder, SOUND)
        probe.write_text(probe.read_text().replace("'keras': None", f"'keras': {release.keras!r}"))
        return probe

    releases = selected(None, "3.6.0,3.7.0")
    terminal = MatrixTerminal(len(releases), len(CASES))
    answers = matrix.run(releases, CASES, Folder(tmp_path / "out"), jobs=2, again=False, listener=terminal, build=build)
    terminal.table(answers, CASES)
    assert [answer.record.header.versions.keras for answer in answers] == ["3.6.0", "3.7.0"]
    assert "2.16.2 with Keras 3.6.0" in capsys.readouterr().out
    names = sorted(path.name for path in (tmp_path / "out").glob("*.jsonl"))
    assert names == ["2.15.1-keras3.6.0.jsonl", "2.15.1-keras3.7.0.jsonl"]
    collect(tmp_path / "out", tmp_path / "collected")
    assert sorted(path.name for path in (tmp_path / "collected").glob("*.jsonl")) == names


def test_a_record_that_was_cut_off_is_left_out_and_said(tmp_path, capsys):
    whole = written(tmp_path)
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "2.15.1.jsonl").write_bytes(whole.read_bytes())
    (tmp_path / "jobs" / "2.0.4.jsonl").write_bytes(whole.read_bytes()[:-40])
    assert collect(tmp_path / "jobs", tmp_path / "out") == 3
    assert [path.name for path in (tmp_path / "out").glob("*.jsonl")] == ["2.15.1.jsonl"]
    said = capsys.readouterr().out
    assert "left out: " in said and "2.0.4.jsonl" in said and "1 record in" in said


def test_another_record_that_is_there_already_is_kept(tmp_path):
    (tmp_path / "jobs").mkdir()
    whole = written(tmp_path / "jobs")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "2.15.1.jsonl").write_text("somebody's\n")
    assert collect(tmp_path / "jobs", tmp_path / "out") == 0
    assert (tmp_path / "out" / "2.15.1.jsonl").read_bytes() == whole.read_bytes()
    assert (tmp_path / "out" / "2.15.1.1.old").read_text() == "somebody's\n"


def test_a_disk_that_is_full_leaves_what_is_there_whole(monkeypatch, tmp_path):
    (tmp_path / "jobs").mkdir()
    written(tmp_path / "jobs")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "2.15.1.jsonl").write_text("somebody's\n")

    def full(file):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        collect(tmp_path / "jobs", tmp_path / "out")
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {
        ".lock": "",
        "2.15.1.jsonl": "somebody's\n",
    }


def test_a_fault_of_ours_costs_one_release(measured):
    answers = measured({"1.9.0": ValueError("a fault"), "1.10.1": SOUND})
    assert answers["1.9.0"].reason.startswith("1.9.0: internal error: ValueError: a fault; please report it")
    assert answers["1.9.0"].status == 70
    assert answers["1.10.1"].record is not None


def test_ctrl_c_ends_a_matrix_and_what_it_started(measured, tmp_path):
    pid = tmp_path / "pid"
    slow = f"if request['cases']:\n    open({str(pid)!r}, 'w').write(str(os.getpid()))\n    time.sleep(600)\n"

    def interrupt():
        wait_for(lambda: pid.exists() and pid.read_text())
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            measured({"2.15.1": slow})
    finally:
        signal.signal(signal.SIGINT, before)
    wait_for(lambda: not is_running(int(pid.read_text())))


def test_nothing_to_collect(tmp_path):
    with pytest.raises(NothingToCollect):
        collect(tmp_path, tmp_path / "out")


def test_every_release_is_listed(command):
    listed = command("releases").stdout
    for release in catalogue.releases():
        assert release.version in listed


def test_the_schema_describes_every_line(command):
    schema = json.loads(command("schema").stdout)
    assert {"Header", "Result", "Footer"} <= schema["$defs"].keys()
