"""Mutants: a TensorFlow that misbehaves in one way, put in at run time. Nothing on disk is changed.

What each imitates, and which experiments must notice it by which words, is a table: estimator_semantics/host/mutants.csv.
"""

# Each enters its mutants as it is imported.
from mutants import bounds, checkpoints, dataset, evaluation, fit, numpy_data, step
from mutants.entry import MUTANTS

__all__ = ["MUTANTS", "bounds", "checkpoints", "dataset", "evaluation", "fit", "numpy_data", "step"]
