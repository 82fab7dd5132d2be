"""Training without checkpoints."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Without checkpoints nothing can be resumed: each call to train starts at step 0, max_steps or not."
FOUND = "True. Two calls with max_steps=3 ran 3 steps each, both from step 0."
INSTEAD = (
    "Set `RunConfig(save_checkpoints_steps=1000)`: max_steps bounds several calls together only where checkpoints "
    "are saved."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/RunConfig"

PLAN = Plan(examples=20, batch_size=4, num_epochs=1, max_steps=3)

EXPECTED = {"checkpoints": {">=1.3": []}, "started_at": {">=1.3": [0, 0]}, "steps_of_each_call": {">=1.3": [3, 3]}}


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_steps=None, save_checkpoints_secs=None)
    journal = Journal(os.path.join(watch.model_dir, "journal"), plan.examples)
    for _ in range(2):
        estimator.train(journal.written(input_fn), max_steps=plan.max_steps, hooks=[journal])
    measured = {
        "checkpoints": checkpoints.steps(watch.model_dir),
        "started_at": journal.starts,
        "steps_of_each_call": journal.runs,
    }
    return {"measured": measured, "counters": {}}
