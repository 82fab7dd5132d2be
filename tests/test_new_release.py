"""A release that is new: one row in releases.csv and one record are enough, and no figure is written down elsewhere.

Needs no TensorFlow. It is a fictitious one, in a copy of the checkout: it answers as the newest one that was measured.
"""

import json
import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from copies import CHECKOUT, copy_of_checkout, recipe
from packaging.version import Version

from estimator_semantics.host import catalogue, experiments, packaged, record
from estimator_semantics.probe.experiment import split_name

LISTED = [release.version for release in catalogue.releases()]
BEFORE = Version(LISTED[-1])
NEW = f"{BEFORE.major}.{BEFORE.minor + 1}.0"
BEFORE_MINOR, NEW_MINOR = (f"{BEFORE.major}.{BEFORE.minor + further}" for further in (0, 1))
KERAS = packaged.newest_keras().removeprefix(packaged.KERAS)
# A patch, for the nightly of the next minor is known to do something else, and this one does what the newest does.
NEW_KERAS = f"{Version(KERAS).major}.{Version(KERAS).minor}.{Version(KERAS).micro + 1}"


def write(path: Path, old: record.Record, **versions: str) -> None:
    """Write a record that says what an old one says, with other versions."""
    header = msgspec.structs.replace(old.header, versions=msgspec.structs.replace(old.header.versions, **versions))
    record.Writer(path, header, sorted(old.results, key=lambda result: result.case)).close(old.finished)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Run a command in a copy that has a release more of TensorFlow, and one of Keras."""
    folder = tmp_path_factory.mktemp("copy")
    variables = copy_of_checkout(folder)
    releases = folder / "estimator_semantics" / "host" / "releases.csv"
    *_, last = releases.read_text().splitlines()
    version, _, rest = last.split(",", 2)
    assert version == LISTED[-1]
    releases.write_text(f"{releases.read_text()}{NEW},2027-02-01,{rest}\n")
    records = folder / "estimator_semantics" / "records"
    # In one record, as the recipe has it: what was measured at quick scale, and at full scale.
    write(records / f"{NEW}.jsonl", packaged.of(LISTED[-1]), tensorflow=NEW)
    write(records / "keras" / f"{NEW_KERAS}.jsonl", packaged.of(packaged.newest_keras()), keras=NEW_KERAS)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)

    return run


def test_the_recipes_measure_what_records_hold():
    (at_full_scale,) = re.findall(
        r"estimator-semantics run (.+) --tensorflow", recipe("recipe: a release of TensorFlow")
    )
    assert set(at_full_scale.split()) == {case.name for case in experiments.chosen() if "full" in case.plans}
    (pattern,) = re.findall(r"grep -o '(.+?)'", recipe("recipe: a release of Keras"))
    measured = {split_name(result.experiment)[0] for result in packaged.of(packaged.newest_keras()).results}
    assert {name for name in experiments.known() if re.match(pattern, name)} == measured


def test_the_catalogue_has_it(copy):
    listed = copy("estimator-semantics", "matrix", "--list").stdout.split()
    assert listed == [*LISTED, NEW]
    assert NEW in copy("estimator-semantics", "releases", NEW_MINOR).stdout


@pytest.mark.parametrize(
    "options", [("--tensorflow", NEW), ("--tensorflow", NEW_MINOR), ("--api", "fit", "--keras", NEW_KERAS)]
)
def test_the_law_answers_for_it_without_a_note(copy, options):
    ended = copy("estimator-semantics", "explain", "--examples", "10", "--batch-size", "4", *options)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(("old", "new"), [(LISTED[-1], NEW_MINOR), (f"keras=={KERAS}", f"keras=={NEW_KERAS}")])
def test_nothing_changed_since_the_one_before(copy, old, new):
    ended = copy("estimator-semantics", "diff", old, new, "--format", "json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["entries"] == []


def test_the_report_counts_it(copy):
    ended = copy("estimator-semantics", "report", "--output", "REPORT.md")
    assert ended.returncode == 0, ended.stderr
    text = copy("cat", "REPORT.md").stdout
    assert f"Measured on {len(LISTED) + 1} releases of TensorFlow, {LISTED[0]} to {NEW}:" in text
    assert f"on all {len(LISTED) + 1} releases" in text and f"on all {len(LISTED)} releases" not in text
    assert f"| {NEW} | bridged |" in text


def test_no_test_of_the_catalogue_the_records_and_the_readme_has_a_figure_of_its_own(copy):
    """The others would take minutes; what they have in common with these is that they derive their figures."""
    modules = [
        f"tests/test_{name}.py"
        for name in ("environments", "matrix", "readme", "trainers", "history", "law_absent", "law_turning_points")
    ]
    answers = "tests/test_explain.py::test_explain_says_so_of_what_was_not_measured"
    ended = copy("pytest", "-q", "-m", "not network", *modules, answers)
    assert ended.returncode == 0, ended.stdout
    of_it = copy(
        "pytest", "-q", "tests/test_packaged.py", "-k", f"{NEW} or {NEW_KERAS} or listed_release or one_tensorflow"
    )
    assert of_it.returncode == 0, of_it.stdout
    passed = int(re.search(r"(\d+) passed", of_it.stdout).group(1))
    assert passed >= 6, "the new records among them"


def test_no_figure_of_the_catalogue_is_written_down_in_a_test_or_a_text():
    """How many releases there are, and which is the newest, is in the catalogue, and in what is generated from it."""
    figures = re.compile(
        rf"\b{len(LISTED)} releases|\b{len(LISTED)} of TensorFlow|to {re.escape(BEFORE_MINOR)}\b(?!\.\d)"
    )
    places = [
        CHECKOUT / "README.md",
        CHECKOUT / "CONTRIBUTING.md",
        *(CHECKOUT / "estimator_semantics" / "host").rglob("*.html"),
    ]
    places += [
        *(CHECKOUT / "estimator_semantics" / "host" / "templates").glob("*.md"),
        *(CHECKOUT / "tests").rglob("*.py"),
    ]
    found = [(path.name, said) for path in places for said in figures.findall(path.read_text("utf-8"))]
    assert found == []
