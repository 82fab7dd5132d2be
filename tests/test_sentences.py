"""What experiments say: every number is one that was planned, predicted or measured, and every release a turning point.

The sentences are written by hand, so that they read well. Here they are held against the plans, the law, what is expected of each
release, and the records. Needs no TensorFlow.

Runs on macOS and Windows too.
"""

import ast
import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from estimator_semantics import law
from estimator_semantics.host import experiments, packaged
from estimator_semantics.host.record import Record
from estimator_semantics.host.verdict import documented_for, prediction
from estimator_semantics.host.words import minor
from estimator_semantics.probe.experiment import split_name

RECORDS = packaged.records()
OF_KERAS = packaged.records_of_keras()

# The parts of an experiment that say something, and measure nothing.
SAID = ("CLAIM", "FOUND", "SOURCE", "EXPECTED", "CHANGES", "INSTEAD", "SLOW", "NEEDS")

# Numbers in names.
NAMES = re.compile(r"\b(?:Keras|TensorFlow|NumPy) [123]\b(?!\.)|\bPython 3\.\d+|\b2\*\*63(?: - 1)?|\b1/e\b|\b64-bit\b")

# What is in the words of those who claim it, or for the reader to choose.
OF_THE_READER = {
    "checkpoints_off": ["1000"],  # save_checkpoints_steps
    "evaluation_points": ["600"],  # throttle_secs by default
    "evaluation_restarts_data": ["86400"],  # throttle_secs
    "faster_route": ["100"],  # steps in a session.run
    "one_epoch_or_several": ["1,000", "100"],  # steps
    "weights_after_steps": ["0.2"],  # learning rate by default
}

NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w|\.\d)")
RELEASE = re.compile(r"[123]\.\d{1,2}")


def said(name: str) -> str:
    """Return all that an experiment claims, found, explains and advises."""
    specification = experiments.specifications(name)[0]
    explained = [text for change in specification.changes.values() for text in (change.says, change.do)]
    return " ".join([specification.claim, specification.found, specification.instead, *explained])


def number(text: str) -> float:
    return float(text.replace(",", ""))


def numbers(value: Any) -> Iterator[float]:
    """Return all numbers in a value, however deep, also those in words."""
    if isinstance(value, str):
        yield from map(number, NUMBER.findall(value))
    elif isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, dict):
        yield from numbers([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from numbers(each)


@functools.cache
def known(name: str) -> frozenset[float]:
    """Return all numbers that are planned, predicted, expected or measured in an experiment."""
    known: list[Any] = [constants(name)]
    for case in experiments.specifications(name):
        known += [case.name, *case.plans.values()]
        known += [list(by_environment.values()) for by_environment in case.expected.values()]
        for scale, plan in case.plans.items():
            for record in RECORDS:
                versions = record.header.versions
                known.append(prediction(case, scale, versions.tensorflow, versions.keras))
            if plan.strategy is None:
                # What the data alone allows, and an epoch of it.
                alone = plan._replace(steps=None, max_steps=None)
                known += [law.predict(each).steps or 0 for each in (alone, alone._replace(num_epochs=1))]
    for record in RECORDS + OF_KERAS:
        known += [each.measured for each in record.results if split_name(each.experiment)[0] == name]
    return frozenset(numbers(known))


def constants(name: str) -> list[float]:
    """Return the numbers in the code of an experiment, where it is not what the experiment says."""
    tree = ast.parse((experiments.folder() / f"{name}.py").read_text("utf-8"))
    code = [
        statement
        for statement in tree.body
        if not (isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") in SAID)
    ]
    return [
        node.value
        for statement in code
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    ]


@functools.cache
def turning_points(name: str) -> frozenset[str]:
    """Return the minors of TensorFlow and of Keras 3 that answer otherwise than the one before; also the first ones."""
    turns = set()
    for records, distribution in ((RECORDS, "tensorflow"), (OF_KERAS, "keras")):
        releases = [minor(getattr(record.header.versions, distribution)) for record in records]
        answers = [answer(name, record) for record in records]
        turns.add(releases[0])
        turns.update(
            new
            for (old, before), (new, after) in itertools.pairwise(zip(releases, answers, strict=True))
            if after != before and beside(old, 1) == new
        )
    # Not every minor of Keras 3 was measured: which of them it is, is in what is expected.
    for case in experiments.specifications(name):
        conditions = [*case.changes, *(each for by_environment in case.expected.values() for each in by_environment)]
        turns.update(each for condition in conditions for each in re.findall(r"keras[<>]=?(3\.\d+)", condition))
    return frozenset(turns)


def answer(name: str, record: Record) -> list[Any]:
    """Return what an environment answers: of each case that it has, what is predicted and expected."""
    versions = record.header.versions
    absent = {each.experiment for each in record.results if each.status == "absent"}
    return [
        case.name not in absent
        and {**prediction(case, "quick", versions.tensorflow, versions.keras), **documented_for(case, versions)}
        for case in experiments.specifications(name)
    ]


def beside(release: str, places: int) -> str:
    """Return the minor one place after a minor (1), or before it (-1)."""
    major, minor_ = map(int, release.split("."))
    return {("1.15", 1): "2.0", ("2.0", -1): "1.15"}.get((release, places), f"{major}.{minor_ + places}")


def implied(text: str) -> Iterator[tuple[str, str]]:
    """Return the turning points that the releases in a text imply, each with the words that do.

    "Since 1.10" and "before 1.10" imply one at 1.10, "until 1.9" and "up to 1.9" one at the release after it, and "1.9 and 1.10",
    "from 1.9 to 1.10" or "in 1.9" one at the first and one after the last.
    """
    one = rf"(?:Keras |TensorFlow )?{RELEASE.pattern}"
    several = rf"(?<![\w.,])(?:(\w+) )?{one}(?:(?:, | and | or | to ){one})*(?![\d%])( or later| and later)?"
    for match in re.finditer(several, text):
        words, releases = match.group(), RELEASE.findall(match.group())
        lead = (match.group(1) or "").lower()
        if lead in ("since", "before") or match.group(2):
            yield from ((release, words) for release in releases)
        elif lead in ("to", "until"):
            yield from ((beside(release, 1), words) for release in releases)
        elif " to " in words:
            yield from ((releases[0], words), (beside(releases[-1], 1), words))
        else:
            yield from ((release, words) for release in releases if beside(release, -1) not in releases)
            yield from ((beside(release, 1), words) for release in releases if beside(release, 1) not in releases)


def is_ambiguous(text: str) -> bool:
    """Return whether a text may be a release or a number: 2.5, but not 2.0, because nobody writes the number 2 like that."""
    return bool(RELEASE.fullmatch(text)) and text == f"{float(text):g}"


def faults(name: str, text: str) -> list[str]:
    """Return the numbers and the releases in a text that an experiment knows nothing of."""
    text = NAMES.sub(" ", text)
    values = known(name)
    unfounded = []
    for match in NUMBER.finditer(text):
        of_text, value = match.group(), number(match.group())
        if text[match.end() :].startswith(" %"):
            there = value in {round(100 * each) for each in values}
        else:
            there = value in values or of_text in OF_THE_READER.get(name, ())
        if there and is_ambiguous(of_text):
            text = text[: match.start()] + re.sub(r"\d", "#", of_text) + text[match.end() :]
        elif not there and not RELEASE.fullmatch(of_text):
            unfounded.append(f"{of_text}: neither planned nor measured")
    points = turning_points(name)
    unfounded += [f"{words}: nothing changes in {release}" for release, words in implied(text) if release not in points]
    return unfounded


@pytest.mark.parametrize("name", experiments.known())
def test_every_number_is_planned_or_measured_and_every_release_a_turning_point(name):
    assert faults(name, said(name)) == []


@pytest.mark.parametrize("name", experiments.known())
def test_a_change_names_the_release_that_it_is_of(name):
    for since, change in experiments.specifications(name)[0].changes.items():
        if since[0].isdigit():
            assert since in {release for release, _ in implied(NAMES.sub(" ", change.says))}, f"{since}: {change.says}"


def edits(name: str) -> Iterator[tuple[str, str, str]]:
    """Return for each release and each large number of an experiment: it, what it is changed to, and the text with that."""
    text = said(name)
    for match in NUMBER.finditer(NAMES.sub(lambda name: "_" * len(name.group()), text)):
        given = match.group()
        if RELEASE.fullmatch(given) and not (is_ambiguous(given) and number(given) in known(name)):
            others = [beside(given, 1), beside(given, -1)]
        else:
            others = [f"{int(number(given)) + 1:,}"] if number(given) >= 1000 else []
        for other in others:
            yield given, other, text[: match.start()] + other + text[match.end() :]


def test_a_number_or_a_release_that_is_changed_is_noticed():
    assert faults("steps_implicit", said("steps_implicit").replace("175,000", "175,001")) == [
        "175,001: neither planned nor measured"
    ]
    tried = [(name, *edit) for name in experiments.known() for edit in edits(name)]
    missed = [(name, given, other) for name, given, other, text in tried if not faults(name, text)]
    # Where a behaviour changes in two minors, one after the other, either is a turning point, and one is taken for the other.
    assert all(RELEASE.fullmatch(given) for _, given, _ in missed), missed
    assert len(missed) < len(tried) / 7
