"""The bars of what is measured now: columns that stay where they are, as wide as terminals are. Needs no TensorFlow."""

import re

import msgspec
import pytest
from samples import RESULT
from screen import MANY, console, text_on

from estimator_semantics.host import catalogue
from estimator_semantics.host.bars import EDGE, LEAST_BAR, Bars
from estimator_semantics.host.matrix import Answer
from estimator_semantics.host.matrix_terminal import MatrixTerminal
from estimator_semantics.host.terminal import FEW

BAR = re.compile("[━╸╺]+")
WIDTHS = (60, 79, 80, 100, 133, 200)
LONGEST = max((name for name, _ in MANY), key=len)
NUMBERED = re.compile(r"[\d,]+/[\d,]+")


def rows(bars: Bars, width: int) -> list[str]:
    """Return the bars as they are on the screen now."""
    on = console(width)
    bars._on = on
    on.print(bars.make_tasks_table(bars.tasks))
    return text_on(on).splitlines()


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
