"""Mutants of Model.fit."""

import importlib
import sys

from mutants.entry import mutant, mutant_of_fit, wrap


def keras(name):
    """Return a class of the module that Model.fit of Keras 2 reads its data by."""
    from estimator_semantics.probe.adapter import tf

    return getattr(sys.modules[tf.keras(2).Model.__module__].data_adapter, name)


def begun_anew(patch, anew):
    """Change whether an epoch of Keras 2 begins at the start of a Dataset."""
    patch.setattr(keras("DatasetAdapter"), "should_recreate_iterator", lambda adapter: anew)


def enumerated(patch, begin):
    """Change how an epoch of Keras 3 begins: ``begin(epoch_iterator)`` says whether it has any steps."""
    module = importlib.import_module("keras.src.trainers.epoch_iterator")

    def enumerate_iterator(original, self):
        if begin(self):
            yield from original(self)

    wrap(patch, module.EpochIterator, "_enumerate_iterator", enumerate_iterator)


def fitted(patch, generation, change):
    """Change arguments of Model.fit: ``change(named)`` gets them by their names."""
    from estimator_semantics.probe.adapter import tf

    def fit(original, self, **named):
        change(named)
        return original(self, **named)

    wrap(patch, tf.keras(generation).Model, "fit", fit)


@mutant
def fit_begins_every_epoch_at_the_start_of_the_data(patch):
    begun_anew(patch, True)


@mutant
def fit_of_Keras_3_begins_every_epoch_at_the_start_of_the_data(patch):
    def begin(epoch_iterator):
        epoch_iterator._current_iterator = None
        return True

    enumerated(patch, begin)


@mutant
def fit_ends_with_the_data_instead_of_going_on(patch):
    begun_anew(patch, False)


@mutant
def fit_of_Keras_3_ends_with_the_data_instead_of_going_on(patch):
    begun = set()

    def begin(epoch_iterator):
        first = epoch_iterator not in begun
        begun.add(epoch_iterator)
        return first

    enumerated(patch, begin)


@mutant_of_fit
def trains_an_epoch_less(patch, generation):
    def change(named):
        named["epochs"] -= 1

    fitted(patch, generation, change)


@mutant_of_fit
def ignores_steps_per_epoch(patch, generation):
    fitted(patch, generation, lambda named: named.pop("steps_per_epoch", None))


@mutant_of_fit
def adds_initial_epoch_to_epochs(patch, generation):
    def change(named):
        named["epochs"] += named["initial_epoch"]

    fitted(patch, generation, change)


@mutant_of_fit
def does_not_call_back_after_the_first_step(patch, generation):
    from estimator_semantics.probe.adapter import tf

    def called(original, self, batch, logs=None):
        if batch:
            original(self, batch, logs)

    wrap(patch, tf.keras(generation).callbacks.CallbackList, "on_train_batch_end", called)
