"""What the benchmarks found, in the report. Needs no TensorFlow. Runs on macOS and Windows too."""

import msgspec
from samples import HEADER, RESULT

from estimator_semantics.host import costs, record
from estimator_semantics.host.report import render


def _row(median, ratio, *spread):
    return {"median": median, "unit": "us", "ratio to the first": ratio, "spread of the ratio": list(spread)}


FOUND = {
    "datetime": "2026-01-02T03:04:05.678+00:00",
    "benchmarks": [
        {
            "extra_info": {
                "tables": {
                    "microseconds per step": {
                        "the whole": _row(412.34, 1.0, 1.0, 1.0),
                        "the hook": _row(50.5, 0.1225, 0.1, 0.2),
                        "compiled": _row(0.21, 0.00077, 0.0007, 0.0009),
                        "checkpoints": _row(-0.7, -0.002, -0.26, 0.02),
                    },
                },
                "weights": {"the whole": [0.5, 1.5]},
                "sum of the parts / whole": 0.98,
            }
        },
        {"extra_info": {}},
    ],
}


def test_tables_of_benchmarks_are_kept_and_told():
    kept = costs.of_benchmarks(FOUND, HEADER.machine, "2.15.1")
    assert list(kept.tables) == ["microseconds per step"]
    text = render([record.Record(HEADER, (RESULT,), "2026-01-02T03:05:05+00:00")], costs=kept)
    part = text.partition("\n## What a step costs\n")[2].partition("\n## ")[0]
    assert "| the whole | 412.34 us | 1.00 (1.00 to 1.00) |" in part
    assert "| the hook | 50.5 us | 0.12 (0.10 to 0.20) |" in part
    assert "| compiled | 0.21 us | below 0.01 |" in part
    assert "| checkpoints | no measurable cost | 0.00 (-0.26 to 0.02) |" in part
    assert "<summary>microseconds per step (TensorFlow 2.15.1, 2026-01-02)</summary>" in part


def test_a_table_says_of_which_tensorflow_it_is_and_a_row_where_it_is_of_another():
    rows = {"Estimator": _row(412.34, 1.0, 1.0, 1.0), "Keras 3, fit": _row(400.38, 0.97, 0.9, 1.0)}
    about = {
        "routes": {
            "environments": {"Keras 3, fit": "TensorFlow 2.21.0, Keras 3.15.1"},
            "note": "",
            "of this TensorFlow": True,
        },
        "explain": {"environments": {}, "note": "What the rows are.", "of this TensorFlow": False},
    }
    found = {**FOUND, "benchmarks": [{"extra_info": {"tables": {"routes": rows, "explain": rows}, "about": about}}]}
    kept = costs.of_benchmarks(found, HEADER.machine, "2.15.1")
    # What is as usual is not written down.
    assert msgspec.json.encode(kept).count(b"environment") == 1
    assert msgspec.json.decode(msgspec.json.encode(kept), type=costs.Costs) == kept
    text = render([record.Record(HEADER, (RESULT,), "2026-01-02T03:05:05+00:00")], costs=kept)
    routes, explain = text.partition("\n## What a step costs\n")[2].partition("\n## ")[0].split("<summary>")[1:]
    assert routes.startswith("routes (TensorFlow 2.15.1, 2026-01-02)</summary>")
    assert "| Keras 3, fit (TensorFlow 2.21.0, Keras 3.15.1) |" in routes and "| Estimator |" in routes
    assert explain.startswith("explain (2026-01-02)</summary>\n\nWhat the rows are.\n") and "TensorFlow" not in explain


def test_no_table_in_the_project_claims_a_tensorflow_that_it_is_not_of():
    tables = costs.recorded().tables
    routes = next(table.rows for title, table in tables.items() if "every route" in title)
    assert {name.split(",")[0] for name, row in routes.items() if row.environment} == {"Keras 3", "NumPy", "C"}
    of_none = {title for title, table in tables.items() if table.tensorflow is None}
    assert {title.split()[0] for title in of_none} == {"matrix", "explain"}


def test_tables_of_benchmarks_that_were_not_run_stay():
    kept = costs.of_benchmarks(FOUND, HEADER.machine, "2.15.1")
    later = {
        **FOUND,
        "datetime": "2026-02-03T04:05:06",
        "benchmarks": [{"extra_info": {"tables": {"memory": {"bare": _row(1, 1, 1, 1)}}}}],
    }
    found = costs.of_benchmarks(later, HEADER.machine, "2.15.1")
    both = kept.renewed(found)
    assert [(title, table.measured) for title, table in both.tables.items()] == [
        ("memory", "2026-02-03"),
        ("microseconds per step", "2026-01-02"),
    ]
    elsewhere = msgspec.structs.replace(HEADER.machine, cpus=64)
    assert list(kept.renewed(costs.of_benchmarks(later, elsewhere, "2.15.1")).tables) == ["memory"]


def test_without_benchmarks_nothing_is_told():
    assert "What a step costs" not in render([record.Record(HEADER, (RESULT,), "2026-01-02T03:05:05+00:00")])
