"""Keras: epochs and initial_epoch."""

from estimator_semantics.probe import Change, Plan

CLAIM = "fit(epochs=5) trains five epochs."
FOUND = (
    "Depends on initial_epoch: epochs is the epoch at which training stops, just as max_steps is the step. With "
    "initial_epoch=0 it trains five epochs, with initial_epoch=3 two, and with initial_epoch=5 or 7 none, without an "
    "error. With epochs=0, fit trains nothing; since TensorFlow 2.17, Keras 2 (tf-keras) raises an error instead."
)
INSTEAD = "Call `fit(initial_epoch=done, epochs=done + 5)` for five more epochs."
SOURCE = "https://keras.io/api/models/model_training_apis/#fit-method"

_PLAN = Plan(examples=10, batch_size=4, shuffle=False, api="fit", input="arrays", epochs=5)
_CASES = {
    "initial_epoch=3": _PLAN._replace(initial_epoch=3),
    "initial_epoch=3, steps_per_epoch=2 of a Dataset": _PLAN._replace(
        initial_epoch=3, steps_per_epoch=2, input="batch, then repeat"
    ),
    "initial_epoch=5": _PLAN._replace(initial_epoch=5),
    "initial_epoch=7": _PLAN._replace(initial_epoch=7),
    "epochs=0": _PLAN._replace(epochs=0),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

EXPECTED = {"Keras 2: epochs=0": {"raises": {">=2.17": "ValueError"}}}

CHANGES = {
    "tf_keras>=2.17": Change(
        says="fit(epochs=0) trained nothing. The Keras 2 beside TensorFlow 2.17 and later (tf-keras) refuses it.",
        do="Call fit only if there are epochs to train",
        source="https://github.com/keras-team/tf-keras/commit/c24bbfac7",
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(shuffle=False, **fit_data.training(plan))
    return watch.observe()
