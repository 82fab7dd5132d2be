"""Keras: steps_per_epoch equal to, below and above what the data has."""

from estimator_semantics.probe import Change, Plan

CLAIM = "steps_per_epoch only says after how many steps an epoch ends; each epoch begins at the start of the data."
FOUND = (
    "False: with steps_per_epoch each epoch goes on in the data where the last one ended. Where the data runs out, Keras 2 ends "
    "the training, and Keras 3 ends the epoch and begins the next at the start of the data. With steps_per_epoch equal to the "
    "size of the data, Keras 2 before 2.2 trained one epoch, and Keras 3 up to 3.6 trains nothing in every second epoch."
)
INSTEAD = "`fit(dataset.repeat(), steps_per_epoch=...)`: every epoch has its steps on every release."
SOURCE = "https://github.com/keras-team/keras/issues/20396"

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

EXPECTED = {}
CHANGES = {}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(shuffle=False, **fit_data.training(plan))
    return watch.observe()
