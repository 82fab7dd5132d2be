"""Keras: data without an end, and no steps_per_epoch."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "fit refuses data without an end unless steps_per_epoch is given."
FOUND = (
    "Depends on Keras and on the data. Keras 2 refuses a Dataset whose size is known to be infinite. On a Dataset of "
    "unknown size or a generator, and in Keras 3 on any endless data, the first epoch never ends."
)
INSTEAD = "Pass `steps_per_epoch` whenever you call `repeat()` without a number."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/39277"

_PLAN = Plan(examples=12, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", num_epochs=None)
_CASES = {
    "Dataset": _PLAN,
    "Dataset of unknown size": _PLAN._replace(known_size=False),
    "generator": _PLAN._replace(input="generator"),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

GUARD = "no end within 20 steps"
EXPECTED = {
    "Keras 2: Dataset": {"ends": {">=1.3": "ValueError"}},
    "Keras 2: Dataset of unknown size": {"ends": {">=1.3": GUARD}},
    "Keras 2: generator": {"ends": {"<2.0": "ValueError", ">=2.0": GUARD}},
    "Keras 3: Dataset": {"ends": {">=1.3": GUARD}},
    "Keras 3: Dataset of unknown size": {"ends": {">=1.3": GUARD}},
    "Keras 3: generator": {"ends": {">=1.3": GUARD}},
}

CHANGES = {
    "2.0": Change(
        says="A generator without steps_per_epoch was refused. Since 2.0 it is read until it ends.",
        do="Pass steps_per_epoch with a generator that never ends",
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/training_v2.py",
    ),
    "keras>=3": Change(
        says="Keras 2 refuses a Dataset whose size is known to be infinite, unless steps_per_epoch is given. Keras 3 "
        "trains on it, and the first epoch never ends.",
        do="Give steps_per_epoch with data that never ends.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


class NeverEnds(Exception):  # noqa: D101 (beside a docstring, the pass, which is measured, is too much)
    pass


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)

    class Guard(watch.keras.callbacks.Callback):
        steps = 0

        def on_batch_end(self, batch, logs=None):
            self.steps += 1
            if self.steps == 20:
                raise NeverEnds

    try:
        watch.fit(callbacks=[Guard()], **fit_data.training(plan))
    except NeverEnds:
        ends = GUARD
    else:
        ends = watch.raised or "after {} steps".format(len(watch.batches))
    return {"measured": {"ends": ends}, "counters": {}}
