"""The figures of the README: each is what the law says, what was recorded, or what is in the catalogue.

Needs no TensorFlow.
"""

import re
from pathlib import Path

import pytest

from estimator_semantics.host import catalogue, costs, experiments, packaged
from estimator_semantics.host.catalogue import DEFAULT
from estimator_semantics.host.record import Record
from estimator_semantics.host.verdict import prediction
from estimator_semantics.host.words import minor

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
RECORDS = packaged.records()
THE_THREE = {
    "": "steps_implicit",
    ", steps=200000": "steps_above_epoch_bound",
    ", steps=1000": "steps_below_epoch_bound",
}

# In addresses; and the arguments of examples, which are those of the three trainings.
ADDRESS = re.compile(r"https?://\S+")
LARGE = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d{4,})(?![\w.])")


def only(pattern: str) -> tuple[str, ...]:
    """Return the groups of the one place of the README that a pattern matches, wherever its lines end."""
    (found,) = re.finditer(pattern.replace(" ", r"\s+"), README)
    return found.groups()


def record_of(release: str) -> Record:
    """Return the record of a release."""
    return next(record for record in RECORDS if record.header.versions.tensorflow == release)


def test_the_table_is_what_was_predicted_and_measured_at_full_scale():
    row = r"^\| [^|]+ \| `estimator\.train\(input_fn(.*)\)` \| ([\d,]+) steps \| ([\d,]+) steps \|$"
    rows = re.findall(row, README, re.MULTILINE)
    assert [bound for bound, _, _ in rows] == list(THE_THREE)
    for bound, predicted, measured in rows:
        case = experiments.find(THE_THREE[bound])
        assert bound == (f", steps={case.plans['full'].steps}" if case.plans["full"].steps else "")
        assert predicted == f"{prediction(case, 'full', DEFAULT)['steps']:,}"
        (result,) = [each for each in record_of(DEFAULT).results if each.case == (case.name, "full")]
        assert measured == f"{result.measured['steps']:,}"


def test_the_plan_is_that_of_the_three_trainings():
    given = only(r"`numpy_input_fn\(.*, batch_size=(\d+), num_epochs=(\d+), shuffle=(\w+)\)` on ([\d,]+) examples")
    for name in THE_THREE.values():
        plan = experiments.find(name).plans["full"]
        assert given == (str(plan.batch_size), str(plan.num_epochs), str(plan.shuffle), f"{plan.examples:,}")


def test_every_large_number_is_of_the_three_trainings():
    known = {"10000"}
    for name in THE_THREE.values():
        case = experiments.find(name)
        for scale, plan in case.plans.items():
            counts = [plan.examples, plan.steps or 0, prediction(case, scale, DEFAULT)["steps"]]
            known.update(text for count in counts for text in (f"{count:,}", str(count)))
    assert set(LARGE.findall(ADDRESS.sub(" ", README))) <= known


def test_the_releases_are_those_that_were_measured():
    # The newest one is not named, so that a release is one row and one record.
    assert only(r"on every release since ([\d.]+),") == (minor(RECORDS[0].header.versions.tensorflow),)
    bridged = [each.header.versions for each in RECORDS if each.header.versions.estimator == "bridged"]
    assert only(r"uses `tf\.estimator` on TensorFlow ([\d.]+) and later\.") == (minor(bridged[0].tensorflow),)
    on_3_9 = [
        release.version
        for release in catalogue.releases()
        if release.estimator == "bridged" and "3.9" in release.pythons
    ]
    assert only(r"On Python 3\.9, which TensorFlow ([\d.]+) to ([\d.]+) still") == (minor(on_3_9[0]), minor(on_3_9[-1]))
    native = [each.header.versions.tensorflow for each in RECORDS if each.header.versions.estimator == "native"]
    assert only(r"on TensorFlow (\S+) \(the last release with its own `tf\.estimator`\)") == (native[-1],) == (DEFAULT,)
    assert only(r"package tensorflow-estimator ([\d.]+) through") == (bridged[-1].tensorflow_estimator,)
    pythons = [tuple(map(int, record.header.versions.python.split(".")[:2])) for record in RECORDS]
    assert only(r"where the TensorFlow under test is: Python ([\d.]+) to ([\d.]+),") == tuple(
        "{}.{}".format(*found) for found in (min(pythons), max(pythons))
    )


@pytest.mark.parametrize(
    ("pattern", "title", "rows", "places"),
    [
        (
            r"took ([\d.]+) s like this, and ([\d.]+) s as in the answer",
            "seconds of Estimator.train, 175,000 steps",
            ["Estimator, faster.numpy_input_fn, steps_per_run 100", "Estimator, numpy_input_fn (as in the answer)"],
            1,
        ),
        (r"the others take about (\d+) s on two cores", "check of a warm environment", ["check"], -1),
    ],
)
def test_what_takes_how_long_is_what_was_timed(pattern, title, rows, places):
    recorded = costs.recorded()
    table = recorded.tables[title]
    assert [float(given) for given in only(pattern)] == [round(table.rows[row].median, places) for row in rows]
    assert recorded.machine.cpus == 2
    assert table.tensorflow == DEFAULT
