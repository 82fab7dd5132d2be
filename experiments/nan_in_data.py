"""NaN in the data."""

import os

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "NaN in the data ends training before it is saved: the checkpoints hold numbers, and training can be resumed."
FOUND = (
    "False: a NaN in a step that is saved gets into the checkpoint; with one every 10 steps that was step "
    "10, before 1.9 step 11. Resumed from there on good data, LinearRegressor learned nothing, and gradient "
    "descent raised the error again."
)
SOURCE = "https://github.com/tensorflow/tensorflow/issues/27523"

# The label of the last example is NaN, and a checkpoint is saved every ten steps.
PLANS = {
    "in batch 10": Plan(examples=40, batch_size=4, num_epochs=1, shuffle=False),
    "in batch 11": Plan(examples=44, batch_size=4, num_epochs=1, shuffle=False),
    "in batch 15": Plan(examples=60, batch_size=4, num_epochs=1, shuffle=False),
}

# The hook that saves runs before the one that looks for NaN. LinearRegressor's optimizer, FTRL, makes weights of 0 out of the
# NaN in its slots, ever after: resumed from there it raises nothing and learns nothing.
EXPECTED = {
    "in batch 10": {
        "LinearRegressor": {">=1.3": "raises NanLossDuringTrainingError"},
        "checkpoints_of_LinearRegressor": {"<1.9": [1], ">=1.9": [0, 10]},
        "checkpoints_with_nan_of_LinearRegressor": {"<1.9": [], ">=1.9": [10]},
        "LinearRegressor_resumed_with_good_data": {"<1.9": "learns", ">=1.9": "learns nothing"},
        "gradient_descent": {">=1.3": "raises NanLossDuringTrainingError"},
        "checkpoints_of_gradient_descent": {"<1.9": [1], ">=1.9": [0, 10]},
        "checkpoints_with_nan_of_gradient_descent": {"<1.9": [], ">=1.9": [10]},
        "gradient_descent_resumed_with_good_data": {
            "<1.9": "learns",
            ">=1.9": "raises NanLossDuringTrainingError",
        },
    },
    "in batch 11": {
        "LinearRegressor": {">=1.3": "raises NanLossDuringTrainingError"},
        "checkpoints_of_LinearRegressor": {"<1.9": [1, 11], ">=1.9": [0, 10]},
        "checkpoints_with_nan_of_LinearRegressor": {"<1.9": [11], ">=1.9": []},
        "LinearRegressor_resumed_with_good_data": {"<1.9": "learns nothing", ">=1.9": "learns"},
        "gradient_descent": {">=1.3": "raises NanLossDuringTrainingError"},
        "checkpoints_of_gradient_descent": {"<1.9": [1, 11], ">=1.9": [0, 10]},
        "checkpoints_with_nan_of_gradient_descent": {"<1.9": [11], ">=1.9": []},
        "gradient_descent_resumed_with_good_data": {
            "<1.9": "raises NanLossDuringTrainingError",
            ">=1.9": "learns",
        },
    },
    "in batch 15": {
        "LinearRegressor": {">=1.3": "raises NanLossDuringTrainingError"},
        "checkpoints_of_LinearRegressor": {"<1.9": [1, 11], ">=1.9": [0, 10]},
        "checkpoints_with_nan_of_LinearRegressor": {">=1.3": []},
        "LinearRegressor_resumed_with_good_data": {">=1.3": "learns"},
        "gradient_descent": {">=1.3": "raises NanLossDuringTrainingError"},
        "checkpoints_of_gradient_descent": {"<1.9": [1, 11], ">=1.9": [0, 10]},
        "checkpoints_with_nan_of_gradient_descent": {">=1.3": []},
        "gradient_descent_resumed_with_good_data": {">=1.3": "learns"},
    },
}

CHANGES = {
    "1.9": Change(
        says="With save_checkpoints_steps=10, step 11 was saved. Since 1.9, step 10 is saved instead, so the NaN of a "
        "different batch is saved. No release saves a NaN of a batch between these steps.",
        do="After NanLossDuringTrainingError at a step that is saved, remove that checkpoint before training again.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L449",
        cause=causes.FIRST_CHECKPOINT,
    ),
}


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe import checkpoints, model, refusal
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    config = light(save_checkpoints_steps=10)

    def minimize(optimizer, loss):
        return optimizer.minimize(loss, global_step=tf.v1.train.get_global_step())

    def weights(model_dir, step):
        values = checkpoints.values(model_dir, step)
        return {name: value.tolist() for name, value in values.items() if name.endswith("weights")}

    def train(estimator, labels):
        """Train, and return what comes of it."""
        input_fn = tf.numpy_input_fn({"x": x}, labels, plan.batch_size, plan.num_epochs, plan.shuffle)
        before = checkpoints.steps(estimator.model_dir)
        try:
            estimator.train(input_fn)
        except tf.train.NanLossDuringTrainingError as error:
            return "raises " + refusal.name(error)
        after = checkpoints.steps(estimator.model_dir)
        learned = not before or weights(estimator.model_dir, before[-1]) != weights(estimator.model_dir, after[-1])
        return "learns" if learned else "learns nothing"

    model_dirs = [os.path.join(watch.model_dir, name) for name in ("linear", "custom")]
    linear = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dirs[0], config=config)
    custom = tf.estimator.Estimator(model.linear(minimize), model_dirs[1], config)
    measured = {}
    for name, estimator in (("LinearRegressor", linear), ("gradient_descent", custom)):
        measured[name] = train(estimator, np.append(y[:-1], np.nan))
        saved = checkpoints.steps(estimator.model_dir)
        measured["checkpoints_of_" + name] = saved
        measured["checkpoints_with_nan_of_" + name] = [
            step
            for step in saved
            if not all(np.all(np.isfinite(value)) for value in checkpoints.values(estimator.model_dir, step).values())
        ]
        measured[name + "_resumed_with_good_data"] = train(estimator, y)
    return {"measured": measured, "counters": {}}
