"""Keras: a fixed number of steps called an epoch, and a checkpoint saved where the cost improved."""

import os

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "With steps_per_epoch=5 on larger data, the next epoch goes on in the data where the last one ended."
FOUND = (
    "True within one call of fit. The next call of fit begins at the first example again. After each epoch the "
    "average cost is there, and ModelCheckpoint(save_best_only=True) saves the model where it improved; up to Keras "
    "3.6 not after the validations that saw nothing (see validation_steps)."
)
INSTEAD = "Call `fit` once with more epochs; or shuffle all of the data before each call."
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
        "saved_where_cost_falls": {">=1.3": [1, 2, 3]},
        # In Keras 3.0 the cost of a validation on nothing is 0, the lowest of all.
        "saved_where_cost_rises": (
            {"keras<3.1": [1, 2], "keras>=3.1": [1]} if case == "Keras 3: Dataset, endless" else {">=1.3": [1]}
        ),
    }
    for case in PLANS
}
# Keras 3.3 ends with an error after the second epoch, whose validation was on nothing; see keras_validation_steps.
_IN_3_3 = "keras>=3.3,keras<3.4"
EXPECTED["Keras 3: Dataset, endless"].update(
    saved_where_cost_falls={"keras<3.3": [1, 3], _IN_3_3: [1], "keras>=3.4,keras<3.7": [1, 3], "keras>=3.7": [1, 2, 3]},
    epochs_begin_at={"keras<3.3": [0, 20, 0], _IN_3_3: [0], "keras>=3.4": [0, 20, 0]},
    raises={_IN_3_3: "AttributeError"},
    epochs={_IN_3_3: 1},
    examples={_IN_3_3: 40},
    steps={_IN_3_3: 10},
    steps_by_epoch={_IN_3_3: [5]},
    usage={_IN_3_3: {"1": 40}},
)

CHANGES = {
    "keras>=3,keras<3.1": Change(
        says="In Keras 3.0 the cost of a validation on nothing was 0, and the model was saved as the best one. Since 3.1 "
        "there is no cost then.",
        do="Leave out validation_steps if it equals the size of the validation data",
        source="https://github.com/keras-team/keras/blob/v3.0.5/keras/backend/tensorflow/trainer.py",
    ),
    "keras>=3.3,keras<3.4": Change(
        says="In Keras 3.3 a validation on nothing ends fit with AttributeError, in the second epoch.",
        do="Leave out validation_steps if it equals the size of the validation data",
        source="https://github.com/keras-team/keras/blob/v3.3.3/keras/src/backend/tensorflow/trainer.py#L349",
    ),
    "keras>=3,keras<3.7": Change(
        says="Up to Keras 3.6 every second validation with validation_steps equal to the size of its data was on "
        "nothing, and no checkpoint was saved after it. Since 3.7 each is on all of it.",
        do="Leave out validation_steps if it equals the size of the validation data",
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch

    suffix = ".weights.h5" if plan.keras == 3 else ".h5"

    def fit(folder, sign):
        """Train; the cost of the validation falls in every epoch, or rises when its sign is turned round."""
        os.makedirs(folder)
        fitted = FitWatch(plan)
        x, y = fit_data.numbers(fit_data.VALIDATION, plan.batch_size)
        validation = {"validation_data": (x, sign * y)}
        if plan.input != "generator":
            # Beside a Dataset to train on, TensorFlow 1.15 takes no arrays to validate on.
            batch = tf.Dataset.from_tensor_slices(validation["validation_data"]).batch(plan.batch_size)
            validation = {"validation_data": batch, "validation_steps": 1}
        save = fitted.keras.callbacks.ModelCheckpoint(
            os.path.join(folder, "{epoch}" + suffix), monitor="val_loss", save_best_only=True, save_weights_only=True
        )
        fitted.fit(callbacks=[save], **dict(validation, **fit_data.training(plan)))
        return fitted, sorted(int(name.partition(".")[0]) for name in os.listdir(folder))

    first, falling = fit(os.path.join(watch.model_dir, "first"), 1)
    observed = first.observe()
    begins = [epoch[0][0] for epoch in first.by_epoch()]
    second, rising = fit(os.path.join(watch.model_dir, "second"), -1)
    observed["measured"].update(
        epochs_begin_at=begins,
        next_fit_begins_at=second.batches[0][0],
        saved_where_cost_falls=falling,
        saved_where_cost_rises=rising,
    )
    return observed
