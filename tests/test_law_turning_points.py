"""The turning points of the law, held to the records: each coincides with a shift in what its experiment measured.

Needs no TensorFlow. Runs on macOS and Windows too.
"""

import re
from functools import cache

import pytest
from packaging.version import Version

from estimator_semantics import law
from estimator_semantics.host import packaged
from estimator_semantics.law import schema, turning_points
from estimator_semantics.law.calls import calls
from estimator_semantics.law.release import is_before
from estimator_semantics.law.turning_points import Turn

DECLARED = {name: value for name, value in vars(turning_points).items() if isinstance(value, Turn)}
SINCE = {each.name: each.since for argument in schema.ARGUMENTS for each in (argument, *argument.choices) if each.since}
TURNS = {**DECLARED, **{f"since of {name}": turn for name, turn in SINCE.items() if turn not in DECLARED.values()}}

# Before this one the order of events decides, so that a record may by chance be as those after it: all that there are count.
BY_CHANCE = turning_points.REPLICAS_IN_ORDER


@cache
def records(of):
    """Return the records of releases of TensorFlow, or of Keras, the oldest first, each with its results by case."""
    every = packaged.records()
    if of == "keras":
        # Before Keras 3 comes the last Keras 2 that is a package of its own.
        before = [each for each in every if re.match(r"2\.\d+\.\d+$", each.header.versions.keras or "")]
        every = [before[-1], *packaged.records_of_keras()]
    in_order = sorted(every, key=lambda record: Version(getattr(record.header.versions, of)))
    return [(record.header.versions, {result.experiment: result for result in record.results}) for record in in_order]


def around(turn):
    """Return the records before a turning point that are compared, and the first one after it."""
    sides = [
        (is_before(getattr(versions, turn.of), turn), (versions, results)) for versions, results in records(turn.of)
    ]
    before = [record for is_old, record in sides if is_old]
    after = [record for is_old, record in sides if not is_old]
    assert before and after, f"there are no records on both sides of {turn}"
    return before if turn == BY_CHANCE else before[-1:], after[0]


def says(plan, versions):
    """Return what the law says of a plan on a release: that it is absent, or how long it trains, and what else there is."""
    keras = versions.keras if plan.keras == 3 else None
    try:
        law.check_release(plan, versions.tensorflow, keras)
    except law.InvalidPlan:
        return "absent", [call.code for call in calls(law.Plan(1, 1), versions.tensorflow)]
    return (
        law.predict(plan, versions.tensorflow, keras)
        if plan.strategy is None
        else law.predict_cluster(plan, versions.tensorflow)
    )


def shifts(turn):
    """Return whether the experiment of a turning point measured something else from it on, and whether the law says so."""
    before, (versions, results) = around(turn)
    measured, said = set(), set()
    for name in results:
        if name.partition("[")[0] == turn.experiment:
            plan = law.check(law.Plan(**results[name].plan))
            for older, answers in before:
                if name in answers and (answers[name].status, answers[name].measured) != (
                    results[name].status,
                    results[name].measured,
                ):
                    measured.add(name)
                if says(plan, older) != says(plan, versions):
                    said.add(name)
    return measured, said


@pytest.mark.parametrize("name", [name for name, turn in TURNS.items() if turn.experiment])
def test_the_law_turns_where_the_records_do(name):
    turn = TURNS[name]
    measured, said = shifts(turn)
    assert measured and said
    # In the same case, but where chance decides on what was measured.
    assert measured & said or turn == BY_CHANCE


@pytest.mark.parametrize("name", [name for name, turn in TURNS.items() if not turn.experiment])
def test_what_is_no_experiment_changes_in_the_header_of_the_records(name):
    turn = TURNS[name]
    before, (after, _) = around(turn)
    assert getattr(before[-1][0], turn.version) != getattr(after, turn.version)


@pytest.mark.parametrize("name", TURNS)
def test_a_turning_point_has_a_source(name):
    assert re.match(r"https://\S+$", TURNS[name].source)


@pytest.mark.parametrize("name", ["CALLS_INPUT_FN_ONCE", "DROP_REMAINDER", "STEPS_PER_EXECUTION", "COUNTS_BATCHES"])
def test_the_minor_before_and_the_one_after_are_none(name):
    turn = TURNS[name]
    major, second = turn.minor
    assert all(shifts(turn))
    for other in (second - 1, second + 1):
        measured, said = shifts(turn._replace(minor=(major, other)))
        assert not measured & said


def test_no_module_of_the_law_names_a_release_but_the_one_with_the_turning_points():
    from estimator_semantics.host import translation

    for name in (*translation.MODULES, "calls"):
        text = (translation.TEMPLATES.parents[1] / "law" / f"{name}.py").read_text(encoding="utf-8")
        assert name == "turning_points" or not re.search(r"= \(\d, \d+\)|, \(\d, \d+\)\)", text), name
