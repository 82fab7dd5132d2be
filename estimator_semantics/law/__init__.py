"""The law: how many steps a plan runs, in pure Python, without TensorFlow and without NumPy.

The modules are written in a part of Python that `host.translation` turns into the JavaScript of the page.
"""

from estimator_semantics.law.absent import check_release
from estimator_semantics.law.cluster import ENDLESS_CLUSTER, ClusterPrediction, predict_cluster
from estimator_semantics.law.cluster_sentence import explain_cluster
from estimator_semantics.law.plain import plain
from estimator_semantics.law.plan import check
from estimator_semantics.law.prediction import ENDLESS, Prediction, predict
from estimator_semantics.law.refusal import InvalidPlan
from estimator_semantics.law.schema import OF_FIT, Plan
from estimator_semantics.law.sentence import explain
from estimator_semantics.law.wording import Range

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
