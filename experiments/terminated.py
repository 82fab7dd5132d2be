"""A process that gets SIGTERM."""

import os
import signal

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "On SIGTERM a training saves what it has before the process ends."
FOUND = (
    "False: SIGTERM in step 15 left the checkpoint of step 10 (before 1.9: 11) as the last. With a handler "
    "that makes a hook request a stop, step 15 was saved."
)
INSTEAD = (
    "Handle SIGTERM: set a flag in a signal handler, and call `run_context.request_stop()` in a hook when it is set."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/SessionRunContext#request_stop"
SLOW = "trains in two processes of its own"

PLAN = Plan(examples=80, batch_size=4, num_epochs=1, shuffle=False)

# There is no handler of TensorFlow's: nothing is saved. A handler of one's own can make a hook request a stop.
EXPECTED = {
    "exit_status": {">=1.3": -15},
    "checkpoints": {"<1.9": [1, 11], ">=1.9": [0, 10]},
    "exit_status_with_a_handler_that_requests_a_stop": {">=1.3": 0},
    "checkpoints_with_a_handler_that_requests_a_stop": {"<1.9": [1, 11, 15], ">=1.9": [0, 10, 15]},
}

CHANGES = {
    "1.9": Change(
        says="With save_checkpoints_steps=10 the steps 1 and 11 were saved; since 1.9 these are 0 and 10. The step at which "
        "SIGTERM comes is saved on no release, unless a handler makes a hook request a stop.",
        do="Handle SIGTERM: remember it, and call run_context.request_stop() in a hook.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L449",
        cause=causes.FIRST_CHECKPOINT,
    ),
}


def train(tf, model_dir, examples, batch_size, handle):
    from estimator_semantics.probe.regressor import regressor

    class Terminate(tf.SessionRunHook):
        steps = 0
        stop = False

        def begin(self):
            if handle:
                signal.signal(signal.SIGTERM, self.remember)

        def remember(self, number, frame):
            self.stop = True

        def after_run(self, run_context, run_values):
            self.steps += 1
            if self.steps == 15:
                os.kill(os.getpid(), signal.SIGTERM)
            if self.stop:
                run_context.request_stop()

    x, y = synthetic.line(examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, batch_size, shuffle=False)
    estimator = regressor(model_dir, save_checkpoints_steps=10)
    estimator.train(input_fn, hooks=[Terminate()])


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints, child

    measured = {}
    for name, handle in (("", False), ("_with_a_handler_that_requests_a_stop", True)):
        model_dir = os.path.join(watch.model_dir, str(handle))
        measured["exit_status" + name] = child.run(train, model_dir, plan.examples, plan.batch_size, handle)
        measured["checkpoints" + name] = checkpoints.steps(model_dir)
    return {"measured": measured, "counters": {}}
