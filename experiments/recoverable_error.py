"""An error from which the session recovers."""

import os
import time

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "After tf.errors.AbortedError the session is created anew, and training goes on with the data that is left."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/compat/v1/train/MonitoredSession"

_ONE_EPOCH = Plan(examples=100, batch_size=4, num_epochs=1, shuffle=False)

PLANS = {"numpy_input_fn": _ONE_EPOCH, "tf.data": _ONE_EPOCH._replace(input="repeat, then batch")}


def run(tf, plan, watch):
    from estimator_semantics.probe import checkpoints
    from estimator_semantics.probe.journal import Journal

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
    config = tf.estimator.RunConfig().replace(save_checkpoints_steps=10)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir, config=config)
    estimator.train(journal.written(input_fn), hooks=[journal, AbortOnce()])
    measured = {
        "started_at": journal.starts,
        "steps_of_each_session": journal.runs,
        "global_step": checkpoints.steps(watch.model_dir)[-1],
        "updates": journal.usage,
    }
    return {"measured": measured, "counters": {}}
