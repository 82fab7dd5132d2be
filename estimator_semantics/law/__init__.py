"""The law: how many steps a plan runs, in pure Python, without TensorFlow and without NumPy."""

from estimator_semantics.law.absent import check_release
from estimator_semantics.law.cluster import ENDLESS_CLUSTER, ClusterPrediction, Range, plain, predict_cluster
from estimator_semantics.law.cluster_sentence import explain_cluster
from estimator_semantics.law.plan import OF_FIT, InvalidPlan, Plan, check
from estimator_semantics.law.prediction import ENDLESS, Prediction, predict
from estimator_semantics.law.sentence import explain

__all__ = [
    "ENDLESS",
    "ENDLESS_CLUSTER",
    "OF_FIT",
    "ClusterPrediction",
    "InvalidPlan",
    "Plan",
    "Prediction",
    "Range",
    "check",
    "check_release",
    "explain",
    "explain_cluster",
    "plain",
    "predict",
    "predict_cluster",
]
