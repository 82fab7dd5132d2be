"""Terminals: one that keeps what is printed on it, and one of its own for a command."""

import io
import os
import pty
import re
import sys

import pytest
from samples import VERSIONS

from estimator_semantics.host import experiments
from estimator_semantics.host.console import PatientConsole
from estimator_semantics.host.terminal import Terminal

COLOUR = re.compile("\x1b\\[[0-9;]*m")
MANY = tuple((case.name, "quick") for case in experiments.chosen())


def console(width: int) -> PatientConsole:
    """Return a terminal with this number of columns."""
    # In colours, for without them rich leaves away what is still to come of a bar.
    options = {"force_terminal": True, "color_system": "standard", "legacy_windows": False, "highlight": False}
    return PatientConsole(file=io.StringIO(), width=width, height=50, **options)


@pytest.fixture
def terminal() -> Terminal:
    """A terminal that follows the measuring of all cases."""
    found = Terminal()
    found._err = console(80)
    found.begin(VERSIONS, measured=0, left=len(MANY))
    return found


def text_on(console: PatientConsole) -> str:
    """Return what was printed on a terminal, without colours."""
    return COLOUR.sub("", console.file.getvalue())


class Screen:
    """A command on a terminal of its own.

    Attributes:
        said: all that it wrote by now, control sequences included.
    """

    def __init__(self, *arguments: object, columns: int = 80) -> None:
        self.said = ""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
            environment.update(COLUMNS=str(columns), LINES="50", TERM="xterm-256color")
            os.execve(sys.executable, [sys.executable, "-m", "estimator_semantics", *map(str, arguments)], environment)

    def read(self) -> bool:
        """Read what there is; say whether there may be more."""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.said += data.decode("utf-8", "replace")
        return bool(data)

    def until(self, text: str) -> None:
        """Read until it has written something."""
        while text not in self.said:
            assert self.read(), self.said

    def type(self, keys: bytes) -> None:
        """Types keys."""
        os.write(self._fd, keys)

    def status(self) -> int:
        """Read to the end and return the exit status."""
        while self.read():
            pass
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def lines_on_a_terminal(*arguments, columns=80):
    """Return the lines that a command writes to a terminal, without colours."""
    screen = Screen(*arguments, columns=columns)
    assert screen.status() == 0, screen.said
    return COLOUR.sub("", screen.said).replace("\r\n", "\n").rstrip("\n").split("\n")
