"""Records at random: whatever a file holds, it is read as a record or refused in one line. Needs no TensorFlow.

A record that is read is also judged, compared and reported: what the schema lets through must not end as a traceback there.

Runs on macOS and Windows too.
"""

import json
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import HEADER

from estimator_semantics.host import experiments, packaged, record
from estimator_semantics.host.cli.status import status
from estimator_semantics.host.diff import diff
from estimator_semantics.host.errors import HostError, InvalidRecord
from estimator_semantics.host.report import render
from estimator_semantics.host.terminal import Terminal
from estimator_semantics.host.views import FORMATS

# A busy machine is no fault of the records.
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

RECORD = packaged.of("2.15.1")


def of_now(result: record.Result) -> record.Result:
    """Return a result as if the experiments of now had measured it: others are not compared."""
    found = experiments.find(result.experiment)
    return result if found is None else msgspec.structs.replace(result, revision=found.revision)


WHOLE = msgspec.structs.replace(RECORD, results=tuple(map(of_now, RECORD.results)))
# One of each experiment: they are unlike each other.
RESULTS = tuple({result.experiment.partition("[")[0]: result for result in WHOLE.results}.values())

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**63, -(2**63) - 1, 10**400, 0.1 + 0.2])
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=20)
    | st.sampled_from(["measured", "absent", "error", "full", "quick", "\u2028", "\x00", "../../etc/passwd", "2.15.1"]),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=8), children, max_size=4),
    max_leaves=12,
)


def read(content: bytes, *, whole: bool = True) -> record.Record | None:
    """Read a file of such content as a record; None when it is refused, which must be in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "2.15.1.jsonl")
        path.write_bytes(content)
        try:
            return record.read(path, whole=whole)
        except InvalidRecord as refused:
            assert "\n" not in str(refused)
            return None


def closed(lines: list[bytes]) -> bytes:
    """Return lines with the closing line that belongs to them."""
    return b"".join(lines) + record.encode(record.Footer(len(lines) - 1, record.digest(lines), "2026-01-01T00:00:00"))


def places(value, path=()):
    """Yield the path of every value inside a value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from places(child, (*path, key))


def changed(value, path, new, drop):
    """Return a value with another one at a path, or with none there."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    if drop and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(value[path[0]], path[1:], new, drop)
    return copy


@st.composite
def mutated(draw) -> bytes:
    """A record of which one to three values were changed, added or left out, closed as if nothing had happened."""
    results = draw(st.lists(st.sampled_from(RESULTS), min_size=1, max_size=3))
    lines = [msgspec.json.decode(record.encode(line)) for line in (HEADER, *results)]
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        path = draw(st.sampled_from(list(places(lines[number]))))
        lines[number] = changed(lines[number], path, draw(anything), draw(st.booleans()))
        if isinstance(lines[number], dict) and draw(st.booleans()):
            lines[number] = {**lines[number], draw(st.text(max_size=5)): draw(anything)}
    return closed([json.dumps(line).encode() + b"\n" for line in lines])


@MANY
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_are_taken_for_a_record(content):
    assert read(content) is None
    assert read(content, whole=False) is None


@MANY
@given(st.data())
def test_bytes_changed_in_a_record_are_noticed(data):
    content = closed([record.encode(line) for line in (HEADER, *RESULTS[:2])])
    begin = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(begin, min(begin + 40, len(content))))
    new = data.draw(st.binary(max_size=40))
    if content[begin:end] != new:
        found = read(content[:begin] + new + content[end:])
        # Only when it was closed, and by which digits of the date, is not part of what the hash covers.
        assert found is None or (found.results == RESULTS[:2] and found.header == HEADER)


@pytest.mark.parametrize(
    "value",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        "NaN",
        "Infinity",
        "1e999",
        "9" * 5_000,
        "-0.0",
    ],
    ids=lambda value: value[:9],
)
@pytest.mark.parametrize("place", ['"seconds":1.5', '"measured":null', '"counters":{}', '"plan":{}'])
def test_values_that_other_readers_stumble_over(value, place):
    name = place.partition(":")[0]
    line = record.encode(RESULTS[0]).decode()
    fields = json.loads(line)
    fields.pop(name.strip('"'), None)
    text = json.dumps(fields)[:-1] + f", {name}: {value}}}\n"
    survives(closed([record.encode(HEADER), text.encode()]))


@MANY
@given(mutated())
def test_what_the_schema_lets_through_is_judged_and_reported(content):
    survives(content)


def survives(content: bytes) -> None:
    """Read a file and do with the record all that is done with one; every error must be one of ours."""
    found = read(content)
    if found is None:
        return
    assert msgspec.json.decode(msgspec.json.encode(found), type=record.Record) == found
    compared = diff(WHOLE, found)
    uses = [lambda view=view: view(compared) for view in FORMATS.values()]
    uses.append(lambda: status(found.results, found.header.versions))
    uses.append(lambda: Terminal().table(list(found.results), found.header.versions))
    uses.append(lambda: render([found]))
    for use in uses:
        try:
            use()
        except HostError as error:
            assert "\n" not in str(error)
