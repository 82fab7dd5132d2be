"""Bars: how far each thing that is being measured is, in columns that stay where they are whatever it is called."""

from collections.abc import Iterable

from rich.console import Console, JustifyMethod, RenderableType
from rich.progress import Progress, Task, TaskID
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

# Ctrl-C leaves "^C" at the end of the last line, which must not reach the edge, or the terminal begins another one.
EDGE = 4

COUNT = len("175,000/175,000")
RATE = len("12,345 steps/s")
TIME = len("0:00:00")
LEAST_BAR = 10
LONGEST_NAME = 60


def widths(columns: int) -> dict[str, int]:
    """Return how wide each column is on a terminal: name, bar, count, and where there is room rate and time left.

    Args:
        columns: those of the terminal.
    """
    beside = {"count": COUNT}
    if columns >= 80:
        beside["rate"] = RATE
    if columns >= 60:
        beside["time"] = TIME
    # One space after each column but the last one.
    room = columns - EDGE - sum(beside.values()) - len(beside) - 1
    name = max(1, min(LONGEST_NAME, room - max(LEAST_BAR, room // 3)))
    return {"name": name, "bar": max(LEAST_BAR, room - name), **beside}


class Bars(Progress):
    """Bars on a console, a row each, that are gone when they end.

    Args:
        console: where they are; nothing is shown where that is not a terminal.
    """

    def __init__(self, console: Console) -> None:
        self._on = console  # asked for its width before there is a `console` of the base class
        super().__init__(console=console, transient=True, disable=not console.is_terminal, speed_estimate_period=10.0)

    def add(self, name: str, *, unit: str, total: float | None = None, count: str = "", start: bool = True) -> TaskID:
        """Add a row.

        Args:
            name: what it is about.
            unit: what is counted, in the plural.
            total: how much there is to do; None where that is not known.
            count: how much is done, in words.
            start: whether it begins now.
        """
        return self.add_task(name, total=total, start=start, unit=unit, count=count, done=0)

    def completed(self, row: TaskID) -> float:
        """Return how much of a row is done."""
        return self._tasks[row].completed

    def make_tasks_table(self, tasks: Iterable[Task]) -> Table:
        """Return the rows, as wide as the terminal is now."""
        of_column = widths(self._on.width)
        table = Table.grid(padding=(0, 1, 0, 0), pad_edge=False)
        for column, width in of_column.items():
            justify: JustifyMethod = "left" if column in ("name", "bar") else "right"
            table.add_column(column, width=width, no_wrap=True, overflow="ellipsis", justify=justify)
        for task in tasks:
            if task.visible:
                cells: dict[str, RenderableType] = {
                    "name": Text(task.description),
                    "bar": _bar(task, of_column["bar"]),
                    "count": Text(task.fields["count"]),
                    "rate": Text(_rate(task), style="progress.data.speed"),
                    "time": Text(_time_left(task), style="progress.remaining"),
                }
                table.add_row(*(cells[column] for column in of_column))
        return table


def _bar(task: Task, width: int) -> ProgressBar:
    return ProgressBar(total=task.total, completed=task.completed, width=width, pulse=not task.started)


def _rate(task: Task) -> str:
    rate = task.speed
    if task.fields["unit"] != "steps":
        # Few things that take long: what the last seconds brought says nothing.
        rate = task.fields["done"] / task.elapsed if task.elapsed else None
    if not rate or rate < 0.05 or task.finished:
        return ""
    return f"{rate:,.0f} {task.fields['unit']}/s" if rate >= 10 else f"{rate:,.1f} {task.fields['unit']}/s"


def _time_left(task: Task) -> str:
    if task.finished or task.total is None or not task.elapsed:
        return ""
    speed = task.speed if task.fields["unit"] == "steps" else task.completed / task.elapsed
    return _clock(round((task.total - task.completed) / speed)) if speed else ""


def _clock(seconds: int) -> str:
    """Return a time as ``0:59:59``; nothing where it does not fit, for it is no more than a guess then."""
    said = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return said if len(said) <= TIME else ""
