"""Keras: validation_steps below, equal to and above the validation data."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "validation_steps=2 validates on the same first two batches after each epoch."
FOUND = (
    "Depends on Keras. Keras 2 does so since 2.0. Keras 3 until 3.6 resumed in the validation data instead: with "
    "validation_steps equal to the size of that data, every second validation had no data, which ended fit with an "
    "error in 3.3. If validation_steps exceeds that size, Keras 2 since 2.3 validates once, and on no data from the "
    "second epoch on; until 2.1 it stopped training after the first epoch with a Dataset."
)
INSTEAD = "Leave out `validation_steps`: each validation then sees all of the validation data."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/25254"

_PLAN = Plan(examples=4, batch_size=4, shuffle=False, api="fit", input="arrays", epochs=3)
PLANS = {
    "Keras {}: {}".format(keras, size): _PLAN._replace(keras=keras, input=input)
    for keras in (2, 3)
    for size, input in (("arrays", "arrays"), ("Dataset", "batch, then repeat"))
}

# Batches of the validation data.
_BATCHES = 3

_ALL = "3 steps on examples 0 to 11"
_THRICE = {">=1.3": [_ALL] * 3}
_FIRST = ["2 steps on examples 0 to 7"] * 3
_ONCE = [_ALL, "nothing", "nothing"]

# Whether it goes on in the validation data decides on what each validation sees.
_OF_KERAS_3 = {
    "validation_steps=None": _THRICE,
    "validation_steps=2": {"keras<3.7": [_FIRST[0], "1 step on examples 8 to 11", _FIRST[0]], "keras>=3.7": _FIRST},
    # Of a validation on nothing Keras 3.3 wants the metrics all the same. (Between 3.0 and 3.6 only 3.3 was measured.)
    "validation_steps=3": {
        "keras<3.3": [_ALL, "nothing", _ALL],
        "keras>=3.3,keras<3.4": "AttributeError",
        "keras>=3.4,keras<3.7": [_ALL, "nothing", _ALL],
        "keras>=3.7": [_ALL] * 3,
    },
    "validation_steps=4": _THRICE,
}
EXPECTED = {
    "Keras 2: arrays": {
        "validation_steps=None": _THRICE,
        # TensorFlow 1 takes all of the arrays in each step.
        "validation_steps=2": {"<2.0": ["2 steps on examples 0 to 11"] * 3, ">=2.0": _FIRST},
        "validation_steps=3": _THRICE,
        "validation_steps=4": {
            "<2.1": ["4 steps on examples 0 to 11"] * 3,
            ">=2.1,<2.2": [_ALL],
            ">=2.2,<2.3": [_ALL] * 3,
            ">=2.3": _ONCE,
        },
    },
    "Keras 2: Dataset": {
        "validation_steps=None": _THRICE,
        "validation_steps=2": {">=1.3": _FIRST},
        "validation_steps=3": _THRICE,
        "validation_steps=4": {"<2.2": [_ALL], ">=2.2,<2.3": [_ALL] * 3, ">=2.3": _ONCE},
    },
    "Keras 3: arrays": _OF_KERAS_3,
    "Keras 3: Dataset": _OF_KERAS_3,
}

_VALIDATE_WITH_ALL = "Leave out validation_steps, so that each validation sees all of its data"
CHANGES = {
    "2.0": Change(
        says="Up to 1.15 each validation step on arrays was one on all of them. Since 2.0 they are cut into batches.",
        do=_VALIDATE_WITH_ALL,
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/training_v2.py",
    ),
    "2.1": Change(
        says="With validation_steps above what arrays have, 2.0 began them anew. 2.1 ends the training after the "
        "first epoch.",
        do=_VALIDATE_WITH_ALL,
        source="https://github.com/tensorflow/tensorflow/blob/v2.1.0/tensorflow/python/keras/engine/training_v2.py",
    ),
    "2.2": Change(
        says="With validation_steps above what there is, training ended after the first epoch. Since 2.2 it goes on.",
        do=_VALIDATE_WITH_ALL,
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.0/tensorflow/python/keras/engine/training.py",
        cause=causes.KERAS_2_2,
    ),
    "2.3": Change(
        says="Since 2.3 fit keeps the data of the first validation for the next ones. Where validation_steps is above "
        "what there is, it has run out by then, and all further validations are on nothing.",
        do=_VALIDATE_WITH_ALL,
        source="https://github.com/tensorflow/tensorflow/blob/v2.3.0/tensorflow/python/keras/engine/training.py",
    ),
    "keras>=3.3,keras<3.4": Change(
        says="In Keras 3.3 a validation on nothing ends fit with AttributeError: there are no metrics of it to name.",
        do=_VALIDATE_WITH_ALL,
        source="https://github.com/keras-team/keras/blob/v3.3.3/keras/src/backend/tensorflow/trainer.py#L349",
    ),
    "keras>=3,keras<3.7": Change(
        says="Up to Keras 3.6 a validation with validation_steps went on where the last one had ended. Since 3.7 each "
        "begins anew.",
        do=_VALIDATE_WITH_ALL,
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
    "keras>=3": Change(
        says="If validation_steps exceeds the validation data, Keras 2 validates once, and on no data from the second "
        "epoch on. Keras 3 validates on all of the data after every epoch.",
        do="Leave out validation_steps, so that each validation sees all of its data.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    of_validation = plan._replace(examples=_BATCHES * plan.batch_size)
    measured = {}
    for steps in (None, _BATCHES - 1, _BATCHES, _BATCHES + 1):
        watch = FitWatch(plan)
        validation = {"validation_data": fit_data.validation(of_validation)}
        if steps is not None:
            validation["validation_steps"] = steps
        watch.fit(shuffle=False, **dict(validation, **fit_data.training(plan)))
        epochs = [_said(epoch, fit_data.VALIDATION) for epoch in watch.by_epoch(validation=True)]
        measured["validation_steps={}".format(steps)] = watch.raised or epochs
    return {"measured": measured, "counters": {}}


def _said(batches, first):
    numbers = [number - first for batch in batches for number in batch]
    if not numbers:
        return "nothing"
    steps = "1 step" if len(batches) == 1 else "{} steps".format(len(batches))
    return "{} on examples {} to {}".format(steps, min(numbers), max(numbers))
