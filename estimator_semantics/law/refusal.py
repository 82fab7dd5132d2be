"""A refusal: a value of a plan that no training accepts, and the reason, as data."""

from typing import Any, Dict, NamedTuple, Optional, Tuple

from estimator_semantics.law.schema import argument_of
from estimator_semantics.law.wording import Said, listed, say


class Give(NamedTuple):
    """What to give instead.

    Attributes:
        field: name of the argument.
        values: one of these.
    """

    field: str
    values: Tuple[str, ...]


class InvalidPlan(ValueError):
    """A plan holds a value that no training accepts.

    Attributes:
        field: name of the plan's field, for example ``"batch_size"``; or ``"tensorflow"``, ``"keras"``: a release.
        value: what was given.
        code: why it is refused: one of `wording.TEMPLATES`.
        parameters: the parameters of the code's template.
        give: what to give instead, if that is a value of an argument.
    """

    def __init__(
        self,
        field: str,
        value: object,
        code: str,
        parameters: Optional[Dict[str, Any]] = None,
        give: Optional[Give] = None,
    ) -> None:
        super().__init__(field, value, code, parameters, give)
        self.field = field
        self.value = value
        self.code = code
        self.parameters = parameters or {}
        self.give = give

    @property
    def remedy(self) -> str:
        """Why it is refused and what to give instead, as the end of a sentence."""
        return remedy(self)

    def __str__(self) -> str:
        return "{}={}: {}".format(self.field, self.value, self.remedy)


def reason(error: InvalidPlan) -> str:
    """Return why a plan is refused, without what to give instead."""
    return say(Said(error.code, error.parameters))


def remedy(error: InvalidPlan) -> str:
    """Return why a plan is refused and what to give instead, in terms of the options of ``explain``."""
    give = error.give
    if give is None:
        return reason(error)
    given = [_option(give.field, value) for value in give.values]
    return "{}; give {}".format(reason(error), listed(given, "or"))


def in_options(error: InvalidPlan) -> str:
    """Return a refusal in terms of the options of ``explain``: ``--steps 0: must be a whole number, ...``."""
    argument = argument_of(error.field)
    field = error.field if argument is None else argument.option
    value = "none" if error.value is None else error.value
    # A flag has no value.
    return "{}: {}".format(_option(field, "" if isinstance(value, bool) else str(value), quotes=False), remedy(error))


def _option(name: str, value: str, quotes: bool = True) -> str:
    option = "--{}".format(name.replace("_", "-"))
    if value == "":
        return option
    return '{} "{}"'.format(option, value) if quotes and " " in value else "{} {}".format(option, value)
