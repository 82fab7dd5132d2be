"""The workflows, and what they rely on. Needs no TensorFlow.

Who may do what in them is checked by zizmor, in .ci/run.
"""

import ast
import re
from pathlib import Path

import pytest
from copies import CHECKOUT
from other_systems import ABSENT

WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
SAID = "Needs no TensorFlow."
SAID_OF_SYSTEMS = "Runs on macOS and Windows too."
MODULES = [path for path in sorted(Path(__file__).parent.glob("test_*.py")) if SAID in path.read_text("utf-8")]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_and_one_version_of_each(path):
    uses = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert uses and all(
        re.fullmatch(r"[\w/.-]+@[0-9a-f]{40}", action) and re.fullmatch(r" # v\d+\.\d+\.\d+", said)
        for action, said in uses
    )
    everywhere = {use for each in WORKFLOWS for use in re.findall(r"uses: (.+)", each.read_text("utf-8"))}
    assert len(everywhere) == len({use.partition("@")[0] for use in everywhere})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_each_job_is_bounded_in_time_and_has_no_right_that_it_does_not_name(path):
    head, _, jobs = path.read_text("utf-8").partition("\njobs:\n")
    assert "\npermissions: {}\n" in head
    for job in re.split(r"^  (?=\w+:$)", jobs, flags=re.MULTILINE)[1:]:
        assert re.search(r"^    timeout-minutes: \d+$", job, re.MULTILINE), job
        assert re.search(r"^    permissions:$", job, re.MULTILINE), job


def test_each_script_of_a_workflow_is_there_and_can_be_run():
    for path in WORKFLOWS:
        for script in re.findall(r"run: (\.ci/\w+)", path.read_text("utf-8")):
            assert (CHECKOUT / script).stat().st_mode & 0o111, script


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_what_says_that_it_needs_no_tensorflow_asks_for_none(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert SAID in (ast.get_docstring(tree) or "")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert "tf" not in {argument.arg for argument in node.args.args}, node.name
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
            assert not any(re.match(r"tensorflow|keras|tf_keras", name or "") for name in names)


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.name)
def test_what_runs_on_any_system_asks_for_nothing_that_one_lacks(path):
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    if path.name == Path(__file__).name or SAID_OF_SYSTEMS not in source:
        return
    assert path in MODULES and SAID_OF_SYSTEMS in ast.get_docstring(tree)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    # Their processes are shell scripts.
    assert imported.isdisjoint({"probes", "copies", *ABSENT["Windows"]["modules"]})
    for node in ast.walk(tree):
        # Without an encoding, a file has that of the system.
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr != "read_text" or node.args or node.keywords, ast.unparse(node)
            assert node.func.attr != "write_text" or len(node.args) + len(node.keywords) > 1, ast.unparse(node)


def test_modules_of_each_part_run_on_any_system():
    text = (WORKFLOWS[0].parent / "test.yml").read_text("utf-8")
    assert f"grep -l '{SAID_OF_SYSTEMS}' tests/test_*.py".replace(".'", r"\.'") in text
    named = {path.name for path in MODULES if SAID_OF_SYSTEMS in path.read_text("utf-8")}
    assert {"test_any_machine.py", "test_law.py", "test_diff.py", "test_report.py", "test_record.py"} <= named


def test_most_modules_of_the_host_side_are_tested_without_tensorflow():
    assert f"grep -l '{SAID}' tests/test_*.py".replace(".'", r"\.'") in (WORKFLOWS[0].parent / "test.yml").read_text(
        "utf-8"
    )
    assert {"test_record.py", "test_report.py", "test_diff.py", "test_law.py"} <= {path.name for path in MODULES}
