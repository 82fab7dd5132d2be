"""The console: lines for a person, on standard output and standard error, and the colours of verdicts."""

import os

from rich.console import Console
from rich.text import Text

from estimator_semantics.host.verdict import Outcome
from estimator_semantics.host.wrapping import wrapped

STYLES = {
    Outcome.CONFORMS: "green",
    Outcome.DOCUMENTED: "yellow",
    Outcome.DEVIATES: "bold red",
    Outcome.ERROR: "bold red",
    Outcome.ABSENT: "dim",
}


class PatientConsole(Console):
    """A console whose reader may leave: what is being measured goes on, and the exit status stays what it is."""

    def say(self, line: str | Text) -> None:
        """Print a line with brackets that are no markup; breaks it between words on a terminal, and nowhere else."""
        if self.is_terminal and isinstance(line, str):
            line = wrapped(line, self.width)
        self.print(line, markup=False, soft_wrap=True)

    def on_broken_pipe(self) -> None:
        """Print no more, where rich would end the process."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


def how_to_go_on(again: bool) -> str:
    """Return how to go on after an interruption, as a part of a sentence.

    Args:
        again: whether the option ``--again`` was given, which would measure everything once more.
    """
    return f"the same command{' without --again' if again else ''} goes on from there"
