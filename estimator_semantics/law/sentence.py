"""A prediction, said as a person would say it."""

from typing import Optional

from estimator_semantics.law import fit
from estimator_semantics.law.data import CALLS_ONCE, Data, of_call
from estimator_semantics.law.plan import Plan
from estimator_semantics.law.prediction import Prediction
from estimator_semantics.law.release import is_before

_WHO = {"evaluate": "Evaluation", "predict": "Prediction"}

_NO_STEP_BOUND = {
    "train_and_evaluate": "max_steps is not given",
    "evaluate": "steps is not given",
    "predict": "predict has no steps",
}


def explain(
    plan: Plan, prediction: Prediction, tensorflow: Optional[str] = None, keras: Optional[str] = None
) -> str:
    """Returns two sentences that say how long the plan trains, why, and on what.

    Args:
        plan: what the training is asked to do.
        prediction: what `predict` returned for it.
        tensorflow: version of TensorFlow, as it was given to `predict`.
        keras: version of Keras, likewise.
    """
    if plan.api == "fit":
        return _fit(plan, prediction, fit.generation(plan, tensorflow, keras))
    call = of_call(plan)
    again = ""
    if plan.api == "train_and_evaluate" and call.batches:
        again = _again(tensorflow)
    who = _WHO.get(plan.api, "Training")
    if prediction.steps is None:
        why = "the data is endless (num_epochs=None)" if call.batches is None else again
        return "{} never ends: {}, and {}.".format(who, why, _no_step_bound(plan))
    if prediction.bound == "epochs":
        why = _data_ends(plan, call)
    elif call.batches is not None and prediction.steps > call.batches:
        why = "{} is reached; {}".format(_step_bound(plan), data_of(plan, call))
    else:
        why = _step_bound_ends(plan, call, prediction.steps)
    if again and (prediction.bound == "epochs" or prediction.steps > (call.batches or 0)):
        why = "{}; {}".format(why, again)
    return "{} runs {}: {}. {}.".format(who, many(prediction.steps, "step"), why, _consumed(plan, prediction))


def _again(tensorflow: Optional[str]) -> str:
    if is_before(tensorflow, CALLS_ONCE):
        return "up to TensorFlow 1.9 train_and_evaluate calls input_fn again whenever the data ends"
    return "since TensorFlow 1.10 train_and_evaluate ends when the data does"


def _no_step_bound(plan: Plan) -> str:
    return _NO_STEP_BOUND.get(plan.api, "neither steps nor max_steps is given")


def _data_ends(plan: Plan, call: Data) -> str:
    if plan.examples == 0 and plan.input == "numpy_input_fn":
        return "numpy_input_fn raises an error, because there is no example"
    if plan.steps is None and plan.max_steps is None:
        return "the data ends, and {}; {}".format(_no_step_bound(plan), data_of(plan, call))
    return "the data ends before {} is reached; {}".format(_step_bound(plan), data_of(plan, call))


def _step_bound_ends(plan: Plan, call: Data, steps: int) -> str:
    if plan.max_steps is not None and plan.global_step >= plan.max_steps:
        return "{} is reached already".format(_step_bound(plan))
    if call.batches is None:
        return "{} is reached, and the data is endless (num_epochs=None)".format(_step_bound(plan))
    when = "with the last batch of" if steps == call.batches else "before the end of"
    return "{} is reached {} the data; {}".format(_step_bound(plan), when, data_of(plan, call))


def _step_bound(plan: Plan) -> str:
    if plan.steps is not None:
        return "steps={:,}".format(plan.steps)
    start = ", from global step {:,} on,".format(plan.global_step) if plan.global_step else ""
    return "max_steps={:,}{}".format(plan.max_steps, start)


def data_of(plan: Plan, call: Data, noun: str = "step") -> str:
    """Returns how many batches the data makes, or the steps that these are: ``1 epoch of 10 examples ... makes 3 steps``.

    Args:
        plan: the plan.
        call: its data, which ends.
        noun: what is counted.
    """
    epochs = "any number of epochs" if plan.num_epochs is None else many(plan.num_epochs, "epoch")
    return "{} of {}{} in {} of {:,} {} {}".format(
        epochs,
        many(plan.examples, "example"),
        ", once for each of {:,} threads,".format(plan.num_threads) if plan.num_threads > 1 else "",
        "full batches" if plan.drop_remainder else "batches",
        plan.batch_size,
        "makes" if plan.num_epochs == 1 else "make",
        many(call.batches, noun),
    )


def _fit(plan: Plan, prediction: Prediction, generation: int) -> str:
    if prediction.steps is None or prediction.steps_by_epoch is None:
        return "Training never ends: {}.".format(fit.ENDLESS_DATA if plan.examples else fit.LOOKS_FOR_EVER)
    if prediction.raises is not None:
        does = "raises an error after {}".format(many(prediction.steps, "step")) if prediction.steps else "refuses to train"
        return "Keras {} {}: {}.".format(generation, does, prediction.raises)
    found = prediction.steps_by_epoch
    if not found:
        return "Training runs 0 steps: initial_epoch={:,} is not below epochs={:,}.".format(
            plan.initial_epoch, plan.epochs
        )
    each = set(found)
    if len(each) == 1:
        where = "one epoch" if len(found) == 1 else "each of {:,} epochs".format(len(found))
        shape = "{} in {}".format(many(found[0], "step"), where)
    else:
        shown = ", ".join("{:,}".format(steps) for steps in found[:6]) + (", ..." if len(found) > 6 else "")
        shape = "{} in {:,} epochs".format(shown, len(found))
    return "Training runs {}: {}. {}. {}.".format(
        many(prediction.steps, "step"), shape, _epochs_end(plan, prediction, generation), _consumed(plan, prediction)
    )


def _epochs_end(plan: Plan, prediction: Prediction, generation: int) -> str:
    assert prediction.steps_by_epoch is not None
    if plan.steps_per_epoch is None and len(set(prediction.steps_by_epoch)) == 1:
        return "An epoch ends when the data does"
    if prediction.bound == "steps_per_epoch":
        return "Every epoch has the steps that steps_per_epoch={:,} asks for".format(plan.steps_per_epoch)
    asked = ""
    if plan.steps_per_epoch is not None:
        asked = "steps_per_epoch={:,} asks for more than the data has left. ".format(plan.steps_per_epoch)
    if generation == 2:
        return "{}Keras 2 ends the training where the data runs out".format(asked)
    empty = prediction.steps_by_epoch.count(0)
    nothing = "" if not empty else "; {} {} nothing".format(many(empty, "epoch"), "trains" if empty == 1 else "train")
    return "{}Keras 3 ends the epoch where the data runs out, and goes on with the next one{}".format(asked, nothing)


def _consumed(plan: Plan, prediction: Prediction) -> str:
    assert prediction.examples is not None
    parts = ["It uses {}".format(many(prediction.examples, "example"))]
    if prediction.epochs:
        parts.append("{} completed".format(many(prediction.epochs, "epoch")))
    elif prediction.examples:
        share = 100.0 * prediction.examples / plan.examples
        # Rounded, all but one example of many would be the whole epoch.
        parts.append("{} of one epoch".format("{:.3g} %".format(share) if share < 99.9 else "nearly all"))
    if prediction.last_batch not in (0, plan.batch_size):
        parts.append("the last batch holds {:,} instead of {:,}".format(prediction.last_batch, plan.batch_size))
    if plan.api == "fit":
        return ", ".join(parts[:-1] + ["and " * (len(parts) > 1) + parts[-1]])
    stays = "stays" if plan.api in _WHO else "ends"
    parts.append("and the global step {} at {:,}".format(stays, prediction.global_step))
    return ", ".join(parts)


def many(count: object, noun: str) -> str:
    """Returns a count with its noun: ``1 step``, ``1,000 steps``, ``5 batches``."""
    return "{:,} {}{}".format(count, noun, "" if count == 1 else "es" if noun.endswith("tch") else "s")
