"""Keras: fit(epochs=3)."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "fit(epochs=3) goes over the data three times."
FOUND = (
    "Depends on the data. fit reads arrays and a Dataset in every epoch, with or without a ragged batch. It reads a "
    "generator only once: after that, Keras 2 stops training, and Keras 3 runs empty epochs (until 3.6) or trains on "
    "the first two batches again in each later epoch (since 3.7)."
)
INSTEAD = "Use a generator that never ends, with `steps_per_epoch`; or a `Dataset`."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/39639"

_PLAN = Plan(examples=10, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=3)
_CASES = {
    "arrays": _PLAN._replace(input="arrays"),
    "Dataset": _PLAN,
    "Dataset of unknown size": _PLAN._replace(known_size=False),
    "Dataset, repeated twice, then batched": _PLAN._replace(input="repeat, then batch", num_epochs=2),
    "Dataset, drop_remainder": _PLAN._replace(drop_remainder=True),
    "generator": _PLAN._replace(input="generator"),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

EXPECTED = {
    "Keras 2: generator": {
        "raises": {"<2.0": "ValueError", ">=2.1,<2.2": "ValueError"},
        "steps": {"<2.0": 0, ">=2.0,<2.1": 5},
        "examples": {"<2.0": 0, ">=2.0,<2.1": 18},
        "last_batch": {"<2.0": 0, ">=2.0,<2.1": 4},
        "epochs": {"<2.0": 0},
        "usage": {"<2.0": {"0": 10}, ">=2.0,<2.1": {"1": 6, "3": 4}},
        "steps_by_epoch": {"<2.0": [], ">=2.0,<2.1": [3, 1, 1]},
    },
}

CHANGES = {
    "2.0": Change(
        says="A generator without steps_per_epoch was refused. Since 2.0 it is read until it ends, and then its first "
        "batch was trained on again in each further epoch.",
        do="Use a generator that never ends, and steps_per_epoch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/data_adapter.py",
    ),
    "2.1": Change(
        says="In 2.1 a second epoch of a generator that has ended raises ValueError: Empty training data.",
        do="Use a generator that never ends, and steps_per_epoch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.1.0/tensorflow/python/keras/engine/training_v2.py",
    ),
    "2.2": Change(
        says="Since 2.2 the training ends, with a warning, where a generator does; up to 2.1 that was an error.",
        do="Use a generator that never ends, and steps_per_epoch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.0/tensorflow/python/keras/engine/data_adapter.py",
        cause=causes.KERAS_2_2,
    ),
    "keras>=3,keras<3.7": Change(
        says="Up to Keras 3.6 the epochs after the end of a generator were empty. Since 3.7 each of them trains on "
        "the two batches that Keras had looked at before it began.",
        do="Use a generator that never ends, and steps_per_epoch.",
        source="https://github.com/keras-team/keras/pull/20412",
        cause=causes.KERAS_3_7,
    ),
    "keras>=3": Change(
        says="Keras 2 stops training when a generator is exhausted. Keras 3 runs all epochs: until Keras 3.6 the "
        "later ones are empty, and since 3.7 each of them trains on the first two batches of the generator again.",
        do="Use a generator that never ends, and steps_per_epoch.",
        source="https://github.com/keras-team/keras/pull/20412",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(**fit_data.training(plan))
    return watch.observe()
