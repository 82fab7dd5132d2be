"""Keras: steps_per_epoch equal to, below and above what the data has."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "steps_per_epoch only says after how many steps an epoch ends; each epoch begins at the start of the data."
FOUND = (
    "False: with steps_per_epoch each epoch goes on in the data where the last one ended. Where the data runs out, "
    "Keras 2 ends the training, and Keras 3 ends the epoch and begins the next at the start of the data. With "
    "steps_per_epoch equal to the size of the data, Keras 2 before 2.2 trained one epoch, and Keras 3 up to 3.6 "
    "trains nothing in every second epoch."
)
INSTEAD = "Call `fit(dataset.repeat(), steps_per_epoch=...)`: every epoch has its steps on every release."
SOURCE = "https://github.com/keras-team/keras/pull/20396"

_PLAN = Plan(examples=12, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=4)
_INPUTS = {
    "arrays": _PLAN._replace(input="arrays"),
    "Dataset": _PLAN,
    "Dataset of unknown size": _PLAN._replace(known_size=False),
    "generator": _PLAN._replace(input="generator"),
}
_STEPS = {"equal": 3, "below": 2, "above": 4}
PLANS = {
    "Keras {}: {}, {}".format(keras, name, size): plan._replace(keras=keras, steps_per_epoch=steps)
    for keras in (2, 3)
    for name, plan in _INPUTS.items()
    for size, steps in _STEPS.items()
}
PLANS.update(
    ("Keras {}: Dataset, endless".format(keras), _PLAN._replace(keras=keras, num_epochs=None, steps_per_epoch=2))
    for keras in (2, 3)
)

# Of TensorFlow 2.0 and 2.1: an epoch without a single step is an error, and so is too much to ask of arrays.
_OF_2_1 = ">=2.0,<2.2"
_EMPTY = {"raises": {_OF_2_1: "ValueError"}}
EXPECTED = {
    "Keras 2: Dataset, equal": _EMPTY,
    "Keras 2: Dataset of unknown size, equal": _EMPTY,
    "Keras 2: generator, equal": _EMPTY,
    "Keras 2: arrays, above": {
        "raises": {_OF_2_1: "ValueError"},
        "steps": {_OF_2_1: 0},
        "examples": {_OF_2_1: 0},
        "last_batch": {_OF_2_1: 0},
        "epochs": {_OF_2_1: 0},
        "usage": {_OF_2_1: {"0": 12}},
        "steps_by_epoch": {_OF_2_1: []},
    },
}

CHANGES = {
    "2.0": Change(
        says="Up to 1.15 each step of arrays with steps_per_epoch was one on all of the data: batch_size was ignored. "
        "Since 2.0 the arrays are cut into batches; in 2.0 and 2.1, more steps than they have, and an epoch without a "
        "step, are an error.",
        do="Pass arrays without steps_per_epoch, or a Dataset that repeats",
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/training_v2.py",
    ),
    "2.2": Change(
        says="With steps_per_epoch equal to the size of a Dataset only one epoch was trained. Since 2.2 the Dataset "
        "is begun anew for each; where data runs out, training ends with a warning instead of an error.",
        do="Leave out steps_per_epoch if it equals the size of the data",
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.0/tensorflow/python/keras/engine/data_adapter.py#L1097",
        cause=causes.KERAS_2_2,
    ),
    "keras>=3,keras<3.7": Change(
        says="With steps_per_epoch equal to the size of arrays or of a Dataset every second epoch trained nothing: "
        "Keras noticed only then that the data had run out. Since Keras 3.7 it counts the batches of data whose size "
        "it knows. Of data of unknown size and of a generator every second epoch is still empty, or repeats its first "
        "two batches.",
        do="Leave out steps_per_epoch if it equals the size of the data; otherwise repeat()",
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
    "keras>=3": Change(
        says="Keras 2 stops training if the data runs out before steps_per_epoch is reached. Keras 3 ends only the "
        "epoch, and starts the next one at the first example. Keras 2 also restarts arrays in every epoch; Keras 3 "
        "resumes where the last epoch stopped.",
        do="Use `fit(dataset.repeat(), steps_per_epoch=...)`: every epoch then has its steps in Keras 2 and Keras 3.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(shuffle=False, **fit_data.training(plan))
    return watch.observe()
