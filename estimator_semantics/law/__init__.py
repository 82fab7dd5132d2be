"""The law: how many steps a plan runs, in pure Python, without TensorFlow and without NumPy."""

from estimator_semantics.law.plan import OF_FIT, InvalidPlan, Plan, check
from estimator_semantics.law.prediction import ENDLESS, Prediction, predict
from estimator_semantics.law.sentence import explain

__all__ = ["ENDLESS", "OF_FIT", "InvalidPlan", "Plan", "Prediction", "check", "explain", "predict"]
