"""The hook and the callback that say why a training stopped. What they count is tested by the experiments."""

import numpy as np
import pytest

from estimator_semantics.probe import synthetic

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
