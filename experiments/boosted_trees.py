"""Boosted trees: a bound of their own."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Training lasts as long as steps and data allow, whichever estimator is trained."
FOUND = (
    "False: once all trees are grown, training ends. Two trees of depth 3 with four batches to a layer were "
    "24 steps, on endless data, with max_steps=50 or without; data for 8 steps or max_steps=10 still ended "
    "it earlier."
)
INSTEAD = (
    "Set n_trees high enough in `BoostedTreesRegressor(..., n_trees=n)`: its trees are a third bound, here "
    "`n_trees * max_depth * n_batches_per_layer` steps."
)
SOURCE = "https://github.com/tensorflow/tensorflow/issues/48717"

_FOUR_BATCHES = Plan(examples=16, batch_size=4, shuffle=False)

PLANS = {
    "endless data": _FOUR_BATCHES._replace(num_epochs=None),
    "max_steps above": _FOUR_BATCHES._replace(num_epochs=None, max_steps=50),
    "data ends first": _FOUR_BATCHES._replace(num_epochs=2, max_steps=50),
    "max_steps below": _FOUR_BATCHES._replace(num_epochs=None, max_steps=10),
}

# Two trees of depth 3, four batches to a layer: 24 steps.
EXPECTED = {
    "endless data": {
        "steps": {">=1.8": 24},
        "global_step": {">=1.8": 24},
        "examples": {">=1.8": 96},
        "last_batch": {">=1.8": 4},
        "epochs": {">=1.8": 6},
        "usage": {">=1.8": {"6": 16}},
    },
    "max_steps above": {
        "steps": {">=1.8": 24},
        "global_step": {">=1.8": 24},
        "examples": {">=1.8": 96},
        "epochs": {">=1.8": 6},
        "usage": {">=1.8": {"6": 16}},
    },
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y.astype("float32"), plan.batch_size, plan.num_epochs, plan.shuffle)
    column = tf.feature_column.numeric_column("x")
    estimator = tf.estimator.BoostedTreesRegressor(
        [tf.feature_column.bucketized_column(column, [0.25, 0.5, 0.75])],
        n_batches_per_layer=4,
        model_dir=watch.model_dir,
        config=light(),
        n_trees=2,
        max_depth=3,
    )
    estimator.train(watch.counted(input_fn), max_steps=plan.max_steps, hooks=[watch.stop_after(100)])
    observation = watch.observe()
    # The watch knows of no third bound.
    del observation["measured"]["bound"]
    return observation
