"""train_and_evaluate: data that ends before max_steps."""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "train_and_evaluate stops at max_steps only: with less data it calls input_fn again, and without max_steps never ends."
FOUND = (
    "Depends on the release: before 1.10 data for 10 steps with max_steps=25 made 25 steps, and without "
    "max_steps there was no end within 50. Since 1.10 training ends with the data, after 10 steps in both "
    "cases. Of data without an example it raised RuntimeError before 1.10."
)
INSTEAD = "Pass `TrainSpec(input_fn, max_steps=25)`, and `num_epochs=None` in input_fn: 25 steps on every release."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/21748"

_FINITE = Plan(examples=40, batch_size=4, num_epochs=1, max_steps=25, shuffle=False, api="train_and_evaluate")

PLANS = {
    "finite data below max_steps": _FINITE,
    "ragged data below max_steps": _FINITE._replace(examples=10, max_steps=8),
    "finite data above max_steps": _FINITE._replace(max_steps=5),
    "endless data": _FINITE._replace(num_epochs=None),
    "max_steps=None": _FINITE._replace(max_steps=None),
    "no data": _FINITE._replace(num_epochs=0),
}

EXPECTED = {
    "max_steps=None": {"guard": {"<1.10": 50}},
    "no data": {"raises": {"<1.10": "RuntimeError"}},
}

CHANGES = {
    "1.10": Change(
        says="Up to 1.9 train_and_evaluate trained in a loop that only max_steps ended: it called input_fn again whenever the "
        "data ended. Since 1.10 it calls Estimator.train once, and evaluates whenever a checkpoint is saved.",
        do="Give the training input_fn num_epochs=None (Dataset.repeat()), and max_steps; or expect the shorter run.",
        source="https://github.com/tensorflow/tensorflow/issues/19062",
        cause=causes.ONE_TRAIN,
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.guard import Guard, NeverEnds
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    guard = Guard(steps=50)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    evaluated = tf.numpy_input_fn({"x": x}, y, plan.batch_size, shuffle=False)
    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    train = tf.estimator.TrainSpec(guard.counted(watch.counted(input_fn)), plan.max_steps, hooks=[watch, guard])
    try:
        tf.estimator.train_and_evaluate(estimator, train, tf.estimator.EvalSpec(evaluated))
    except NeverEnds:
        return guard.observe()
    except RuntimeError as error:
        # Before 1.10: after the second training without a step there is no new checkpoint to evaluate.
        if "no new checkpoint" not in str(error):
            raise
        observation = watch.observe()
        observation["measured"]["raises"] = refusal.name(error)
    else:
        observation = watch.observe()
    # Each call of input_fn ends with a ragged batch of its own, which this counter does not know.
    del observation["counters"]["examples"]
    return observation
