"""A prediction for several that train side by side, said as a person would say it."""

from typing import Dict, Optional

from estimator_semantics.law.cluster import ClusterPrediction, Count, Range, takes_empty_batches
from estimator_semantics.law.data import of_call
from estimator_semantics.law.plan import Plan
from estimator_semantics.law.sentence import data_of, many


_RAISES = "training raises NanLossDuringTrainingError, and what it trained is not saved"


def explain_cluster(plan: Plan, prediction: ClusterPrediction, tensorflow: Optional[str] = None) -> str:
    """Returns a few sentences that say how long the plan trains, why, and on what.

    Args:
        plan: what each of those that train side by side is asked to do.
        prediction: what `predict_cluster` returned for it.
        tensorflow: version of TensorFlow, as it was given to `predict_cluster`.
    """
    if prediction.steps is None:
        return "Training never ends: the data is endless (num_epochs=None), and neither steps nor max_steps is given."
    parts = [
        "Training runs {}: {}".format(_count(prediction.steps, "step"), _why(plan, prediction)),
        _how(plan, prediction, tensorflow),
        "{}he global step ends at {}".format(_usage(prediction.usage), _number(prediction.global_step)),
    ]
    return " ".join("{}.".format(part) for part in parts)


def _why(plan: Plan, prediction: ClusterPrediction) -> str:
    if prediction.bound == "epochs":
        return "the data ends; {}".format(data_of(plan, of_call(plan), "batch"))
    bound = "steps={:,}".format(plan.steps) if plan.steps is not None else "max_steps={:,}".format(plan.max_steps)
    if not isinstance(prediction.steps, Range):
        return "{} is reached".format(bound)
    if prediction.bound == "steps":
        return "{} is counted by each worker from the global step that it finds".format(bound)
    return "{} bounds all workers together, and steps that are under way when it is reached come on top".format(bound)


def _how(plan: Plan, prediction: ClusterPrediction, tensorflow: Optional[str]) -> str:
    assert prediction.steps_of_each_worker is not None
    if plan.strategy == "mirrored":
        left = ""
        batches = of_call(plan).batches
        assert isinstance(prediction.steps, int)
        empty = 0 if batches is None else prediction.steps * plan.workers - batches
        if empty > 0 and takes_empty_batches(plan, tensorflow):
            left = "; in the last one {} an empty batch, and a loss that is a mean over no example is NaN: then {}".format(
                "{} {}".format(many(empty, "replica"), "has" if empty == 1 else "have"), _RAISES
            )
        elif prediction.bound == "epochs" and batches is not None and batches % plan.workers:
            left = "; {} left over".format(_are(batches % plan.workers, "batch"))
        return "Each step takes a batch for each of {}{}".format(many(plan.workers, "replica"), left)
    if plan.strategy == "multi_worker_mirrored":
        return "Each step takes a batch of each of {}, and each reads all of the data on its own".format(
            many(plan.workers, "worker")
        )
    if plan.workers == 1:
        return "The chief is alone, and calls input_fn once"
    return "Each of {} reads all of the data on its own, and runs {} of the steps".format(
        many(plan.workers, "worker"), _number(prediction.steps_of_each_worker[0])
    )


def _usage(usage: Optional[Dict[int, int]]) -> str:
    if usage is None:
        return "How often each example is used depends on the order of events; t"
    words = {0: "never", 1: "once", 2: "twice"}
    said = ["{} {}".format(many(count, "example"), words.get(times, "{:,} times".format(times))) for times, count in usage.items()]
    return "Used: {}; t".format(", ".join(said)) if said else "T"


def _count(count: Count, noun: str) -> str:
    return "{} {}s".format(_number(count), noun) if isinstance(count, Range) else many(count, noun)


def _number(count: Optional[Count]) -> str:
    if isinstance(count, Range):
        return "{:,} to {:,}".format(count.lowest, count.highest)
    return "{:,}".format(count)


def _are(count: int, noun: str) -> str:
    return "{} {}".format(many(count, noun), "is" if count == 1 else "are")
