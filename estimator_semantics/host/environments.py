"""Environments: one for each release of TensorFlow, built by uv when it is needed and kept."""

import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from packaging.version import InvalidVersion, Version

from estimator_semantics.host import files
from estimator_semantics.host.catalogue import Release
from estimator_semantics.host.errors import NoCache, NoInterpreter, NotResolved, NoUv

# tf-keras depends on the distribution called tensorflow, which would put a second TensorFlow into the folder of
# tensorflow-cpu. A requirement that never holds keeps it out.
NO_SECOND_TENSORFLOW = 'tensorflow; sys_platform == "never"\n'

# How uv says that there is no such interpreter; all else is a failure of its own, as of its cache.
NONE_FOUND = ("No interpreter found", "Invalid version request")


def cache() -> Path:
    """Return the folder in which environments are kept.

    Raises:
        NoCache: this user has no home.

    Source:
        https://specifications.freedesktop.org/basedir-spec/latest/
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    # As the specification has it, a relative path is no place for it.
    folder = Path(base) if os.path.isabs(base) else _home() / ".cache"
    return folder / "estimator-semantics" / "environments"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise NoCache("~", str(error)) from None


def is_built(python: Path) -> bool:
    """Return whether an interpreter belongs to an environment that was built here, and not to one of the user's."""
    with suppress(NoCache):
        return cache() in python.parents
    return False


def bytecode() -> Path | None:
    """Return the folder for bytecode that may not be written beside its modules; None where there is no home."""
    with suppress(NoCache):
        return cache().with_name("bytecode")
    return None


def path_of(release: Release, python: str) -> Path:
    """Return the folder of the environment of a release.

    Args:
        release: what is installed there.
        python: Python minor, for example ``"3.11"``.
    """
    # Named after what is in it: when a pin changes, the environment is another one.
    content = hashlib.sha256("\n".join(release.requirements).encode()).hexdigest()[:8]
    return cache() / f"{release.version}-python{python}-{content}"


def interpreter(python: str) -> Path | None:
    """Return an installed interpreter; None when there is none.

    Args:
        python: Python minor, for example ``"3.11"``.

    Raises:
        NoUv: uv cannot be run, or fails for another reason.
    """
    answer = _uv("python", "find", "--no-python-downloads", python)
    if answer.returncode == 0:
        return Path(answer.stdout.strip())
    if not any(said in answer.stderr for said in NONE_FOUND):
        raise NoUv(_reason(answer.stderr))
    return None


def build(release: Release) -> Path:
    """Return the interpreter of an environment that holds the release, which is built if it is not there yet.

    An environment counts only once it is complete: one that was cut off is built anew.

    Args:
        release: what to install.

    Raises:
        NoUv: there is no uv to build it with.
        NoCache: environments cannot be kept where they are kept.
        NoInterpreter: no Python that the release runs on is here, and none could be downloaded.
        NotResolved: the packages could not be had.
    """
    for python in release.pythons:
        if _is_complete(path_of(release, python)):
            return path_of(release, python) / "bin" / "python"
    # Where none is installed, uv downloads the preferred one, if it can.
    python = next(filter(interpreter, release.pythons), release.pythons[0])
    folder = path_of(release, python)
    built = folder / "bin" / "python"
    with _alone(folder.with_name(folder.name + ".lock")):
        if _is_complete(folder):  # another process built it while this one waited
            return built
        shutil.rmtree(folder, ignore_errors=True)
        made = _uv("venv", "--python", python, str(folder))
        if made.returncode != 0:
            if interpreter(python) is not None:
                raise NotResolved(release.version, release.like, _reason(made.stderr))
            raise NoInterpreter(release.version, release.pythons, _reason(made.stderr))
        override = folder / "override.txt"
        override.write_text(NO_SECOND_TENSORFLOW if release.distribution != "tensorflow" else "", "utf-8")
        installed = _uv("pip", "install", "--python", str(built), "--override", str(override), *release.requirements)
        if installed.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            raise NotResolved(release.version, release.like, _reason(installed.stderr))
        (folder / "complete").touch()
    return built


def _is_complete(folder: Path) -> bool:
    # The interpreter may be gone although the environment is complete: what it links to was removed.
    return (folder / "complete").exists() and (folder / "bin" / "python").exists()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        opened = lock.open("w", encoding="utf-8")
    except OSError as error:
        raise NoCache(str(lock.parent), error.strerror or str(error)) from None
    with opened as file:
        files.lock(file, wait=True)
        yield


def _uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [_program(), *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise NoUv(str(error)) from None


# Once, for it may not be asked by two threads at a time.
@functools.cache
def _program() -> str:
    try:
        from uv import find_uv_bin

        return find_uv_bin()
    except (ImportError, OSError) as error:
        path = shutil.which("uv")
        if path is None:
            raise NoUv(" ".join(str(error).split())) from None
        return path


def _environment() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    # pyenv's shims answer only for the versions that are named; uv takes an unanswered shim for an error.
    versions = Path(os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")) / "versions"
    if versions.is_dir():
        usable = sorted(entry.name for entry in versions.iterdir() if _is_supported(entry.name))
        if usable:
            environment["PYENV_VERSION"] = ":".join(usable)
    return environment


def _is_supported(version: str) -> bool:
    try:
        return Version(version) >= Version("3.6")
    except InvalidVersion:  # pyenv keeps PyPy and the like beside CPython
        return False


def _reason(stderr: str) -> str:
    # uv says "error: ..." or "cause: ..." and wraps long lines; the last statement is the most specific one.
    text = " ".join(line.strip() for line in stderr.splitlines() if not line.startswith("Using Python"))
    for mark in ("cause: ", "╰─▶ ", "error: "):
        if mark in text:
            text = text.rsplit(mark, 1)[1]
            break
    return text if len(text) <= 300 else text[:299] + "…"
