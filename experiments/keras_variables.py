"""Keras: KERAS_MAX_EPOCHS and KERAS_MAX_STEPS_PER_EPOCH."""

import json
import os

from estimator_semantics.probe import Change, Plan

CLAIM = "Only the arguments of fit say how long it trains."
FOUND = (
    "Depends on Keras. Since Keras 3.10, with KERAS_MAX_EPOCHS=2 and KERAS_MAX_STEPS_PER_EPOCH=1 in the environment, "
    "fit(epochs=3) on data for 3 steps runs 2 steps instead of 9. Keras 2 and earlier releases of Keras 3 ignore "
    "these variables."
)
INSTEAD = "Unset these variables where you train; `keras.config.max_epochs()` returns the cap, if there is one."
SOURCE = "https://keras.io/api/utils/config_utils/"
SLOW = "trains in a process of its own"

_PLAN = Plan(examples=12, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=3)
PLANS = {"Keras {}".format(keras): _PLAN._replace(keras=keras) for keras in (2, 3)}

_UNCAPPED = [3, 3, 3]
EXPECTED = {
    "Keras 2": {"steps_by_epoch_with_both": {">=1.3": _UNCAPPED}},
    "Keras 3": {"steps_by_epoch_with_both": {"keras<3.10": _UNCAPPED, "keras>=3.10": [1, 1]}},
}

CHANGES = {
    "keras>=3.10": Change(
        says="Keras 2 and earlier releases of Keras 3 ignore KERAS_MAX_EPOCHS and KERAS_MAX_STEPS_PER_EPOCH. Since "
        "Keras 3.10 they cap every fit.",
        do="Unset these variables where you train.",
        source="https://github.com/keras-team/keras/pull/21217",
    )
}

_VARIABLES = {"KERAS_MAX_EPOCHS": "2", "KERAS_MAX_STEPS_PER_EPOCH": "1"}


def train(tf, plan, path):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(Plan(**plan))
    watch.fit(**fit_data.training(Plan(**plan)))
    with open(path, "w") as file:
        json.dump([len(epoch) for epoch in watch.by_epoch()], file)


def run(tf, plan, watch):
    from estimator_semantics.probe import child

    tf.keras(plan.keras)  # absent or not
    path = os.path.join(watch.model_dir, "steps")
    os.environ.update(_VARIABLES)
    try:
        child.run(train, plan._asdict(), path)
    finally:
        for variable in _VARIABLES:
            del os.environ[variable]
    with open(path) as file:
        return {"measured": {"steps_by_epoch_with_both": json.load(file)}, "counters": {}}
