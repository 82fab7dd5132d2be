"""The step loop taken apart: what a step of the answer's first training costs, part by part.

The loop that Estimator.train makes is built up by hand, one part after the other, and what each part adds is its cost.
The last of these loops has all that an Estimator's has, so what the parts add up to can be held against Estimator.train
itself.
"""

import statistics
import time

from estimator_semantics.probe import synthetic

BATCH_SIZE = 4
WHOLE = "Estimator.train"


class Loops:
    """Step loops; each method runs one and returns its seconds, from the end of its first step until all is closed."""

    def __init__(self, tf, folder, steps):
        self._tf = tf
        self._steps = steps
        self._folder = folder
        self._made = 0
        self._x, self._y = synthetic.line(steps * BATCH_SIZE)

    def _model_dir(self):
        self._made += 1
        return str(self._folder / str(self._made))

    def _estimator(self):
        columns = [self._tf.feature_column.numeric_column("x")]
        return self._tf.estimator.LinearRegressor(columns, self._model_dir())

    def _input_fn(self):
        return self._tf.numpy_input_fn({"x": self._x}, self._y, BATCH_SIZE, 1, True)

    def _step(self, batch):
        """Return what Estimator.train runs in each step, and the model it belongs to."""
        estimator = self._estimator()
        self._tf.v1.train.get_or_create_global_step()
        model = estimator.model_fn(*batch, "train", estimator.config)
        return [model.train_op, model.loss], model, estimator

    def _plain(self, fetches, queues=False):
        v1 = self._tf.v1
        with v1.Session() as session:
            session.run([v1.global_variables_initializer(), v1.local_variables_initializer(), v1.tables_initializer()])
            coordinator = v1.train.Coordinator()
            threads = v1.train.start_queue_runners(session, coordinator) if queues else []
            session.run(fetches)
            begun = time.perf_counter()
            for _ in range(self._steps - 1):
                session.run(fetches)
            coordinator.request_stop()
            coordinator.join(threads, stop_grace_period_secs=10, ignore_live_threads=True)
        return time.perf_counter() - begun

    def session_run(self):
        """session.run of two operations that do nothing."""
        v1 = self._tf.v1
        with v1.Graph().as_default():
            return self._plain([v1.no_op(), v1.constant(0.0)])

    def train_op(self):
        """The same, with the model and its train op on a batch that is always there."""
        v1 = self._tf.v1
        with v1.Graph().as_default():
            batch = {"x": v1.constant(self._x[:BATCH_SIZE])}, v1.constant(self._y[:BATCH_SIZE])
            return self._plain(self._step(batch)[0])

    def input_queue(self):
        """The same, with the batch from the input queue."""
        with self._tf.v1.Graph().as_default():
            return self._plain(self._step(self._input_fn()())[0], queues=True)

    def hooks(self):
        """The same, in a MonitoredSession with the hooks of an Estimator."""
        return self._monitored(summaries=None, checkpoints=None)

    def summaries(self):
        """The same, with a summary every 100 steps."""
        return self._monitored(summaries=100, checkpoints=None)

    def checkpoints(self):
        """The same, with a checkpoint before the first step and after the last one: all that an Estimator does."""
        return self._monitored(summaries=100, checkpoints=600)

    def _monitored(self, summaries, checkpoints):
        v1 = self._tf.v1
        watch = self._stopwatch()
        with v1.Graph().as_default():
            fetches, model, estimator = self._step(self._input_fn()())
            tensors = {"loss": model.loss, "step": v1.train.get_global_step()}
            hooks = [watch, v1.train.NanTensorHook(model.loss), v1.train.LoggingTensorHook(tensors, every_n_iter=100)]
            if not any(each.op.name == "loss" for each in v1.get_collection(v1.GraphKeys.SUMMARIES)):
                v1.summary.scalar("loss", model.loss)
            session = v1.train.MonitoredTrainingSession(
                checkpoint_dir=estimator.model_dir,
                hooks=hooks,
                save_checkpoint_secs=checkpoints,
                save_summaries_steps=summaries,
                save_summaries_secs=None,
                log_step_count_steps=100,
                config=estimator._session_config,
            )
            with session:
                while not session.should_stop():
                    session.run(fetches)
        return time.perf_counter() - watch.begun

    def whole(self):
        """Estimator.train."""
        watch = self._stopwatch()
        self._estimator().train(self._input_fn(), hooks=[watch])
        return time.perf_counter() - watch.begun

    def _stopwatch(self):
        """Return a hook that notes when the first step is over: what a session prepares for it is not in the times."""

        class Stopwatch(self._tf.SessionRunHook):
            begun = None

            def after_run(self, run_context, run_values):
                self.begun = self.begun or time.perf_counter()

        return Stopwatch()


def loops_of(loops):
    """Return the loops: the whole, and then those that are built up, each with one part more."""
    return {
        WHOLE: loops.whole,
        "session.run": loops.session_run,
        "train op": loops.train_op,
        "input queue": loops.input_queue,
        "hooks": loops.hooks,
        "summaries": loops.summaries,
        "checkpoints": loops.checkpoints,
    }


def test_the_parts_of_a_step(tf, steps, in_turns, table, benchmark, tmp_path, capsys):
    for run in loops_of(Loops(tf, tmp_path / "first", 200)).values():
        run()  # the first training of a process takes longer than others
    loops = loops_of(Loops(tf, tmp_path, steps))
    found = in_turns({name: lambda run=run: run() / steps for name, run in loops.items()})

    # What each loop takes longer than the one before: so in each round they add up to the last loop.
    parts, before = {WHOLE: found[WHOLE]}, [0.0] * len(found[WHOLE])
    for name in list(loops)[1:]:
        parts[name] = [after - without for after, without in zip(found[name], before, strict=True)]
        before = found[name]
    note = (
        "Below the first row the loop is built up part by part, from session.run of nothing to all that Estimator.train does; "
        "each row is what its part added, turn by turn."
    )
    table(f"microseconds per step, part by part, {steps:,} steps", parts, note=note)
    shares = [last / whole for last, whole in zip(before, found[WHOLE], strict=True)]
    share = benchmark.extra_info["sum of the parts / whole"] = statistics.median(shares)
    with capsys.disabled():
        print(
            "  aim: the parts add up to the whole within 10 %; "
            f"sum / whole {share:.3f} ({min(shares):.3f} to {max(shares):.3f})"
        )
