"""The notices of a case: what TensorFlow and Keras warn of while it runs, as somebody would paste it into a search."""

import logging
import re
import tempfile
import warnings
from typing import Any, List

from estimator_semantics.probe.log import Log

NUMBER = 4
LENGTH = 300

# Not warnings by their level, but the only trace there is of a training that does not start, or is ended by a hook.
_TELLING = ("Skipping training", "Requested early stopping")
# Said once in a process, whichever case comes first, and of the API, not of the training.
_BESIDE_THE_POINT = re.compile(
    "deprecat|Instructions for updating|AutoGraph|removed in a future version", re.IGNORECASE
)
_FOLDER = re.compile(re.escape(tempfile.gettempdir()) + r"[^\s'\",;)\]]*")
# The step at which a check came too early is chance.
_STEP = re.compile(r"(could be stable\)|previous value): [0-9]+")
_ADDRESS = re.compile("0x[0-9a-fA-F]{6,}")


class Notices:
    """Collects notices as long as it is open (``with Notices() as notices``).

    Attributes:
        lines: the first few different ones, each in one line, without what is of one run alone: folders,
            addresses, the step at which something was noticed.
    """

    def __init__(self) -> None:
        self.lines: List[str] = []
        self._log = _Notable(self._add)
        self._warnings = warnings.catch_warnings()

    def __enter__(self) -> "Notices":
        self._warnings.__enter__()
        self._show = warnings.showwarning
        warnings.showwarning = self._showwarning
        self._log.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._log.__exit__()
        self._warnings.__exit__()  # type: ignore[call-arg]  # it looks at none of its arguments

    def _showwarning(self, message: Any, category: Any, *place: Any, **more: Any) -> None:
        if issubclass(category, (UserWarning, RuntimeWarning)):
            self._add(str(message))
        self._show(message, category, *place, **more)

    def _add(self, message: str) -> None:
        line = _FOLDER.sub("MODEL_DIR", " ".join(message.split()))
        line = _STEP.sub(r"\1: N", _ADDRESS.sub("0x...", line))
        if len(line) > LENGTH:
            line = line[: LENGTH - 1] + "…"
        if line not in self.lines and len(self.lines) < NUMBER and not _BESIDE_THE_POINT.search(line):
            self.lines.append(line)


class _Notable(Log):
    def __init__(self, add: Any) -> None:
        super().__init__()
        self._add = add

    def emit(self, record: Any) -> None:
        message = record.getMessage()
        if record.levelno >= logging.WARNING or message.startswith(_TELLING):
            self._add(message)
