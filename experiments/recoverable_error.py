"""An error from which the session recovers."""

import os
import time

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "After tf.errors.AbortedError the session is created anew, and training goes on with the data that is left."
FOUND = (
    "False: the session was created anew, but a Dataset began at its first example again: on data for 25 "
    "steps it ran 15 and then 25. numpy_input_fn lost what was in its queue: training ended at step 10 "
    "(before 1.9: 11) without an error, and 40 of 100 examples were never used."
)
INSTEAD = "Call `train(input_fn, max_steps=25)` with `num_epochs=None`; afterwards, check the global step."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/compat/v1/train/MonitoredSession"

_ONE_EPOCH = Plan(examples=100, batch_size=4, num_epochs=1, shuffle=False)

PLANS = {"numpy_input_fn": _ONE_EPOCH, "tf.data": _ONE_EPOCH._replace(input="repeat, then batch")}

# What numpy_input_fn has put into the queue is gone with the session: here all that was left, and training ends, without an
# error, at the step that was saved last. A dataset begins anew, and gives the whole of its data once more.
EXPECTED = {
    "numpy_input_fn": {
        "started_at": {"<1.9": [0, 11], ">=1.9": [0, 10]},
        "steps_of_each_session": {">=1.3": [15, 0]},
        "global_step": {"<1.9": 11, ">=1.9": 10},
        "updates": {">=1.3": {"0": 40, "1": 60}},
    },
    "tf.data": {
        "started_at": {"<1.9": [0, 11], ">=1.9": [0, 10]},
        "steps_of_each_session": {">=1.3": [15, 25]},
        "global_step": {"<1.9": 36, ">=1.9": 35},
        "updates": {">=1.3": {"1": 40, "2": 60}},
    },
}

CHANGES = {
    "1.9": Change(
        says="With save_checkpoints_steps=10 the session was created anew at step 11; since 1.9 it is at step 10.",
        do="Check the global step when training has ended; with endless data, max_steps is reached in any case.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L449",
        cause=causes.FIRST_CHECKPOINT,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.regressor import regressor

    journal = Journal(os.path.join(watch.model_dir, "journal"), plan.examples)

    class AbortOnce(tf.SessionRunHook):
        def begin(self):
            operations = tf.v1.get_default_graph().get_operations()
            self.queue_sizes = [each.outputs[0] for each in operations if each.type.startswith("QueueSize")]

        def after_run(self, run_context, run_values):
            if journal.runs == [15]:
                # All that is left of the data is in the queue by now, or will be in a moment.
                while any(run_context.session.run(size) < plan.examples - 60 for size in self.queue_sizes):
                    time.sleep(0.01)
                raise tf.errors.AbortedError(None, None, "once")

    x, y = synthetic.line(plan.examples)

    def dataset():
        return tf.Dataset.from_tensor_slices(({"x": x}, y)).repeat(plan.num_epochs).batch(plan.batch_size)

    in_numpy = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    input_fn = in_numpy if plan.input == "numpy_input_fn" else dataset
    estimator = regressor(watch.model_dir, save_checkpoints_steps=10)
    estimator.train(journal.written(input_fn), hooks=[journal, AbortOnce()])
    measured = {
        "started_at": journal.starts,
        "steps_of_each_session": journal.runs,
        "global_step": checkpoints.steps(watch.model_dir)[-1],
        "updates": journal.usage,
    }
    return {"measured": measured, "counters": {}}
