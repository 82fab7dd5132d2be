"""Distinct values: what many have in common is kept once, and has a place."""

import json
from typing import Any


class Distinct:
    """Values, each of which is kept once.

    Attributes:
        values: the values, by place.
    """

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[str, int] = {}

    def place(self, value: Any) -> int:
        """Return the place of a value, which is added where it is new."""
        # As text, in which 1, 1.0 and True are not the same.
        text = json.dumps(value, sort_keys=True)
        if text not in self._places:
            self._places[text] = len(self.values)
            self.values.append(value)
        return self._places[text]
