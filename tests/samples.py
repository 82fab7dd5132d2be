"""A record of one result, for tests that need one."""

from estimator_semantics.host import record
from estimator_semantics.host.record import Counts, Header, Machine, Planned, Result, Versions

VERSIONS = Versions("2.15.1", "3.11.7", "native", "2.15.0", "2.15.0", None, "1.26.4", "4.25.9")
HEADER = Header(record.FORMAT, "0.1.0", "abc", VERSIONS, Machine("linux-x86_64", 2), {}, "2026-01-02T03:04:05+00:00")
COUNTS = Counts(3, 3, 10, 2, 1, "epochs", {"1": 10})
PLAN = Planned(examples=10, batch_size=4, num_epochs=1, steps=None, max_steps=None, global_step=0, shuffle=True)
RESULT = Result(
    "steps_implicit", "quick", "measured", 1.5, plan=PLAN, predicted=COUNTS, measured=COUNTS, counters={"train op": 3}
)
