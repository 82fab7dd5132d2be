"""A count as a person types it, on the command line or into the calculator of the page."""

import re
from typing import Union

# Digits may stand in groups of three, and underscores between any of them, as in Python.
_WHOLE = re.compile(r"[+-]?[0-9]+(_[0-9]+)*\Z")
_IN_GROUPS = re.compile(r"[+-]?[0-9]{1,3}([,\s][0-9]{3})+\Z")
# A number with more is none that a person types.
_MOST_CHARACTERS = 1000

# Three digits of an exponent are more than 64 bits hold, and are refused as a number, not as a text.
_WITH_EXPONENT = re.compile(r"([+-]?[0-9]+)(\.([0-9]+))?[eE]\+?([0-9]{1,3})\Z")


def number(text: str) -> Union[int, str, None]:
    """Returns what was typed as a count: ``700000`` of ``"700,000"``, ``"700_000"``, ``"700 000"``, ``"7e5"`` or ``"700000"``.

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
    if _WHOLE.match(typed) or _IN_GROUPS.match(typed):
        return int(re.sub(r"[,_\s]", "", typed))
    found = _WITH_EXPONENT.match(typed)
    if found is None:
        return text
    whole, _, part, exponent = found.groups()
    zeros = int(exponent) - len(part or "")
    return text if zeros < 0 else int(whole + (part or "") + "0" * zeros)
