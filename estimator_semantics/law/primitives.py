"""What the law takes from the language, and JavaScript has in another way: law_primitives.js has the same functions.

The modules of the law that the page needs are translated (see `host.translation`); this one is written twice.
"""

import operator
import re
from typing import Any, Optional, Tuple


def whole(value: object) -> Optional[int]:
    """Return a value as a plain integer; ``None`` where it is none, as a bool is none.

    Args:
        value: anything; of integers any type, NumPy's too.
    """
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]  # what it refuses is a TypeError
    except TypeError:
        return None


def groups(pattern: str, text: str) -> Optional[Tuple[Any, ...]]:
    """Return the groups of a pattern, texts or ``None``, that a whole text matches; ``None`` where it does not.

    Args:
        pattern: a regular expression, written so that both languages read it alike.
        text: the text.
    """
    match = re.match("(?:{})\\Z".format(pattern), text)
    return None if match is None else match.groups()


def grouped(count: int) -> str:
    """Return a count with a comma between groups of three digits: ``"700,000"``."""
    return "{:,}".format(count)
