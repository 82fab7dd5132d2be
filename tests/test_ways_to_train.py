"""What Keras 2 and Keras 3 do differently, in the report. Needs no TensorFlow."""

import pytest

from estimator_semantics.host import packaged
from estimator_semantics.host.history import History
from estimator_semantics.host.report import ways_to_train


@pytest.fixture(scope="module")
def history():
    return History(packaged.records())


def test_each_experiment_that_measured_something_else_is_listed(history):
    of, listed = ways_to_train.generations(history)
    record = history.records[-1]
    assert of.endswith(f"TensorFlow {record.header.versions.tensorflow}")
    measured = {result.experiment: result.measured for result in record.results if result.measured}
    # Whether "Keras 2" is all of a case's name, or only begins it.
    differing = {
        name.partition("[")[0]
        for name, of_keras_2 in measured.items()
        if "[Keras 2" in name and measured.get(name.replace("[Keras 2", "[Keras 3"), of_keras_2) != of_keras_2
    }
    assert "keras_variables" in differing and "keras_epochs" in differing
    assert differing <= {each.name for each in listed}


def test_a_difference_has_a_name_and_two_values(history):
    for each in ways_to_train.generations(history)[1]:
        assert each.differences
        for difference in each.differences:
            assert difference.name and not difference.name.startswith(":")
            assert difference.old != difference.new
