"""The heat map: what each release does, experiment by experiment, as a picture (SVG)."""

from collections.abc import Sequence

import markupsafe

from estimator_semantics.host import words
from estimator_semantics.host.history import History
from estimator_semantics.host.report import templates
from estimator_semantics.host.report.chapters import Chapter
from estimator_semantics.host.verdict import Outcome

CELL = 14
PITCH = 16
LEFT = 250
TOP = 100
BETWEEN_GROUPS = 34

# Told apart by a sign as well as by the colour. The signs are of the fonts that every system has.
KINDS = {
    Outcome.CONFORMS: ("conforms", "", ""),
    Outcome.DOCUMENTED: ("documented", "≠", "on"),
    Outcome.DEVIATES: ("deviates", "!", "off"),
    Outcome.ERROR: ("error", "?", "off"),
    Outcome.ABSENT: ("absent", "", ""),
}


def heat_map(chapters: Sequence[Chapter], history: History) -> str:
    """Return the picture.

    Args:
        chapters: its rows.
        history: its columns.
    """
    columns = [{"x": LEFT + PITCH * at, "says": words.minor(release)} for at, release in enumerate(history.releases)]
    groups, height = _groups(chapters, history)
    title = f"{words.many(len(chapters), 'experiment')} on {words.many(len(columns), 'release')} of TensorFlow"
    return templates.markup.get_template("heat_map.svg").render(
        title=title,
        desc=_desc(chapters, history),
        style=markupsafe.Markup(templates.source("picture.css")),
        width=LEFT + PITCH * len(columns) + 8,
        height=height,
        cell=CELL,
        left=LEFT,
        top=TOP,
        legend=_legend(chapters),
        bands=_bands(history),
        columns=columns,
        groups=groups,
    )


def _desc(chapters: Sequence[Chapter], history: History) -> str:
    changed = sorted({words.minor(release) for each in chapters for release in each.changed}, key=_number)
    breaking = sum(each.breaks_the_rule for each in chapters)
    said = f"Rows are experiments, columns are releases from {history.releases[0]} to {history.releases[-1]}. "
    said += f"{breaking} of {len(chapters)} experiments measured something else than the rule of the two bounds says, "
    said += f"on some release. What is measured changes with {', '.join(changed)}." if changed else "on some release."
    return said


def _number(minor: str) -> tuple[int, int]:
    major, _, second = minor.partition(".")
    return int(major), int("".join(digit for digit in second[:2] if digit.isdigit()))


def _legend(chapters: Sequence[Chapter]) -> list[dict[str, object]]:
    there = {outcome for each in chapters for outcome in each.by_release.values()}
    keys, x = [], 6
    for outcome, (kind, glyph, on) in KINDS.items():
        if outcome in there:
            keys.append({"x": x, "kind": kind, "glyph": glyph, "on": on, "says": words.verdict(outcome)})
            x += 46 + 6 * len(words.verdict(outcome))
    keys.append({"x": x, "kind": "change", "glyph": "", "on": "", "says": "from here on another result than before"})
    return keys


def _bands(history: History) -> list[dict[str, object]]:
    """Return where TensorFlow 2 begins, and where tf.estimator is had through the bridge only."""
    bands, before = [], ""
    for at, record in enumerate(history.records):
        versions = record.header.versions
        says = "bridged" if versions.estimator == "bridged" else f"TensorFlow {versions.tensorflow.partition('.')[0]}"
        if says != before:
            bands.append({"x": LEFT + PITCH * at, "says": says})
        before = says
    return bands


def _groups(chapters: Sequence[Chapter], history: History) -> tuple[list[dict[str, object]], int]:
    """Return the rows, those first of which releases differ, and the height that they take."""
    order = {release: at for at, release in enumerate(history.releases)}
    changing = sorted((each for each in chapters if each.changed), key=lambda each: (order[each.changed[0]], each.name))
    rest = sorted(
        (each for each in chapters if not each.changed), key=lambda each: (not each.breaks_the_rule, each.name)
    )
    groups, y = [], TOP
    for says, of_group in (("releases differ", changing), ("the same on every release that has it", rest)):
        if of_group:
            rows = [_row(each, history, y + PITCH * at) for at, each in enumerate(of_group)]
            groups.append({"says": says, "y": y, "rows": rows})
            y += PITCH * len(of_group) + BETWEEN_GROUPS
    return groups, y - BETWEEN_GROUPS + 8


def _row(chapter: Chapter, history: History, y: int) -> dict[str, object]:
    """Return a row: its boxes of one kind as one path, and its signs as one text, which keeps the file small."""
    at_x = {release: LEFT + PITCH * at for at, release in enumerate(history.releases)}
    fills = []
    for outcome in dict.fromkeys(chapter.by_release.values()):
        kind, glyph, on = KINDS[outcome]
        lefts = [at_x[release] for release, each in chapter.by_release.items() if each is outcome]
        path = "".join(f"M{x} {y}h{CELL}v{CELL}h-{CELL}z" for x in lefts)
        fills.append({"kind": kind, "path": path, "signs": glyph * len(lefts), "on": on, "at": _centres(lefts)})
    marks = "".join(f"M{at_x[release] - 2.5:g} {y - 1}h3v{CELL + 2}h-3z" for release in chapter.changed)
    says = words.spans(chapter.outcomes, history)
    return {"name": chapter.name, "title": chapter.title, "says": says, "y": y, "fills": fills, "marks": marks}


def _centres(lefts: Sequence[int]) -> str:
    return " ".join(f"{x + CELL / 2:g}" for x in lefts)
