"""Keras: gradient_accumulation_steps."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = (
    "With gradient_accumulation_steps=n a step of fit is one update on n batches: training runs n times fewer steps."
)
FOUND = (
    "False: a step is still one batch, and fit runs as many steps as before; the weights are updated at every n-th step. "
    "With 15 steps and n=2 there were 7 updates, and the gradients of the last step were not used. With n above the "
    "number of steps, the weights never change. The count continues across epochs. An attempt to train that finds no "
    "data counts as a step: an update that is due then is lost. Since Keras 3.5 optimizer.iterations counts updates "
    "instead of steps."
)
INSTEAD = "Choose an n that divides the number of steps in an epoch, and call `repeat()` on data of unknown size."
SOURCE = "https://keras.io/api/optimizers/"

_PLAN = Plan(
    examples=20,
    batch_size=4,
    shuffle=False,
    api="fit",
    input="batch, then repeat",
    epochs=3,
    keras=3,
    gradient_accumulation_steps=2,
)
PLANS = {
    "two steps to an update": _PLAN,
    "four steps to an update": _PLAN._replace(gradient_accumulation_steps=4),
    "more steps to an update than there are": _PLAN._replace(gradient_accumulation_steps=16),
    "arrays": _PLAN._replace(input="arrays"),
    "steps_per_epoch below the data": _PLAN._replace(steps_per_epoch=3),
    "steps_per_epoch above the data": _PLAN._replace(steps_per_epoch=6),
    "unknown size": _PLAN._replace(known_size=False),
    "unknown size, steps_per_epoch": _PLAN._replace(known_size=False, steps_per_epoch=3),
    "generator": _PLAN._replace(input="generator", gradient_accumulation_steps=3),
    "execution of 2": _PLAN._replace(steps_per_execution=2),
    "execution of 2, unknown size": _PLAN._replace(steps_per_execution=2, known_size=False),
    "endless": _PLAN._replace(num_epochs=None, steps_per_epoch=5),
}

# What optimizer.iterations is at the end, until Keras 3.4 and since 3.5.
_ITERATIONS = {
    "four steps to an update": {"keras<3.5": 15, "keras>=3.5": 3},
    "more steps to an update than there are": {"keras<3.5": 15, "keras>=3.5": 0},
    "steps_per_epoch below the data": {"keras<3.5": 9, "keras>=3.5": 4},
    "steps_per_epoch above the data": {"keras<3.5": 18, "keras>=3.5,keras<3.7": 9, "keras>=3.7": 7},
    "unknown size": {"keras<3.5": 18, "keras>=3.5,keras<3.16.dev0": 9, "keras>=3.16.dev0": 7},
    "unknown size, steps_per_epoch": {"keras<3.5": 9, "keras>=3.5": 4},
    "generator": {
        "keras<3.5": 8,
        "keras>=3.5,keras<3.7": 2,
        "keras>=3.7,keras<3.16.dev0": 4,
        "keras>=3.16.dev0": 3,
    },
    "execution of 2": {"keras<3.5": 18, "keras>=3.5,keras<3.7": 9, "keras>=3.7": 7},
    "execution of 2, unknown size": {"keras<3.5": 18, "keras>=3.5,keras<3.7": 9, "keras>=3.7": 7},
}
EXPECTED = {case: {"iterations": _ITERATIONS.get(case, {"keras<3.5": 15, "keras>=3.5": 7})} for case in PLANS}
# The law is that of releases. A nightly loses no update: see CHANGES.
for _case, _until, _since in (("unknown size", 6, 7), ("unknown size, steps_per_epoch", 3, 4), ("generator", 1, 3)):
    EXPECTED[_case]["updates"] = {"keras<3.16.dev0": _until, "keras>=3.16.dev0": _since}

CHANGES = {
    "keras>=3.16.dev0": Change(
        says="Since Keras 3.16 (a nightly), fit checks for more data before it trains. The end of data of unknown size no longer "
        "counts as a step, and no update is lost there.",
        do="Count batches in a callback: that number is the same on every release.",
        source="https://github.com/keras-team/keras/blob/master/keras/src/backend/tensorflow/trainer.py",
    ),
    "keras>=3,keras<3.5": Change(
        says="Until Keras 3.4 optimizer.iterations counted the steps. Since 3.5 it counts the updates, rounded down.",
        do="Count batches in a callback for the steps, and use optimizer.iterations for the updates only.",
        source="https://github.com/keras-team/keras/blob/v3.5.0/keras/src/optimizers/base_optimizer.py",
    ),
    "keras>=3,keras<3.7": Change(
        says="Until Keras 3.6 each attempt to train that found no data counted as a step, and an update that was due then was "
        "lost. Since 3.7 that happens only with data of unknown size, one step at a time.",
        do="Call repeat() on the data, and pass steps_per_epoch.",
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    watch.fit(**fit_data.training(plan))
    observed = watch.observe()
    observed["measured"]["iterations"] = watch.iterations
    return observed
