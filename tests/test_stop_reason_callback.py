"""The callback that says why ``fit`` stopped, against counters of its own, on the TensorFlow of this environment."""

import importlib
import random

import numpy as np
import pytest

from estimator_semantics.law import InvalidPlan, Plan, check_release, predict
from estimator_semantics.probe import environment

# From 2.16 on there may be a Keras 2 beside the Keras of TensorFlow.
BESIDE = ["tf_keras"] if environment.versions()["estimator"] == "bridged" else []
FITS = 60


@pytest.fixture(params=["tf.keras", *BESIDE])
def keras(tf, request):
    """The Keras of TensorFlow, and the one beside it."""
    name = request.param
    return importlib.import_module("tensorflow").keras if name == "tf.keras" else importlib.import_module(name)


@pytest.fixture
def fit(tf, keras):
    """Fits a model, to three batches if nothing else is given, and returns the reason of a callback."""
    from estimator_semantics.stop_reason.callback import stop_reason_callback

    def run(others=(), labels=None, batch_size=4, model=None, **arguments):
        labels = np.zeros((12, 1), np.float32) if labels is None else labels
        model = model or compiled(keras)
        said = []
        callback = stop_reason_callback(keras, say=said.append)
        data = importlib.import_module("tensorflow").data.Dataset.from_tensor_slices((np.ones_like(labels), labels))
        try:
            model.fit(data.batch(batch_size), verbose=0, callbacks=[callback, *others], **arguments)
        finally:
            run.said = said
            run.reason = callback.reason
        return str(callback.reason)

    return run


def compiled(keras, **arguments):
    inputs = keras.layers.Input((1,))
    model = keras.Model(inputs, keras.layers.Dense(1)(inputs))
    model.compile(**{"optimizer": "sgd", "loss": "mse", **arguments})
    return model


def stopper(keras, hook, at):
    """Return a callback that stops training in the call with this number of one of its methods."""

    class Enough(keras.callbacks.Callback):
        calls = 0

        def note(self, *_, **__):
            self.calls += 1
            if self.calls == at:
                self.model.stop_training = True

    setattr(Enough, hook, lambda self, *arguments, **named: self.note())
    return Enough()


def test_all_epochs(fit):
    assert fit(epochs=4) == "fit stopped after 12 steps, because it trained all 4 epochs: 3 steps in each."
    assert fit.said == [str(fit.reason)]
    assert fit(epochs=1) == "fit stopped after 3 steps, because it trained its only epoch: 3 steps in each."
    assert fit(epochs=4, initial_epoch=2) == (
        "fit stopped after 6 steps, because it trained epochs 3 to 4: 3 steps in each."
    )
    assert fit(epochs=2, initial_epoch=2) == "fit ran no step: initial_epoch is not below epochs=2."


def test_the_data_runs_out(fit):
    text = fit(epochs=4, steps_per_epoch=2)
    keras_3 = (
        "fit stopped after 6 steps, because it trained all 4 epochs, but the data ran out in 2 of them: 2, 1, 2, 1 steps of 2; "
        "dataset.repeat() gives every epoch its steps."
    )
    keras_2 = (
        "fit stopped after 3 steps, in epoch 2 of 4, because the data ran out: 2, 1 steps of 2; dataset.repeat() gives every "
        "epoch its steps."
    )
    assert text in (keras_3, keras_2)
    assert (fit.reason.bound, len(fit.reason.steps_by_epoch)) == ("epochs", 4 if text == keras_3 else 2)


def test_many_epochs_are_cut_short(fit):
    text = fit(epochs=20, steps_per_epoch=3)
    assert "3 steps in each" in text
    assert len(fit.reason.steps_by_epoch) == 20


@pytest.mark.parametrize(
    ("hook", "at", "epochs", "text"),
    [
        ("on_epoch_end", 2, 4, "6 steps, after epoch 2 of 4: Enough stopped it, by setting model.stop_training."),
        ("on_train_batch_end", 3, 4, "3 steps, after epoch 1 of 4: Enough stopped it, by setting model.stop_training."),
        ("on_train_batch_end", 2, 1, "2 steps, at step 2 of 3 in epoch 1 of 1: Enough stopped it, by setting "),
        ("on_train_batch_end", 5, 2, "5 steps, at step 2 of 3 in epoch 2 of 2: Enough stopped it, by setting "),
        # There is nothing left to stop.
        ("on_train_batch_end", 6, 2, "6 steps, because it trained all 2 epochs: 3 steps in each."),
        ("on_epoch_end", 2, 2, "6 steps, because it trained all 2 epochs: 3 steps in each."),
    ],
)
def test_the_callback_that_stops_it_is_named(fit, keras, hook, at, epochs, text):
    assert fit([stopper(keras, hook, at)], epochs=epochs).startswith(f"fit stopped after {text}")
    assert fit.reason.bound == ("request" if "Enough" in text else "epochs")


def test_terminate_on_nan_is_named_with_step_and_loss(fit, keras):
    labels = np.ones((20, 1), np.float32)
    labels[9] = np.nan
    assert fit([keras.callbacks.TerminateOnNaN()], labels, epochs=1, shuffle=False) == (
        "fit stopped after 3 steps, at step 3 of 5 in epoch 1 of 1: TerminateOnNaN stopped it, because the loss was nan."
    )


@pytest.mark.parametrize("restored", [False, True])
def test_early_stopping_is_named_with_its_best_epoch_and_its_weights(fit, keras, restored):
    stops = keras.callbacks.EarlyStopping("loss", min_delta=100, patience=2, restore_best_weights=restored)
    text = fit([stops], epochs=9)
    assert text.startswith(
        "fit stopped after 9 steps, after epoch 3 of 9: EarlyStopping stopped it, because loss did not "
    )
    assert "(epoch 1) in 2 epochs" in text
    assert text.endswith("; its weights are those of epoch 1." if restored else " in 2 epochs.")


def test_what_never_stops_training_is_never_named(fit, keras):
    plateau = keras.callbacks.ReduceLROnPlateau("loss", patience=1, min_delta=100)
    assert "trained all 5 epochs" in fit([plateau, keras.callbacks.LambdaCallback()], epochs=5)


def test_a_stop_by_no_callback_is_said_to_be_one(fit, keras, tf):
    if tf.minor < (2, 4):
        pytest.skip("no stop inside an epoch in Keras 2.2 and 2.3, and no train_step before")

    class Stops(keras.Model):
        def train_step(self, data):
            self.stop_training = True
            return super().train_step(data)

    inputs = keras.layers.Input((1,))
    model = Stops(inputs, keras.layers.Dense(1)(inputs))
    model.compile("sgd", "mse", run_eagerly=True)
    assert fit(model=model, epochs=3) == (
        "fit stopped after 1 step, at step 1 of 3 in epoch 1 of 3: model.stop_training was set."
    )


def test_the_callbacks_are_as_they_were(fit, keras):
    noted = []
    own = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: noted.append(epoch))
    enough, before = stopper(keras, "on_epoch_end", 1), dict(vars(own))
    fit([own, enough], epochs=3)
    assert noted == [0] and vars(own)["on_epoch_end"] is before["on_epoch_end"]
    assert not {"on_epoch_end", "on_train_batch_end"} & set(vars(enough))


def test_an_error_in_fit_is_not_taken_for_an_end(fit, keras):
    class Fails(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fit([Fails()], epochs=2)
    assert fit.reason.bound is None and fit.said == []
    assert str(fit.reason) == "fit has run 1 step so far: it is running, or an error ended it."


def test_a_model_trains_again_after_a_fit_that_failed(fit, keras, tf):
    if tf.minor < (2, 4):
        pytest.skip("compile has no steps_per_execution before 2.4")
    model = compiled(keras, steps_per_execution=2)

    class Fails(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fit([Fails()], model=model, epochs=2)
    assert "after 9 steps" in fit(model=model, epochs=3)
    assert "train_step" not in vars(model)


def test_steps_are_batches_whatever_the_optimizer_counts(fit, keras, tf):
    if tf.minor < (2, 4):
        pytest.skip("no train_step with steps_per_execution before 2.4")

    class Idle(keras.Model):
        def train_step(self, data):
            return {"loss": importlib.import_module("tensorflow").reduce_sum(data[0])}

    inputs = keras.layers.Input((1,))
    idle = Idle(inputs, keras.layers.Dense(1)(inputs))
    idle.compile("sgd", "mse", steps_per_execution=3)
    labels = np.ones((32, 1), np.float32)
    assert fit(labels=labels, model=idle, epochs=2).startswith("fit stopped after 16 steps")
    models = [compiled(keras, steps_per_execution=3)]
    if hasattr(keras, "ops"):  # Keras 3
        accumulating = keras.optimizers.SGD(gradient_accumulation_steps=2)
        models.append(compiled(keras, optimizer=accumulating, steps_per_execution=3))
    for model in models:
        assert fit(labels=labels, model=model, epochs=2).startswith("fit stopped after 16 steps")


def test_a_callback_of_its_own_keras_is_the_default(tf):
    from estimator_semantics.stop_reason.callback import stop_reason_callback

    callback = stop_reason_callback()
    assert isinstance(callback, importlib.import_module("tensorflow").keras.callbacks.Callback)
    assert str(callback.reason) == "fit was not called."


def random_fit(draw, keras):
    """Return the plan of a fit, and where a callback stops it; None if none does."""
    steps_per_execution = draw.choice([1, 1, 2, 3])
    plan = Plan(
        examples=draw.randint(1, 16),
        batch_size=draw.randint(1, 5),
        num_epochs=draw.choice([1, 1, 2, None]),
        shuffle=False,
        api="fit",
        input=draw.choice(["batch, then repeat", "repeat, then batch"]),
        epochs=draw.randint(1, 4),
        steps_per_epoch=draw.choice([None, draw.randint(1, 5)]),
        steps_per_execution=steps_per_execution,
        known_size=draw.random() < 0.7,
        keras=keras,
    )
    hook = draw.choice(["on_epoch_begin", "on_epoch_end", "on_train_batch_begin", "on_train_batch_end", None])
    return plan, hook and (hook, draw.randint(1, 8))


def wrong_reasons(tf, seed, fits):
    """Train at random; return what the callback says otherwise than the model's own count, and how many fits there were."""
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch
    from estimator_semantics.stop_reason.callback import stop_reason_callback

    versions = environment.versions()
    generations = [3, 2] if tf.minor >= (2, 16) else [2]
    draw, wrong, done = random.Random(seed), [], 0
    while done < fits:
        plan, stop = random_fit(draw, draw.choice(generations))
        keras_3 = versions["keras"] if plan.keras == 3 else None
        try:
            check_release(plan, versions["tensorflow"], keras_3)
            predicted = predict(plan, versions["tensorflow"], keras_3)
        except InvalidPlan:
            continue
        if predicted.steps is None or predicted.raises is not None or predicted.steps > 40:
            continue
        watch = FitWatch(plan, shared=False)
        callback = stop_reason_callback(watch.keras, say=lambda line: None)
        stops = [] if stop is None else [stopper(watch.keras, *stop)]
        watch.fit(callbacks=draw.sample([callback, *stops], len(stops) + 1), **fit_data.training(plan))
        done += 1
        if watch.raised:
            continue
        steps, reason = len(watch.batches), callback.reason
        by_epoch = [len(epoch) for epoch in watch.by_epoch()]
        bound = "request" if steps < predicted.steps or len(by_epoch) < len(predicted.steps_by_epoch) else "epochs"
        # A stop at the last step of unknown data stops nothing, and nobody can tell. Where the data of the last epoch runs out,
        # or of any in Keras 2, and a callback stops training in it, both stop it.
        is_last = plan.keras == 2 or len(by_epoch) == plan.epochs
        runs_out = is_last and plan.steps_per_epoch is not None and by_epoch and by_epoch[-1] < plan.steps_per_epoch
        is_open = stops and steps == predicted.steps and (not plan.known_size or runs_out)
        if (reason.steps, list(reason.steps_by_epoch)) != (steps, by_epoch) or (reason.bound != bound and not is_open):
            wrong.append((plan, stop, (steps, by_epoch, bound), reason))
        if bound == "request" and "Enough stopped it" not in str(reason):
            wrong.append((plan, stop, reason))
    return wrong, done


def test_reasons_and_counts_at_random(tf):
    if tf.minor < (2, 4):
        pytest.skip("Keras 2.3 and older ignore a stop inside of an epoch, or run it otherwise")
    wrong, done = wrong_reasons(tf, 18, FITS)
    assert done == FITS and wrong == []
