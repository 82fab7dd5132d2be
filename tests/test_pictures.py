"""The pictures of the report: in light and dark, in words, by the records. Needs no TensorFlow."""

import re
from xml.etree import ElementTree

import msgspec
import pytest
from samples import FINISHED

from estimator_semantics.host import packaged, record
from estimator_semantics.host.history import History
from estimator_semantics.host.report import chapters, pictures

SVG = "{http://www.w3.org/2000/svg}"


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
        msgspec.structs.replace(
            result, pace=[(result.seconds * at / 4, result.measured["steps"] * at // 4) for at in range(4)]
        )
        for result in three
    )
    header = packaged.of("2.15.1").header
    lines = [
        re.findall(
            r'<polyline points="([^"]+)" class="([^"]+)"',
            pictures([record.Record(header, results, FINISHED)])["report/three_runs.svg"],
        )
        for results in (tuple(three), paced)
    ]
    for unpaced in lines[0]:
        assert len(unpaced[0].split()) == 2 and unpaced[1] == "run guessed"
    assert [(len(points.split()), kind) for points, kind in lines[1]] == [(5, "run")] * 3
