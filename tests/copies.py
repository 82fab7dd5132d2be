"""Copies of the checkout, in which the recipes of CONTRIBUTING.md can be followed."""

import os
import re
import shutil
import sys
import textwrap
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent


def recipe(name: str) -> str:
    """Return the commands of a recipe of CONTRIBUTING.md, whose block is marked with its name."""
    text = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    (found,) = re.findall(rf"^ *<!-- {name} -->\n *```sh\n(.+?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return textwrap.dedent(found)


def copy_of_checkout(folder: Path, **others: str) -> dict[str, str]:
    """Copy the checkout, and return the variables with which its command and its tests are those of the copy."""
    for name in ("estimator_semantics", "experiments", "tests"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "README.md", "REPORT.md", "CONTRIBUTING.md"):
        shutil.copy(CHECKOUT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    commands = folder / "commands"
    commands.mkdir()
    for name, module in (("estimator-semantics", "estimator_semantics"), ("pytest", "pytest")):
        (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        (commands / name).chmod(0o755)
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    # How the tests of this checkout report is no matter of the copy's.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    return {**environment, "PATH": path, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **others}
