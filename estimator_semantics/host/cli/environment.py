"""Which environment a verb measures: that of a release, or the one whose interpreter is named."""

import os
from pathlib import Path

from estimator_semantics.host import catalogue, environments
from estimator_semantics.host.errors import NoInterpreter, NotAPython
from estimator_semantics.host.terminal import Terminal


def interpreter(tensorflow: str | None, python: Path | None, terminal: Terminal, keras: str | None = None) -> Path:
    """Return the interpreter of the environment that was asked for, which is built if need be.

    Args:
        tensorflow: a release; None for the default one, or another one where that cannot be had here.
        python: an interpreter, or the folder of its virtual environment, that is taken as it is.
        terminal: told what is being built.
        keras: the Keras 3 to have beside it; the one that comes with the release if None.

    Raises:
        UnknownKeras: it is none that can be had beside this release.
        NotAPython: there is no interpreter at this path.
        NoInterpreter: no Python that the release runs on is here, and none could be downloaded.
        NotResolved: the packages could not be had.
    """
    if python is not None:
        return _given(python)
    release = (
        catalogue.find(tensorflow or catalogue.DEFAULT) if keras is None else catalogue.with_keras(keras, tensorflow)
    )
    try:
        with terminal.building(release):
            return environments.build(release)
    except NoInterpreter as error:
        if tensorflow is not None or keras is not None:
            raise
        newest = catalogue.newest()
        terminal.fallback(error, newest)
        with terminal.building(newest):
            return environments.build(newest)


def _given(python: Path) -> Path:
    # The folder of a virtual environment is as clear as its interpreter. The link must not be resolved: which
    # environment an interpreter belongs to depends on the path it is called by.
    path = python / "bin" / "python" if python.is_dir() else python
    if not path.is_file() or not os.access(path, os.X_OK):
        raise NotAPython(python, "--python")
    return path.absolute()
