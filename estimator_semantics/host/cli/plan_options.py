"""The options of a plan, made of the arguments that the law declares."""

import inspect
import typing
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, Optional

import typer

from estimator_semantics.law.schema import ARGUMENTS, CHOICE, COUNT, DERIVED, FLAG, Argument


def with_plan(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb an option for each argument of a plan, before its own; it takes them as ``**given``.

    Args:
        verb: the verb's function.
    """
    own = inspect.signature(verb).parameters.values()
    annotations = typing.get_type_hints(verb, include_extras=True)
    parameters = [_parameter(argument) for argument in ARGUMENTS if argument.kind != DERIVED]
    parameters += [
        parameter.replace(annotation=annotations[parameter.name], kind=parameter.KEYWORD_ONLY)
        for parameter in own
        if parameter.kind != parameter.VAR_KEYWORD
    ]
    verb.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    verb.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return verb


def typed(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed, by the names of arguments, as `law.typed.plan_of` takes it.

    Args:
        given: what a verb that `with_plan` made takes.
    """
    values: dict[str, Any] = {}
    for argument in ARGUMENTS:
        if argument.option in given:
            value = given[argument.option]
            if argument.kind == CHOICE:
                value = value and value.value
            elif argument.kind == FLAG:
                value = value != argument.default if argument.option != argument.name else value
            values[argument.name] = value
    return values


def _parameter(argument: Argument) -> inspect.Parameter:
    option = f"--{argument.option.replace('_', '-')}"
    annotation: Any = str
    default: Any = argument.usual
    if argument.kind == FLAG:
        annotation, default = bool, False
    elif argument.kind == CHOICE:
        annotation, default = (
            Optional[Enum(argument.name, {choice.name: choice.name for choice in argument.choices})],
            None,
        )
    metavar, help = "N" if argument.kind == COUNT else None, argument.help
    if argument.kind == CHOICE:
        # The names themselves are too long for a column of their own.
        names = [f'"{choice.name}"' if " " in choice.name else choice.name for choice in argument.choices]
        metavar, help = argument.name.upper(), f"{help} One of: {', '.join(names)}."
    return inspect.Parameter(
        argument.option,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if argument.required else default,
        annotation=Annotated[annotation, typer.Option(option, metavar=metavar, help=help)],
    )
