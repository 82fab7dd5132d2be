"""The hook and the callback that say why a training stopped. What they count is tested by the experiments."""

import importlib

import numpy as np
import pytest

from estimator_semantics.probe import environment, synthetic

EXAMPLES = 10


@pytest.fixture
def hook(tf):
    """Return a hook that says nothing."""
    from estimator_semantics.stop_reason.hook import StopReasonHook

    return StopReasonHook(EXAMPLES, say=lambda line: None)


@pytest.fixture
def train(tf, tmp_path):
    """Train with a hook, and return its reason."""
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(EXAMPLES)

    def run(hook, num_epochs=1, before=(), after=(), estimator=None, **bounds):
        input_fn = tf.numpy_input_fn({"x": x}, y, 4, num_epochs, False)
        trained = estimator or regressor(str(tmp_path), save_checkpoints_secs=600)
        trained.train(input_fn, hooks=[*before, hook, *after], **bounds)
        return hook.reason

    return run


def test_the_data_ends(train, hook):
    assert str(train(hook, num_epochs=2)) == (
        "Training stopped after 5 steps, because the data ended. It used 20 examples: 2 epochs of 10. Neither steps nor "
        "max_steps was given; more steps need more data: num_epochs=None, or dataset.repeat()."
    )


def test_the_data_ends_before_a_bound(train, hook):
    assert "because the data ended. It used 10 examples: 1 epoch of 10. steps=100 was not reached;" in str(
        train(hook, steps=100)
    )
    assert str(train(hook, max_steps=200)).startswith(
        "Training stopped after 3 steps (global step 3 to 6), because the data"
    )
    assert "max_steps=200 was not reached" in str(hook.reason)


def test_a_bound_is_reached(train, hook):
    assert str(train(hook, steps=2)) == (
        "Training stopped after 2 steps, because steps=2 was reached. It used 8 examples, less than an epoch of 10."
    )
    assert str(train(hook, num_epochs=None, max_steps=5)) == (
        "Training stopped after 3 steps (global step 2 to 5), because max_steps=5 was reached. It used 12 examples: "
        "1 epoch of 10 and 2 more."
    )


def test_max_steps_was_reached_before(train, hook):
    train(hook, max_steps=1)
    reason = train(type(hook)(), max_steps=1)
    assert (reason.bound, reason.steps) == (None, 0)
    assert "max_steps before" in str(reason)


def test_a_hook_that_is_used_again_begins_anew(train, hook):
    train(hook, steps=2)
    assert train(hook, num_epochs=None, steps=1).steps == 1
    assert hook.reason.examples == 4


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("when", ["before_run", "after_run"])
def test_who_requested_a_stop_is_named(tf, train, hook, place, when):
    class EnoughHook(tf.SessionRunHook):
        pass

    setattr(EnoughHook, when, lambda self, run_context, *values: run_context.request_stop())
    reason = train(hook, **{place: [EnoughHook()]})
    assert (reason.bound, reason.steps) == ("request", 1)
    # A request that was made before this hook is asked for the first time has no name.
    who = "a hook" if (place, when) == ("before", "before_run") else "EnoughHook"
    assert f"because {who} requested a stop." in str(reason)


def test_of_two_bounds_the_one_that_was_reached_is_named(tf, train, hook):
    reason = train(hook, after=[tf.train.StopAtStepHook(last_step=2)], num_epochs=None, steps=50)
    assert (reason.bound, reason.steps) == ("max_steps", 2)
    assert "max_steps=2 was reached" in str(reason)


def test_an_error_is_not_taken_for_an_end(tf, train, hook):
    class Fails(tf.SessionRunHook):
        def after_run(self, run_context, run_values):
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        train(hook, after=[Fails()])
    assert hook.reason.bound is None
    assert "an error ended it" in str(hook.reason)


def test_a_session_that_was_made_anew_is_mentioned(tf, train, hook):
    class FailsOnce(tf.SessionRunHook):
        failed = False

        def after_run(self, run_context, run_values):
            if not self.failed:
                self.failed = True
                raise tf.errors.AbortedError(None, None, "once")

    assert "The session was made anew 1 time after an error." in str(
        train(hook, after=[FailsOnce()], num_epochs=None, steps=3)
    )


def test_a_global_step_that_does_not_rise_is_mentioned(tf, train, hook, tmp_path):
    def model_fn(features, labels, mode):
        weight = tf.v1.get_variable("weight", [], tf.v1.float64)
        loss = tf.v1.reduce_mean((weight * features["x"] - labels) ** 2)
        return tf.estimator.EstimatorSpec(
            mode, loss=loss, train_op=tf.v1.train.GradientDescentOptimizer(0.1).minimize(loss)
        )

    reason = train(hook, estimator=tf.estimator.Estimator(model_fn, str(tmp_path)), steps=1)
    assert (reason.bound, reason.steps, reason.examples) == ("epochs", 3, 10)
    assert "steps=1 was not reached" in str(reason)
    assert "The global step did not rise" in str(reason)


def test_it_is_said_once_to_standard_error(tf, train, capfd):
    from estimator_semantics.stop_reason.hook import StopReasonHook

    hook = StopReasonHook()
    reason = train(hook)
    lines = [line for line in capfd.readouterr().err.splitlines() if line.startswith("Training stopped")]
    assert lines == [str(reason)]
    assert "It used 10 examples, repetitions included." in lines[0]


def test_the_size_of_the_data_is_checked(hook):
    with pytest.raises(ValueError, match="examples 0: must be at least 1"):
        type(hook)(examples=0)


def test_it_changes_nothing(tf, hook, tmp_path):
    x, y = synthetic.line(EXAMPLES)

    def trained(folder, hooks):
        columns = [tf.feature_column.numeric_column("x")]
        estimator = tf.estimator.LinearRegressor(columns, str(tmp_path / folder))
        estimator.train(tf.numpy_input_fn({"x": x}, y, 4, 3, False), hooks=hooks)
        return tf.linear_state(str(tmp_path / folder))

    assert trained("with", [hook]) == trained("without", [])


def test_train_and_evaluate(tf, tmp_path):
    from estimator_semantics.probe.regressor import regressor
    from estimator_semantics.stop_reason.hook import StopReasonHook

    x, y = synthetic.line(EXAMPLES)
    input_fn = tf.numpy_input_fn({"x": x}, y, 4, None, False)
    said = []
    spec = tf.estimator.TrainSpec(input_fn, max_steps=7, hooks=[StopReasonHook(say=said.append)])
    estimator = regressor(str(tmp_path), save_checkpoints_steps=2)
    tf.estimator.train_and_evaluate(estimator, spec, tf.estimator.EvalSpec(input_fn, steps=1, throttle_secs=0))
    assert len(said) == 1
    assert said[0].startswith("Training stopped after 7 steps, because max_steps=7 was reached. It used 28 examples")


def rows(tf, make):
    """Return the static shape of what is taken for the batch, in a graph of its own; None where nothing is."""
    from estimator_semantics.stop_reason.batch import given_batch

    with tf.v1.Graph().as_default() as graph:
        make()
        found = given_batch(graph)
        return None if found is None else found.shape.as_list()


def test_where_the_batch_comes_from(tf):
    x, y = synthetic.line(EXAMPLES)

    def taken(dataset):
        return tf.v1.data.make_one_shot_iterator(dataset).get_next()

    def single():
        return tf.data.Dataset.from_tensor_slices(({"x": x}, y))

    def sparse():
        indices = np.array([[row, 0] for row in range(EXAMPLES)], np.int64)
        features = tf.v1.SparseTensor(indices, np.ones(EXAMPLES), [EXAMPLES, 3])
        return tf.data.Dataset.from_tensor_slices((features, y))

    assert rows(tf, tf.numpy_input_fn({"x": x}, y, 4, 1, False)) == [None]
    assert rows(tf, tf.numpy_input_fn({"x": x}, y, 4, None, False)) == [4]
    assert rows(tf, lambda: taken(single().batch(4))) == [None]
    assert rows(tf, lambda: taken(sparse().batch(4))) == [None]
    assert rows(tf, lambda: taken(single())) is None, "single examples are no batch"
    assert rows(tf, lambda: (taken(single().batch(4)), taken(single().batch(2)))) is None, "which of the two?"
    assert rows(tf, lambda: tf.v1.constant([1.0])) is None


# From 2.16 on there may be a Keras 2 beside the Keras of TensorFlow.
BESIDE = ["tf_keras"] if environment.versions()["estimator"] == "bridged" else []


@pytest.fixture(params=["tf.keras", *BESIDE])
def keras(tf, request):
    """The Keras of TensorFlow, and the one beside it."""
    return (
        importlib.import_module("tensorflow").keras
        if request.param == "tf.keras"
        else importlib.import_module(request.param)
    )


@pytest.fixture
def fit(tf, keras):
    """Fits a model to three batches, and returns the reason of a callback."""
    from estimator_semantics.stop_reason.callback import stop_reason_callback

    x = np.zeros((12, 1), np.float32)

    def run(others=(), **arguments):
        model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        said = []
        callback = stop_reason_callback(keras, say=said.append)
        data = importlib.import_module("tensorflow").data.Dataset.from_tensor_slices((x, x)).batch(4)
        try:
            model.fit(data, verbose=0, callbacks=[callback, *others], **arguments)
        finally:
            run.said = said
            run.reason = callback.reason
        return str(callback.reason)

    return run


def test_all_epochs(fit):
    assert fit(epochs=4) == "fit stopped after 12 steps, because all 4 epochs were made: 3 steps in each."
    assert fit.said == [str(fit.reason)]
    assert fit(epochs=1) == "fit stopped after 3 steps, because its only epoch was made: 3 steps in each."
    assert (
        fit(epochs=4, initial_epoch=2) == "fit stopped after 6 steps, because epochs 3 to 4 were made: 3 steps in each."
    )
    assert fit(epochs=2, initial_epoch=2) == "fit made no step: initial_epoch is not below epochs=2."


def test_the_data_runs_out(fit, keras):
    text = fit(epochs=4, steps_per_epoch=2)
    keras_3 = (
        "fit stopped after 6 steps, because all 4 epochs were made, but the data ran out in 2 of them: 2, 1, 2, 1 steps, where 2 "
        "were asked for; dataset.repeat() gives every epoch its steps."
    )
    keras_2 = (
        "fit stopped after 3 steps, in epoch 2 of 4, because the data ran out: 2, 1 steps, where 2 were asked for; "
        "dataset.repeat() gives every epoch its steps."
    )
    assert text in (keras_3, keras_2)
    assert (fit.reason.bound, len(fit.reason.steps_by_epoch)) == ("epochs", 4 if text == keras_3 else 2)


def test_many_epochs_are_cut_short(fit):
    text = fit(epochs=20, steps_per_epoch=3)
    assert "3 steps in each" in text
    assert len(fit.reason.steps_by_epoch) == 20


def test_a_callback_stops_it(fit, keras):
    class Enough(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = epoch == 1

    assert fit([Enough()], epochs=4) == (
        "fit stopped after 6 steps, in epoch 2 of 4, because model.stop_training was set, as EarlyStopping does."
    )
    assert fit.reason.bound == "request"


def test_an_error_in_fit_is_not_taken_for_an_end(fit, keras):
    class Fails(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fit([Fails()], epochs=2)
    assert fit.reason.bound is None
    assert str(fit.reason) == "fit has made 1 step so far: it is running, or an error ended it."


def test_a_callback_of_its_own_keras_is_the_default(tf):
    from estimator_semantics.stop_reason.callback import stop_reason_callback

    callback = stop_reason_callback()
    assert isinstance(callback, importlib.import_module("tensorflow").keras.callbacks.Callback)
    assert str(callback.reason) == "fit was not called."
