"""Costs: what the benchmarks found, table by table, kept for the report."""

from pathlib import Path
from typing import Any

import msgspec

from estimator_semantics.host import packaged
from estimator_semantics.host.record import Machine


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a table.

    Attributes:
        median: the median of what was timed.
        unit: in what.
        ratio: the median of its ratios to the first row, turn by turn.
        low: the lowest of them.
        high: the highest.
    """

    median: float
    unit: str
    ratio: float
    low: float
    high: float


class Costs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file.

    Attributes:
        machine: what everything was timed on.
        measured: the day.
        tables: the tables by their titles, and their rows by what they are about.
    """

    machine: Machine
    measured: str
    tables: dict[str, dict[str, Cost]]


def path() -> Path:
    """Returns the file that comes with the project."""
    return packaged.folder() / "costs.json"


def recorded() -> Costs | None:
    """Returns the costs that come with the project; None when there are none."""
    return msgspec.json.decode(path().read_bytes(), type=Costs) if path().exists() else None


def of_benchmarks(found: dict[str, Any], machine: Machine) -> Costs:
    """Returns the tables of a file that ``pytest benchmarks --benchmark-json FILE`` wrote.

    Args:
        found: its content.
        machine: what it was measured on.
    """
    tables = {
        title: {name: _cost(row) for name, row in rows.items()}
        for benchmark in found["benchmarks"]
        for title, rows in benchmark["extra_info"].get("tables", {}).items()
    }
    return Costs(machine, found["datetime"][:10], tables)


def _cost(row: dict[str, Any]) -> Cost:
    low, high = row["spread of the ratio"]
    figures = (round(each, 3) for each in (row["ratio to the first"], low, high))
    ratio, low, high = figures
    return Cost(round(row["median"], 2), row["unit"], ratio, low, high)
