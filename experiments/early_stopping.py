"""Early stopping hooks: when they look."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "An early stopping hook ends training at the step at which its condition holds."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/40443"

PLAN = Plan(examples=120, batch_size=4, num_epochs=1)

# The condition holds from step 5 on. By default the hooks look every 60 seconds, and for the first time after step 1.
EXPECTED = {
    "steps_by_default": {">=1.10": 30},
    "asked_by_default": {">=1.10": 1},
    "steps_with_run_every_steps": {">=1.10": {"from": 5, "to": 6}},
    "steps_with_stop_if_lower": {">=1.10": {"from": 10, "to": 12}},
    "steps_with_stop_if_lower_by_default": {">=1.10": 30},
}


def run(tf, plan, watch):
    import os

    hooks = tf.early_stopping
    hooks.make_early_stopping_hook  # absent before the rest is tried
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    asked = []

    def holds():
        asked.append(True)
        return len(asked) >= 5

    def estimator(name):
        config = tf.estimator.RunConfig(model_dir=os.path.join(watch.model_dir, name), save_checkpoints_steps=10)
        return tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], config=config)

    def steps(trained):
        return int(tf.checkpointed(trained.model_dir, "global_step"))

    def evaluated(name, **every):
        trained = estimator(name)
        # Any loss is lower than that: it holds as soon as there is an evaluation, which is at step 10.
        hook = hooks.stop_if_lower_hook(trained, "loss", 1e9, **every)
        train = tf.estimator.TrainSpec(input_fn, hooks=[hook])
        os.makedirs(trained.eval_dir())
        tf.estimator.train_and_evaluate(trained, train, tf.estimator.EvalSpec(input_fn, throttle_secs=0))
        return steps(trained)

    by_default, every_step = estimator("by default"), estimator("every step")
    by_default.train(input_fn, hooks=[hooks.make_early_stopping_hook(by_default, holds)])
    measured = {"steps_by_default": steps(by_default), "asked_by_default": len(asked)}
    del asked[:]
    hook = hooks.make_early_stopping_hook(every_step, holds, run_every_secs=None, run_every_steps=1)
    every_step.train(input_fn, hooks=[hook])
    measured.update(
        steps_with_run_every_steps=steps(every_step),
        steps_with_stop_if_lower=evaluated("lower", run_every_secs=None, run_every_steps=1),
        steps_with_stop_if_lower_by_default=evaluated("lower by default"),
    )
    return {"measured": measured, "counters": {}}
