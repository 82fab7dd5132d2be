"""The files that say how the code is checked agree. Needs no TensorFlow."""

import configparser
import re
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent


def read(name: str) -> str:
    """Return the text of a file of the checkout."""
    return (CHECKOUT / name).read_text("utf-8")


def test_what_checks_the_code_has_one_version_and_is_the_same_everywhere():
    setup = configparser.ConfigParser()
    setup.read_string(read("setup.cfg"))
    pinned = set(re.findall(r"^([\w-]+)==[\d.]+$", setup["options.extras_require"]["lint"], re.MULTILINE))
    checks = re.findall(r"^\.venv-lint/bin/(\w+(?: \w+)?)", read(".ci/run"), re.MULTILINE)[1:]
    hooks = re.findall(r"^ +entry: (\w+(?: \w+)?)", read(".pre-commit-config.yaml"), re.MULTILINE)
    assert checks == hooks == ["ruff check", "ruff format", "mypy"]
    assert {check.split()[0] for check in checks} == pinned
    for check in checks:
        assert check in read("CONTRIBUTING.md"), check


def test_they_check_for_the_oldest_python_of_the_host_side():
    oldest = re.search(r"sys\.version_info < \((\d+), (\d+)\)", read("estimator_semantics/host/__init__.py"))
    assert oldest is not None
    assert f'target-version = "py{oldest[1]}{oldest[2]}"' in read("ruff.toml")
    assert f"python_version = {oldest[1]}.{oldest[2]}\n" in read("mypy.ini")
