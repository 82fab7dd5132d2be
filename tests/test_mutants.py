"""Injected faults: the experiments notice a TensorFlow that misbehaves, and say what is wrong with it.

pytest tests/test_mutants.py -rP -k table    # the table of them
pytest tests/test_mutants.py -rP             # and what each experiment said of them
"""

import re

import pytest
from mutants import MUTANTS
from test_experiments import measured

from estimator_semantics.host import mutants
from estimator_semantics.host.verdict import Outcome
from estimator_semantics.probe import environment

TABLE = mutants.table()
# Faults of Keras 3 are put in where it is: TensorFlow brings it since 2.16.
KERAS_3 = (environment.versions()["keras"] or "").startswith("3.")
HERE = [each for each in TABLE if KERAS_3 or "Keras 3" not in each.name]


def test_there_are_enough_of_them_and_each_is_in_the_table():
    for each in TABLE:
        print(f"{each.name} | {each.imitates} | {each.experiment} | {each.says}")
    assert len(MUTANTS) >= 25
    assert {each.name for each in TABLE} == set(MUTANTS)


@pytest.mark.parametrize("mutant", HERE, ids=lambda mutant: f"{mutant.name}, {mutant.experiment}")
def test_a_mutant_is_caught_by_what_it_does(tf, monkeypatch, mutant):
    MUTANTS[mutant.name](monkeypatch)
    verdict = measured(tf, mutant.case)
    said = "; ".join(map(str, verdict.differences))
    print(f"{mutant.name} | {mutant.imitates} | {mutant.experiment} | {said}")
    assert verdict.outcome is Outcome.DEVIATES
    assert re.search(mutant.says, said), said
