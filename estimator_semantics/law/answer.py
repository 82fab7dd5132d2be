"""The answer to what a person asks: ``explain`` and the calculator of the page give it."""

from typing import Any, Dict, NamedTuple, Optional, Union

from estimator_semantics.law.absent import check_release
from estimator_semantics.law.cluster import ClusterPrediction, predict_cluster
from estimator_semantics.law.cluster_sentence import cluster_explanation
from estimator_semantics.law.plan import check
from estimator_semantics.law.prediction import Prediction, predict
from estimator_semantics.law.release import is_before
from estimator_semantics.law.schema import OF_ESTIMATOR, Plan
from estimator_semantics.law.sentence import explanation
from estimator_semantics.law.turning_points import ESTIMATOR_REMOVED, since
from estimator_semantics.law.typed import plan_of
from estimator_semantics.law.wording import NOTHING, Said


class Answer(NamedTuple):
    """What the law says of a plan.

    Attributes:
        plan: the plan.
        prediction: how long it trains.
        explanation: the same as a sentence.
        note: what is to be added where the release has no such API of its own.
    """

    plan: Plan
    prediction: Union[Prediction, ClusterPrediction]
    explanation: Said
    note: Said


def answer(typed: Dict[str, Any], tensorflow: Optional[str] = None, keras: Optional[str] = None) -> Answer:
    """Return what the law says of a plan that was typed.

    Args:
        typed: what was typed, as `plan_of` takes it.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the one that comes with it.

    Raises:
        InvalidPlan: for a value that no training accepts, or that the release does not know.
    """
    plan = check(plan_of(typed))
    check_release(plan, tensorflow, keras)
    note = removed(tensorflow) if plan.api in OF_ESTIMATOR else NOTHING
    if plan.strategy is not None:
        together = predict_cluster(plan, tensorflow)
        return Answer(plan, together, cluster_explanation(plan, together, tensorflow), note)
    prediction = predict(plan, tensorflow, keras)
    return Answer(plan, prediction, explanation(plan, prediction, tensorflow, keras), note)


def removed(tensorflow: Optional[str]) -> Said:
    """Return what is said where a release has no tf.estimator of its own; `NOTHING` where it has.

    Args:
        tensorflow: version of TensorFlow; ``None`` for the newest.
    """
    if is_before(tensorflow, ESTIMATOR_REMOVED):
        return NOTHING
    return Said("estimator_removed", {"since": since(ESTIMATOR_REMOVED)})
