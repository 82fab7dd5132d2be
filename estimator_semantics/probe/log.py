"""The log of TensorFlow."""

import logging
from typing import Any, List


class Log(logging.Handler):
    """Notes what TensorFlow logs, from INFO on, as long as it is open (``with Log() as log``).

    Attributes:
        messages: the messages, in order.
    """

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: List[str] = []
        self._logger = logging.getLogger("tensorflow")

    def emit(self, record: Any) -> None:
        self.messages.append(record.getMessage())

    def __enter__(self) -> "Log":
        self._level = self._logger.level
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(self)
        return self

    def __exit__(self, *error: Any) -> None:
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level)
