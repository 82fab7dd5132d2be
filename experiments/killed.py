"""A process killed between two checkpoints, and started again."""

import os
import signal

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "A training that is killed and started again goes on where it was: no step is lost, no example used twice."
FOUND = (
    "False: killed at step 35, it went on from the checkpoint of step 30 (before 1.9: 31), with the first "
    "batch of the data again. Then steps=100 ended at step 130 (131), two epochs of 100 steps at 230 (231), "
    "and only max_steps=100 at 100."
)
INSTEAD = (
    "Call `train(input_fn, max_steps=100)` to get the same number of steps in spite of restarts, and shuffle, because "
    "the data restarts."
)
SOURCE = "https://www.tensorflow.org/guide/estimator"
SLOW = "trains in two processes"

# Killed at step 35, and resumed from the checkpoint of step 30.
_RESUMED = Plan(examples=400, batch_size=4, num_epochs=2, global_step=30, shuffle=False)

PLANS = {
    "steps=None": _RESUMED,
    "steps=100": _RESUMED._replace(steps=100),
    "max_steps=100": _RESUMED._replace(max_steps=100),
}

# The process that is started again takes the data from its first example on, and has no memory of the epoch it was in.
EXPECTED = {
    "steps=None": {
        "exit_status": {">=1.3": -9},
        "started_at": {"<1.9": [0, 31], ">=1.9": [0, 30]},
        "lost_steps": {"<1.9": 4, ">=1.9": 5},
        "global_step": {"<1.9": 231},
        "goes_on_with_the_first_batch": {">=1.3": True},
        "updates": {">=1.3": {"2": 260, "3": 140}},
    },
    "steps=100": {
        "exit_status": {">=1.3": -9},
        "started_at": {"<1.9": [0, 31], ">=1.9": [0, 30]},
        "lost_steps": {"<1.9": 4, ">=1.9": 5},
        "global_step": {"<1.9": 131},
        "goes_on_with_the_first_batch": {">=1.3": True},
        "updates": {">=1.3": {"1": 260, "2": 140}},
    },
    "max_steps=100": {
        "exit_status": {">=1.3": -9},
        "started_at": {"<1.9": [0, 31], ">=1.9": [0, 30]},
        "lost_steps": {"<1.9": 4, ">=1.9": 5},
        "steps": {"<1.9": 69},
        "goes_on_with_the_first_batch": {">=1.3": True},
        "updates": {"<1.9": {"0": 124, "1": 136, "2": 140}, ">=1.9": {"0": 120, "1": 140, "2": 140}},
    },
}

CHANGES = {
    "1.9": Change(
        says="With save_checkpoints_steps=10 every tenth step after step 1 was saved, and training resumed at step 31. Since 1.9 "
        "every tenth step after step 0 is saved, and training resumes at step 30.",
        do="Expect up to save_checkpoints_steps steps to be lost and run again, on whatever the input gives first.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L449",
        cause=causes.FIRST_CHECKPOINT,
    ),
}


def train(tf, model_dir, examples, batch_size, num_epochs, steps, max_steps, kill_at):
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.regressor import regressor

    journal = Journal(os.path.join(model_dir, "journal"), examples)

    class Kill(tf.SessionRunHook):
        def after_run(self, run_context, run_values):
            if len(journal.batches) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    x, y = synthetic.line(examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, batch_size, num_epochs, shuffle=False)
    estimator = regressor(model_dir, save_checkpoints_steps=10)
    estimator.train(journal.written(input_fn), steps=steps, max_steps=max_steps, hooks=[journal, Kill()])
    return journal


def run(tf, plan, watch):
    from estimator_semantics.probe import child

    call = [plan.examples, plan.batch_size, plan.num_epochs, plan.steps, plan.max_steps]
    status = child.run(train, watch.model_dir, *call, 35)
    journal = train(tf, watch.model_dir, *call, None)  # type: ignore[call-arg]  # of call, mypy sees no length
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
