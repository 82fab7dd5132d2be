"""Keeps what the benchmarks found, for the report: ``pytest benchmarks --benchmark-json FILE``, then ``python benchmarks/keep.py FILE``."""

import json
import sys
from pathlib import Path

import msgspec

from estimator_semantics.host import costs
from estimator_semantics.host.record import Machine
from estimator_semantics.probe import environment

if __name__ == "__main__":
    machine = msgspec.convert(environment.machine(), Machine)
    found = costs.of_benchmarks(json.loads(Path(sys.argv[1]).read_text("utf-8")), machine)
    costs.path().write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    print(f"{len(found.tables)} tables in {costs.path()}")
