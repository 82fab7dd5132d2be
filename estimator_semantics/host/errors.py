"""What can go wrong on the host side: each error is a value, one line long, that says who should act and how."""

import difflib
from dataclasses import dataclass
from pathlib import Path


class HostError(Exception):
    """An error that is told to the user in one line.

    Attributes:
        status: the exit status of the command that meets it: 2 for wrong usage, 3 for what could not be measured.
    """

    status = 3


@dataclass(unsafe_hash=True)
class UnknownRelease(HostError):
    """What was given as a release is not a version number."""

    given: str
    option: str
    status = 2

    def __str__(self) -> str:
        return f"{self.option} {self.given}: not a version; give one like 2.15.1"


@dataclass(unsafe_hash=True)
class UnknownReleases(HostError):
    """What was given selects no release."""

    given: str
    option: str
    status = 2

    def __str__(self) -> str:
        return f"{self.option} {self.given}: selects no release; give a range like '>=1.9,<2.4', or a version"


@dataclass(unsafe_hash=True)
class NothingToCollect(HostError):
    """There is no record where records should be collected from."""

    path: Path
    option: str
    status = 2

    def __str__(self) -> str:
        return f"{self.option} {self.path}: no record below it; name the folder the jobs' records were downloaded to"


@dataclass(unsafe_hash=True)
class UnknownExperiment(HostError):
    """There is no experiment of this name."""

    given: str
    known: tuple[str, ...]
    status = 2

    def __str__(self) -> str:
        close = difflib.get_close_matches(self.given, self.known, n=3, cutoff=0.4) or self.known[:3]
        return f"experiment {self.given}: there is none of this name; there are {', '.join(close)}, ... (run --list)"


@dataclass(unsafe_hash=True)
class UnknownSelection(HostError):
    """A value of --only or --ignore matches no experiment, or leaves none."""

    option: str
    given: str
    known: tuple[str, ...]
    status = 2

    def __str__(self) -> str:
        if not self.known:
            return f"{self.option} {self.given}: leaves nothing to compare; ignore fewer experiments"
        close = difflib.get_close_matches(self.given, self.known, n=3, cutoff=0.4) or ("train", "fit", "keras_*")
        return (
            f"{self.option} {self.given}: matches no API and no experiment; try {', '.join(close)} "
            "(run --list names the experiments)"
        )


@dataclass(unsafe_hash=True)
class UnusableExperiment(HostError):
    """The module of an experiment is unfinished or wrong; the other experiments do not need it."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        path = self.path.relative_to(Path.cwd()) if self.path.is_relative_to(Path.cwd()) else self.path
        return f"{path}:{self.line}: {self.reason}; fix that to use the experiment {self.path.stem}"


@dataclass(unsafe_hash=True)
class NotAName(HostError):
    """What was given as the name of a new experiment cannot be one."""

    given: str
    status = 2

    def __str__(self) -> str:
        return (
            f"experiment {self.given}: not a name for one; give a name of small letters, digits and _, like no_epochs"
        )


@dataclass(unsafe_hash=True)
class ExistingExperiment(HostError):
    """There is an experiment of the name that was given for a new one."""

    path: Path
    status = 2

    def __str__(self) -> str:
        return f"experiment {self.path.stem}: there is one of this name ({self.path}); give another name"


@dataclass(unsafe_hash=True)
class NoCheckout(HostError):
    """A new experiment was asked for where the project is installed and not checked out."""

    path: Path
    status = 2

    def __str__(self) -> str:
        return (
            f"{self.path}: belongs to an installed package, which an upgrade replaces; write experiments in a checkout"
        )


@dataclass(unsafe_hash=True)
class UnknownKeras(HostError):
    """The given version is not a release of Keras 3, or cannot be installed beside that TensorFlow."""

    given: str
    reason: str
    option: str
    status = 2

    def __str__(self) -> str:
        return f"{self.option} {self.given}: {self.reason}"


@dataclass(unsafe_hash=True)
class NoUv(HostError):
    """The program that builds environments, uv, does not run."""

    reason: str

    def __str__(self) -> str:
        return (
            f"uv, which builds environments, does not run ({self.reason}); repair it, or install it with: pip install uv. "
            "To measure an environment that you have, you do not need uv: estimator-semantics run --python PATH"
        )


@dataclass(unsafe_hash=True)
class NoCache(HostError):
    """The folder for environments cannot be used."""

    path: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.path}: cannot store environments there ({self.reason}); "
            "set XDG_CACHE_HOME to a folder that you can write to"
        )


@dataclass(unsafe_hash=True)
class NeedsLinux(HostError):
    """A verb that measures was called on another operating system."""

    verb: str
    system: str
    status = 2

    def __str__(self) -> str:
        return f"{self.verb}: needs Linux, and this is {self.system}; explain, diff, report and releases work here"


@dataclass(unsafe_hash=True)
class OldPython(HostError):
    """An interpreter is too old for the probe."""

    python: Path
    version: str
    status = 2

    def __str__(self) -> str:
        return (
            f"{self.python}: Python {self.version}, but experiments need 3.6 or later; name another interpreter, or measure a "
            "release: estimator-semantics run --tensorflow 1.15.5"
        )


@dataclass(unsafe_hash=True)
class NoInterpreter(HostError):
    """No Python that this release of TensorFlow runs on can be had."""

    release: str
    pythons: tuple[str, ...]
    reason: str = ""

    def __str__(self) -> str:
        wanted = " or ".join(self.pythons)
        return (
            f"TensorFlow {self.release}: needs Python {wanted}, which is not here and could not be downloaded"
            f"{f' ({self.reason})' if self.reason else ''}; install one, or measure another release"
        )


@dataclass(unsafe_hash=True)
class NotResolved(HostError):
    """An environment could not be built."""

    release: str
    like: str
    reason: str

    def __str__(self) -> str:
        other = "another version" if self.like == self.release else f"{self.like}, which was measured"
        return f"TensorFlow {self.release}: no environment could be built ({self.reason}); fix that, or give {other}"


@dataclass(unsafe_hash=True)
class NotAPython(HostError):
    """The path given for an interpreter is not one."""

    path: Path
    option: str
    status = 2

    def __str__(self) -> str:
        return f"{self.option} {self.path}: no Python interpreter there; give the path of one, like env/bin/python"


@dataclass(unsafe_hash=True)
class Unusable(HostError):
    """An environment has no TensorFlow that can be measured."""

    python: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.python}: cannot measure TensorFlow there ({self.reason}); repair that environment, or name another one"


@dataclass(unsafe_hash=True)
class ProbeLost(HostError):
    """The process under test ended, or fell silent, before it had said which TensorFlow it is."""

    python: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.python}: the probe {self.reason} before it said which TensorFlow it is; see whether it runs by itself"


@dataclass(unsafe_hash=True)
class NotTimed(HostError):
    """A training that was to be timed failed."""

    release: str
    case: str
    reason: str

    def __str__(self) -> str:
        return f"TensorFlow {self.release}: {self.case} could not be timed ({self.reason}); see whether it can be run"


@dataclass(unsafe_hash=True)
class NotSpeed(HostError):
    """A file does not hold times of releases, or those of another machine or another kind."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.path}: cannot be continued ({self.reason}); "
            "move it away, or time all releases again: estimator-semantics speed --again"
        )


@dataclass(unsafe_hash=True)
class NotWritable(HostError):
    """The output cannot be written to the given place.

    Attributes:
        option: where the path was given; empty where it was not.
    """

    path: Path
    reason: str
    option: str
    status = 2

    def __str__(self) -> str:
        given = " ".join(filter(None, (self.option, str(self.path))))
        return f"{given}: cannot be written ({self.reason}); give a path that you can write to"


@dataclass(unsafe_hash=True)
class InUse(HostError):
    """Another run is writing to the same folder."""

    path: Path
    option: str

    def __str__(self) -> str:
        return f"{self.option} {self.path}: another run is writing there; wait for it or name another folder"


@dataclass(unsafe_hash=True)
class InvalidRecord(HostError):
    """A file is not a record, was cut off, or was changed after it was written."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: not a whole record ({self.reason}); measure again with: estimator-semantics run"


@dataclass(unsafe_hash=True)
class InvalidAcceptance(HostError):
    """A file of accepted changes cannot be read, or one of its lines is invalid."""

    path: Path
    reason: str
    option: str
    status = 2

    def __str__(self) -> str:
        return f"{self.option} {self.path}: {self.reason}; --write-accepted FILE writes a valid file"


@dataclass(unsafe_hash=True)
class InvalidCondition(HostError):
    """What an experiment gives as the environments that something holds for says nothing of versions."""

    given: str
    reason: str

    def __str__(self) -> str:
        return f"{self.given!r} in EXPECTED or CHANGES: {self.reason}; write it like '>=2.16,numpy>=2'"


@dataclass(unsafe_hash=True)
class OtherRevision(HostError):
    """A result was measured by an experiment that has been changed since, or that does not exist any more."""

    experiment: str

    def __str__(self) -> str:
        return (
            f"{self.experiment}: the record was measured by another revision of this experiment, and the two are not "
            "comparable; measure again with: estimator-semantics run"
        )


@dataclass(unsafe_hash=True)
class NoRecord(HostError):
    """What was given is neither a release that there is a record of, nor a file."""

    given: str
    known: tuple[str, ...]
    status = 2

    def __str__(self) -> str:
        return (
            f"{self.given}: no record of such a release, and no such file; there are records of {', '.join(self.known)}"
        )
