"""Text and lists on a terminal: lines that fit. Needs no TensorFlow."""

import sys

import pytest
from screen import MANY, lines_on_a_terminal

from estimator_semantics.host import catalogue, experiments
from estimator_semantics.host.cli import output
from estimator_semantics.host.wrapping import wrapped

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


def test_releases_takes_a_line_each_at_80_columns():
    listed = lines_on_a_terminal("releases")
    assert len(listed) < 45 and max(map(len, listed)) <= 80
    for release, line in zip(catalogue.releases(), listed[1:], strict=False):
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
