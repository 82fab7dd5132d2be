"""Keras: optimizer.iterations where the data runs out."""

from estimator_semantics.probe import Change, Plan

CLAIM = "optimizer.iterations is the number of steps."
FOUND = "to be measured"
INSTEAD = "Count batches in a callback; and `repeat()` the data, so that it never runs out."
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

EXPECTED = {case: {"iterations_beyond_steps": {">=1.3": 0}} for case in PLANS}
CHANGES = {}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    before = watch.iterations
    watch.fit(**fit_data.training(plan))
    observed = watch.observe()
    observed["measured"]["iterations_beyond_steps"] = watch.iterations - before - len(watch.batches)
    return observed
