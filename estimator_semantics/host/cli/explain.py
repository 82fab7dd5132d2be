"""``explain``: how many steps a training runs, and why."""

import json

from estimator_semantics import law
from estimator_semantics.host.cli.output import write


def explain(counts: dict[str, str], *, as_json: bool) -> None:
    """Prints what the law says of a plan.

    Args:
        counts: the plan's counts as they were typed.
        as_json: an object with the fields of the prediction, or a sentence.

    Raises:
        InvalidPlan: for a count that no training accepts.
    """
    plan = law.check(law.Plan(**{field: _number(text) for field, text in counts.items()}))
    prediction = law.predict(plan)
    sentence = law.explain(plan, prediction)
    write((json.dumps({**prediction._asdict(), "explanation": sentence}) if as_json else sentence) + "\n")


def _number(text: str) -> object:
    if text.lower() == "none":
        return None
    try:
        return int(text)
    except ValueError:
        return text  # the law refuses it and says what it wants
