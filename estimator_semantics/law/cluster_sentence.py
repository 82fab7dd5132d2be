"""A prediction for several that train side by side, said as a person would say it."""

from typing import Optional

from estimator_semantics.law.cluster import ClusterPrediction, takes_empty_batches
from estimator_semantics.law.data import of_call
from estimator_semantics.law.schema import Plan
from estimator_semantics.law.sentence import data_of
from estimator_semantics.law.wording import NOTHING, Range, Said, say

_OFTEN = {0: "used_never", 1: "used_once", 2: "used_twice"}


def explain_cluster(plan: Plan, prediction: ClusterPrediction, tensorflow: Optional[str] = None) -> str:
    """Return a few sentences that say how long the plan trains, why, and on what.

    Args:
        plan: what each of those that train side by side is asked to do.
        prediction: what `predict_cluster` returned for it.
        tensorflow: version of TensorFlow, as it was given to `predict_cluster`.
    """
    return say(cluster_explanation(plan, prediction, tensorflow))


def cluster_explanation(plan: Plan, prediction: ClusterPrediction, tensorflow: Optional[str] = None) -> Said:
    """Return what `explain_cluster` says, as data.

    Args:
        plan: what each of those that train side by side is asked to do.
        prediction: what `predict_cluster` returned for it.
        tensorflow: version of TensorFlow, as it was given to `predict_cluster`.
    """
    if prediction.steps is None:
        return Said("cluster_never_ends")
    return Said(
        "cluster_runs",
        {
            "steps": prediction.steps,
            "why": _why(plan, prediction),
            "how": _how(plan, prediction, tensorflow),
            "usage": _usage(prediction),
        },
    )


def _why(plan: Plan, prediction: ClusterPrediction) -> Said:
    if prediction.bound == "epochs":
        return Said("cluster_data_ends", {"data": data_of(plan, of_call(plan), "made_batches")})
    bound = (
        Said("max_steps", {"max_steps": plan.max_steps}) if plan.steps is None else Said("steps", {"steps": plan.steps})
    )
    if not isinstance(prediction.steps, Range):
        return Said("cluster_reached", {"bound": bound})
    return Said("counted_by_each" if prediction.bound == "steps" else "bounds_together", {"bound": bound})


def _how(plan: Plan, prediction: ClusterPrediction, tensorflow: Optional[str]) -> Said:
    assert prediction.steps_of_each_worker is not None
    if plan.strategy == "mirrored":
        left = NOTHING
        batches = of_call(plan).batches
        assert isinstance(prediction.steps, int)
        empty = 0 if batches is None else prediction.steps * plan.workers - batches
        if empty > 0 and takes_empty_batches(plan, tensorflow):
            left = Said("empty_batches", {"empty": empty})
        elif prediction.bound == "epochs" and batches is not None and batches % plan.workers != 0:
            left = Said("left_over", {"batches": batches % plan.workers})
        return Said("batch_for_each_replica", {"workers": plan.workers, "left": left})
    if plan.strategy == "multi_worker_mirrored":
        return Said("batch_of_each_worker", {"workers": plan.workers})
    if plan.workers == 1:
        return Said("chief_is_alone")
    return Said("each_reads_all", {"workers": plan.workers, "steps": prediction.steps_of_each_worker[0]})


def _usage(prediction: ClusterPrediction) -> Said:
    usage, global_step = prediction.usage, prediction.global_step
    if usage is None:
        return Said("usage_is_open", {"global_step": global_step})
    used = [Said(_OFTEN.get(times, "used_often"), {"count": count, "times": times}) for times, count in usage.items()]
    if len(used) == 0:
        return Said("usage_is_nothing", {"global_step": global_step})
    return Said("usage_is", {"used": tuple(used), "global_step": global_step})
