"""Keras: data without a single batch."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "fit on data without a batch trains nothing and returns, as an Estimator does."
FOUND = (
    "Depends on Keras. Keras 2 raises an error if there is no example, no repetition or no full batch. Keras 3 runs "
    "empty epochs and returns, but refuses an empty generator; Keras 3.3 and 3.4 raise TypeError. In TensorFlow 2.0, "
    "fit on arrays without an example never ends."
)
INSTEAD = "Call fit only if there is a batch: `if len(y): model.fit(x, y)`; or catch what `fit` raises."
SOURCE = "https://github.com/keras-team/keras/blob/v2.15.0/keras/src/engine/data_adapter.py#L1319"

_NONE = Plan(examples=0, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=2)
_NO_FULL = _NONE._replace(examples=3, drop_remainder=True)
_CASES = {
    "arrays": _NONE._replace(input="arrays"),
    "generator": _NONE._replace(input="generator"),
    "Dataset": _NONE,
    "Dataset of unknown size": _NONE._replace(known_size=False),
    "Dataset, steps_per_epoch=2": _NONE._replace(steps_per_epoch=2),
    "Dataset, epochs=0": _NONE._replace(epochs=0),
    "repeat(0)": _NONE._replace(examples=10, num_epochs=0),
    "no full batch": _NO_FULL,
    "no full batch, endless": _NO_FULL._replace(num_epochs=None),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

_OF_2_1 = ">=2.0,<2.2"
_OF_2_3 = ">=2.2,<2.4"
# In 2.0 and 2.1 the epoch has ended, for the callbacks, before the error.
_RAISES = {"<2.0": "ValueError", _OF_2_3: "UnboundLocalError", ">=2.4": "ValueError"}
_EMPTY = {
    "raises": dict(_RAISES, **{"==2.0.*": "TypeError", "==2.1.*": "ValueError"}),
    "steps_by_epoch": {_OF_2_1: [0]},
}
_OF_3_4 = "keras>=3.3,keras<3.5"
EXPECTED = {
    "Keras {}: {}".format(keras, case): expected
    for case in _CASES
    for keras, expected in ((2, _EMPTY), (3, {"raises": {_OF_3_4: "TypeError"}}))
}
EXPECTED["Keras 2: Dataset of unknown size"] = dict(
    _EMPTY,
    raises={"<2.0": "ValueError", ">=2.0,<2.3": "TypeError", "==2.3.*": "UnboundLocalError", ">=2.4": "ValueError"},
)
EXPECTED["Keras 2: Dataset, steps_per_epoch=2"] = dict(_EMPTY, raises=dict(_RAISES, **{_OF_2_1: "ValueError"}))
EXPECTED["Keras 2: Dataset, epochs=0"] = {"raises": {">=2.14": "ValueError"}}
EXPECTED["Keras 3: Dataset, epochs=0"] = {}
EXPECTED["Keras 2: arrays"] = dict(
    _EMPTY, raises=dict(_RAISES, **{"==2.1.*": "ValueError"}), steps_by_epoch={"==2.1.*": [0]}
)
EXPECTED["Keras 2: generator"] = {"raises": {"<2.0": "ValueError", ">=2.0": "StopIteration"}}
EXPECTED["Keras 3: generator"] = {
    "raises": {"keras<3.1": "StopIteration", "keras>=3.1,keras<3.15": "IndexError", "keras>=3.15": "ValueError"}
}

CHANGES = {
    "2.0": Change(
        says="Up to 1.15 a generator was refused, for it does not say how many batches it has; since 2.0 the StopIteration of "
        "one that is empty comes out of fit. A Dataset raised ValueError, and raises TypeError in 2.0 where steps_per_epoch is "
        "not given. On arrays without an example fit does not end in 2.0.",
        do="Do not call fit where there may be no batch; to catch StopIteration is to catch it from anywhere.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/keras/engine/training_v2.py#L146",
    ),
    "2.1": Change(
        says="A Dataset without a batch raised TypeError in 2.0. Since 2.1 it is a ValueError again, but for one of unknown "
        "size.",
        do="Do not call fit if there may be no batch.",
        source="https://github.com/tensorflow/tensorflow/pull/33610",
    ),
    "2.2": Change(
        says="What raised ValueError raises UnboundLocalError since 2.2: fit reads the logs of a first step that was not made.",
        do="Do not call fit if there may be no batch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.3/tensorflow/python/keras/engine/training.py#L856",
        cause=causes.KERAS_2_2,
    ),
    "2.3": Change(
        says="A Dataset of unknown size without a batch raised TypeError, for its number of batches was None. Since 2.3 it is "
        "an UnboundLocalError, as of any other.",
        do="Do not call fit if there may be no batch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.3/tensorflow/python/keras/engine/data_adapter.py#L1153",
    ),
    "2.4": Change(
        says="Since 2.4 fit says that the data is empty, in a ValueError instead of an UnboundLocalError.",
        do="Do not call fit if there may be no batch.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/keras/engine/training.py#L1105",
    ),
    "2.14": Change(
        says="fit(epochs=0) on a Dataset without a batch used to return. Since 2.14 Keras 2 checks the size of the "
        "data before epochs, and raises ValueError.",
        do="Call fit only if there is data, and if there are epochs to train.",
        source="https://github.com/keras-team/keras/blob/v2.15.0/keras/src/engine/data_adapter.py#L1508",
    ),
    "keras>=3,keras<3.1": Change(
        says="The StopIteration of an empty generator came out of fit. Since Keras 3.1 it is an IndexError.",
        do="Do not call fit where a generator may be empty.",
        source="https://github.com/keras-team/keras/blob/v3.0.5/keras/trainers/data_adapters/generator_data_adapter.py",
    ),
    _OF_3_4: Change(
        says="Keras 3.3 and 3.4 ask for the metrics of a step that was not made, and fail with TypeError. Since Keras 3.5 "
        "fit trains nothing and returns, as before 3.3.",
        do="Do not call fit if there may be no batch.",
        source="https://github.com/keras-team/keras/blob/v3.3.3/keras/src/backend/tensorflow/trainer.py#L321",
    ),
    "keras>=3,keras<3.15": Change(
        says="An empty generator raised IndexError. Since Keras 3.15 it is a ValueError that says so.",
        do="Do not call fit where a generator may be empty.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/trainers/data_adapters/generator_data_adapter.py#L19",
    ),
    "keras>=3": Change(
        says="Keras 2 raises an error if fit finds no batch. Keras 3 trains nothing and returns; only an empty "
        "generator raises an error.",
        do="Do not call fit if there may be no batch.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data, refusal
    from estimator_semantics.probe.adapter import Absent
    from estimator_semantics.probe.fit_watch import FitWatch

    if plan.input == "arrays" and tf.minor == (2, 0):
        # It repeats a permutation of nothing, inside TensorFlow, where no callback can end it:
        # https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/keras/engine/data_adapter.py#L274
        raise Absent(
            "in TensorFlow {} fit on arrays without an example never ends, and nothing can end it".format(tf.version)
        )
    # The watch divides by the number of examples.
    watch = FitWatch(plan._replace(examples=max(1, plan.examples)))
    try:
        watch.fit(**fit_data.training(plan))
    except Exception as error:  # by whatever it is, down to StopIteration
        watch.raised = refusal.name(error)
    observed = watch.observe()
    kept = ("steps", "steps_by_epoch", "raises")
    measured = {name: value for name, value in observed["measured"].items() if name in kept}
    # In 2.0 and 2.1 callbacks hear of a batch that is not there.
    return {"measured": measured, "counters": {"weights": observed["counters"]["weights"]}}
