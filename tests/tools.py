"""Tools that some tests need and not every machine has.

On a person's machine such a test is skipped, and says what is missing and what brings it. In CI it fails, where nobody would see
that it is skipped.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import browser
import pytest

from estimator_semantics.host import environments

# The first is GitHub's and of other CI systems; .ci/run sets the second.
OF_CI = ("CI", "ESTIMATOR_SEMANTICS_CI")


# Whether each is here, and what brings it.
TOOLS: Mapping[str, tuple[Callable[[], bool], str]] = {
    "node": (lambda: shutil.which("node") is not None, "apt-get install nodejs"),
    "script": (lambda: shutil.which("script") is not None, "apt-get install bsdutils"),
    "/dev/full": (lambda: Path("/dev/full").exists(), "Linux has it"),
    "Python 3.9": (lambda: environments.interpreter("3.9") is not None, "uv python install 3.9"),
    "a browser": (
        lambda: not browser.lacking(),
        "apt-get install chromium chromium-driver, pip install '.[browser]'",
    ),
}


def missing(tool: str) -> str:
    """Return that a tool is missing and what brings it, in one line; empty when it is here."""
    is_here, remedy = TOOLS[tool]
    return "" if is_here() else f"needs {tool}, which is not here: {remedy}"


def in_ci() -> bool:
    """Return whether a missing tool is a failure."""
    return any(os.environ.get(name, "").lower() not in ("", "0", "false") for name in OF_CI)


def require(tool: str) -> None:
    """Skip a test where a tool is missing, or fail it in CI.

    Args:
        tool: one of `TOOLS`.
    """
    lacks = missing(tool)
    if lacks and in_ci():
        pytest.fail(f"{lacks}; in CI nothing is left out for want of a tool", pytrace=False)
    if lacks:
        pytest.skip(lacks)
