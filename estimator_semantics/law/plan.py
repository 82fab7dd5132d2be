"""The check of a plan: which values no training accepts."""

from typing import Any, Dict, Optional, Tuple

from estimator_semantics.law.primitives import whole
from estimator_semantics.law.refusal import Give, InvalidPlan
from estimator_semantics.law.schema import (
    APIS,
    ARGUMENTS,
    CHOICE,
    COUNT,
    DATASETS,
    HIGHEST,
    INPUTS,
    INPUTS_OF_FIT,
    MIRRORING,
    MOST_WORKERS,
    OF_FIT,
    STRATEGIES,
    Argument,
    Plan,
    bounds_of,
    chosen,
)

__all__ = [
    "APIS",
    "DATASETS",
    "HIGHEST",
    "INPUTS",
    "INPUTS_OF_FIT",
    "MIRRORING",
    "MOST_WORKERS",
    "OF_FIT",
    "STRATEGIES",
    "InvalidPlan",
    "Plan",
    "check",
    "check_end",
    "count",
]


def check(plan: Plan) -> Plan:
    """Return the plan with its counts as plain integers, or say which value no training accepts.

    ``steps=0``, ``max_steps=0`` and both bounds at once are refused because ``tf.estimator.Estimator.train`` refuses
    them.

    Args:
        plan: the plan; counts may be any integer type (NumPy's too).

    Raises:
        InvalidPlan: for the first value that is not a count, too small, or contradicts another.

    Source:
        https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/Estimator#train
    """
    plan = _counted(plan)
    for argument in ARGUMENTS:
        value = getattr(plan, argument.name)
        if argument.kind == CHOICE and value != argument.default and chosen(argument, value) is None:
            choices = tuple([choice.name for choice in argument.choices])
            raise InvalidPlan(argument.name, value, "not_a_choice", {"choices": choices})
    if plan.strategy is None and plan.workers != 1:
        raise InvalidPlan("workers", plan.workers, "workers_of_strategy", {}, Give("strategy", STRATEGIES))
    if plan.workers > MOST_WORKERS:
        raise InvalidPlan("workers", plan.workers, "too_many_workers", {"most": MOST_WORKERS})
    for argument in ARGUMENTS:
        _check_api(plan, argument)
    if plan.steps is not None and plan.max_steps is not None:
        raise InvalidPlan("steps", plan.steps, "steps_or_max_steps", {"max_steps": plan.max_steps})
    if plan.api == "train" and plan.steps is not None and plan.global_step + plan.steps > HIGHEST:
        # The sum turns into a negative number, and one step runs: experiments/values_of_steps.py.
        code = "sum_too_large" if plan.global_step < HIGHEST else "global_step_too_large"
        parameters = {"global_step": plan.global_step, "most": HIGHEST - plan.global_step}
        raise InvalidPlan("steps", plan.steps, code, parameters)
    _check_input(plan)
    return plan


def check_end(plan: Plan, bound: Optional[str], steps: int) -> None:
    """Say so where a training that ends would end at a global step that is no 64-bit integer.

    Args:
        plan: the plan, checked.
        bound: the binding bound, as in a prediction.
        steps: how many steps it runs, at most.

    Raises:
        InvalidPlan: for the value that makes them so many.
    """
    end = steps if plan.api in ("evaluate", "predict") else plan.global_step + steps
    if end <= HIGHEST:
        return
    field = "steps_per_epoch" if bound is None else bound
    if bound == "epochs":
        field = "epochs" if plan.api == "fit" else "num_epochs"
        if plan.global_step > 0:
            field = "global_step"
    raise InvalidPlan(field, getattr(plan, field), "end_too_large", {"end": end})


def count(field: str, value: object, lowest: int, optional: bool = False) -> int:
    """Return a value as a plain integer, or say that it is none.

    Args:
        field: what is counted.
        value: any integer type.
        lowest: the smallest count that there may be.
        optional: whether it may be left out; the remedy says so.

    Raises:
        InvalidPlan: it is no whole number, or too small, or too large for 64 bits.
    """
    number = whole(value)
    if number is None or number < lowest:
        raise InvalidPlan(field, value, "not_whole_or_none" if optional else "not_whole", {"lowest": lowest})
    if number > HIGHEST:
        raise InvalidPlan(field, "<{} bits>".format(_bits(number)), "too_large")
    return number


def _counted(plan: Plan) -> Plan:
    counts = {}  # type: Dict[str, Any]
    for argument in ARGUMENTS:
        value = getattr(plan, argument.name)
        if argument.kind == COUNT and not (argument.optional and value is None):
            counts[argument.name] = count(argument.name, value, argument.lowest, argument.optional)
    return plan._replace(**counts)


def _bits(number: int) -> int:
    bits = 0
    while number > 0:
        number //= 2
        bits += 1
    return bits


def _check_api(plan: Plan, argument: Argument) -> None:
    value = getattr(plan, argument.name)
    if plan.api not in argument.apis and value != argument.default:
        api = {"api": plan.api}
        if len(argument.apis) == 1:
            raise InvalidPlan(argument.name, value, "only_has", _apis(argument.apis, plan), Give("api", argument.apis))
        if not argument.bound:
            raise InvalidPlan(argument.name, value, "only_has", _apis(argument.apis, plan))
        others = bounds_of(plan.api)
        if len(others) == 0:
            raise InvalidPlan(argument.name, value, "no_such_bound", api)
        raise InvalidPlan(argument.name, value, "other_bound", {"api": plan.api, "others": others})
    choice = chosen(argument, value)
    if choice is not None and plan.api not in choice.apis and argument.name != "api":
        if len(choice.apis) == 1:
            raise InvalidPlan(argument.name, value, "only_takes", _apis(choice.apis, plan), Give("api", choice.apis))
        fits = tuple([each.name for each in argument.choices if plan.api in each.apis])
        raise InvalidPlan(argument.name, value, "does_not_take", {"api": plan.api}, Give(argument.name, fits))


def _apis(apis: Tuple[str, ...], plan: Plan) -> Dict[str, Any]:
    return {"apis": apis, "api": plan.api}


def _check_input(plan: Plan) -> None:
    a_dataset = Give("input", DATASETS)
    if plan.strategy in MIRRORING and plan.input not in DATASETS:
        raise InvalidPlan("strategy", plan.strategy, "takes_a_dataset", {}, a_dataset)
    if plan.drop_remainder and plan.input not in DATASETS:
        raise InvalidPlan("drop_remainder", plan.drop_remainder, "keeps_last_batch", {"input": plan.input}, a_dataset)
    if plan.num_threads != 1 and plan.input != "numpy_input_fn":
        raise InvalidPlan("num_threads", plan.num_threads, "threads_of_numpy")
    if plan.keras not in (None, 2, 3):
        raise InvalidPlan("keras", plan.keras, "keras_is_2_or_3")
    if plan.input == "arrays" and plan.num_epochs != 1:
        raise InvalidPlan("num_epochs", plan.num_epochs, "epochs_of_arrays")
    if not plan.known_size and plan.input not in DATASETS:
        raise InvalidPlan("known_size", plan.known_size, "dataset_knows_size", {}, a_dataset)
