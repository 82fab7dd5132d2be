"""Many steps in one session.run, from tf.data instead of a queue."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Who runs many steps in one session.run can stop at multiples of them only."
FOUND = (
    "False. With steps_per_run and numpy_input_fn of estimator_semantics.faster, training ended at the same step as "
    "with one step at a time, with the same weights to the bit, and with checkpoints and summaries of the same steps."
)
INSTEAD = "Use `estimator_semantics.faster.steps_per_run(estimator, 100)`, and its `numpy_input_fn`."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/tpu/TPUConfig"

_ENDLESS = Plan(examples=200, batch_size=4, num_epochs=None, shuffle=False)

_STEPS_PER_RUN = 15

# The threads that feed it run the session while the loop is made.
_QUEUE = _ENDLESS._replace(steps=60)

_LINEAR_REGRESSOR = Plan(examples=200, batch_size=4, num_epochs=1, shuffle=False)

PLANS = {
    "the data ends": _LINEAR_REGRESSOR,
    "ragged": Plan(examples=201, batch_size=4, num_epochs=2, shuffle=False),
    "shuffled": Plan(examples=201, batch_size=4, num_epochs=2, shuffle=True),
    "two threads": Plan(examples=201, batch_size=4, num_epochs=1, shuffle=False, num_threads=2),
    "steps": _ENDLESS._replace(steps=77),
    "fewer steps than a run has": _ENDLESS._replace(steps=7),
    "one step": _ENDLESS._replace(steps=1),
    "numpy_input_fn of TensorFlow": _QUEUE,
    "steps, resumed": _ENDLESS._replace(steps=50, global_step=33),
    "max_steps, resumed": _ENDLESS._replace(max_steps=80, global_step=33),
}

_SAME = {name: {">=1.3": True} for name in ("checkpoints_the_same", "summaries_every_20_steps")}
# The weights after shuffled data are those of an order of its own.
EXPECTED = {
    case: _SAME if plan.shuffle or plan.num_threads > 1 else dict(_SAME, weights_the_same={">=1.3": True})
    for case, plan in PLANS.items()
}


def run(tf, plan, watch):
    from estimator_semantics import faster
    from estimator_semantics.probe import checkpoints
    from estimator_semantics.probe.regressor import light, regressor

    x, y = synthetic.line(plan.examples)
    one_at_a_time = os.path.join(watch.model_dir, "one at a time")

    def prepared(model_dir):
        saves = {"save_checkpoints_steps": 25, "save_summary_steps": 20, "keep_checkpoint_max": 100}
        if plan == _LINEAR_REGRESSOR:
            columns = [tf.feature_column.numeric_column("x")]
            estimator = tf.estimator.LinearRegressor(columns, model_dir, config=light(**saves))
        else:
            estimator = regressor(model_dir, **saves)
        if plan.global_step:
            estimator.train(tf.numpy_input_fn({"x": x}, y, plan.batch_size, None, False), steps=plan.global_step)
        return estimator

    def input_fn(numpy_input_fn):
        return numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle, num_threads=plan.num_threads)

    prepared(one_at_a_time).train(input_fn(tf.numpy_input_fn), steps=plan.steps, max_steps=plan.max_steps)
    estimator = faster.steps_per_run(prepared(watch.model_dir), _STEPS_PER_RUN)
    batches = watch.counted(input_fn(tf.numpy_input_fn if plan == _QUEUE else faster.numpy_input_fn))
    estimator.train(batches, hooks=[watch], steps=plan.steps, max_steps=plan.max_steps)

    observation = watch.observe()
    measured, counters = observation["measured"], observation["counters"]
    # Hooks are called once for each run. What is counted in the graph is counted in each step.
    del counters["train op"]
    measured["steps"] = counters["batches"]
    steps = checkpoints.steps(watch.model_dir)
    measured["checkpoints_the_same"] = steps == checkpoints.steps(one_at_a_time)
    # One step at a time they may come a step earlier now and then: their hook takes the next step for this one when it
    # reads the global step late.
    first, last = plan.global_step + 1, measured["global_step"]
    expected = list(range(first, last + 1, 20))
    measured["summaries_every_20_steps"] = _summaries(tf, plan, watch.model_dir) == expected
    if not plan.shuffle and plan.num_threads == 1:
        values = checkpoints.values(watch.model_dir, steps[-1]), checkpoints.values(one_at_a_time, steps[-1])
        measured["weights_the_same"] = _bits(values[0]) == _bits(values[1])
    return observation


def _bits(values):
    return {name: value.tobytes() for name, value in values.items()}


def _summaries(tf, plan, model_dir):
    """Return the steps of this training that there is a value of the loss of."""
    events = (name for name in sorted(os.listdir(model_dir)) if "tfevents" in name)
    return [
        event.step
        for name in events
        for event in tf.train.summary_iterator(os.path.join(model_dir, name))
        if event.step > plan.global_step and any(value.tag == "loss" for value in event.summary.value)
    ]
