"""What a person types, on the command line or into the calculator of the page."""

from typing import Any, Dict, Union

from estimator_semantics.law.primitives import groups
from estimator_semantics.law.schema import ARGUMENTS, COUNT, Plan, usual_input

# A number with more is none that a person types.
_MOST_CHARACTERS = 1000

# Digits may stand in groups of three, and underscores between any of them, as in Python. Three digits of an exponent are more
# than 64 bits hold, and are refused as a number, not as a text.
_WHOLE = "[+-]?[0-9]+(?:_[0-9]+)*"
_IN_GROUPS = "[+-]?[0-9]{1,3}(?:[,\\s][0-9]{3})+"
_WITH_EXPONENT = "([+-]?[0-9]+)(?:\\.([0-9]+))?[eE]\\+?([0-9]{1,3})"

# What is replaced by what was typed.
_NOTHING_TYPED = Plan(examples=0, batch_size=1)


def number(text: str) -> Union[int, str, None]:
    """Return what was typed as a count: ``700000`` of ``"700,000"``, ``"700_000"``, ``"700 000"``, ``"7e5"`` or ``"700000"``.

    Args:
        text: what was typed.

    Returns:
        The count; ``None`` for ``"none"``; the text itself where it is no whole number, which `check` refuses.
    """
    typed = text.strip()
    if typed.lower() == "none":
        return None
    if len(typed) > _MOST_CHARACTERS:
        return text
    if groups(_WHOLE, typed) is not None or groups(_IN_GROUPS, typed) is not None:
        return int("".join([each for each in typed if each in "-0123456789"]))
    parts = groups(_WITH_EXPONENT, typed)
    if parts is None:
        return text
    whole, given, exponent = parts
    part = "" if given is None else given
    zeros = int(exponent) - len(part)
    return text if zeros < 0 else int("{}{}".format(whole, part)) * 10**zeros


def plan_of(typed: Dict[str, Any]) -> Plan:
    """Return the plan that was typed, not checked yet.

    Args:
        typed: by the names of arguments: counts as text, choices by their names, flags as bools; ``None`` for what is left out.
    """
    fields = {}  # type: Dict[str, Any]
    for argument in ARGUMENTS:
        given = typed.get(argument.name)
        if given is not None:
            fields[argument.name] = number(given) if argument.kind == COUNT else given
    plan = _NOTHING_TYPED._replace(**fields)
    return plan if "input" in fields else plan._replace(input=usual_input(plan.api, plan.strategy))
