"""Keras: a fixed number of steps called an epoch, and a checkpoint saved where the cost improved."""

import os

from estimator_semantics.probe import Plan

CLAIM = "With steps_per_epoch=5 on larger data, the next epoch goes on in the data where the last one ended."
FOUND = (
    "True within one call of fit. The next call of fit begins at the first example again. After each epoch the average cost is "
    "there, and ModelCheckpoint(save_best_only=True) saves the model where it improved."
)
INSTEAD = "One call of `fit` with more epochs; or shuffle all of the data before each call."
SOURCE = "https://stackoverflow.com/questions/38340311"

_PLAN = Plan(
    examples=40,
    batch_size=4,
    num_epochs=None,
    shuffle=False,
    api="fit",
    input="batch, then repeat",
    epochs=3,
    steps_per_epoch=5,
)
_INPUTS = {"Dataset, endless": _PLAN, "generator, endless": _PLAN._replace(input="generator")}
PLANS = {
    "Keras {}: {}".format(keras, name): plan._replace(keras=keras) for keras in (2, 3) for name, plan in _INPUTS.items()
}

# The third epoch goes on at the first example, for the data holds 10 batches.
EXPECTED = {
    case: {
        "epochs_begin_at": {">=1.3": [0, 20, 0]},
        "next_fit_begins_at": {">=1.3": 0},
        "saved_after_epochs": {">=1.3": [1, 3]},
    }
    for case in PLANS
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    folder = watch.model_dir
    watch = FitWatch(plan)

    class WorseInTheSecond(watch.keras.callbacks.Callback):
        """Puts in the place of the average cost one that is worse in the second epoch."""

        def on_epoch_end(self, epoch, logs=None):
            logs["cost"] = [3.0, 4.0, 2.0][epoch]

    path = os.path.join(folder, "{epoch}" + (".weights.h5" if plan.keras == 3 else ".h5"))
    save = watch.keras.callbacks.ModelCheckpoint(
        path, monitor="cost", mode="min", save_best_only=True, save_weights_only=True
    )
    watch.fit(callbacks=[WorseInTheSecond(), save], **fit_data.training(plan))
    observed = watch.observe()
    begins = [epoch[0][0] for epoch in watch.by_epoch()]
    again = FitWatch(plan)
    again.fit(**fit_data.training(plan))
    observed["measured"].update(
        epochs_begin_at=begins,
        next_fit_begins_at=again.batches[0][0],
        saved_after_epochs=sorted(int(name.partition(".")[0]) for name in os.listdir(folder)),
    )
    return observed
