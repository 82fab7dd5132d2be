"""Keeps what the benchmarks found, for the report.

Run ``pytest benchmarks --benchmark-json FILE``, then ``python benchmarks/keep.py FILE``.

Tables of benchmarks that were not run stay as they are.
"""

import json
import sys
from pathlib import Path

import msgspec

from estimator_semantics.host import costs
from estimator_semantics.host.record import Machine
from estimator_semantics.probe import environment

if __name__ == "__main__":
    machine = msgspec.convert(environment.machine(), Machine)
    tensorflow = environment.versions()["tensorflow"]
    found = costs.of_benchmarks(json.loads(Path(sys.argv[1]).read_text("utf-8")), machine, tensorflow)
    kept = costs.recorded()
    whole = found if kept is None else kept.renewed(found)
    costs.path().write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")
    print(f"{len(found.tables)} of {len(whole.tables)} tables in {costs.path()} are new")
