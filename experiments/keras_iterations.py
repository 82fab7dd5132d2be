"""Keras: optimizer.iterations where the data runs out."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "optimizer.iterations is the number of steps."
FOUND = (
    "Depends on whether the data runs out. An attempt to train that finds no data is counted too: once in each epoch "
    "that reaches the end of data of unknown size, and once in each epoch that steps_per_epoch makes too long; in "
    "Keras 2 since 2.11, and in Keras 3 until 3.6 also if the size is known. A learning-rate schedule counts these "
    "attempts as well."
)
INSTEAD = "Count batches in a callback, and `repeat()` the data, so that it never runs out."
SOURCE = "https://keras.io/api/optimizers/"

_PLAN = Plan(examples=12, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=4)
_CASES = {
    "data of known size": _PLAN,
    "data of unknown size": _PLAN._replace(known_size=False),
    "steps_per_epoch above the data": _PLAN._replace(steps_per_epoch=4),
    "steps_per_epoch below the data": _PLAN._replace(steps_per_epoch=2),
    "endless data": _PLAN._replace(num_epochs=None, steps_per_epoch=2),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

_UNCOUNTED = {">=1.3": 0}
_BY_CASE = {
    "Keras 2: data of unknown size": {"<2.11": 0, ">=2.11": 1},
    "Keras 2: steps_per_epoch above the data": {"<2.11": 0, ">=2.11": 1},
    "Keras 2: steps_per_epoch below the data": {"<2.11": 0, ">=2.11": 1},
    "Keras 3: data of unknown size": {">=2.16": 4},
    "Keras 3: steps_per_epoch above the data": {"keras<3.7": 4, "keras>=3.7": 0},
    "Keras 3: steps_per_epoch below the data": {"keras<3.7": 2, "keras>=3.7": 0},
}
EXPECTED = dict(
    {case: {"iterations_beyond_steps": _BY_CASE.get(case, _UNCOUNTED)} for case in PLANS},
    **{"Keras 3: data of unknown size": {"iterations_beyond_steps": {"keras<3.16.dev0": 4, "keras>=3.16.dev0": 0}}},
)

CHANGES = {
    "keras>=3.16.dev0": Change(
        says="Since Keras 3.16 (a nightly), fit checks for more data before it trains, so it no longer counts the end "
        "of data of unknown size.",
        do="Count batches in a callback: that number is the same on every release.",
        source="https://github.com/keras-team/keras/blob/master/keras/src/backend/tensorflow/trainer.py",
    ),
    "2.11": Change(
        says="An attempt to train that found no data was not counted. Since 2.11 the optimizers count it in iterations.",
        do="Call repeat() on the data if anything depends on optimizer.iterations",
        source="https://github.com/keras-team/keras/blob/v2.11.0/keras/optimizers/optimizer_experimental/optimizer.py",
    ),
    "keras>=3,keras<3.7": Change(
        says="Since Keras 3.7 the end of data whose size is known is not noticed by an attempt to train, which was "
        "counted.",
        do="Call repeat() on the data if anything depends on optimizer.iterations",
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
    "keras>=3": Change(
        says="Keras 2 stops training when the data runs out, and counts the attempt that found no data once. Keras 3 "
        "ends only the epoch; on data of unknown size it counts such an attempt in each epoch.",
        do="Repeat the data if anything depends on optimizer.iterations.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    before = watch.iterations
    watch.fit(**fit_data.training(plan))
    observed = watch.observe()
    observed["measured"]["iterations_beyond_steps"] = watch.iterations - before - len(watch.batches)
    return observed
