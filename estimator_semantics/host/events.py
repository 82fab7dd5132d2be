"""Events: what a probe says, one JSON line each. What does not fit is not an event."""

from typing import Any, TypeAlias

import msgspec

from estimator_semantics.host.record import Count, Counts, Machine, Scale, Versions


class Event(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """Something a probe said."""


class Environment(Event, frozen=True):
    """What the environment is made of."""

    versions: Versions
    machine: Machine
    variables: dict[str, str] = {}


class Unusable(Event, frozen=True):
    """TensorFlow cannot be measured there."""

    why: str


class Outdated(Event, frozen=True):
    """The interpreter is too old for the probe."""

    python: str


class CaseEvent(Event, frozen=True):
    """Something about one case."""

    experiment: str
    scale: Scale


class Started(CaseEvent, frozen=True):
    """The case begins."""


class Progress(CaseEvent, frozen=True):
    """So many steps have run."""

    step: int


class Measured(CaseEvent, frozen=True):
    """The case was measured."""

    seconds: float
    measured: dict[str, Any]
    counters: dict[str, Count]
    log: list[str] = []

    def __post_init__(self) -> None:
        msgspec.convert(self.measured, Counts)


class Absent(CaseEvent, frozen=True):
    """This release lacks what the case needs."""

    seconds: float
    why: str


class Error(CaseEvent, frozen=True):
    """The case could not be measured."""

    seconds: float
    why: str
    log: list[str] = []


class Done(Event, frozen=True):
    """Every case was answered."""


class Timed(Event, frozen=True):
    """A step loop was timed."""

    steps: int
    seconds: float


class Untimed(Event, frozen=True):
    """A step loop could not be timed."""

    why: str


Any_: TypeAlias = (
    Environment | Unusable | Outdated | Started | Progress | Measured | Absent | Error | Done | Timed | Untimed
)

_decoder: msgspec.json.Decoder[Any_] = msgspec.json.Decoder(Any_)


class _Named(msgspec.Struct):
    """The name of an event, whatever else it says."""

    event: str


def parse(line: bytes) -> Any_ | None:
    """Return the event of a line; None when it is something else.

    An environment that no record can hold, because one of its versions is none, is `Unusable`.
    """
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        return _unusable(line, error)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _unusable(line: bytes, error: msgspec.ValidationError) -> Unusable | None:
    try:
        named = msgspec.json.decode(line, type=_Named)
    except msgspec.DecodeError:
        return None
    return Unusable(why=" ".join(str(error).split())) if named.event == Environment.__struct_config__.tag else None
