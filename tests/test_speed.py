"""Times of releases: pairs and their spread, the file, and ``check --speed`` on processes as slow as they are told."""

import json
import random
import sys
from pathlib import Path

import msgspec
import pytest
from probes import VERSIONS

from estimator_semantics.host import catalogue, ratio, speed, stopwatch
from estimator_semantics.host.cli import speed as verb
from estimator_semantics.host.errors import NotSpeed, NotTimed, ProbeLost
from estimator_semantics.law import Plan
from estimator_semantics.probe.stopwatch import scaled

# A process that answers as the stopwatch does; a step takes it what it is told, with a tenth more or less by chance.
STOPWATCH = f"""#!{sys.executable}
import json, random, sys
chance = random.Random(SEED)
def say(event, **fields):
    print(json.dumps(dict(fields, event=event)), flush=True)
sys.stdin.readline()
say("environment", versions={VERSIONS!r}, machine={{"platform": "test", "cpus": 2}})
for line in sys.stdin:
    steps = json.loads(line)["steps"]
    ANSWER
"""
TIMED = 'say("timed", steps=steps, seconds=steps * MICROSECONDS * 1e-6 * chance.uniform(0.9, 1.1))'


def python(folder: Path, microseconds: float, seed: int, answer: str = TIMED) -> Path:
    """Return the path of a program that is started as an interpreter would be, and times as told."""
    path = folder / f"python-{microseconds}-{seed}"
    text = STOPWATCH.replace("ANSWER", answer).replace("MICROSECONDS", str(microseconds)).replace("SEED", str(seed))
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(("pairs", "left_out"), [(5, 0), (6, 0), (8, 0), (9, 1), (12, 2), (15, 3), (18, 4)])
def test_the_spread_is_that_of_the_sign_test(pairs, left_out):
    # The table of the sign test: https://www.itl.nist.gov/div898/software/dataplot/refman1/auxillar/mediancl.htm
    found = ratio.of_pairs([float(number) for number in range(pairs)])
    assert (found.low, found.high) == (left_out, pairs - 1 - left_out)
    assert found.confident == (pairs > 5)


def test_the_spread_holds_the_median_as_often_as_it_says():
    chance = random.Random(1)
    found = [ratio.of_pairs([chance.lognormvariate(0, 0.3) for _ in range(12)]) for _ in range(2000)]
    missed = sum(not each.low <= 1 <= each.high for each in found) / len(found)
    assert 0.02 < missed < 0.05  # of 12 pairs, 3.9 %


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (Plan(examples=7000, batch_size=4), Plan(examples=400, batch_size=4)),
        (Plan(examples=7000, batch_size=4, steps=2000), Plan(examples=400, batch_size=4, steps=114)),
        (Plan(examples=7000, batch_size=4, steps=10), Plan(examples=800, batch_size=4, steps=100)),
    ],
)
def test_trainings_are_scaled_in_their_ratios(plan, expected):
    assert scaled(plan, 100) == expected


def compared(tmp_path, monkeypatch, own, reference):
    """Compare two processes as ``check --speed`` does, and return its exit status."""
    monkeypatch.setattr(verb, "interpreter", lambda release, given, terminal: given or reference)
    return verb.check(tensorflow=None, python=own, against=None, steps=100, rounds=4, as_json=True)


@pytest.mark.parametrize(("microseconds", "status"), [(100, 0), (80, 0), (103, 0), (130, 1), (300, 1)])
def test_only_what_is_slower_and_not_by_chance_fails(tmp_path, monkeypatch, capsys, microseconds, status):
    own, reference = python(tmp_path, microseconds, 1), python(tmp_path, 100, 2)
    assert compared(tmp_path, monkeypatch, own, reference) == status
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == status and set(answer["cases"]) == set(stopwatch.CASES)
    for case in answer["cases"].values():
        assert case["pairs"] == 12
        assert case["low"] < microseconds / 100 * 1.1 and case["high"] > microseconds / 100 / 1.1


def test_what_cannot_be_timed_is_said(tmp_path):
    failing = python(tmp_path, 100, 1, 'say("untimed", why="no such API")')
    with pytest.raises(NotTimed, match="no such API"), stopwatch.stopwatch(failing):
        pass
    ending = python(tmp_path, 101, 1, "sys.exit(7)")
    with pytest.raises(ProbeLost, match="status 7"), stopwatch.stopwatch(ending):
        pass


def test_releases_are_timed_once_and_kept(tmp_path):
    file = tmp_path / "speed.json"
    pythons = {"2.15.1": python(tmp_path, 100, 1), "1.15.5": python(tmp_path, 200, 2)}
    pythons["1.4.1"] = python(tmp_path, 300, 3, 'say("untimed", why="no such API")')
    kept = []

    def keep(whole, times):
        speed.write(file, whole)
        kept.append(times.tensorflow)

    releases = [catalogue.find(version) for version in ("1.4.1", "1.15.5")]
    reference = catalogue.find("2.15.1")
    for _ in range(2):
        begun = speed.begin(file, "2.15.1", 100, 2, again=False)
        whole = speed.time_releases(releases, reference, begun, keep, build=lambda release: pythons[release.version])
    # What failed is tried again; what was timed is not.
    assert kept == ["1.4.1", "1.15.5", "1.4.1"]
    assert speed.read(file) == whole
    assert "no such API" in whole.of("1.4.1").why and whole.of("2.14.1") is None
    times = whole.of("1.15.5")
    assert set(times.pairs) == set(stopwatch.CASES) and 150 < times.microseconds("steps_implicit") < 250
    assert 1.6 < times.ratio().median < 2.4 and times.ratio().pairs == 6
    with pytest.raises(NotSpeed, match="another reference"):
        speed.begin(file, "2.15.1", 200, 2, again=False)
    assert speed.begin(file, "2.15.1", 200, 2, again=True).releases == ()


def test_a_file_of_another_kind_is_refused(tmp_path):
    file = tmp_path / "speed.json"
    for content in ("{}", "my diary", "[1]"):
        file.write_text(content)
        with pytest.raises(NotSpeed):
            speed.read(file)


def test_the_times_that_come_with_the_project_can_be_read():
    found = speed.recorded()
    if found is not None:
        assert msgspec.json.decode(msgspec.json.encode(found), type=speed.Speed) == found
        for times in found.releases:
            assert times.why or set(times.pairs) == set(stopwatch.CASES)


@pytest.mark.usefixtures("tf")
def test_the_stopwatch_on_the_tensorflow_of_this_environment():
    with stopwatch.stopwatch(Path(sys.executable)) as own:
        assert 0 < own.time("steps_above_epoch_bound", 60) < 1


def test_wrong_usage_of_check_speed(command):
    for arguments in (("steps_implicit",), ("--format", "junit")):
        result = command("check", "--speed", *arguments)
        assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
