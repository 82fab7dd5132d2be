"""Repeated calls to train: steps adds up, max_steps is absolute."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "steps adds to what was trained before, max_steps is the global step at which training ends for good."
FOUND = (
    "True. From step 10, steps=10 ran 10 more and max_steps=15 ran 5. With max_steps=10 or max_steps=5 "
    "nothing ran, and input_fn was not called."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/Estimator#train"

PLANS = {
    "steps": Plan(examples=10, batch_size=4, num_epochs=None, steps=10, global_step=10, shuffle=False),
    "max_steps above": Plan(examples=10, batch_size=4, num_epochs=None, max_steps=15, global_step=10, shuffle=False),
    "max_steps reached": Plan(examples=10, batch_size=4, num_epochs=None, max_steps=10, global_step=10, shuffle=False),
    "max_steps passed": Plan(examples=10, batch_size=4, num_epochs=None, max_steps=5, global_step=10, shuffle=False),
    "neither": Plan(examples=10, batch_size=4, num_epochs=1, global_step=10, shuffle=False),
}

_SKIPPED = {
    "logged": {">=1.3": ["Skipping training since max_steps has already saved."]},
    "input_fn_called": {">=1.3": False},
}
_TRAINED = {"logged": {">=1.3": []}, "input_fn_called": {">=1.3": True}}
EXPECTED = {case: _SKIPPED if case in ("max_steps reached", "max_steps passed") else _TRAINED for case in PLANS}


def run(tf, plan, watch):
    from estimator_semantics.probe.log import Log
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    endless = tf.numpy_input_fn({"x": x}, y, plan.batch_size, None, plan.shuffle)
    regressor(watch.model_dir, save_checkpoints_secs=600).train(endless, steps=plan.global_step)

    input_fn = watch.counted(tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle))
    calls = []

    def noted_input_fn():
        calls.append(input_fn)
        return input_fn()

    # An Estimator of its own, as a process that starts later has: all it knows of the first call is in model_dir.
    resumed = regressor(watch.model_dir, save_checkpoints_secs=600)
    with Log() as log:
        resumed.train(noted_input_fn, hooks=[watch], steps=plan.steps, max_steps=plan.max_steps)
    observed = watch.observe()
    observed["measured"]["logged"] = [message for message in log.messages if "Skipping" in message]
    observed["measured"]["input_fn_called"] = bool(calls)
    return observed
