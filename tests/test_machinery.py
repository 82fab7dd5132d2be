"""Faults of the machinery: nothing measured is lost, and nothing half-measured is taken for a result.

The probes are real processes that behave as told, the faults are real too: signals, a full disk, two runs at once, clocks that
jump, records that were edited. Needs no TensorFlow, but where a clock jumps.
"""

import itertools
import os
import random
import resource
import subprocess
import sys
import time

import msgspec
import pytest
from probes import COUNTS, NAMES, SOUND, write_probe
from test_measure import Ears, wait_for

from estimator_semantics.host import record, session
from estimator_semantics.host.folder import Folder
from estimator_semantics.law import Plan

CASES = tuple((name, "quick") for name in NAMES)
RUN = [
    sys.executable,
    "-m",
    "estimator_semantics",
    "run",
    *NAMES,
    "--scale",
    "quick",
    "--jobs",
    "2",
    "--format",
    "json",
]

# A probe that takes its time over each case, so that there is something to interrupt.
SLOW = SOUND.replace("answer(name)", "time.sleep(0.03); answer(name)")


def measured(folder, probe):
    """Measures in this process, as ``run`` does, and returns the record."""
    return session.begin(probe, CASES, Folder(folder), again=False).measure(2, Ears())


def assert_whole(path) -> None:
    """Report that a record has a right answer to every case."""
    answers = {result.experiment: result for result in record.read(path).results}
    assert {name: answer.measured for name, answer in answers.items()} == COUNTS


@pytest.mark.parametrize("seed", range(12))
def test_a_probe_killed_at_a_random_moment(tmp_path, seed):
    moment = random.Random(seed).uniform(0.0, 0.15)
    killed = write_probe(
        tmp_path,
        "if request['cases']:\n    import threading\n"
        f"    threading.Timer({moment}, os.kill, (os.getpid(), signal.SIGKILL)).start()\n" + SLOW,
    )
    for result in measured(tmp_path / "out", killed).results:
        assert (result.status == "error" and "SIGKILL" in result.why) or result.measured == COUNTS[result.experiment]
    measured(tmp_path / "out", write_probe(tmp_path, SOUND))
    assert_whole(tmp_path / "out" / "2.15.1.jsonl")


@pytest.mark.parametrize("seed", range(6))
def test_a_run_killed_at_a_random_moment(tmp_path, seed):
    out = tmp_path / "out"
    run = subprocess.Popen(
        [*RUN, "--python", write_probe(tmp_path, SLOW), "--out", out],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(lambda: (out / ".lock").exists() or run.poll() is not None)
    time.sleep(random.Random(seed).uniform(0.0, 0.6))
    run.kill()
    run.wait()
    kept = [result for path in out.glob("*.jsonl") for result in record.read(path, whole=False).results]
    assert all(result.measured == COUNTS[result.experiment] for result in kept)
    asked = tmp_path / "asked"
    probe = write_probe(tmp_path, f"open({str(asked)!r}, 'a').write(f'{{len(request[\"cases\"])}}\\n')\n" + SOUND)
    measured(out, probe)
    # Killed after the last answer, it has nothing left to ask.
    assert sum(map(int, asked.read_text().split() if asked.exists() else ())) == len(CASES) - len(kept)
    assert_whole(out / "2.15.1.jsonl")


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ("for name, _ in request['cases'][1:]: answer(name)\nsay('done')\n", "was done without an answer"),
        ("say('done')\n", "was done without an answer"),
        (
            "for name, _ in request['cases']:\n    begin(name)\n"
            "    say('measured', experiment=name, scale='quick', seconds=1, measured={'steps': 'all'}, counters={})\n"
            "say('done')\n",
            "was done without an answer",
        ),
        (
            "for name, _ in request['cases']:\n    begin(name)\n"
            "    print(json.dumps(dict(event='measured', experiment=name, scale='quick', seconds=1,"
            " measured=COUNTS[name], counters={}))[:-9], end='', flush=True)\n    os._exit(0)\n",
            "ended with status 0",
        ),
    ],
    ids=["all but one", "none", "words for counts", "half a line"],
)
def test_what_was_not_answered_is_said(tmp_path, behaviour, said):
    whole = measured(tmp_path / "out", write_probe(tmp_path, "if not request['cases']: sys.exit()\n" + behaviour))
    assert {result.case for result in whole.results} == set(CASES)
    lost = [result for result in whole.results if result.status == "error"]
    assert lost and all(said in result.why for result in lost)


@pytest.mark.parametrize("room", [100, 300, 700, 1100, 1500, 2500])
def test_a_full_disk(tmp_path, room):
    """No file can grow beyond so many bytes, as on a disk that is full by then: the next run goes on from what fitted."""
    out, probe = tmp_path / "out", write_probe(tmp_path, SOUND)
    command = [*RUN, "--python", probe, "--out", out]
    # What counts the coverage could not write its file either.
    uncounted = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    full = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=uncounted,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert "Traceback" not in full.stderr
    assert full.returncode in (2, 3), full.stderr
    assert "File too large" in full.stderr.splitlines()[-1]
    kept = [result for path in out.glob("*.jsonl") for result in record.read(path, whole=False).results if room > 500]
    assert all(result.measured == COUNTS[result.experiment] for result in kept)
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert_whole(out / "2.15.1.jsonl")


def test_two_runs_in_one_folder_at_once(tmp_path):
    out, probe = tmp_path / "out", write_probe(tmp_path, SLOW.replace("0.03", "0.5"))
    runs = [
        subprocess.Popen(
            [*RUN, "--python", probe, "--out", out], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [run.communicate(timeout=60)[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 3, 3]
    assert sum("another run is writing there" in text for text in said) == 2
    assert_whole(out / "2.15.1.jsonl")


def test_a_clock_that_jumps_changes_nothing(tf, tmp_path, monkeypatch):
    """The clock of the wall jumps by hours, back and forth, whenever it is looked at."""
    from estimator_semantics.host import experiments
    from estimator_semantics.probe import runner
    from estimator_semantics.probe.watch import Watch

    class Channel:
        def __init__(self):
            self.events = []

        def send(self, event, **fields):
            self.events.append(dict(fields, event=event))

    hours = itertools.cycle([0, 5, -7, 3])
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 3600 * next(hours))
    channel = Channel()
    assert runner.answer({"experiments": str(experiments.folder()), "cases": [list(CASES[1])]}, channel) == 0
    (answer,) = [event for event in channel.events if event["event"] == "measured"]
    assert 0 < answer["seconds"] < 600
    assert answer["measured"] == COUNTS[NAMES[1]]

    monkeypatch.setattr(time, "time", lambda: now() - 3600)
    heard = []
    watch = Watch(Plan(examples=10, batch_size=4), str(tmp_path), heard.append)
    for _ in range(8):
        watch.after_run(None, None)
        monkeypatch.setattr(time, "time", lambda: now() - 7200)  # once more back
        time.sleep(0.05)
    assert len(heard) >= 2, "a clock that is set back keeps the watch silent, and the host takes it for a hang"


def edited(path, old: bytes, new: bytes) -> None:
    """Edits a record by hand, as with an editor."""
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"steps":1750', b'"steps":1751'),
        (b'"status":"measured"', b'"status":"absent"'),
        (b'"kind":"result"', b'"kind":"header"'),
        (b"\n", b"\n\n"),
    ],
)
def test_a_record_edited_by_hand_is_not_gone_on_with(tmp_path, old, new):
    probe = write_probe(tmp_path, SOUND)
    measured(tmp_path, probe)
    path = tmp_path / "2.15.1.jsonl"
    edited(path, old, new)
    by_hand = path.read_bytes()
    begun = session.begin(probe, CASES, Folder(tmp_path), again=False)
    assert begun.left == CASES and "kept as 2.15.1.1.old" in begun.notice
    begun.measure(2, Ears())
    assert_whole(path)
    assert (tmp_path / "2.15.1.1.old").read_bytes() == by_hand


def test_a_record_of_another_revision_is_measured_again(tmp_path):
    probe = write_probe(tmp_path, SOUND)
    whole = measured(tmp_path, probe)
    path = tmp_path / "2.15.1.jsonl"
    earlier = whole.results[0]
    writer = record.Writer(path, whole.header)
    for result in whole.results:
        writer.add(msgspec.structs.replace(result, revision="of long ago") if result is earlier else result)
    writer.close("2026-01-01T00:00:00+00:00")
    before = path.read_bytes()
    begun = session.begin(probe, CASES, Folder(tmp_path), again=False)
    assert begun.left == (earlier.case,)
    begun.measure(2, Ears())
    assert_whole(path)
    assert (tmp_path / "2.15.1.1.old").read_bytes() == before
