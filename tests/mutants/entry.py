"""How a mutant is entered, and where it is put in."""

import importlib
import sys

MUTANTS = {}


def mutant(function):
    """Enters a function that puts a mutant in: it gets pytest's monkeypatch."""
    MUTANTS[function.__name__.replace("_", " ")] = function
    return function


def mutant_of_fit(function):
    """Enters a function that puts a mutant into Model.fit: it gets pytest's monkeypatch, and 2 or 3 for which Keras."""
    does = function.__name__.replace("_", " ")
    MUTANTS[f"fit {does}"] = lambda patch: function(patch, 2)
    MUTANTS[f"fit of Keras 3 {does}"] = lambda patch: function(patch, 3)
    return function


def training(name):
    """Return one of TensorFlow's modules for the session and its hooks."""
    return importlib.import_module(f"tensorflow.python.training.{name}")


def estimator(name):
    """Return one of the modules of tensorflow-estimator; they are imported when tf.estimator is first used."""
    from estimator_semantics.probe.adapter import tf

    assert tf.estimator.Estimator and tf.numpy_input_fn
    return sys.modules[f"tensorflow_estimator.python.estimator.{name}"]


def wrap(patch, owner, name, wrapper):
    """Put ``wrapper(original, ...)`` in the place of a function or method."""
    original = getattr(owner, name)
    patch.setattr(owner, name, lambda *given, **named: wrapper(original, *given, **named))
