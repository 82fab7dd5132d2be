"""The watch of a fit, on the Keras of this environment: what it counts, and that its counters do not know of each other."""

import pytest

from estimator_semantics.law import Plan
from estimator_semantics.probe import environment

PLAN = Plan(examples=10, batch_size=4, shuffle=False, api="fit", input="arrays", epochs=2)


# The Keras that there are here: up to TensorFlow 2.15 the one that comes with it, since then two packages.
VERSIONS = environment.versions()
THERE = {2: VERSIONS["tf_keras"], 3: VERSIONS["keras"]}
if VERSIONS["tensorflow"] is None or environment.has_native_estimator(VERSIONS["tensorflow"]):
    THERE = {2: "tf.keras"}


@pytest.fixture(params=[keras for keras, version in THERE.items() if version], ids="Keras {}".format)
def plan(request, tf):
    """A plan of each Keras that there is here."""
    return PLAN._replace(keras=request.param)


def fitted(plan, **arguments):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(shuffle=False, **fit_data.training(plan), **arguments)
    return watch


def test_every_batch_is_noted(plan):
    watch = fitted(plan)
    epoch = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert watch.batches == epoch + epoch
    assert watch.by_epoch() == [epoch, epoch]


def test_the_counters_agree(plan):
    observed = fitted(plan).observe()
    assert observed["measured"] == {
        "steps": 6,
        "examples": 20,
        "last_batch": 2,
        "epochs": 2,
        "usage": {"2": 10},
        "steps_by_epoch": [3, 3],
    }
    assert observed["counters"] == {"weights": 6, "callback": 6}


def test_an_update_that_no_callback_hears_of_is_noticed(plan):
    watch = fitted(plan)
    from estimator_semantics.probe import fit_data

    watch.model.train_on_batch(*fit_data.numbers(0, 4))
    observed = watch.observe()
    assert observed["measured"]["steps"] == 7
    assert observed["counters"] == {"weights": 7, "callback": 6}


def test_a_batch_without_an_update_is_noticed(plan):
    watch = fitted(plan)
    from estimator_semantics.probe import fit_data

    watch.model.evaluate(*fit_data.numbers(0, 4), verbose=0)
    observed = watch.observe()
    assert observed["measured"]["steps"] == 7
    assert observed["counters"] == {"weights": 6, "callback": 6}


def test_validation_is_told_from_training(plan):
    from estimator_semantics.probe import fit_data

    watch = fitted(plan, validation_data=fit_data.validation(plan._replace(examples=3)))
    assert watch.by_epoch(validation=True) == [[[64, 65, 66]], [[64, 65, 66]]]
    assert watch.observe()["measured"]["steps"] == 6


def test_one_model_begins_each_fit_at_zero(plan):
    assert fitted(plan).observe() == fitted(plan).observe()
    assert fitted(plan).model is fitted(plan).model


def test_an_error_of_fit_is_observed(plan):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(x=fit_data.numbers(0, 3)[0], y=fit_data.numbers(0, 2)[1])
    assert watch.observe()["measured"]["raises"] == "ValueError"


def test_a_dataset_of_unknown_size_does_not_know_it(tf, plan):
    from estimator_semantics.probe import fit_data

    known = fit_data.dataset(plan._replace(input="batch, then repeat"))
    unknown = fit_data.dataset(plan._replace(input="batch, then repeat", known_size=False))
    cardinality = tf.data.experimental.cardinality
    assert int(cardinality(known)) == 3 and int(cardinality(unknown)) == -2


def test_keras_3_is_absent_before_2_16(tf):
    from estimator_semantics.probe.adapter import Absent

    if tf.minor >= (2, 16):
        assert tf.keras(3) is not None
        return
    with pytest.raises(Absent, match=f"TensorFlow {tf.version} has no Keras 3"):
        tf.keras(3)
