"""The report: what the records say, and nothing else, and so that it is read. Needs no TensorFlow."""

import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from estimator_semantics.host import costs, experiments, packaged, record, speed, words
from estimator_semantics.host.diff import Kind, diff
from estimator_semantics.host.history import History
from estimator_semantics.host.report import chapters, pictures, render
from estimator_semantics.host.report.questions import questions
from samples import COUNTS, HEADER, RESULT

CHECKOUT = Path(__file__).parent.parent
FINISHED = "2026-01-02T03:05:05+00:00"
SVG = "{http://www.w3.org/2000/svg}"

# What is on a screen before anybody scrolls: so many lines of the file, of which a table's row is one.
FIRST_SCREEN = 30


@pytest.fixture(scope="module")
def records():
    return packaged.records()


def beside():
    """Returns what the project tells besides its records."""
    return {
        "of_keras": packaged.records_of_keras(),
        "at_full_scale": packaged.records_at_full_scale(),
        "speed": speed.recorded(),
        "costs": costs.recorded(),
    }


@pytest.fixture(scope="module")
def text(records):
    return render(records, **beside())


@pytest.fixture(scope="module")
def drawn(records):
    return pictures(records)


def test_report_in_the_repository_is_the_one_of_the_records_in_it(text, drawn):
    assert (CHECKOUT / "REPORT.md").read_text("utf-8") == text
    there = {path.relative_to(CHECKOUT).as_posix(): path.read_text("utf-8") for path in CHECKOUT.glob("report/*")}
    assert there == drawn


def test_the_records_in_the_repository_hold_the_three_cases_at_full_scale():
    default = packaged.of("2.15.1")
    full = {result.experiment: result for result in default.results if result.scale == "full"}
    measured = {name: full[name].measured["steps"] for name in chapters.THE_THREE}
    assert measured == {
        "steps_implicit": 175_000,
        "steps_above_epoch_bound": 175_000,
        "steps_below_epoch_bound": 1_000,
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "| conforms |"),
        ({"measured": {**COUNTS, "steps": 4}}, "| deviates |"),
        ({"measured": {**COUNTS, "steps": 4}}, "steps: got 4, expected 1750"),
        ({"counters": {"train op": 4}}, "| deviates |"),
        ({"status": "error", "measured": None, "why": "it crashed"}, "it crashed"),
        ({"status": "absent", "measured": None, "why": "no such API"}, "| absent |"),
    ],
)
def test_every_figure_comes_from_the_record(changes, said):
    assert said in render([record.Record(HEADER, (msgspec.structs.replace(RESULT, **changes),), FINISHED)])


def test_a_record_that_was_cut_off_says_so():
    assert "it was cut off" in render([record.Record(HEADER, (RESULT,), None)])


# ---- what a newcomer sees


def test_the_answer_is_one_formula_in_at_most_five_lines(text):
    answer = text.partition("\n| question |")[0].splitlines()[1:]
    formulas = [line for line in answer if line.startswith("    ")]
    assert len(formulas) == 1 and "min(" in formulas[0]
    assert len([line for line in answer if line.strip() and line not in formulas]) <= 5


def rows(text):
    """Returns the rows of the table of questions, all of which are on the first screen."""
    screen = "\n".join(text.splitlines()[:FIRST_SCREEN])
    return dict(re.findall(r"^\| \*\*(.+?)\*\* \| (.+) \|$", screen, re.MULTILINE))


def of_case(records, release, case):
    """Returns the steps that a case ran on a release."""
    (found,) = [result for result in packaged.of(release).results if result.case == (case, "quick")]
    return found.measured["steps"]


def test_does_num_epochs_or_steps_win(text):
    answer = rows(text)["Does `num_epochs` or `steps` win?"]
    assert answer.startswith("The lower one.")
    three = {result.experiment: result.measured["steps"] for result in packaged.of("2.15").results if result.scale == "full"}
    for name in ("steps_above_epoch_bound", "steps_below_epoch_bound"):
        assert f"{three[name]:,} steps" in answer


def test_what_changes_from_1_9_to_2_15(text):
    answer = rows(text)["What changes from 1.9 to 2.15?"]
    old, new = (chapters.quick(packaged.of(minor)) for minor in ("1.9", "2.15"))
    changed = [entry for entry in diff(old, new).entries if entry.kind not in (Kind.NEW, Kind.LOST)]
    assert changed and all(entry.title in answer for entry in changed)
    assert "(#what-an-upgrade-changes)" in answer and "\n## What an upgrade changes\n" in text


def test_can_i_use_steps_with_train_and_evaluate(text, records):
    answer = rows(text)["Can I use `steps` with `train_and_evaluate`?"]
    assert answer.startswith("No") and "max_steps" in answer
    case = "train_and_evaluate_max_steps[finite data below max_steps]"
    for release in ("1.9", "2.15"):
        assert f"{of_case(records, release, case)} steps" in answer


def test_why_did_my_run_stop_early(text):
    answer = rows(text)["Why did my run stop early?"]
    assert answer.startswith("Most often the data ended") and "`num_epochs=None`" in answer
    assert "(#where-the-rule-does-not-hold)" in answer and "\n## Where the rule does not hold\n" in text


def test_answers_rest_on_experiments_that_are_as_expected_everywhere(records):
    history = History(records)
    found = {chapter.name: chapter for chapter in chapters.chapters(history)}
    for question in questions(history, "2.15.1"):
        assert question.evidence
        for name in question.evidence:
            assert found[name].by_release.keys() == set(history.releases)
            assert not {"deviates", "error"}.intersection(found[name].by_release.values())


def test_without_a_record_there_is_no_answer():
    assert questions(History([record.Record(HEADER, (RESULT,), FINISHED)]), "2.15.1") == ()


def test_every_exception_is_one_short_entry_with_what_to_write_instead(text):
    part = text.partition("\n## Where the rule does not hold\n")[2].partition("\n## ")[0]
    entries = re.findall(r"^- \*\*(.+)\.\*\* (.+)\n  Instead: (.*`.+`.*) <sub>\[(\w+)\]\(https://\S+\)</sub>$", part, re.MULTILINE)
    assert {name for *_, name in entries} == {
        name for name in experiments.known() if experiments.specifications(name)[0].instead
    }
    assert len(entries) == len(re.findall(r"^- ", part, re.MULTILINE))


def test_everything_that_changes_is_told_at_its_boundary(text, records):
    part = text.partition("\n## What an upgrade changes\n")[2].partition("\n## ")[0]
    for boundary in chapters.boundaries(History(records), packaged.records_of_keras()):
        told = part.partition(f"\n**{words.boundary(boundary)}**\n")[2].partition("\n**")[0]
        for entry in boundary.entries:
            assert entry.title in told
            assert all(change.do in told for change in entry.changes)


RAN_OUT = "Your input ran out of data; interrupting training. Make sure that your dataset can generate at least 12 batches."


def test_what_tensorflow_logs_is_explained_where_it_was_met():
    logged = msgspec.structs.replace(RESULT, log=["Something else.", RAN_OUT])
    said = render([record.Record(HEADER, (logged,), FINISHED)])
    rows = re.findall(r"^\| `` (.+) `` \| (.+) <sub>\[.+]\(https://\S+\)</sub> \| (.+) \|$", said.partition("\n## What TensorFlow logs\n")[2], re.MULTILINE)
    assert rows == [(RAN_OUT, words.meaning(RAN_OUT), f"{RESULT.experiment} ({words.minor(HEADER.versions.tensorflow)})")]
    assert "## What TensorFlow logs" not in render([record.Record(HEADER, (RESULT,), FINISHED)])


def test_of_a_log_only_what_tells_how_long_a_training_runs_has_a_meaning():
    assert words.meaning("Training with estimator made no steps. Perhaps input is empty or misspecified.")
    assert words.meaning("BaseCollectiveExecutor::StartAbort Out of range: End of sequence")
    assert words.meaning("Local rendezvous is aborting with status: OUT_OF_RANGE: End of sequence")
    assert not words.meaning("`shuffle=True` was passed, but will be ignored since the data `x` was provided as a generator.")


# ---- pictures


def test_every_picture_is_shown_and_is_there(text, drawn):
    assert set(re.findall(r"!\[.+\]\((.+?)\)", text)) == set(drawn) == {"report/three_runs.svg", "report/heat_map.svg"}


def test_pictures_are_the_same_for_the_same_records(records, drawn):
    assert pictures(tuple(reversed(records))) == drawn


@pytest.mark.parametrize("name", ["report/three_runs.svg", "report/heat_map.svg"])
def test_a_picture_stands_alone_in_light_and_dark_and_in_words(drawn, name):
    picture = ElementTree.fromstring(drawn[name])
    assert picture.find(f"{SVG}title").text and picture.find(f"{SVG}desc").text
    assert "prefers-color-scheme: dark" in picture.find(f"{SVG}style").text
    assert "href" not in drawn[name] and "url(" not in drawn[name]
    # It follows the system, and the page around it need not: so the ground is its own in both.
    ground = next(picture.iter(f"{SVG}rect"))
    assert (ground.get("class"), ground.get("width"), ground.get("height")) == ("back", "100%", "100%")
    light, dark = picture.find(f"{SVG}style").text.split("prefers-color-scheme: dark")
    assert ".back { fill: #" in light and ".back { fill: #" in dark


def test_the_heat_map_has_every_experiment_and_what_changed_where(records, drawn):
    picture = ElementTree.fromstring(drawn["report/heat_map.svg"])
    found = {}
    for row in (group for group in picture.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None):
        marks = [path.get("d").count("M") for path in row.iter(f"{SVG}path") if path.get("class") == "mark"]
        boxes = sum(path.get("d").count("M") for path in row.iter(f"{SVG}path") if path.get("class") != "mark")
        found[row.find(f"{SVG}text").text] = (boxes, sum(marks))
    expected = {
        chapter.name: (len(chapter.by_release), len(chapter.changed)) for chapter in chapters.chapters(History(records))
    }
    assert found == expected


def test_colours_are_not_needed_to_read_the_heat_map(drawn):
    """What deviates has a sign of its own besides its colour."""
    for row in re.findall(r"<g>\n<title>.*?</g>", drawn["report/heat_map.svg"], re.DOTALL):
        boxes = sum(path.count("M") for path in re.findall(r'<path d="([^"]+)" class="documented"', row))
        assert row.count("≠") == boxes


def test_the_heat_map_is_there_in_words(text, records):
    part = text.partition("\n## The picture\n")[2].partition("\n## ")[0]
    for chapter in chapters.chapters(History(records)):
        assert re.search(rf"^\| \[{chapter.name}\]", part, re.MULTILINE)


def test_the_three_runs_are_drawn_by_their_pace():
    of_the_answer = [result for result in packaged.of("2.15.1").results if result.experiment in chapters.THE_THREE]
    three = [msgspec.structs.replace(result, pace=[]) for result in of_the_answer if result.scale == "full"]
    paced = tuple(
        msgspec.structs.replace(result, pace=[(result.seconds * at / 4, result.measured["steps"] * at // 4) for at in range(4)])
        for result in three
    )
    header = packaged.of("2.15.1").header
    lines = [
        re.findall(r'<polyline points="([^"]+)" class="([^"]+)"', pictures([record.Record(header, results, FINISHED)])["report/three_runs.svg"])
        for results in (tuple(three), paced)
    ]
    for unpaced in lines[0]:
        assert len(unpaced[0].split()) == 2 and unpaced[1] == "run guessed"
    assert [(len(points.split()), kind) for points, kind in lines[1]] == [(5, "run")] * 3
