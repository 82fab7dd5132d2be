"""What the benchmarks found, in the report. Needs no TensorFlow."""

from estimator_semantics.host import costs, record
from estimator_semantics.host.report import render
from samples import HEADER, RESULT

FOUND = {
    "datetime": "2026-01-02T03:04:05.678+00:00",
    "benchmarks": [
        {
            "extra_info": {
                "microseconds per step": {
                    "the whole": {"median": 412.34, "unit": "us", "ratio to the first": 1.0, "spread of the ratio": [1.0, 1.0]},
                    "the hook": {"median": 50.5, "unit": "us", "ratio to the first": 0.1225, "spread of the ratio": [0.1, 0.2]},
                },
                "sum of the parts / whole": 0.98,
            }
        }
    ],
}


def test_tables_of_benchmarks_are_kept_and_told():
    kept = costs.of_benchmarks(FOUND, HEADER.machine)
    assert list(kept.tables) == ["microseconds per step"]
    text = render([record.Record(HEADER, (RESULT,), "2026-01-02T03:05:05+00:00")], costs=kept)
    part = text.partition("\n## What a step costs\n")[2].partition("\n## ")[0]
    assert "| the whole | 412.34 us | 1.00 (1.00 to 1.00) |" in part
    assert "| the hook | 50.5 us | 0.12 (0.10 to 0.20) |" in part
    assert "2026-01-02" in part


def test_without_benchmarks_nothing_is_told():
    assert "What a step costs" not in render([record.Record(HEADER, (RESULT,), "2026-01-02T03:05:05+00:00")])
