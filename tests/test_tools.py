"""Tests that need a tool: skipped where it is missing, and failed in CI. Needs no TensorFlow."""

import re

import pytest
import tools


@pytest.fixture(params=tools.TOOLS)
def tool(request, monkeypatch):
    """The name of a tool that is missing."""
    _, remedy = tools.TOOLS[request.param]
    monkeypatch.setitem(tools.TOOLS, request.param, (lambda: False, remedy))
    for name in tools.OF_CI:
        monkeypatch.delenv(name, raising=False)
    return request.param


def test_a_person_is_told_what_is_missing_and_what_brings_it(tool):
    with pytest.raises(pytest.skip.Exception) as skipped:
        tools.require(tool)
    assert tool in str(skipped.value) and tools.TOOLS[tool][1] in str(skipped.value)


@pytest.mark.parametrize("name", tools.OF_CI)
def test_in_ci_it_is_a_failure(tool, monkeypatch, name):
    monkeypatch.setenv(name, "true")
    with pytest.raises(pytest.fail.Exception, match=re.escape(f"needs {tool}, which is not here")):
        tools.require(tool)
    monkeypatch.setenv(name, "false")
    with pytest.raises(pytest.skip.Exception):
        tools.require(tool)


def test_what_is_here_is_used():
    tools.TOOLS["sh"] = (lambda: tools.shutil.which("sh") is not None, "")
    try:
        tools.require("sh")
    finally:
        del tools.TOOLS["sh"]


def test_no_test_leaves_itself_out_for_want_of_a_tool():
    """Only `tools` skips for that, for only it fails in CI; what is left out elsewhere is of a release of TensorFlow."""
    of_tools = re.compile(r"skip.*(?:which|exists\(|find_spec)|importorskip|pytest\.skip\(.*(?:here|installed|found)")
    modules = [
        path for path in tools.Path(__file__).parent.rglob("*.py") if path.name not in ("tools.py", "test_tools.py")
    ]
    found = [
        f"{path.name}: {line}"
        for path in modules
        for line in path.read_text("utf-8").splitlines()
        if of_tools.search(line)
    ]
    assert found == []
