"""StopAtStepHook beside steps."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Of tf.train.StopAtStepHook and steps the lower one wins, and no step runs when the hook's last_step is already past."
FOUND = (
    "False: the lower one wins, but one step runs in any case. Beside steps=5, num_steps=3 ran 3 steps and "
    "num_steps=8 ran 5; a last_step that was past, and num_steps=0, ran 1."
)
INSTEAD = "Call `train(input_fn, max_steps=n)`: it runs no step if n is already reached."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/StopAtStepHook"

PLAN = Plan(examples=40, batch_size=4, num_epochs=1, steps=5, shuffle=False)

# Stop is requested after a step only: one step runs in any case.
EXPECTED = {
    "lower_num_steps": {">=1.3": 3},
    "higher_num_steps": {">=1.3": 5},
    "lower_last_step": {">=1.3": 2},
    "last_step_past": {">=1.3": 1},
    "num_steps_0": {">=1.3": 1},
    "global_step": {">=1.3": 12},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    steps = {}
    # One after the other on the same checkpoints: the global step goes on.
    for name, bound in (
        ("lower_num_steps", {"num_steps": 3}),
        ("higher_num_steps", {"num_steps": 8}),
        ("lower_last_step", {"last_step": 10}),
        ("last_step_past", {"last_step": 2}),
        ("num_steps_0", {"num_steps": 0}),
    ):
        journal = Journal(os.path.join(watch.model_dir, name), plan.examples)
        hooks = [journal, tf.train.StopAtStepHook(**bound)]
        estimator.train(journal.written(input_fn), steps=plan.steps, hooks=hooks)
        steps[name] = len(journal.batches)
    return {"measured": dict(steps, global_step=int(tf.checkpointed(watch.model_dir, "global_step"))), "counters": {}}
