"""StopAtStepHook: a bound that is reached before the first step."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "With a StopAtStepHook whose bound is reached already, no step runs."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/train/StopAtStepHook"

PLAN = Plan(examples=40, batch_size=4, num_epochs=1, shuffle=False)

# A hook looks only after a step, so one runs.
EXPECTED = {
    "steps_with_num_steps_0": {">=1.3": 1},
    "steps_with_last_step_passed": {">=1.3": 1},
    "steps_with_hook_used_again": {">=1.3": 1},
    "steps_with_max_steps_passed": {">=1.3": 0},
}


def run(tf, plan, watch):
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)

    def steps_with(*hooks, **bound):
        before = tf.checkpointed(watch.model_dir, "global_step") or 0
        estimator.train(input_fn, hooks=list(hooks), **bound)
        return int(tf.checkpointed(watch.model_dir, "global_step") - before)

    # It keeps the last step that it computed when it was used first.
    used = tf.train.StopAtStepHook(num_steps=5)
    steps_with(used)
    measured = {
        "steps_with_hook_used_again": steps_with(used),
        "steps_with_num_steps_0": steps_with(tf.train.StopAtStepHook(num_steps=0)),
        "steps_with_last_step_passed": steps_with(tf.train.StopAtStepHook(last_step=3)),
        "steps_with_max_steps_passed": steps_with(max_steps=3),
    }
    return {"measured": measured, "counters": {}}
