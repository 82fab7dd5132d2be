"""What a person sees while something is measured and when it is done, as wide as terminals are. Needs no TensorFlow."""

import io
import os
import pty
import re
import sys
from dataclasses import replace

import msgspec
import pytest
from probes import NAMES, SOUND, write_probe
from samples import RESULT, VERSIONS
from test_measure import wait_for

from estimator_semantics.host import catalogue, experiments, packaged, words
from estimator_semantics.host.bars import EDGE, LEAST_BAR, Bars
from estimator_semantics.host.cli import output
from estimator_semantics.host.console import PatientConsole
from estimator_semantics.host.matrix import Answer
from estimator_semantics.host.matrix_terminal import MatrixTerminal
from estimator_semantics.host.measure import spread
from estimator_semantics.host.report.chapters import THE_THREE
from estimator_semantics.host.terminal import FEW, Terminal
from estimator_semantics.host.verdict import Outcome, current, judge
from estimator_semantics.host.wrapping import wrapped
from estimator_semantics.law import Plan

COLOUR = re.compile("\x1b\\[[0-9;]*m")
BAR = re.compile("[━╸╺]+")
WIDTHS = (60, 79, 80, 100, 133, 200)
MANY = tuple((case.name, "quick") for case in experiments.chosen())
LONGEST = max((name for name, _ in MANY), key=len)
NUMBERED = re.compile(r"[\d,]+/[\d,]+")


def console(width: int) -> PatientConsole:
    """Return a terminal with this number of columns."""
    # In colours, for without them rich leaves away what is still to come of a bar.
    options = {"force_terminal": True, "color_system": "standard", "legacy_windows": False, "highlight": False}
    return PatientConsole(file=io.StringIO(), width=width, height=50, **options)


def text_on(console: PatientConsole) -> str:
    """Return what was printed on a terminal, without colours."""
    return COLOUR.sub("", console.file.getvalue())


def rows(bars: Bars, width: int) -> list[str]:
    """Return the bars as they are on the screen now."""
    on = console(width)
    bars._on = on
    on.print(bars.make_tasks_table(bars.tasks))
    return text_on(on).splitlines()


@pytest.fixture
def terminal():
    """A terminal that follows the measuring of all cases."""
    found = Terminal()
    found._err = console(80)
    found.begin(VERSIONS, measured=0, left=len(MANY))
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_columns_stay_where_they_are_whatever_a_case_is_called(terminal, width):
    seen = []
    with terminal.following(MANY):
        for name, step in (("saved_steps", 0), (LONGEST, 3), ("early_stopping[brackets are no markup]", 174_999)):
            case = (name, "full")
            terminal._progress._seconds[case] = 1.0
            terminal.started(case, 175_000)
            terminal.progress(case, step)
            drawn = rows(terminal._progress.bars, width)
            assert len(drawn) == 2, "a case that is done leaves its row to the next one"
            seen += drawn
            terminal._progress.finished(msgspec.structs.replace(RESULT, experiment=name, scale="full"))
    assert all(len(row.rstrip()) <= width - EDGE for row in seen), seen
    assert {BAR.search(row).span() for row in seen} == {BAR.search(seen[0]).span()}
    assert len(BAR.search(seen[0]).group()) >= LEAST_BAR
    # Counts end where counts end.
    assert len({NUMBERED.search(row).end() for row in seen}) == 1
    assert any("…" in row for row in seen)


def test_the_rate_is_of_what_the_row_counts(terminal):
    with terminal.following(MANY):
        bars = terminal._progress.bars
        clock = [100.0]
        bars.get_time = bars.tasks[0]._get_time = lambda: clock[0]
        bars.reset(terminal._progress._all)
        case = ("steps_implicit", "quick")
        terminal.started(case, 1750)
        for second in range(1, 6):
            clock[0] += 1
            terminal.progress(case, 100 * second)
        overall, one = rows(bars, 100)
        assert "steps/s" not in overall
        assert "100 steps/s" in one
        terminal._progress.finished(RESULT)
        overall, *_ = rows(bars, 100)
        assert f"1/{len(MANY)}" in overall and "0.2 cases/s" in overall


def test_few_cases_have_a_row_each(terminal):
    few = MANY[:FEW]
    with terminal.following(few):
        drawn = rows(terminal._progress.bars, 80)
    assert len(drawn) == FEW and all("starting" in row for row in drawn)
    assert len({BAR.search(row).span() for row in drawn}) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_matrix_has_the_same_columns(width):
    terminal = MatrixTerminal(36, 294)
    releases = catalogue.releases()[-3:]
    for release in releases:
        terminal.preparing(release)
    listener = terminal.measuring(releases[0], MANY[:-4])
    for name in ("saved_steps", LONGEST):
        listener.started((name, "quick"), 10)
        listener.finished(RESULT)
        drawn = rows(terminal._bars, width)
        assert len(drawn) == 4 and all(len(row.rstrip()) <= width - EDGE for row in drawn)
        assert {BAR.search(row).span() for row in drawn} == {BAR.search(drawn[0]).span()}
        assert "steps/s" not in "".join(drawn)
    left = len(MANY) - 4
    assert f"2/{36 * 294 - 294 + left:,}" in drawn[0] and f"2/{left}" in drawn[1]
    terminal.answered(Answer(releases[1], None, "no environment"))
    assert f"2/{35 * 294 - 294 + left:,}" in rows(terminal._bars, width)[0]


class Screen:
    """A command on a terminal of its own.

    Attributes:
        said: all that it wrote by now, control sequences included.
    """

    def __init__(self, *arguments: object, columns: int = 80) -> None:
        self.said = ""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
            environment.update(COLUMNS=str(columns), LINES="50", TERM="xterm-256color")
            os.execve(sys.executable, [sys.executable, "-m", "estimator_semantics", *map(str, arguments)], environment)

    def read(self) -> bool:
        """Read what there is; say whether there may be more."""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.said += data.decode("utf-8", "replace")
        return bool(data)

    def until(self, text: str) -> None:
        """Read until it has written something."""
        while text not in self.said:
            assert self.read(), self.said

    def type(self, keys: bytes) -> None:
        """Types keys."""
        os.write(self._fd, keys)

    def status(self) -> int:
        """Read to the end and return the exit status."""
        while self.read():
            pass
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_ctrl_c_leaves_one_line(tmp_path):
    pid = tmp_path / "pid"
    slow = "if request['cases']:\n    begin(request['cases'][0][0])\n"
    slow += f"    open({str(pid)!r}, 'w').write('x')\n    time.sleep(600)\n"
    screen = Screen(
        "run", *NAMES, "--scale", "quick", "--python", write_probe(tmp_path, slow), "--out", tmp_path / "out"
    )
    wait_for(pid.exists)
    screen.until("0/")
    screen.type(b"\x03")
    assert screen.status() == 3
    bars, said = screen.said.rsplit("interrupted", 1)
    assert "interrupted" not in bars and "Traceback" not in screen.said
    # What was last drawn is erased, a line each, and the cursor is there again.
    after = bars[bars.rindex("steps_implicit") :]
    assert after.count("\x1b[2K") >= len(NAMES) and after.rindex("\x1b[?25h")
    assert " ".join(said.split()).startswith(": 0 of 3 measured and kept in ")


def test_two_of_the_three_are_not_called_three(command, tmp_path):
    some = ("checkpoints_off", *NAMES[:2])
    answers = "COUNTS['checkpoints_off'] = COUNTS['steps_implicit']\n"
    probe = write_probe(tmp_path, answers + SOUND)
    said = command("run", *some, "--scale", "quick", "--python", probe, "--out", tmp_path / "out").stdout
    assert "The three trainings" not in said and said.count("steps=10)") == 1


EXTRA = 4


def folder_of(tmp_path, monkeypatch, others=EXTRA):
    """Make a folder of the three experiments and of others like them, whose names come first."""
    folder = tmp_path / "experiments"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text((experiments.folder() / f"{name}.py").read_text())
    for number in range(others):
        (folder / f"another_{number}.py").write_text((experiments.folder() / "steps_implicit.py").read_text())
    monkeypatch.setattr(experiments, "folder", lambda: folder)


def test_a_run_begins_with_the_trainings_of_the_answer(tmp_path, monkeypatch, capsys):
    from estimator_semantics.host.cli import app

    folder_of(tmp_path, monkeypatch)
    asked = tmp_path / "asked"
    answers = "COUNTS.update({f'another_{n}': COUNTS['steps_implicit'] for n in range(4)})\n"
    note = f"open({str(asked)!r}, 'a').write(name + ' ')\n    "
    probe = write_probe(tmp_path, answers + SOUND.replace(": answer(name)", f":\n    {note}answer(name)"))
    arguments = ["run", "--scale", "quick", "--jobs", "1", "--python", str(probe), "--out", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["estimator-semantics", *arguments])
    assert app._status() == 0
    said = capsys.readouterr().out
    names = asked.read_text().split()
    assert set(names[:3]) == set(THE_THREE) and len(names) == 3 + EXTRA
    first, final = said.split("\n\nEverything", 1)
    assert first.splitlines()[0].startswith("The three trainings of the answer. Everything is as expected: all 3 cases")
    # In the order of the README.
    calls = re.findall(r"steps=\d+\)|input_fn\)", first)
    assert calls == ["input_fn)", "steps=2000)", "steps=10)"]
    assert final.startswith(f" is as expected: all {3 + EXTRA} cases are as predicted")
    assert "True: " in final, "the others, which are few, are in the table of all"
    assert "steps=2000" not in final, "the three are in one table"


def test_the_table_of_the_three_comes_before_the_other_cases_are_done(terminal, capsys):
    terminal._err = PatientConsole(file=io.StringIO(), width=80)
    three = tuple((name, "quick") for name in THE_THREE)
    answers = {each.case: each for each in packaged.of("2.15.1").results}
    with terminal.following(MANY, first=three, answered=[answers[three[0]]]):
        terminal.finished(answers["endless_data", "quick"])
        terminal.finished(answers[three[1]])
        assert capsys.readouterr().out == ""
        terminal.finished(answers[three[2]])
        assert "The three trainings of the answer" in capsys.readouterr().out
        terminal.finished(answers["checkpoints_off", "quick"])
        assert capsys.readouterr().out == ""


def test_on_a_terminal_the_table_stays_above_the_bars(tmp_path):
    single = [case.name for case in experiments.chosen() if "[" not in case.name]
    others = [name for name in single if name not in NAMES][:FEW]
    answers = f"COUNTS.update({{name: COUNTS['steps_implicit'] for name in {others!r}}})\n"
    slow = SOUND.replace("answer(name)", f"(time.sleep(1) if name in {others!r} else None, answer(name))")
    options = (
        "--scale",
        "quick",
        "--jobs",
        "1",
        "--python",
        write_probe(tmp_path, answers + slow),
        "--out",
        tmp_path / "out",
    )
    screen = Screen("run", *NAMES, *others, *options)
    screen.until("The three trainings of the answer")
    screen.until(f"5/{len(NAMES) + FEW}")
    before = screen.said
    screen.status()
    table = before.index("The three trainings")
    assert before.count("The three trainings") == screen.said.count("The three trainings") == 1
    drawn = before[table:]
    # The bars that follow go up no further than they are high.
    assert max(len(re.findall("\x1b\\[1A", part)) for part in drawn.split("all cases")[1:]) <= FEW


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ("True. One epoch was 175,000 steps.", "true"),
        ("False: it resumes.", "false"),
        ("False. It resumes.", "false"),
        ("Depends on the release: since 2.2 ...", "depends"),
        ("Only where the batch size divides the data.", "depends"),
        ("Truethfully", "depends"),
        ("", "depends"),
    ],
)
def test_the_truth_of_a_claim_is_the_first_word_of_what_was_found(found, truth):
    specification = replace(experiments.find("steps_implicit"), found=found)
    assert specification.truth == truth
    assert words.truth(specification) == truth.capitalize()


def test_a_verdict_is_about_the_prediction_and_says_so():
    said = {outcome: words.verdict(outcome) for outcome in Outcome}
    assert len(set(said.values())) == len(Outcome)
    assert said[Outcome.CONFORMS] == "as predicted" and "not as predicted" in said[Outcome.DOCUMENTED]
    assert said[Outcome.DOCUMENTED].startswith(said[Outcome.DEVIATES])
    # Programs read what they always read.
    assert [outcome.value for outcome in Outcome] == [
        "conforms",
        "deviates as documented",
        "deviates",
        "error",
        "absent",
    ]


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([Outcome.CONFORMS] * 3, "Everything is as expected: all 3 cases are as predicted"),
        ([Outcome.CONFORMS], "Everything is as expected: the case is as predicted"),
        (
            [Outcome.CONFORMS, Outcome.DOCUMENTED, Outcome.ABSENT],
            "Everything is as expected: 1 not as predicted (known), 1 absent, 1 as predicted",
        ),
        ([Outcome.CONFORMS, Outcome.DEVIATES], "1 of 2 cases is not as expected: 1 not as predicted, 1 as predicted"),
        ([Outcome.ERROR, Outcome.DEVIATES], "2 of 2 cases are not as expected: 1 not as predicted, 1 not measured"),
        ([Outcome.ABSENT, Outcome.ABSENT], "Nothing was measured: all 2 cases are absent"),
        ([], "Nothing was measured"),
    ],
)
def test_whether_everything_is_as_expected_comes_first(outcomes, said):
    assert words.summary(outcomes) == said


RECORD = packaged.of("2.15.1")


@pytest.mark.parametrize("width", [60, 80, 100, 150])
@pytest.mark.parametrize("details", [False, True])
def test_the_table_fits_and_says_whether_each_claim_is_true(width, details):
    terminal = Terminal()
    terminal._out = console(width)
    some = ("early_stopping", "no_epochs", *THE_THREE)
    results = [each for each in RECORD.results if each.experiment.split("[")[0] in some]
    terminal.table(results, VERSIONS, details=details)
    said = text_on(terminal._out)
    assert max(len(line.rstrip()) for line in said.splitlines()) <= width
    assert re.findall(r"^(claim) +(call) +(predicted) +(measured) +(verdict)", said, re.MULTILINE)
    told = re.findall(r"^(True|False|Depends): ", said, re.MULTILINE)[: len(results)]
    assert told == [words.truth(current(each)) for each in results]
    joined = " ".join(said.split())
    for each in results:
        assert (" ".join(current(each).found.split()) in joined) == details, each.experiment


def test_what_was_predicted_is_of_what_was_measured():
    for result in RECORD.results:
        outcome = judge(result, RECORD.header.versions).outcome
        predicted, measured = words.predicted_and_measured(result, outcome, RECORD.header.versions)
        if outcome is Outcome.CONFORMS and " to " not in predicted:
            assert predicted == measured, result.experiment
        if outcome in (Outcome.DEVIATES, Outcome.DOCUMENTED) and "steps" in result.measured:
            assert not predicted.startswith("steps"), result.experiment


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (Plan(10, 4), "estimator.train(input_fn)"),
        (Plan(10, 4, steps=200000), "estimator.train(input_fn, steps=200000)"),
        (Plan(10, 4, max_steps=5), "estimator.train(input_fn, max_steps=5)"),
        (Plan(10, 4, steps=5, api="evaluate"), "estimator.evaluate(input_fn, steps=5)"),
        (Plan(10, 4, max_steps=5, api="train_and_evaluate"), "train_and_evaluate(TrainSpec(input_fn, max_steps=5))"),
        (Plan(10, 4, api="fit", input="arrays", epochs=3), "model.fit(x, y, epochs=3)"),
        (
            Plan(10, 4, api="fit", input="generator", initial_epoch=1, epochs=3),
            "model.fit(generator, epochs=3, initial_epoch=1)",
        ),
        (
            Plan(10, 4, api="fit", input="batch, then repeat", steps_per_epoch=2),
            "model.fit(dataset, steps_per_epoch=2)",
        ),
    ],
)
def test_the_call_is_code(plan, code):
    assert words.call(plan) == code


TABLE = """A sentence that is long enough to need more than one line on a narrow terminal, and a word-with-hyphens.

short            1 step   until the data ends
longer than it  15 steps  until the data ends, epoch by epoch: 5, 5, 5
"""


def test_text_is_wrapped_between_words_and_columns_stay_aligned():
    at_60 = wrapped(TABLE, 60).splitlines()
    assert max(map(len, at_60)) <= 60
    assert " ".join(" ".join(at_60).split()) == " ".join(TABLE.split()), "no word is broken"
    column = TABLE.splitlines()[2].index("until")
    assert at_60[-2].index("until") == column and at_60[-1] == " " * column + at_60[-1].strip()
    at_40 = wrapped(TABLE, 40).splitlines()
    assert max(map(len, at_40)) <= 40 and at_40[-1].startswith("    ")
    assert wrapped(TABLE, 200) == TABLE
    assert wrapped("see https://" + "x" * 90, 40).splitlines()[1] == "https://" + "x" * 90


def test_only_terminals_get_wrapped_text(monkeypatch, capsys):
    output.write_wrapped(TABLE)
    assert capsys.readouterr().out == TABLE
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    output.write_wrapped(TABLE)
    assert capsys.readouterr().out == wrapped(TABLE, 60)


def lines_on_a_terminal(*arguments, columns=80):
    """Return the lines that a command writes to a terminal, without colours."""
    screen = Screen(*arguments, columns=columns)
    assert screen.status() == 0, screen.said
    return COLOUR.sub("", screen.said).replace("\r\n", "\n").rstrip("\n").split("\n")


def test_releases_takes_a_line_each_at_80_columns():
    listed = lines_on_a_terminal("releases")
    assert len(listed) < 45 and max(map(len, listed)) <= 80
    for release, line in zip(catalogue.releases(), listed[1:], strict=True):
        assert line.startswith(f"{release.version} ") and release.date in line
    assert "pandas" not in "".join(listed)


@pytest.mark.parametrize("name", ["2.15", "2.15.1"])
def test_details_of_a_release(command, name):
    said = command("releases", name)
    assert said.returncode == 0
    assert [line.split()[0] for line in said.stdout.splitlines()[:2]] == ["TensorFlow", "2.15.1"]
    assert "tensorflow-cpu==2.15.1, pandas<3" in said.stdout
    assert len(command("releases", "--details").stdout.splitlines()) > 2 * len(catalogue.releases())
    assert command("releases", "two").returncode == 2


def test_the_list_has_a_line_for_each_experiment(command):
    listed = lines_on_a_terminal("run", "--list")
    assert [line.split()[0] for line in listed] == list(experiments.known())
    assert max(map(len, listed)) <= 80
    for name, line in zip(experiments.known(), command("run", "--list").stdout.splitlines(), strict=True):
        assert line.split(maxsplit=1) == [name, experiments.title(name)]
    cases = command("run", "--list", "--cases").stdout.splitlines()
    assert len(cases) == len(MANY)
    assert command("run", "ragged_batches", "--list").stdout.count("\n") == 1
    assert command("run", "ragged_batches", "--list", "--cases").stdout.count("\n") > 1
    assert "--list" in command("run", "--cases").stderr


def test_what_comes_first_is_spread_first():
    first = tuple((name, "full") for name in NAMES)
    loads = spread((*MANY, *first), 2, first)
    counts = [len(set(load) & set(first)) for load in loads]
    assert sorted(counts) == [1, 2]
    assert all(set(load[:count]) <= set(first) for load, count in zip(loads, counts, strict=True))
    assert sorted(case for load in loads for case in load) == sorted((*MANY, *first))
