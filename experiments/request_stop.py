"""A hook that requests a stop."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "run_context.request_stop() ends training after the step in which it is called, before steps and data do."
FOUND = (
    "True. With steps=5 and data for 6 steps, a request in step 3 ended training after 3 steps, whether it "
    "was made before or after the step."
)
INSTEAD = "Call `train(input_fn, steps=3)` if the number is known; a hook can be a third bound."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/SessionRunContext#request_stop"

PLANS = {
    "after the step": Plan(examples=24, batch_size=4, num_epochs=1, steps=5, shuffle=False),
    "before the step": Plan(examples=24, batch_size=4, num_epochs=1, max_steps=5, shuffle=False),
}

# A request made before the step lets the step run as well.
_AFTER_THREE = {
    "steps": {">=1.3": 3},
    "global_step": {">=1.3": 3},
    "examples": {">=1.3": 12},
    "usage": {">=1.3": {"0": 12, "1": 12}},
}
EXPECTED = dict.fromkeys(PLANS, _AFTER_THREE)


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    class StopAtThirdStep(tf.SessionRunHook):
        count = 0

        def before_run(self, run_context):
            self.count += 1
            if self.count == 3 and plan.max_steps:
                run_context.request_stop()

        def after_run(self, run_context, run_values):
            if self.count == 3 and plan.steps:
                run_context.request_stop()

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir)
    hooks = [watch, StopAtThirdStep()]
    estimator.train(watch.counted(input_fn), steps=plan.steps, max_steps=plan.max_steps, hooks=hooks)
    observation = watch.observe()
    # Neither the data nor the steps: the watch knows of no third bound.
    del observation["measured"]["bound"]
    return observation
