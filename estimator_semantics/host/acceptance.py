"""An acceptance: a file, reviewed like code, that lists the changes that a project knows of and accepts.

A line is ``experiment[case]: behaviour: old -> new  # reason``, with the values as JSON; for a case that is gone it is
``experiment[case]: gone``. Lines that begin with ``#`` are comments.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from estimator_semantics.host.diff import Diff, without
from estimator_semantics.host.errors import InvalidAcceptance, NotWritable
from estimator_semantics.host.shift import FAILING, Kind, Shift
from estimator_semantics.host.verdict import is_expected
from estimator_semantics.probe.experiment import full_name, split_name

HEAD = """\
# Accepted changes for estimator-semantics (format 1). One line per change, with the reason after a #:
#     experiment[case]: behaviour: old -> new  # reason
"""

_NAME = re.compile(r"[\w.]+(?:\[.*?\])?(?=: )")
_REST = re.compile(r"\s*(?:#\s*(?P<reason>.*))?$")
_decode = json.JSONDecoder().raw_decode


@dataclass(frozen=True)
class Line:
    """One accepted change.

    Attributes:
        name: full name of the case; a case about Keras has no Keras number in its name.
        behaviour: what changed; empty if the whole case is gone.
        old: the value before the change.
        new: the value after it.
        reason: why the change is accepted.
    """

    name: str
    behaviour: str
    old: Any = None
    new: Any = None
    reason: str = ""

    def __str__(self) -> str:
        what = f"{self.behaviour}: {_json(self.old)} -> {_json(self.new)}" if self.behaviour else Kind.GONE.value
        return f"{self.name}: {what}{f'  # {self.reason}' if self.reason else ''}"

    def covers(self, name: str, shift: Shift) -> bool:
        """Return whether this line is about a shift of a case, with the same values or with others that chance allows."""
        if (self.name, self.behaviour) != (name, shift.behaviour):
            return False
        if not self.behaviour:
            return shift.kind is Kind.GONE
        if _plain(shift.old) != self.old:
            return False
        return _plain(shift.new) == self.new or (
            shift.chance is not None and all(is_expected(value, shift.chance) for value in (shift.new, self.new))
        )


def read(path: Path, option: str = "--accept") -> tuple[Line, ...]:
    """Return the lines of an acceptance file.

    Args:
        path: the file.
        option: the option that named the file.

    Raises:
        InvalidAcceptance: the file cannot be read, or one of its lines is invalid.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()  # editors of Windows put a mark before UTF-8
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidAcceptance(path, getattr(error, "strerror", None) or str(error), option) from None
    accepted = []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                accepted.append(_parse(line.strip()))
            except ValueError as error:
                raise InvalidAcceptance(path, f"line {number}: {error}", option) from None
    return tuple(accepted)


def _parse(line: str) -> Line:
    name = _NAME.match(line)
    if name is None:
        raise ValueError("it must begin with the name of an experiment and a colon")
    rest = line[name.end() + 2 :]
    if gone := re.match(rf"{Kind.GONE.value}\b", rest):
        return Line(name[0], "", reason=_reason(rest[gone.end() :]))
    behaviour, colon, values = rest.partition(": ")
    if not colon:
        raise ValueError(f"{rest!r} must be 'gone' or 'behaviour: old -> new'")
    old, end = _decode(values)
    arrow = re.match(r"\s*->\s*", values[end:])
    if arrow is None:
        raise ValueError(f"{values[:end]} must be followed by '->'")
    new, after = _decode(values, end + arrow.end())
    return Line(name[0], behaviour, old, new, _reason(values[after:]))


def _reason(rest: str) -> str:
    match = _REST.match(rest)
    if match is None:
        raise ValueError(f"{rest.strip()!r} must begin with # to be a reason")
    return (match["reason"] or "").strip()


def write(path: Path, diff: Diff, known: Sequence[Line] = ()) -> tuple[Line, ...]:
    """Write a file that accepts everything that fails in a diff.

    Args:
        path: the file.
        diff: what is different.
        known: lines of an earlier file. Their reasons are kept, and so are lines about experiments that were not compared this
            time.

    Returns:
        The lines.

    Raises:
        NotWritable: the file cannot be written.
    """
    lines = [line for line in known if split_name(line.name)[0] not in diff.compared]
    for entry in (*diff.entries, *diff.accepted):
        for shift in entry.shifts:
            if shift.kind in FAILING:
                name = full_name(entry.experiment, shift.case)
                reason = next((line.reason for line in known if line.covers(name, shift)), "")
                lines.append(Line(name, shift.behaviour, _plain(shift.old), _plain(shift.new), reason))
    text = HEAD + "".join(f"{line}\n" for line in sorted(map(str, lines)))
    try:
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise NotWritable(path, error.strerror or str(error), option="--write-accepted") from None
    return tuple(lines)


def accept(diff: Diff, lines: Sequence[Line]) -> Diff:
    """Return a diff that lists the accepted changes separately, and the lines that no longer apply.

    A line about an experiment that was not compared is ignored.

    Args:
        diff: what is different.
        lines: the accepted changes.
    """
    used: set[int] = set()

    def is_accepted(experiment: str, shift: Shift) -> bool:
        name = full_name(experiment, shift.case)
        covering = [at for at, line in enumerate(lines) if line.covers(name, shift)]
        used.update(covering)
        return bool(covering) and shift.kind in FAILING

    left = without(diff, is_accepted)
    unused = (line for at, line in enumerate(lines) if at not in used and split_name(line.name)[0] in diff.compared)
    return replace(left, outdated=tuple(map(str, unused)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Return a value as it is after a round trip through JSON."""
    return json.loads(_json(value))
