"""Keras: steps_per_execution that does not divide the epoch."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "compile(steps_per_execution=...) changes how fast training is, and nothing else."
FOUND = (
    "Depends on what ends an epoch. If the data ends it, only the speed changes. If steps_per_epoch ends it, Keras 2 "
    "cuts the last execution short, and Keras 3 runs all of it: steps_per_epoch=2 with steps_per_execution=3 runs 3 "
    "steps. On data of unknown size Keras 3 can then train nothing in an epoch, since 3.7 in one more place than "
    "before. Keras 2 requires steps_per_epoch if the size of the data is unknown. If the data is smaller than the "
    "first execution, Keras 2 trains on it and then raises an error; so do Keras 3.3 and 3.4."
)
INSTEAD = "Use a `steps_per_execution` that divides `steps_per_epoch`, and call `repeat()` on the data."
SOURCE = "https://keras.io/api/models/model_training_apis/#compile-method"

_PLAN = Plan(
    examples=20, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=4, steps_per_execution=2
)
_CASES = {
    "epoch of 5, execution of 2": _PLAN,
    "steps_per_epoch=3, execution of 2": _PLAN._replace(steps_per_epoch=3),
    "steps_per_epoch=2, execution of 3": _PLAN._replace(steps_per_epoch=2, steps_per_execution=3),
    "steps_per_epoch=2, execution of 2, unknown size": _PLAN._replace(steps_per_epoch=2, known_size=False),
    "endless, steps_per_epoch=3, execution of 2": _PLAN._replace(num_epochs=None, steps_per_epoch=3),
    "unknown size, execution of 2": _PLAN._replace(known_size=False),
    "generator, execution of 2": _PLAN._replace(input="generator"),
    "data of 2, execution of 3": _PLAN._replace(examples=8, steps_per_execution=3),
    "data of 2, steps_per_epoch=3, execution of 3": _PLAN._replace(
        examples=8, steps_per_epoch=3, steps_per_execution=3
    ),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

_SHORT = "data of 2, steps_per_epoch=3, execution of 3"
_OF_3_4 = "keras>=3.3,keras<3.5"
_SHORT_IN_3_4 = {"raises": {_OF_3_4: "TypeError"}}
EXPECTED = {
    "Keras 2: unknown size, execution of 2": {"raises": {">=2.3": "ValueError"}},
    "Keras 2: generator, execution of 2": {"raises": {">=2.3": "ValueError"}},
    "Keras 2: " + _SHORT: {"raises": {">=2.3,<2.4": "UnboundLocalError", ">=2.4": "ValueError"}},
    "Keras 3: " + _SHORT: _SHORT_IN_3_4,
    "Keras 3: data of 2, execution of 3": _SHORT_IN_3_4,
}

CHANGES = {
    "2.4": Change(
        says="A first execution that was not full ended with UnboundLocalError in 2.3. Since 2.4 it is a ValueError.",
        do="Use a `steps_per_execution` no larger than the number of batches, or call repeat().",
        source="https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/keras/engine/training.py#L1105",
    ),
    _OF_3_4: Change(
        says="In Keras 3.3 and 3.4 a first execution that is not full ends with TypeError, after the steps that there are "
        "batches for. Before and since it is an epoch like another.",
        do="Use a `steps_per_execution` no larger than the number of batches, or call repeat().",
        source="https://github.com/keras-team/keras/blob/v3.3.3/keras/src/backend/tensorflow/trainer.py#L321",
    ),
    "keras>=3,keras<3.7": Change(
        says="An execution that found too little data failed, and ended its epoch. Since Keras 3.7 it runs the steps "
        "that there are batches for; on data of unknown size the next epoch then finds nothing, and trains nothing. A "
        "generator that is exhausted gave nothing, and gives its first two batches again.",
        do="Call repeat() on the data, and pass steps_per_epoch.",
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
    "keras>=3": Change(
        says="Keras 2 raises an error if it does not know the size of the data, and cuts the last execution of an "
        "epoch to fit steps_per_epoch. Keras 3 accepts such data, and runs whole executions: it exceeds a "
        "steps_per_epoch that steps_per_execution does not divide. When the data runs out, Keras 2 stops training and "
        "Keras 3 ends only the epoch.",
        do="Choose a steps_per_execution that divides steps_per_epoch, and repeat the data.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data, refusal
    from estimator_semantics.probe.fit_watch import FitWatch

    # A new model: if data runs out in a shortened execution, Keras 2 leaves the model's executions that short.
    watch = FitWatch(plan, shared=False)
    try:
        watch.fit(**fit_data.training(plan))
    except (TypeError, UnboundLocalError) as error:
        watch.raised = refusal.name(error)
    return watch.observe()
