"""The arguments of a plan that differ from their defaults, as people write a plan."""

from typing import Any, Dict

from estimator_semantics.law.schema import Plan


def given(plan: Plan) -> Dict[str, Any]:
    """Return the values of a plan by argument, without those that are defaults.

    Args:
        plan: the plan.
    """
    defaults = Plan._field_defaults
    return {name: value for name, value in plan._asdict().items() if name not in defaults or value != defaults[name]}
