"""Steps at which a checkpoint is saved."""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "With save_checkpoints_steps=10, 35 steps leave checkpoints of steps 10, 20, 30 and of the last one."
FOUND = (
    "Depends on the release: since 1.9 there are checkpoints of steps 0, 10, 20, 30 and 35. Before, they are "
    "of steps 1, 11, 21, 31 and 35."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/RunConfig"

PLANS = {
    "35 steps": Plan(examples=140, batch_size=4, num_epochs=1),
    "41 steps": Plan(examples=200, batch_size=4, num_epochs=1, steps=41),
    "40 steps": Plan(examples=200, batch_size=4, num_epochs=1, max_steps=40),
}

# What a checkpoint holds is the state of the step in its name.
EXPECTED = {
    "35 steps": {
        "checkpoints": {"<1.9": [1, 11, 21, 31, 35], ">=1.9": [0, 10, 20, 30, 35]},
        "states": {"<1.9": [1, 11, 21, 31, 35], ">=1.9": [0, 10, 20, 30, 35]},
    },
    "41 steps": {
        "checkpoints": {"<1.9": [1, 11, 21, 31, 41], ">=1.9": [0, 10, 20, 30, 40, 41]},
        "states": {"<1.9": [1, 11, 21, 31, 41], ">=1.9": [0, 10, 20, 30, 40, 41]},
    },
    "40 steps": {
        "checkpoints": {"<1.9": [1, 11, 21, 31, 40], ">=1.9": [0, 10, 20, 30, 40]},
        "states": {"<1.9": [1, 11, 21, 31, 40], ">=1.9": [0, 10, 20, 30, 40]},
    },
}

CHANGES = {
    "1.9": Change(
        says="The first checkpoint was saved after step 1, and the others every save_checkpoints_steps from there on: 1, 11, "
        "21. Since 1.9 it is saved before the first step, and the others follow at 10, 20, 30. The last step is saved on "
        "every release.",
        do="Look for multiples of save_checkpoints_steps; count one more checkpoint where keep_checkpoint_max is small.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L449",
        cause=causes.FIRST_CHECKPOINT,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_steps=10, keep_checkpoint_max=100)
    estimator.train(watch.counted(input_fn), steps=plan.steps, max_steps=plan.max_steps, hooks=[watch])
    observation = watch.observe()
    saved = checkpoints.steps(watch.model_dir)
    observation["measured"]["checkpoints"] = saved
    observation["measured"]["states"] = [
        int(checkpoints.values(watch.model_dir, step)["global_step"]) for step in saved
    ]
    return observation
