"""Keras: validation_steps below, equal to and above the validation data."""

from estimator_semantics.probe import Change, Plan

CLAIM = "validation_steps=2 validates on the same first two batches after each epoch."
FOUND = "to be measured"
INSTEAD = "No `validation_steps`: each validation then sees all of the validation data."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/25254"

_PLAN = Plan(examples=4, batch_size=4, shuffle=False, api="fit", input="arrays", epochs=3)
PLANS = {
    "Keras {}: {}".format(keras, size): _PLAN._replace(keras=keras, input=input)
    for keras in (2, 3)
    for size, input in (("arrays", "arrays"), ("Dataset", "batch, then repeat"))
}

# Batches of the validation data.
_BATCHES = 3

EXPECTED = {}


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
    return "{} steps on examples {} to {}".format(len(batches), min(numbers), max(numbers))
