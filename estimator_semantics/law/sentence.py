"""A prediction, said as a person would say it."""

from typing import Optional

from estimator_semantics.law import fit
from estimator_semantics.law.data import Data, of_call
from estimator_semantics.law.prediction import Prediction
from estimator_semantics.law.release import is_before
from estimator_semantics.law.schema import Plan, bounds_of
from estimator_semantics.law.turning_points import CALLS_INPUT_FN_ONCE, since, until
from estimator_semantics.law.wording import NOTHING, Said, say

_WHO = {"evaluate": Said("evaluation"), "predict": Said("prediction")}
_TRAINING = Said("training")

# So many epochs are named one by one.
_SHOWN = 6


def explain(plan: Plan, prediction: Prediction, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> str:
    """Return two sentences that say how long the plan trains, why, and on what.

    Args:
        plan: what the training is asked to do.
        prediction: what `predict` returned for it.
        tensorflow: version of TensorFlow, as it was given to `predict`.
        keras: version of Keras, likewise.
    """
    return say(explanation(plan, prediction, tensorflow, keras))


def explanation(
    plan: Plan, prediction: Prediction, tensorflow: Optional[str] = None, keras: Optional[str] = None
) -> Said:
    """Return what `explain` says, as data.

    Args:
        plan: what the training is asked to do.
        prediction: what `predict` returned for it.
        tensorflow: version of TensorFlow, as it was given to `predict`.
        keras: version of Keras, likewise.
    """
    if plan.api == "fit":
        return _fit(plan, prediction, fit.generation(plan, tensorflow, keras))
    call = of_call(plan)
    note = _note(tensorflow) if plan.api == "train_and_evaluate" and call.batches else NOTHING
    who = _WHO.get(plan.api, _TRAINING)
    if prediction.steps is None:
        why = Said("data_is_endless") if call.batches is None else note
        return Said("never_ends", {"who": who, "why": why, "no_bound": _no_step_bound(plan)})
    beyond = call.batches is not None and prediction.steps > call.batches
    if prediction.bound == "epochs":
        why = _data_ends(plan, call)
    elif beyond:
        why = Said("reached_beyond_the_data", {"bound": _step_bound(plan), "data": data_of(plan, call)})
    else:
        why = _step_bound_ends(plan, call, prediction.steps)
    if note != NOTHING and (prediction.bound == "epochs" or beyond):
        why = Said("why_and_note", {"why": why, "note": note})
    return Said("runs", {"who": who, "steps": prediction.steps, "why": why, "used": _used(plan, prediction)})


def _note(tensorflow: Optional[str]) -> Said:
    turn = CALLS_INPUT_FN_ONCE
    if is_before(tensorflow, turn):
        return Said("calls_input_fn_again", {"until": until(turn)})
    return Said("ends_with_the_data", {"since": since(turn)})


def _no_step_bound(plan: Plan) -> Said:
    bounds = bounds_of(plan.api)
    if len(bounds) == 0:
        return Said("has_no_bound", {"api": plan.api})
    if len(bounds) == 1:
        return Said("bound_not_given", {"bound": bounds[0]})
    return Said("bounds_not_given", {"bound": bounds[0], "other": bounds[1]})


def _data_ends(plan: Plan, call: Data) -> Said:
    if plan.examples == 0 and plan.input == "numpy_input_fn":
        return Said("no_example")
    if plan.steps is None and plan.max_steps is None:
        return Said("data_ends", {"no_bound": _no_step_bound(plan), "data": data_of(plan, call)})
    return Said("data_ends_before", {"bound": _step_bound(plan), "data": data_of(plan, call)})


def _step_bound_ends(plan: Plan, call: Data, steps: int) -> Said:
    bound = _step_bound(plan)
    if plan.max_steps is not None and plan.global_step >= plan.max_steps:
        return Said("reached_already", {"bound": bound})
    if call.batches is None:
        return Said("reached_on_endless_data", {"bound": bound})
    code = "reached_with_the_last_batch" if steps == call.batches else "reached_before_the_end"
    return Said(code, {"bound": bound, "data": data_of(plan, call)})


def _step_bound(plan: Plan) -> Said:
    if plan.steps is not None:
        return Said("steps", {"steps": plan.steps})
    if plan.global_step > 0:
        return Said("max_steps_from", {"max_steps": plan.max_steps, "global_step": plan.global_step})
    return Said("max_steps", {"max_steps": plan.max_steps})


def data_of(plan: Plan, call: Data, made: str = "made_steps") -> Said:
    """Return how many batches the data makes, or the steps that these are: ``1 epoch of 10 examples ... makes 3 steps``.

    Args:
        plan: the plan.
        call: its data, which ends.
        made: the code of what is counted.
    """
    return Said(
        "data",
        {
            "epochs": Said("any_epochs")
            if plan.num_epochs is None
            else Said("epochs", {"num_epochs": plan.num_epochs}),
            "examples": plan.examples,
            "threads": Said("threads", {"num_threads": plan.num_threads}) if plan.num_threads > 1 else NOTHING,
            "batches": Said("full_batches") if plan.drop_remainder else Said("batches"),
            "batch_size": plan.batch_size,
            "num_epochs": plan.num_epochs,
            "made": Said(made, {"count": call.batches}),
        },
    )


def _fit(plan: Plan, prediction: Prediction, generation: int) -> Said:
    if prediction.steps is None or prediction.steps_by_epoch is None:
        return Said("fit_never_ends", {"why": fit.ENDLESS_DATA if plan.examples > 0 else fit.IN_SEARCH})
    if prediction.raises is not None:
        parameters = {"generation": generation, "steps": prediction.steps, "why": prediction.raises}
        return Said("fit_raises" if prediction.steps > 0 else "fit_refuses", parameters)
    by_epoch = prediction.steps_by_epoch
    epochs = len(by_epoch)
    if epochs == 0:
        return Said("fit_has_no_epoch", {"initial_epoch": plan.initial_epoch, "epochs": plan.epochs})
    if not _alike(prediction):
        code = "in_epochs" if epochs <= _SHOWN else "in_many_epochs"
        shape = Said(code, {"shown": by_epoch[:_SHOWN], "epochs": epochs})
    elif epochs == 1:
        shape = Said("in_one_epoch", {"steps": by_epoch[0]})
    else:
        shape = Said("in_each_epoch", {"steps": by_epoch[0], "epochs": epochs})
    end = _epochs_end(plan, prediction, generation)
    used = _used(plan, prediction)
    return Said("fit_runs", {"steps": prediction.steps, "shape": shape, "end": end, "used": used})


def _alike(prediction: Prediction) -> bool:
    by_epoch = prediction.steps_by_epoch
    assert by_epoch is not None
    return all([steps == by_epoch[0] for steps in by_epoch])


def _epochs_end(plan: Plan, prediction: Prediction, generation: int) -> Said:
    assert prediction.steps_by_epoch is not None
    if plan.steps_per_epoch is None and _alike(prediction):
        return Said("epoch_ends_with_data")
    if prediction.bound == "steps_per_epoch":
        return Said("epoch_has_its_steps", {"steps_per_epoch": plan.steps_per_epoch})
    asked = NOTHING
    if plan.steps_per_epoch is not None:
        asked = Said("asks_for_more", {"steps_per_epoch": plan.steps_per_epoch})
    if generation == 2:
        return Said("keras_2_ends", {"asked": asked})
    empty = prediction.steps_by_epoch.count(0)
    nothing = Said("epochs_without_step", {"epochs": empty}) if empty > 0 else NOTHING
    return Said("keras_3_goes_on", {"asked": asked, "empty": nothing})


def _used(plan: Plan, prediction: Prediction) -> Said:
    assert prediction.examples is not None
    parts = [Said("uses_examples", {"examples": prediction.examples})]
    if prediction.epochs:
        parts.append(Said("epochs_completed", {"epochs": prediction.epochs}))
    elif prediction.examples > 0:
        parts.append(_share(prediction.examples, plan.examples))
    if prediction.last_batch not in (0, plan.batch_size):
        parts.append(Said("ragged_batch", {"last_batch": prediction.last_batch, "batch_size": plan.batch_size}))
    if prediction.updates is not None:
        parts.append(Said("updates_weights", {"updates": prediction.updates}))
    if plan.api != "fit":
        code = "global_step_stays" if plan.api in _WHO else "global_step_ends"
        parts.append(Said(code, {"global_step": prediction.global_step}))
    return Said("used", {"parts": tuple(parts)})


def _share(examples: int, epoch: int) -> Said:
    # Rounded, all but one example of many would be the whole epoch.
    if 1000 * examples >= 999 * epoch:
        return Said("nearly_all_of_epoch")
    if 10**6 * examples < epoch:
        return Said("small_share_of_epoch")
    return Said("share_of_epoch", {"share": three_digits(100 * examples, epoch)})


def three_digits(numerator: int, denominator: int) -> str:
    """Return a fraction below 1,000 with its first three digits that are not 0, and no 0 at the end: ``"0.143"`` of 1/7.

    Exactly half-way, the last digit is even, as Python's own formatting has it.

    Args:
        numerator: greater than 0.
        denominator: greater than 0.
    """
    places = 0
    while numerator * 10**places < 100 * denominator:
        places += 1
    digits, rest = divmod(numerator * 10**places, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and digits % 2 == 1):
        digits += 1
    while places > 0 and digits % 10 == 0:
        digits //= 10
        places -= 1
    if places == 0:
        return str(digits)
    whole, part = divmod(digits, 10**places)
    return "{}.{}".format(whole, str(part).zfill(places))
