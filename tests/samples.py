"""A record of one result, for tests that need one."""

import msgspec

from estimator_semantics.host import experiments, record
from estimator_semantics.host.record import Header, Machine, Result, Versions
from estimator_semantics.host.verdict import prediction

VERSIONS = Versions("2.15.1", "3.11.7", "native", "2.15.0", "2.15.0", None, "1.26.4", "4.25.9")
HEADER = Header(
    record.FORMAT, "0.1.0", "abc", None, VERSIONS, Machine("linux-x86_64", 2), {}, "2026-01-02T03:04:05+00:00"
)
FINISHED = "2026-01-02T03:05:05+00:00"


def versions(tensorflow: str, **others: str | None) -> Versions:
    """Return the environment of a release, with other versions beside it where they are given."""
    return msgspec.structs.replace(VERSIONS, tensorflow=tensorflow, **others)


CASE = experiments.find("steps_implicit")
assert CASE is not None
COUNTS = prediction(CASE, "quick", "2.15.1")
RESULT = Result(
    "steps_implicit",
    "quick",
    "measured",
    1.5,
    CASE.revision,
    plan={"examples": 7000, "batch_size": 4},
    measured=COUNTS,
    counters={"train op": 1750},
)
