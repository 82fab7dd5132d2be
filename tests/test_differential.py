"""The law against TensorFlow at random: Hypothesis draws trainings, and the Estimator carries them out.

A training on which the two disagree is made smaller until nothing can be left out of it. The fixed sample that all releases
answer is experiments/random_plans.py.
"""

import itertools
import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, find, given, settings
from hypothesis import strategies as st

from estimator_semantics import law
from estimator_semantics.host import environments
from estimator_semantics.law import Plan
from estimator_semantics.law.plan import INPUTS
from estimator_semantics.probe import random_trainings, synthetic

TRAININGS = 200

# A training takes 0.02 s, but the first one, and those on a machine that does something else, take longer.
AT_EASE = settings(max_examples=TRAININGS, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)


@st.composite
def calls(draw) -> Plan:
    """Draw one call of train, from global step 0."""
    source = draw(st.sampled_from(INPUTS))
    in_numpy = source == "numpy_input_fn"
    # In one choice, the simplest first, so that every other one can be made simpler in one step.
    num_epochs = draw(st.sampled_from([1, 2, 3, 4, 0, None]))
    bound = draw(st.sampled_from([None, "steps", "max_steps"]))
    # shuffle(...).repeat(0) is refused; see experiments/no_epochs.py.
    may_shuffle = num_epochs != 0 or source != "repeat, then batch"
    return Plan(
        examples=draw(st.integers(1 if in_numpy else 0, 17)),
        batch_size=draw(st.integers(1, 9)),
        num_epochs=num_epochs,
        steps=draw(st.integers(1, 20)) if bound == "steps" else None,
        max_steps=draw(st.integers(1, 30)) if bound == "max_steps" else None,
        shuffle=may_shuffle and draw(st.booleans()),
        input=source,
        drop_remainder=not in_numpy and draw(st.booleans()),
        num_threads=draw(st.integers(1, 4)) if in_numpy else 1,
    )


@st.composite
def trainings(draw) -> tuple[Plan, ...]:
    """Draw one to three calls of train, one after another in one model_dir; those before the last one end."""
    global_step = draw(st.integers(0, 12))
    training: list[Plan] = []
    # As a list, from which any call can be left out when a training is made smaller.
    for call in draw(st.lists(calls(), min_size=1, max_size=3)):
        training.append(call._replace(global_step=global_step))
        predicted = law.predict(training[-1])
        # What takes longer is taken for endless; see agreement.LIMIT.
        assume(predicted.steps is None or predicted.steps < 60)
        global_step = predicted.global_step
        if global_step is None:
            break
    return tuple(training)


@pytest.fixture
def differ(tf):
    """Carries out a training and returns where it is not as the law says."""
    from estimator_semantics.probe import agreement
    from estimator_semantics.probe.adapter import Absent

    memory = Path("/dev/shm")
    number = itertools.count()
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:

        def carried_out(training) -> list[str]:
            try:
                return agreement.disagreements(training, f"{folder}/{next(number)}", tf.version)
            except Absent as absent:
                assert tf.version in str(absent)
                return []

        yield carried_out


def test_the_law_agrees_with_tensorflow_on_plans_drawn_at_random(differ):
    tried = []

    @AT_EASE
    @given(trainings())
    def agree(training):
        tried.append(training)
        assert differ(training) == []

    agree()
    assert len(tried) >= TRAININGS


def test_a_law_that_is_wrong_is_found_out_with_the_smallest_plan(differ, monkeypatch):
    """Here the law forgets the ragged batch: of all plans that show it one with a single example is the smallest."""
    monkeypatch.setattr(law.data.Data, "_batches_of_round", lambda data: data.round // data.batch_size)
    # How small it gets may depend on where the search begins: here always at the same place.
    always_alike = settings(AT_EASE, derandomize=True)
    smallest = find(trainings(), lambda training: bool(differ(training)), settings=always_alike)
    assert smallest == (Plan(examples=1, batch_size=2, num_epochs=1, shuffle=False),)


def test_the_same_trainings_are_drawn_on_every_python():
    code = (
        f"import sys; sys.path.insert(0, {str(environments.__file__)!r}.rpartition('/estimator_semantics/')[0])\n"
        "from estimator_semantics.probe import random_trainings, synthetic\n"
        "print(random_trainings.draw(synthetic.SEED, 50))\n"
    )
    here = str(random_trainings.draw(synthetic.SEED, 50)) + "\n"
    found = {minor: environments.interpreter(f"3.{minor}") for minor in range(6, 15)}
    for python in filter(None, found.values()):
        assert subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout == here, python


def test_what_is_drawn_covers_what_a_plan_has():
    drawn = [plan for training in random_trainings.draw(synthetic.SEED, 50) for plan in training]
    assert len(drawn) >= 50
    assert {plan.input for plan in drawn} == set(INPUTS)
    for field in ("shuffle", "drop_remainder"):
        assert {getattr(plan, field) for plan in drawn} == {False, True}
    for field in ("steps", "max_steps", "num_epochs"):
        assert {getattr(plan, field) is None for plan in drawn} == {False, True}, field
    assert {law.predict(plan).bound for plan in drawn} == {"steps", "max_steps", "epochs", None}
    assert len({plan.num_threads for plan in drawn}) == 3
    assert any(plan.global_step for plan in drawn) and any(law.predict(plan).steps == 0 for plan in drawn)
    for plan in drawn:
        law.check(plan)
