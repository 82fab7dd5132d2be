"""Several steps in a run: the same last step, and the same weights to the bit."""

import contextlib
import logging

import numpy as np
import pytest

from estimator_semantics.probe import synthetic


def saved(tf, model_dir):
    """Return all that the last checkpoint holds, to the bit."""
    reader = tf.v1.train.NewCheckpointReader(tf.v1.train.latest_checkpoint(str(model_dir)))
    return {name: reader.get_tensor(name).tobytes() for name in reader.get_variable_to_shape_map()}


def linear(tf, model_dir, **config):
    """Return the Estimator of the answer."""
    columns = [tf.feature_column.numeric_column("x")]
    return tf.estimator.LinearRegressor(columns, str(model_dir), config=tf.estimator.RunConfig(**config))


def line(tf, examples=400, num_epochs=1, batch_size=4):
    x, y = synthetic.line(examples)
    return tf.numpy_input_fn({"x": x}, y, batch_size, num_epochs, False)


class Calls(list):
    """Notes the global step of each time that a hook is called."""

    def hook(self, tf):
        calls = self

        class Hook(tf.SessionRunHook):
            def begin(self):
                self._global_step = tf.v1.train.get_global_step()

            def after_run(self, run_context, run_values):
                calls.append(int(run_context.session.run(self._global_step)))

        return Hook()


@pytest.mark.parametrize("steps", [1, 2, 3, 50, 51, 100, None])
@pytest.mark.parametrize("length", [2, 7, 50, 1000])
def test_training_stops_at_the_same_step_with_the_same_weights(tf, faster, tmp_path, steps, length):
    linear(tf, tmp_path / "a").train(line(tf, examples=402), steps=steps)
    estimator = faster.steps_per_run(linear(tf, tmp_path / "b"), length)
    assert estimator.train(line(tf, examples=402), steps=steps) is estimator
    assert saved(tf, tmp_path / "b") == saved(tf, tmp_path / "a")


def test_hooks_are_called_for_the_last_step_of_each_run(tf, faster, tmp_path):
    calls = Calls()
    config = {"save_summary_steps": None, "log_step_count_steps": None}
    estimator = faster.steps_per_run(linear(tf, tmp_path, **config), 30)
    estimator.train(line(tf, num_epochs=None), hooks=[calls.hook(tf)], steps=100)
    assert calls == [1, 31, 61, 91, 100]


def test_runs_end_where_hooks_act(tf, faster, tmp_path):
    calls = Calls()
    stop = tf.v1.train.StopAtStepHook(last_step=75)
    config = {"save_summary_steps": None, "log_step_count_steps": 40, "save_checkpoints_steps": 33}
    estimator = faster.steps_per_run(linear(tf, tmp_path, **config), 1000)
    estimator.train(line(tf, num_epochs=None), hooks=[calls.hook(tf), stop], steps=100)
    assert calls[-1] == 75 and {1, 33, 41, 66} <= set(calls)
    checkpoints = tf.v1.train.get_checkpoint_state(str(tmp_path)).all_model_checkpoint_paths
    assert [int(path.rpartition("-")[2]) for path in checkpoints] == [0, 33, 66, 75]


def test_a_hook_that_asks_to_stop_is_heard_at_the_end_of_its_run(tf, faster, tmp_path):
    class Stop(tf.SessionRunHook):
        def after_run(self, run_context, run_values):
            run_context.request_stop()

    faster.steps_per_run(linear(tf, tmp_path), 10).train(line(tf), hooks=[Stop()])
    assert np.frombuffer(saved(tf, tmp_path)["global_step"], np.int64) == 1


@pytest.mark.parametrize("where", ["training_hooks", "training_chief_hooks"])
def test_hooks_of_the_model_are_heeded(tf, faster, tmp_path, where):
    def train(model_dir, length):
        def hooks():
            saver = tf.v1.train.CheckpointSaverHook(str(model_dir), save_steps=30)
            return [saver] if where == "training_chief_hooks" else [tf.v1.train.StopAtStepHook(last_step=45)]

        config = tf.estimator.RunConfig(save_checkpoints_secs=600, save_checkpoints_steps=None, save_summary_steps=None)
        model_fn = own_model(tf, lambda loss: minimized(tf, loss), hooks=lambda: {where: hooks()})
        estimator = tf.estimator.Estimator(model_fn, str(model_dir), config=config)
        faster.steps_per_run(estimator, length).train(line(tf, num_epochs=None), steps=80)
        paths = tf.v1.train.get_checkpoint_state(str(model_dir)).all_model_checkpoint_paths
        return [int(path.rpartition("-")[2]) for path in paths]

    expected = [45] if where == "training_hooks" else [0, 30, 60, 80]
    assert train(tmp_path / "one", 1)[-len(expected) :] == expected
    assert train(tmp_path / "many", 1000)[-len(expected) :] == expected


def test_a_model_with_a_hook_that_is_not_known_is_trained_step_by_step(tf, faster, tmp_path, caplog):
    calls = Calls()
    with warnings_of_tensorflow(caplog):
        model_fn = own_model(tf, lambda loss: minimized(tf, loss), hooks=lambda: {"training_hooks": [calls.hook(tf)]})
        faster.steps_per_run(tf.estimator.Estimator(model_fn, str(tmp_path)), 25).train(line(tf), steps=10)
    assert calls == list(range(1, 11))
    assert "one step at a time: its model has a hook of its own" in caplog.text


@pytest.mark.parametrize("own", [True, False], ids=["of the model", "of train"])
def test_a_value_that_a_hook_feeds_is_fed_in_every_step(tf, faster, tmp_path, own):
    class Feeds(tf.SessionRunHook):
        def begin(self):
            self.rate = tf.v1.get_default_graph().get_tensor_by_name("rate:0")

        def before_run(self, run_context):
            return tf.SessionRunArgs(None, {self.rate: 0.5})

    def train(model_dir, length):
        hook = tf.v1.train.FeedFnHook(lambda: {"rate:0": 0.5}) if own else Feeds()
        before = dict(vars(hook))
        model_fn = own_model(
            tf,
            lambda loss: minimized(tf, loss, tf.v1.constant(0.001, name="rate")),
            hooks=lambda: {"training_hooks": [hook]} if own else {},
        )
        estimator = faster.steps_per_run(tf.estimator.Estimator(model_fn, str(model_dir)), length)
        estimator.train(line(tf), hooks=[] if own else [hook], steps=60)
        assert "before_run" not in vars(hook) and before.keys() <= vars(hook).keys()
        return saved(tf, model_dir)

    assert train(tmp_path / "many", 50) == train(tmp_path / "one", 1)


def test_steps_count_on_after_an_error_that_can_be_recovered_from(tf, faster, tmp_path):
    class Abort(tf.SessionRunHook):
        def __init__(self):
            self.calls = 0

        def after_run(self, run_context, run_values):
            self.calls += 1
            if self.calls == 4:
                raise tf.errors.AbortedError(None, None, "as if a server was gone")

    estimator = faster.steps_per_run(linear(tf, tmp_path, save_checkpoints_steps=20), 10)
    estimator.train(line(tf, num_epochs=None), hooks=[Abort()], steps=101)
    assert np.frombuffer(saved(tf, tmp_path)["global_step"], np.int64) == 101


def own_model(tf, train_op, resource=True, hooks=dict):
    """Return a model_fn with a layer of random weights, a branch, a train_op of one's own, and hooks."""

    def model_fn(features, labels, mode):
        x = tf.v1.reshape(tf.v1.cast(features["x"], tf.v1.float32), [-1, 1])
        initializer = tf.v1.truncated_normal_initializer(seed=1)
        weights = tf.v1.get_variable("weights", [1, 8], initializer=initializer, use_resource=resource)
        hidden = tf.v1.nn.relu(tf.v1.matmul(x, weights))
        rest = tf.v1.reshape(tf.v1.cast(labels, tf.v1.float32), [-1, 1]) - tf.v1.reduce_sum(hidden, 1, keepdims=True)
        loss = tf.v1.reduce_mean(tf.v1.square(rest))
        loss = tf.v1.cond(loss > 0.5, lambda: tf.v1.sqrt(loss), lambda: 2 * loss)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op(loss), **hooks())

    return model_fn


def minimized(tf, loss, rate=0.001):
    optimizer = tf.v1.train.GradientDescentOptimizer(rate)
    return optimizer.minimize(loss, global_step=tf.v1.train.get_global_step())


@contextlib.contextmanager
def warnings_of_tensorflow(caplog):
    """Hands on the messages of TensorFlow's logger, which keeps them to itself."""
    logger = logging.getLogger("tensorflow")
    logger.addHandler(caplog.handler)
    try:
        yield
    finally:
        logger.removeHandler(caplog.handler)


def adam(tf, loss):
    optimizer = tf.v1.train.AdamOptimizer(0.01)
    return optimizer.minimize(loss, global_step=tf.v1.train.get_global_step())


def decaying(tf, loss):
    step = tf.v1.train.get_global_step()
    rate = tf.v1.train.exponential_decay(0.1, step, 10, 0.5)
    return tf.v1.train.MomentumOptimizer(rate, 0.9).minimize(loss, global_step=step)


def twice(tf, loss):
    step = tf.v1.train.get_global_step()
    first = tf.v1.train.GradientDescentOptimizer(0.01).minimize(loss, global_step=step)
    with tf.v1.control_dependencies([first]):
        return tf.v1.train.GradientDescentOptimizer(0.02).minimize(loss, global_step=step)


def looping(tf, loss):
    with tf.v1.control_dependencies([tf.v1.while_loop(lambda n: n < 3, lambda n: n + 1, [0])]):
        return adam(tf, tf.v1.identity(loss))


@pytest.mark.parametrize("train_op", [adam, decaying, twice, looping])
@pytest.mark.parametrize("resource", [False, True])
def test_models_of_ones_own(tf, faster, tmp_path, train_op, resource):
    for name, length in (("a", 1), ("b", 25)):
        model_fn = own_model(tf, lambda loss: train_op(tf, loss), resource)
        estimator = tf.estimator.Estimator(model_fn, str(tmp_path / name))
        estimator = estimator if length == 1 else faster.steps_per_run(estimator, length)
        estimator.train(line(tf, examples=398), steps=77)
    assert saved(tf, tmp_path / "a") == saved(tf, tmp_path / "b")


def test_a_network(tf, faster, tmp_path):
    for name in "ab":
        columns = [tf.feature_column.numeric_column("x")]
        config = tf.estimator.RunConfig(tf_random_seed=1)
        estimator = tf.estimator.DNNRegressor([4, 3], columns, str(tmp_path / name), config=config)
        estimator = estimator if name == "a" else faster.steps_per_run(estimator, 25)
        estimator.train(line(tf, examples=398))
    assert saved(tf, tmp_path / "a") == saved(tf, tmp_path / "b")


def test_a_dataset(tf, faster, tmp_path):
    x, y = synthetic.line(398)

    def input_fn():
        return tf.Dataset.from_tensor_slices(({"x": x}, y)).shuffle(50, seed=1).repeat(2).batch(4).prefetch(2)

    linear(tf, tmp_path / "a").train(input_fn)
    faster.steps_per_run(linear(tf, tmp_path / "b"), 25).train(input_fn)
    assert saved(tf, tmp_path / "a") == saved(tf, tmp_path / "b")


def test_train_and_evaluate(tf, faster, tmp_path):
    for name in "ab":
        estimator = linear(tf, tmp_path / name, save_checkpoints_steps=30)
        estimator = estimator if name == "a" else faster.steps_per_run(estimator, 25)
        evaluation = tf.estimator.EvalSpec(line(tf), steps=1, throttle_secs=0)
        tf.estimator.train_and_evaluate(estimator, tf.estimator.TrainSpec(line(tf), max_steps=70), evaluation)
    assert saved(tf, tmp_path / "a") == saved(tf, tmp_path / "b")


def test_the_graph_that_is_saved_can_be_loaded(tf, faster, tmp_path):
    faster.steps_per_run(linear(tf, tmp_path), 25).train(line(tf))
    checkpoint = tf.v1.train.latest_checkpoint(str(tmp_path))
    with tf.v1.Graph().as_default(), tf.v1.Session() as session:
        tf.v1.train.import_meta_graph(checkpoint + ".meta").restore(session, checkpoint)
        assert session.run(tf.v1.train.get_global_step()) == 100


def test_what_cannot_be_looped_is_said_and_done_step_by_step(tf, faster, tmp_path, caplog):
    calls = Calls()
    tf.v1.disable_control_flow_v2()
    try:
        with warnings_of_tensorflow(caplog):
            model_fn = own_model(tf, lambda loss: looping(tf, loss))
            estimator = faster.steps_per_run(tf.estimator.Estimator(model_fn, str(tmp_path)), 25)
            estimator.train(line(tf), hooks=[calls.hook(tf)], steps=10)
    finally:
        tf.v1.enable_control_flow_v2()
    assert calls == list(range(1, 11))
    assert "one step at a time: its model has a loop of its own" in caplog.text


def test_lengths_and_clusters_that_make_no_sense(tf, faster, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="at least 1"):
        faster.steps_per_run(linear(tf, tmp_path), 0)
    cluster = '{"cluster": {"chief": ["a:1"], "worker": ["b:1"], "ps": ["c:1"]}, "task": {"type": "chief", "index": 0}}'
    monkeypatch.setenv("TF_CONFIG", cluster)
    with pytest.raises(ValueError, match="trains alone"):
        faster.steps_per_run(linear(tf, tmp_path), 10)
    monkeypatch.setenv("TF_CONFIG", cluster.replace('"worker": ["b:1"], ', ""))
    with pytest.raises(ValueError, match="trains alone"):
        faster.steps_per_run(linear(tf, tmp_path), 10)
    monkeypatch.delenv("TF_CONFIG")


def test_ends():
    from estimator_semantics.faster.run_length import Timer, steps_of_run

    assert steps_of_run(10, 100, 1, []) == 100
    assert steps_of_run(10, 100, 1, [None, 5, 10]) == 100
    assert steps_of_run(10, 100, 1, [200, 60, None]) == 50
    assert steps_of_run(10, 100, 2, [61]) == 26
    assert steps_of_run(10, 100, 0, [61]) == 100
    timer = Timer(20, 1)
    for global_step, due in ((1, 21), (20, 21), (21, 41), (50, 70)):
        timer.reach(global_step)
        assert timer.due == due
