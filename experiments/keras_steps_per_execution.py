"""Keras: steps_per_execution that does not divide the epoch."""

from estimator_semantics.probe import Change, Plan

CLAIM = "compile(steps_per_execution=...) changes how fast training is, and nothing else."
FOUND = (
    "True of an epoch that ends with the data. Where steps_per_epoch ends it, Keras 2 cuts the last execution short, "
    "and Keras 3 runs all of it: steps_per_epoch=2 with steps_per_execution=3 is 3 steps. On data of unknown size "
    "Keras 3 can then train nothing in an epoch, since 3.7 in one more place than before."
)
INSTEAD = "A `steps_per_execution` that divides `steps_per_epoch`, and `repeat()`."
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
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

CHANGES = {
    "keras>=3,keras<3.7": Change(
        says="An execution that found too little data failed, and ended its epoch. Since Keras 3.7 it runs the steps "
        "that there are batches for; on data of unknown size the next epoch then finds nothing, and trains nothing.",
        do="repeat() the data, and give steps_per_epoch",
        source="https://github.com/keras-team/keras/pull/20396",
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(**fit_data.training(plan))
    return watch.observe()
