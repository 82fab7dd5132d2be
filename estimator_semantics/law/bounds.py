"""The two bounds: the lower one decides."""

from typing import Optional, Tuple

from estimator_semantics.law.schema import Plan


def step_bound(plan: Plan) -> Tuple[Optional[str], Optional[int]]:
    """Return which step bound a plan has, and how many steps it allows; ``None`` twice where it has none.

    Args:
        plan: the plan, checked.
    """
    if plan.steps is not None:
        return "steps", plan.steps
    if plan.max_steps is not None:
        return "max_steps", max(0, plan.max_steps - plan.global_step)
    return None, None


def lower(bound: Optional[str], allowed: Optional[int], batches: Optional[int]) -> Tuple[Optional[str], Optional[int]]:
    """Return the lower of the step bound and the epoch bound, and how many steps that is; ``None`` twice where there is none.

    Where both allow the same number the step bound is the binding one: training stops before it asks for the batch that is
    not there.

    Args:
        bound: the step bound.
        allowed: the steps that it allows.
        batches: the epoch bound: the number of batches, ``None`` for endless data.
    """
    if batches is None or (allowed is not None and allowed <= batches):
        return bound, allowed
    return "epochs", batches
