"""A train_op that increases the global step twice."""

import os

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "steps=4 runs the train_op four times, also when it holds two optimizers that both get the global step."
FOUND = (
    "False: each run of the train_op adds two to the global step. With steps=3 the train_op ran twice. With steps=4 it ran three "
    "times, or by chance twice, as it always did in 1.3."
)
INSTEAD = (
    "Give the global step to one of the two optimizers only: `tf.group(first.minimize(loss, global_step), "
    "second.minimize(loss))`."
)
SOURCE = "https://github.com/JayYip/m3tl/issues/12"

PLANS = {
    "steps=4": Plan(examples=24, batch_size=4, num_epochs=1, steps=4, shuffle=False),
    "steps=3": Plan(examples=24, batch_size=4, num_epochs=1, steps=3, shuffle=False),
}

# Since 1.4 the hook that stops assumes that the global step that it read beside the train_op is one step old. With two increments
# it may miss that the last step is reached, and the train_op runs once more: that happens if the hook reads before both, and not
# if it reads after one of them. TensorFlow does not order the read and the increments.
EXPECTED = {
    "steps=4": {
        "steps": {"<1.4": 2, ">=1.4": 3},
        "global_step": {"<1.4": 4, ">=1.4": 6},
        "steps_read_after_it": {">=1.3": 2},
        "steps_by_chance_other_than_2_and_3": {">=1.3": []},
    },
    "steps=3": {
        "steps": {">=1.3": 2},
        "global_step": {">=1.3": 4},
        "steps_read_after_it": {">=1.3": 2},
        "steps_by_chance": {">=1.3": [2]},
    },
}

# How many trainings leave the order to chance.
_BY_CHANCE = 3

CHANGES = {
    "1.4": Change(
        says="Training stopped as soon as the global step was 4 or more. Since 1.4 the hook that stops looks at the true global "
        "step only when the one read beside the train_op, plus one, is 4 or more; two increases a run can jump over that.",
        do="Give the global step to one of the optimizers only.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.4.1/tensorflow/python/training/"
        "basic_session_run_hooks.py#L310",
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import model
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.reading import ReadFirst, Reading
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)

    def minimize(optimizer, loss):
        global_step = tf.v1.train.get_global_step()
        return tf.v1.group(*[optimizer.minimize(loss, global_step=global_step) for _ in range(2)])

    def steps(name, steps, *hooks):
        """Return how often the train_op runs."""
        journal = Journal(os.path.join(watch.model_dir, name + ".journal"), plan.examples)
        estimator = tf.estimator.Estimator(model.linear(minimize), os.path.join(watch.model_dir, name), light())
        estimator.train(journal.written(input_fn), steps=steps, hooks=[journal] + list(hooks))
        return len(journal.batches)

    estimator = tf.estimator.Estimator(model.linear(minimize), watch.model_dir, light())
    estimator.train(watch.counted(input_fn), steps=plan.steps, hooks=[watch, ReadFirst()])
    observation = watch.observe()
    # It is the counter that counts twice.
    del observation["counters"]["global step"]
    measured = {name: observation["measured"][name] for name in ("steps", "global_step")}
    # The hook that an Estimator creates for steps.
    reading = Reading(lambda: tf.train.StopAtStepHook(plan.steps), lambda step: True)
    measured["steps_read_after_it"] = steps("read after it", None, reading)
    by_chance = {steps("by chance {}".format(number), plan.steps) for number in range(_BY_CHANCE)}
    if plan.steps == 4:
        measured["steps_by_chance_other_than_2_and_3"] = sorted(by_chance.difference((2, 3)))
    else:
        measured["steps_by_chance"] = sorted(by_chance)
    return {"measured": measured, "counters": observation["counters"]}
