"""Costs: what the benchmarks found, table by table, kept for the report."""

from pathlib import Path
from typing import Any

import msgspec

from estimator_semantics.host import packaged
from estimator_semantics.host.record import Machine


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of a table.

    Attributes:
        median: the median of what was timed.
        unit: in what.
        ratio: the median of its ratios to the first row, turn by turn.
        low: the lowest of them.
        high: the highest.
        environment: what this row was run with, where that is not the TensorFlow of the table.
    """

    median: float
    unit: str
    ratio: float
    low: float
    high: float
    environment: str = ""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What took turns.

    Attributes:
        measured: the day.
        tensorflow: the TensorFlow that was trained with; None where none was, or another one for each part.
        rows: the rows by what they are about.
        note: what the rows are, where their names do not say it.
    """

    measured: str
    tensorflow: str | None
    rows: dict[str, Cost]
    note: str = ""


class Costs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file.

    Attributes:
        machine: what everything was timed on.
        tables: the tables by their titles.
    """

    machine: Machine
    tables: dict[str, Table]

    def renewed(self, newer: "Costs") -> "Costs":
        """Return these costs with the tables that were found anew, which come first, in place of their own.

        Args:
            newer: what was found. On another machine nothing of these costs is kept.
        """
        if newer.machine != self.machine:
            return newer
        left = {title: table for title, table in self.tables.items() if title not in newer.tables}
        return Costs(newer.machine, {**newer.tables, **left})


def path() -> Path:
    """Return the file that comes with the project."""
    return packaged.folder() / "costs.json"


def recorded() -> Costs | None:
    """Return the costs that come with the project; None when there are none."""
    return msgspec.json.decode(path().read_bytes(), type=Costs) if path().exists() else None


def of_benchmarks(measurements: dict[str, Any], machine: Machine, tensorflow: str) -> Costs:
    """Return the tables of a file that ``pytest benchmarks --benchmark-json FILE`` wrote.

    Args:
        measurements: its content.
        machine: what it was measured on.
        tensorflow: the TensorFlow that was trained with, where the benchmark says nothing else.
    """
    measured = measurements["datetime"][:10]
    tables = {}
    for benchmark in measurements["benchmarks"]:
        extra = benchmark["extra_info"]
        for title, rows in extra.get("tables", {}).items():
            about = extra.get("about", {}).get(title, {})
            own = tensorflow if about.get("of this TensorFlow", True) else None
            costs = {name: _cost(row, about.get("environments", {}).get(name, "")) for name, row in rows.items()}
            tables[title] = Table(measured, own, costs, about.get("note", ""))
    return Costs(machine, tables)


def _cost(row: dict[str, Any], environment: str) -> Cost:
    low, high = row["spread of the ratio"]
    figures = (round(each, 3) for each in (row["ratio to the first"], low, high))
    ratio, low, high = figures
    return Cost(round(row["median"], 2), row["unit"], ratio, low, high, environment)
