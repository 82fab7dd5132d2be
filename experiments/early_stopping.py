"""Early-stopping hooks."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "An early-stopping hook ends training at the step at which its condition becomes true."
FOUND = (
    "False: by default the hook asks after step 1 and then once a minute, so all 20 steps ran although the condition was true "
    "from step 5 on. With run_every_steps=1, training stopped at step 5 or 6; with run_every_steps=3, at any step from 5 to 8. "
    "TensorFlow does not order the hook's read of the global step and the step's increment, so chance decides."
)
INSTEAD = "Pass `run_every_secs=None, run_every_steps=1` to make_early_stopping_hook; for an exact end, use max_steps."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/40443"

PLAN = Plan(examples=80, batch_size=4, num_epochs=1, shuffle=False)

# By default the hook asks after the first step and then once a minute: a run that is shorter is not stopped.
#
# A hook that always reads before the step, or always after it, sees each number once and asks at the same steps. A hook that
# reads after step 4 and before step 5 sees 4 twice and asks one step later: with run_every_steps=1, at step 6 instead of 5.
# With run_every_steps=3, a hook asks at steps 1, 4 and 7. At the latest it asks at 8: it reads after step 4, and before step 8,
# where it sees 7. At the earliest it asks at 5: it reads after step 1, and before step 5, where it sees 4.
EXPECTED = {
    "asked_by_default": {">=1.10": [1]},
    "steps_by_default": {">=1.10": 20},
    "steps_asked_each_step": {">=1.10": 5},
    "steps_asked_each_step_read_after_it": {">=1.10": 5},
    "steps_asked_each_step_at_the_latest": {">=1.10": 6},
    "steps_asked_each_third_step": {">=1.10": 7},
    "steps_asked_each_third_step_read_after_it": {">=1.10": 7},
    "steps_asked_each_third_step_at_the_earliest": {">=1.10": 5},
    "steps_asked_each_third_step_at_the_latest": {">=1.10": 8},
    "steps_by_chance_other_than_these": {">=1.10": []},
}

# How many trainings leave the order to chance.
_BY_CHANCE = 5


def run(tf, plan, watch):
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.reading import Reading
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    trainings = []

    def train(after=None, **seconds_or_steps):
        """Return after how many steps the hook asked, and how many steps ran; stop is due after five.

        ``after`` says of each step whether the hook reads the global step after it or before it; by default it is chance.
        """
        trainings.append(os.path.join(watch.model_dir, str(len(trainings))))
        journal = Journal(trainings[-1] + ".journal", plan.examples)
        asked = []

        def should_stop():
            asked.append(len(journal.batches))
            return asked[-1] >= 5

        estimator = regressor(trainings[-1])
        hook = tf.early_stopping.make_early_stopping_hook(estimator, should_stop, **seconds_or_steps)
        estimator.train(journal.written(input_fn), hooks=[journal, Reading(lambda: hook, after) if after else hook])
        return asked, len(journal.batches)

    each_step = {"run_every_secs": None, "run_every_steps": 1}
    each_third = {"run_every_secs": None, "run_every_steps": 3}
    asked, steps = train()
    measured = {
        "asked_by_default": asked,
        "steps_by_default": steps,
        "steps_asked_each_step": train(lambda step: False, **each_step)[1],
        "steps_asked_each_step_read_after_it": train(lambda step: True, **each_step)[1],
        "steps_asked_each_step_at_the_latest": train(lambda step: step <= 4, **each_step)[1],
        "steps_asked_each_third_step": train(lambda step: False, **each_third)[1],
        "steps_asked_each_third_step_read_after_it": train(lambda step: True, **each_third)[1],
        "steps_asked_each_third_step_at_the_earliest": train(lambda step: step <= 1, **each_third)[1],
        "steps_asked_each_third_step_at_the_latest": train(lambda step: step <= 4, **each_third)[1],
    }
    by_chance = [train(**each_step)[1] for _ in range(_BY_CHANCE)]
    others = set(by_chance).difference((5, 6))
    by_chance = [train(**each_third)[1] for _ in range(_BY_CHANCE)]
    others |= set(by_chance).difference((5, 6, 7, 8))
    measured["steps_by_chance_other_than_these"] = sorted(others)
    return {"measured": measured, "counters": {}}
