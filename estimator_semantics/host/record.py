"""A record: everything that one environment answered, in one file of JSON lines.

The first line says what was measured where, each further line is the answer of one experiment, and the last line
closes the record. A file without its closing line was cut off: what it holds was measured, but it is not a whole record.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from packaging.version import InvalidVersion, Version

from estimator_semantics.host import files
from estimator_semantics.host.errors import InvalidRecord
from estimator_semantics.law.release import minor

FORMAT = 2

# TensorFlow counts in 64 bits.
Count = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)] | None
Scale = Literal["full", "quick"]


class Versions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the environment is made of; None for what is not installed."""

    tensorflow: str
    python: str
    estimator: Literal["native", "bridged"] | None
    tensorflow_estimator: str | None
    keras: str | None
    tf_keras: str | None
    numpy: str | None
    protobuf: str | None
    pandas: str | None = None

    def __post_init__(self) -> None:
        for name in VERSIONED:
            if (version := getattr(self, name)) is not None:
                _check(version, name, python=name == "python")
        # The law asks for the minor of these.
        for name in ("tensorflow", "keras", "tf_keras"):
            if (version := getattr(self, name)) is not None:
                minor(version, name)


# The fields that hold a version.
VERSIONED = tuple(name for name in Versions.__struct_fields__ if name != "estimator")


def _check(version: str, name: str, *, python: bool = False) -> None:
    try:
        Version(version.rstrip("+") if python else version)  # a Python that was built from a checkout is 3.14.0a1+
    except InvalidVersion:
        raise ValueError(f"{name} {version!r} is not a version") from None


# They would end the line, or move the cursor of whoever reads it.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def is_line(text: str) -> bool:
    """Return whether a text is as names and reasons in a record have to be: one line, without control characters."""
    return _CONTROL.search(text) is None


def printable(text: str) -> str:
    """Return a text as one line without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _check_line(field: str, *texts: str | None) -> None:
    if not all(text is None or is_line(text) for text in texts):
        raise ValueError(f"{field} has a control character, or several lines")


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the environment ran on."""

    platform: str
    cpus: int

    def __post_init__(self) -> None:
        _check_line("platform", self.platform)


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="header"):
    """The first line: what was measured, where, when and with which revision of the experiments.

    Attributes:
        format: version of the format of the file.
        project: version of this project.
        revision: short hash of the revisions of all experiments; each result has its own as well.
        bridge: revision of the bridge, where tf.estimator was had through it.
        versions: the environment.
        machine: what it ran on.
        scrubbed: environment variables that can change a result, with the values they had; the probe did not see them.
        started: date and time of the start, UTC.
        variables: those that the probe did see, and settings of Keras as ``"keras.json floatx"``; none in an environment that
            this project built. See `estimator_semantics.probe.variables`.
    """

    format: int
    project: str
    revision: str
    bridge: str | None
    versions: Versions
    machine: Machine
    scrubbed: dict[str, str]
    started: str
    variables: dict[str, str] = {}

    def __post_init__(self) -> None:
        _check(self.project, "project")
        _check_line("revision", self.revision, self.bridge)
        datetime.fromisoformat(self.started)


class Counts(msgspec.Struct, frozen=True):
    """What is measured under a name that the law has for it: that can be compared with a prediction, and be said in words."""

    steps: Count = None
    global_step: Count = None
    examples: Count = None
    last_batch: Count = None
    epochs: Count = None
    bound: str | None = None
    usage: dict[Annotated[str, msgspec.Meta(pattern="^[0-9]{1,19}$")], Annotated[int, msgspec.Meta(ge=0)]] | None = None


class Result(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="result", omit_defaults=True
):
    """The answer of one case. What was claimed and expected of it is not here, but beside the experiment.

    Attributes:
        experiment: full name of the case.
        scale: full or quick.
        status: whether it was measured, is absent from this release, or could not be measured.
        seconds: how long it took, start of TensorFlow not included.
        revision: short hash of what measured it; results of different revisions are not comparable.
        plan: what the training was asked to do: the fields of `estimator_semantics.law.Plan` that are not left out.
        measured: what TensorFlow did, by behaviour; where the law predicts one, it has the name it has there.
        counters: the number of steps as each independent counter has it.
        why: the reason, unless it was measured.
        pace: how it went, at full scale: seconds since the start and steps run by then, some points of the way.
        log: what TensorFlow and Keras warned of meanwhile; the first few different lines.
    """

    experiment: str
    scale: Scale
    status: Literal["measured", "absent", "error"]
    seconds: float
    revision: str
    plan: dict[str, int | str | bool | None] = {}
    measured: dict[str, Any] | None = None
    counters: dict[str, Count] = {}
    why: str = ""
    pace: list[tuple[float, int]] = []
    log: list[str] = []

    def __post_init__(self) -> None:
        if (self.measured is not None) != (self.status == "measured"):
            raise ValueError(f"{self.status}, and measured is {'there' if self.measured is not None else 'missing'}")
        msgspec.convert(self.measured or {}, Counts)
        _check_line("experiment", self.experiment)
        _check_line("revision", self.revision)
        _check_line("plan", *self.plan, *(value for value in self.plan.values() if isinstance(value, str)))
        _check_line("counters", *self.counters)
        _check_line("why", self.why)
        _check_line("log", *self.log)

    @property
    def case(self) -> tuple[str, Scale]:
        """Which case this is the answer of: experiment and scale."""
        return self.experiment, self.scale


class Footer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="footer"):
    """The closing line.

    Attributes:
        results: number of results in the record.
        digest: hash of all lines above, by which a change made by hand is noticed.
        finished: date and time of the end, UTC.
    """

    results: int
    digest: str
    finished: str

    def __post_init__(self) -> None:
        datetime.fromisoformat(self.finished)


class Record(msgspec.Struct, frozen=True):
    """A record as it was read.

    Attributes:
        header: its first line.
        results: the answers, in the order in which they were measured.
        finished: when it was closed; None for a record that was cut off.
    """

    header: Header
    results: tuple[Result, ...]
    finished: str | None


Line: TypeAlias = Header | Result | Footer

_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def encode(line: Line) -> bytes:
    """Return one line of a record, with its line end."""
    return msgspec.json.encode(line, order="deterministic") + b"\n"


def digest(lines: Iterable[bytes]) -> str:
    """Return the hash that the closing line holds of the lines above it."""
    hashed = hashlib.sha256()
    for line in lines:
        hashed.update(line)
    return hashed.hexdigest()


def read(path: Path, *, whole: bool = True) -> Record:
    """Read a record.

    Args:
        path: the file.
        whole: whether a record that was cut off is refused. Otherwise its unfinished last line is passed over.

    Raises:
        InvalidRecord: the file cannot be read, is not a record, was cut off, or was changed after it was written.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidRecord(path, error.strerror or str(error)) from None
    lines = content.splitlines(keepends=True)
    unfinished = bool(lines) and not lines[-1].endswith(b"\n")
    if unfinished:
        lines.pop()
    parsed = [_parse(path, number, line) for number, line in enumerate(lines, start=1)]
    footer = parsed[-1] if parsed and isinstance(parsed[-1], Footer) else None
    if footer is not None:
        parsed.pop()
    header = parsed[0] if parsed else None
    if not isinstance(header, Header):
        raise InvalidRecord(path, "line 1 is not the header of a record")
    if header.format != FORMAT:
        raise InvalidRecord(path, f"its format is {header.format}, and this version reads {FORMAT}")
    results: list[Result] = []
    for number, line in enumerate(parsed[1:], start=2):
        if not isinstance(line, Result):
            raise InvalidRecord(path, f"line {number} is not a result")
        results.append(line)
    if footer is None and whole:
        raise InvalidRecord(path, "it was cut off: its closing line is missing")
    if footer is not None:
        if unfinished:
            raise InvalidRecord(path, "something follows its closing line")
        if footer.results != len(results) or footer.digest != digest(lines[:-1]):
            raise InvalidRecord(path, "it was changed after it was written")
    return Record(header, tuple(results), None if footer is None else footer.finished)


def _parse(path: Path, number: int, line: bytes) -> Line:
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # It may repeat what is in the line.
        raise InvalidRecord(path, f"line {number}: {printable(str(error))}") from None


class Writer:
    """Writes a record as it is measured: what has been added survives whatever happens next.

    Args:
        path: the file. What it held is replaced at once, never half.
        header: the first line.
        results: results that are already there, measured by an earlier run.
    """

    def __init__(self, path: Path, header: Header, results: Iterable[Result] = ()) -> None:
        self._path = path
        self._lines = [encode(header), *(encode(result) for result in results)]
        files.replace(path, b"".join(self._lines))

    def add(self, result: Result) -> None:
        """Add the answer of one experiment."""
        self._append(encode(result))

    def close(self, finished: str) -> None:
        """Close the record.

        Args:
            finished: date and time, UTC.
        """
        self._append(encode(Footer(len(self._lines) - 1, digest(self._lines), finished)))

    def _append(self, line: bytes) -> None:
        with self._path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        self._lines.append(line)
