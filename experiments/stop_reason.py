"""What says why a training stopped."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "When an Estimator stops by itself, nothing says why."
FOUND = (
    "True of TensorFlow: of the end of the data and of steps nothing is logged, and max_steps is named only where it had been "
    "reached before the call. A hook can tell: `StopReasonHook` of estimator_semantics.stop_reason named the bound each "
    "time, and the same numbers of steps and examples as the counters here."
)
INSTEAD = "Call `train(input_fn, hooks=[StopReasonHook()])`."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/23477"

_ENDLESS = Plan(examples=10, batch_size=4, num_epochs=None, shuffle=False)
_MANY_STEPS_IN_A_RUN = _ENDLESS._replace(steps=50)
_HOOK = _ENDLESS._replace(steps=100)

PLANS = {
    "the data ends": _ENDLESS._replace(num_epochs=1),
    "the data ends before steps": _ENDLESS._replace(num_epochs=2, steps=100),
    "the data ends before max_steps, resumed": _ENDLESS._replace(num_epochs=1, max_steps=100, global_step=3),
    "Dataset ends": _ENDLESS._replace(num_epochs=2, input="batch, then repeat"),
    "steps": _ENDLESS._replace(steps=2),
    "steps, resumed": _ENDLESS._replace(steps=5, global_step=3),
    "max_steps, resumed": _ENDLESS._replace(max_steps=7, global_step=3),
    "max_steps reached before": _ENDLESS._replace(max_steps=3, global_step=3),
    "steps, many in a run": _MANY_STEPS_IN_A_RUN,
    "a hook": _HOOK,
}


def _reason(bound, steps, global_step, examples, epochs):
    of_hook = {"bound": bound, "steps": steps, "global_step": global_step, "examples": examples, "epochs": epochs}
    return {"reason": {">=1.3": of_hook}, "logged": {">=1.3": []}}


EXPECTED = {
    "the data ends": _reason("epochs", 3, 3, 10, 1),
    "the data ends before steps": _reason("epochs", 5, 5, 20, 2),
    "the data ends before max_steps, resumed": _reason("epochs", 3, 6, 10, 1),
    "Dataset ends": _reason("epochs", 6, 6, 20, 2),
    "steps": _reason("steps", 2, 2, 8, 0),
    "steps, resumed": _reason("steps", 5, 8, 20, 2),
    "max_steps, resumed": _reason("max_steps", 4, 7, 16, 1),
    "max_steps reached before": {
        "reason": {">=1.3": {"bound": None, "steps": 0, "global_step": None, "examples": None, "epochs": None}},
        "logged": {">=1.3": ["Skipping training since max_steps has already saved."]},
    },
    # Hooks are called for the last step of each run.
    "steps, many in a run": _reason("steps", 50, 50, None, None),
    # The watch, and the law, know of no third bound.
    "a hook": dict(
        _reason("request", 3, 3, 12, 1),
        steps={">=1.3": 3},
        global_step={">=1.3": 3},
        examples={">=1.3": 12},
        epochs={">=1.3": 1},
        usage={">=1.3": {"1": 8, "2": 2}},
    ),
}

# What a message that gives a reason would speak of.
_REASONS = ("end of", "ended", "ran out", "out of range", "exhausted", "reached", "max_steps", "stop")


def run(tf, plan, watch):
    from estimator_semantics import faster
    from estimator_semantics.probe.log import Log
    from estimator_semantics.probe.regressor import regressor
    from estimator_semantics.stop_reason.hook import StopReasonHook

    x, y = synthetic.line(plan.examples)

    def numpy_input_fn(num_epochs):
        return tf.numpy_input_fn({"x": x}, y, plan.batch_size, num_epochs, plan.shuffle)

    def dataset():
        return tf.batch(tf.Dataset.from_tensor_slices(({"x": x}, y)), plan.batch_size).repeat(plan.num_epochs)

    class StopAtThirdStep(tf.SessionRunHook):
        count = 0

        def after_run(self, run_context, run_values):
            self.count += 1
            if self.count == 3:
                run_context.request_stop()

    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    if plan.global_step:
        estimator.train(numpy_input_fn(None), steps=plan.global_step)
    if plan == _MANY_STEPS_IN_A_RUN:
        estimator = faster.steps_per_run(estimator, 20)
    said = []
    reason = StopReasonHook(examples=plan.examples, say=said.append)
    hooks = [watch, reason, StopAtThirdStep()] if plan == _HOOK else [watch, reason]
    input_fn = numpy_input_fn(plan.num_epochs) if plan.input == "numpy_input_fn" else dataset
    with Log() as log:
        estimator.train(watch.counted(input_fn), hooks=hooks, steps=plan.steps, max_steps=plan.max_steps)

    observation = watch.observe()
    measured, counters = observation["measured"], observation["counters"]
    if plan == _MANY_STEPS_IN_A_RUN:
        # Hooks are called once for each run. What is counted in the graph is counted in each step.
        del counters["train op"]
        measured["steps"] = counters["batches"]
    if plan == _HOOK:
        del measured["bound"]
    names = ("bound", "steps", "global_step", "examples", "epochs")
    measured["reason"] = {name: getattr(reason.reason, name) for name in names}
    # What is deprecated is said with names and places in it, and once in a process.
    messages = [message for message in log.messages if "deprecated" not in message]
    measured["logged"] = [message for message in messages if any(word in message.lower() for word in _REASONS)]
    # It has said it once, at the end; where nothing was trained there was none.
    assert said == ([str(reason.reason)] if reason.reason.bound else [])
    return observation
