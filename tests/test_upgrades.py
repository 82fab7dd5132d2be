"""What an upgrade changes, by the records that come with the project. Needs no TensorFlow. Runs on macOS and Windows too."""

import itertools
import json
from collections import Counter
from xml.etree import ElementTree

import pytest

from estimator_semantics.host import consequence, packaged, words
from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.diff import diff
from estimator_semantics.host.report.chapters import quick
from estimator_semantics.host.shift import FAILING, Kind
from estimator_semantics.host.views import FORMATS, text
from estimator_semantics.probe import causes
from estimator_semantics.probe.experiment import split_name

PACKAGED = [quick(record) for record in packaged.records()]
RELEASES = {words.minor(record.header.versions.tensorflow): record for record in PACKAGED}


def test_what_tf_keras_is_on_each_side_is_compared():
    found = diff(RELEASES["2.15"], RELEASES["2.21"], PACKAGED)
    first = found.entries[0]
    assert (first.experiment, first.kind) == ("keras_steps_per_epoch", Kind.CHANGED)
    assert first.cause == causes.KERAS_3 and words.times(first.shifts, is_upgrade=True) == "since 2.16"
    assert ("Dataset, above", "steps", 3, 12) in [
        (shift.case, shift.behaviour, shift.old, shift.new) for shift in first.shifts
    ]
    of_cause = [entry.experiment for entry in found.entries if entry.cause == causes.KERAS_3]
    assert [entry.experiment for entry in found.entries[: len(of_cause)]] == of_cause and len(of_cause) > 5


def test_each_keras_can_be_compared_with_itself():
    found = diff(RELEASES["2.15"], RELEASES["2.21"], PACKAGED, each_keras=True)
    (epochs,) = [
        entry for entry in found.entries if entry.experiment == "keras_initial_epoch" and entry.kind is not Kind.NEW
    ]
    assert [(shift.case, shift.behaviour) for shift in epochs.shifts if shift.kind is Kind.CHANGED] == [
        ("Keras 2: epochs=0", "raises")
    ]
    assert not [entry for entry in found.entries if entry.cause == causes.KERAS_3]


def test_the_worst_comes_first():
    found = diff(RELEASES["1.9"], RELEASES["2.15"], PACKAGED)
    assert found.entries[0].experiment == "train_and_evaluate_max_steps"
    longer = [
        entry.experiment
        for entry in found.entries
        if entry.consequence is Consequence.STEPS and entry.kind is not Kind.NEW
    ]
    assert {"train_and_evaluate_max_steps", "single_node_cluster", "parameter_server_late_worker"} == set(longer)
    kinds = [entry.kind is Kind.NEW for entry in found.entries]
    assert kinds == sorted(kinds), "what is new comes last"
    names = [entry.experiment for entry in found.entries]
    assert len(names) == len(set(names)), "each experiment is listed once"


@pytest.mark.parametrize(("old", "new"), [("1.9", "2.15"), ("2.15", "2.21"), ("2.15", "2.16")])
def test_every_change_of_the_number_of_steps_is_on_the_first_screen(old, new):
    found = diff(RELEASES[old], RELEASES[new], PACKAGED)
    screen = text.render(found, width=80).splitlines()[:24]
    for entry in found.entries:
        if entry.consequence is Consequence.STEPS and entry.kind is not Kind.NEW:
            (line,) = [line for line in screen if entry.experiment[:27] in line]
            assert " -> " in line and len(line) <= 80


def test_every_format_has_the_same_counts():
    # Every pair of releases; the page is held to the same counts in test_page_content.py.
    for old, new in itertools.combinations(PACKAGED, 2):
        found = diff(old, new, PACKAGED)
        happened = Counter({entry.experiment: entry.kind.value for entry in found.entries}.values())
        assert len({entry.experiment for entry in found.entries}) == len(found.entries)
        expected = {**dict(happened), "the same": len(found.compared) - len(found.entries)}
        assert {name: count for name, count in found.counts.items() if count or name == "the same"} == expected
        said = words.counted(found)
        assert said in " ".join(text.render(found).split()) and said in FORMATS["markdown"](found)
        as_json = json.loads(FORMATS["json"](found))
        assert (as_json["counts"], as_json["behaviours"], len(as_json["entries"])) == (
            found.counts,
            len(found.compared),
            len(found.entries),
        )
        suite = ElementTree.fromstring(FORMATS["junit"](found).encode())
        failing = sum(found.counts[kind.value] for kind in FAILING)
        assert (suite.get("tests"), suite.get("failures")) == (str(len(found.compared)), str(failing))
        assert len(list(suite.iter("failure"))) == failing
        assert found.status == (1 if failing else 0) == as_json["status"]


def test_every_behaviour_that_was_measured_is_of_a_known_consequence():
    unknown = {
        (name, behaviour)
        for record in PACKAGED
        for result in record.results
        for behaviour in result.measured or ()
        if consequence.by_name(name := split_name(result.experiment)[0], behaviour) is None
    }
    assert not unknown, "host/consequence.py does not know what these affect"


@pytest.mark.parametrize(
    ("experiment", "behaviour", "old", "new", "affected"),
    [
        ("steps_implicit", "steps", 10, 20, Consequence.STEPS),
        ("steps_implicit", "steps", 10, None, Consequence.STEPS),
        ("values_of_steps", "2 ** 63", "no end within 20 steps", "OverflowError", Consequence.FAILURE),
        ("keras_no_batch", "raises", None, "ValueError", Consequence.FAILURE),
        ("keras_steps_per_epoch", "steps_by_epoch", [4, 4, 4, 0], [3, 3, 3, 3], Consequence.DATA),
        ("keras_steps_per_epoch", "steps_by_epoch", [3], [3, 3], Consequence.STEPS),
        ("steps_implicit", "usage", {"1": 10}, {"2": 5}, Consequence.DATA),
        ("saved_steps", "checkpoints", [1, 11], [0, 10], Consequence.SAVING),
        ("weights_after_steps", "bias", 1.0, 1.1, Consequence.WEIGHTS),
        ("new_experiment", "something", 1, 2, Consequence.OTHER),
    ],
)
def test_a_change_is_weighed_by_what_it_affects(experiment, behaviour, old, new, affected):
    assert consequence.of(experiment, behaviour, old, new) is affected
