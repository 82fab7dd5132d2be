"""A prediction, said as a person would say it."""

from estimator_semantics.law.data import data
from estimator_semantics.law.plan import Plan
from estimator_semantics.law.prediction import Prediction


def explain(plan: Plan, prediction: Prediction) -> str:
    """Returns two sentences that say how long the plan trains, why, and on what.

    Args:
        plan: what the training is asked to do.
        prediction: what `predict` returned for it.
    """
    if prediction.steps is None:
        return "Training never ends: the data is endless (num_epochs=None), and neither steps nor max_steps is given."
    why = _data_ends(plan) if prediction.bound == "epochs" else _step_bound_ends(plan, prediction.steps)
    return "Training runs {}: {}. {}.".format(_many(prediction.steps, "step"), why, _consumed(plan, prediction))


def _data_ends(plan: Plan) -> str:
    if plan.steps is None and plan.max_steps is None:
        return "the data ends, and neither steps nor max_steps is given; {}".format(_data(plan))
    return "the data ends before {} is reached; {}".format(_step_bound(plan), _data(plan))


def _step_bound_ends(plan: Plan, steps: int) -> str:
    if plan.max_steps is not None and plan.global_step >= plan.max_steps:
        return "{} is reached already".format(_step_bound(plan))
    if plan.num_epochs is None:
        return "{} is reached, and the data is endless (num_epochs=None)".format(_step_bound(plan))
    when = "with the last batch of" if steps == _batches(plan) else "before the end of"
    return "{} is reached {} the data; {}".format(_step_bound(plan), when, _data(plan))


def _step_bound(plan: Plan) -> str:
    if plan.steps is not None:
        return "steps={:,}".format(plan.steps)
    start = ", from global step {:,} on,".format(plan.global_step) if plan.global_step else ""
    return "max_steps={:,}{}".format(plan.max_steps, start)


def _data(plan: Plan) -> str:
    return "{} of {} in batches of {:,} {} {}".format(
        _many(plan.num_epochs, "epoch"),
        _many(plan.examples, "example"),
        plan.batch_size,
        "makes" if plan.num_epochs == 1 else "make",
        _many(_batches(plan), "step"),
    )


def _batches(plan: Plan) -> int:
    batches = data(plan).batches
    assert batches is not None
    return batches


def _consumed(plan: Plan, prediction: Prediction) -> str:
    assert prediction.examples is not None
    parts = ["It uses {}".format(_many(prediction.examples, "example"))]
    if prediction.epochs:
        parts.append("{} completed".format(_many(prediction.epochs, "epoch")))
    elif prediction.examples:
        share = 100.0 * prediction.examples / plan.examples
        # Rounded, all but one example of many would be the whole epoch.
        parts.append("{} of one epoch".format("{:.3g} %".format(share) if share < 99.9 else "nearly all"))
    if prediction.last_batch not in (0, plan.batch_size):
        parts.append("the last batch holds {} instead of {:,}".format(prediction.last_batch, plan.batch_size))
    parts.append("and the global step ends at {:,}".format(prediction.global_step))
    return ", ".join(parts)


def _many(count: object, noun: str) -> str:
    return "{:,} {}{}".format(count, noun, "" if count == 1 else "s")
