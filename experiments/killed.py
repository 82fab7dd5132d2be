"""A process killed between two checkpoints, and started again."""

import os
import signal

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "A training that is killed and started again goes on where it was: no step is lost, no example used twice."
SOURCE = "https://www.tensorflow.org/guide/estimator"
SLOW = "trains in two processes"

# Killed at step 35, and resumed from the checkpoint of step 30.
_RESUMED = Plan(examples=400, batch_size=4, num_epochs=2, global_step=30, shuffle=False)

PLANS = {
    "steps=None": _RESUMED,
    "steps=100": _RESUMED._replace(steps=100),
    "max_steps=100": _RESUMED._replace(max_steps=100),
}


def train(tf, model_dir, examples, batch_size, num_epochs, steps, max_steps, kill_at):
    from estimator_semantics.probe.journal import Journal

    journal = Journal(os.path.join(model_dir, "journal"), examples)

    class Kill(tf.SessionRunHook):
        def after_run(self, run_context, run_values):
            if len(journal.batches) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    x, y = synthetic.line(examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, batch_size, num_epochs, shuffle=False)
    config = tf.estimator.RunConfig().replace(save_checkpoints_steps=10)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir, config=config)
    estimator.train(journal.written(input_fn), steps=steps, max_steps=max_steps, hooks=[journal, Kill()])
    return journal


def run(tf, plan, watch):
    from estimator_semantics.probe import child

    call = [plan.examples, plan.batch_size, plan.num_epochs, plan.steps, plan.max_steps]
    status = child.run(train, watch.model_dir, *call, 35)
    journal = train(tf, watch.model_dir, *call, None)
    measured = {
        "exit_status": status,
        "started_at": journal.starts,
        "lost_steps": journal.runs[0] - journal.starts[1],
        "steps": journal.runs[1],
        "global_step": int(tf.checkpointed(watch.model_dir, "global_step")),
        "goes_on_with_the_first_batch": journal.batches[35] == journal.batches[0],
        "updates": journal.usage,
    }
    return {"measured": measured, "counters": {}}
