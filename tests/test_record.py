"""Records: written as they are measured, read whole or not at all. Needs no TensorFlow. Runs on macOS and Windows too."""

import json
from pathlib import Path

import pytest
from samples import HEADER, RESULT

from estimator_semantics.host import record
from estimator_semantics.host.errors import InvalidRecord
from estimator_semantics.host.record import Writer


def written(folder: Path, *, closed: bool = True) -> Path:
    """Return the file of a record with one result."""
    path = folder / "2.15.1.jsonl"
    writer = Writer(path, HEADER)
    writer.add(RESULT)
    if closed:
        writer.close("2026-01-02T03:05:05+00:00")
    return path


def test_what_is_written_is_read(tmp_path):
    assert record.read(written(tmp_path)) == record.Record(HEADER, (RESULT,), "2026-01-02T03:05:05+00:00")


def test_the_same_content_has_the_same_bytes(tmp_path):
    (tmp_path / "again").mkdir()
    assert written(tmp_path).read_bytes() == written(tmp_path / "again").read_bytes()


def test_a_record_is_readable_after_every_answer(tmp_path):
    path = written(tmp_path, closed=False)
    with pytest.raises(InvalidRecord, match="cut off"):
        record.read(path)
    assert record.read(path, whole=False).results == (RESULT,)


def test_every_prefix_of_a_record_is_cut_off_and_keeps_its_whole_lines(tmp_path):
    whole = written(tmp_path).read_bytes()
    header_ends = whole.index(b"\n") + 1
    result_ends = whole.index(b"\n", header_ends) + 1
    path = tmp_path / "cut.jsonl"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(InvalidRecord):
            record.read(path)
        if length >= header_ends:
            kept = record.read(path, whole=False).results
            assert kept == ((RESULT,) if length >= result_ends else ()), length


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b'"steps":1750', b'"steps":1751'),
        lambda content: content.replace(b'"kind":"result"', b'"kind":"rumour"'),
        lambda content: content.replace(b'"seconds":1.5', b'"seconds":"long"'),
        lambda content: content.replace(b'"seconds":1.5', b'"seconds":1.5,"mood":"good"'),
        lambda content: content.replace(b'"seconds":1.5', b'"seconds":1.5,"two\\nlines":"good"'),
        lambda content: content.replace(b'"format":2', b'"format":99'),
        lambda content: content + b"\n",
        lambda content: content + b"garbage",
        lambda content: content[content.index(b"\n") + 1 :],
        lambda content: b"",
        lambda content: b"\xff\xfe\x00",
        lambda content: b"[" * 100_000,
        lambda content: b"a recipe for bread\n",
    ],
)
def test_a_changed_or_foreign_file_is_refused_in_one_line(tmp_path, change):
    path = written(tmp_path)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(InvalidRecord) as caught:
        record.read(path)
    message = str(caught.value)
    assert message.startswith(str(path)) and "\n" not in message
    assert "measure again" in message


def with_header(folder: Path, field: str, value: object) -> Path:
    """Return a record with another value in its header, closed as if nothing had happened."""
    lines = written(folder, closed=False).read_bytes().splitlines(keepends=True)
    header = json.loads(lines[0])
    inner = header["versions"] if field in header["versions"] else header
    inner[field] = value
    lines[0] = json.dumps(header).encode() + b"\n"
    return closed(folder / "other.jsonl", lines)


def with_result(folder: Path, field: str, value: object) -> Path:
    """Return a record with another value in its result, closed as if nothing had happened."""
    lines = written(folder, closed=False).read_bytes().splitlines(keepends=True)
    lines[1] = json.dumps({**json.loads(lines[1]), field: value}).encode() + b"\n"
    return closed(folder / "other.jsonl", lines)


def closed(path: Path, lines: list[bytes]) -> Path:
    """Write lines with the closing line that belongs to them."""
    footer = record.Footer(len(lines) - 1, record.digest(lines), "2026-01-02T03:05:05+00:00")
    path.write_bytes(b"".join(lines) + record.encode(footer))
    return path


@pytest.mark.parametrize("field", [*record.VERSIONED, "project"])
@pytest.mark.parametrize("version", ["nightly", "", "2.x", "latest\n2.0", "0x10"])
def test_what_is_no_version_is_refused(tmp_path, field, version):
    with pytest.raises(InvalidRecord) as caught:
        record.read(with_header(tmp_path, field, version))
    assert field in str(caught.value) and "not a version" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("field", "version"),
    [("python", "3.14.0a1+"), ("numpy", "2.1.0.dev0+git1"), ("tensorflow", "2.22.0rc0"), ("keras", None)],
)
def test_unusual_versions_are_versions(tmp_path, field, version):
    assert getattr(record.read(with_header(tmp_path, field, version)).header.versions, field) == version


@pytest.mark.parametrize("started", ["", "yesterday", "2026-13-01", "1767322445"])
def test_what_is_no_date_is_refused(tmp_path, started):
    with pytest.raises(InvalidRecord):
        record.read(with_header(tmp_path, "started", started))


@pytest.mark.parametrize("name", ["nothing_there.jsonl", "."])
def test_a_file_that_cannot_be_read_is_said(tmp_path, name):
    with pytest.raises(InvalidRecord):
        record.read(tmp_path / name)
