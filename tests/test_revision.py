"""Revisions: what measures counts, what is only said does not. Needs no TensorFlow."""

import shutil

import pytest

from estimator_semantics.host import experiments, packaged, revision
from estimator_semantics.host.experiments import PACKAGE

SOURCE = '''"""A title.

More text."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Something is so."
PLAN = Plan(examples=10, batch_size=4)
EXPECTED = {"steps": {">=1.3": 3}}


def run(tf, plan, watch):
    """Trains."""
    x, y = synthetic.line(plan.examples)  # the data
    return watch.observe()
'''


@pytest.fixture
def measure(tmp_path):
    """Returns the revision of an experiment with such a source, beside a copy of the probe side."""
    probe = tmp_path / "probe"
    shutil.copytree(PACKAGE / "probe", probe)

    def revise(old="", new="", module=None):
        path = tmp_path / "experiment.py"
        path.write_text(SOURCE if module else SOURCE.replace(old, new))
        if module:
            changed = probe / module
            changed.write_text(changed.read_text().replace(old, new))
        return revision.of_experiment(path, probe)

    return revise


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A title", "Another title"),
        ("Something is so", "Something is not so"),
        ('{">=1.3": 3}', '{"<1.10": 25, ">=1.10": 3}'),
        ("Trains.", "Trains once."),
        ("  # the data", ""),
        ("\n\n\n", "\n\n"),
    ],
)
def test_what_is_said_does_not_count(measure, old, new):
    assert old in SOURCE
    assert measure(old, new) == measure()


@pytest.mark.parametrize(
    ("old", "new"), [("batch_size=4", "batch_size=5"), ("watch.observe()", "watch.observe() or 1"), ("x, y", "y, x")]
)
def test_what_measures_counts(measure, old, new):
    assert old in SOURCE
    assert measure(old, new) != measure()


@pytest.mark.parametrize(
    ("module", "old", "new", "counts"),
    [
        ("watch.py", "self._runs += 1", "self._runs += 2", True),
        ("watch.py", "Counts steps", "Counts the steps", False),
        ("synthetic.py", "3.0 * x", "4.0 * x", True),
        ("adapter.py", "tensorflow", "tensorflows", False),
        ("channel.py", "flush", "flushes", False),
    ],
)
def test_the_instruments_that_an_experiment_uses_are_part_of_it(measure, module, old, new, counts):
    before = measure()
    assert (measure(old, new, module) != before) is counts


def test_the_watch_of_a_fit_takes_the_place_of_the_other(tmp_path):
    probe = tmp_path / "probe"
    shutil.copytree(PACKAGE / "probe", probe)
    path = experiments.folder() / "keras_epochs.py"
    before = revision.of_experiment(path, probe)
    (probe / "watch.py").write_text("")
    assert revision.of_experiment(path, probe) == before
    (probe / "fit_data.py").write_text("")
    assert revision.of_experiment(path, probe) != before


@pytest.mark.parametrize("subject", revision.SUBJECTS)
def test_what_an_experiment_is_about_is_part_of_it(measure, tmp_path, subject):
    shutil.copytree(PACKAGE / subject, tmp_path / subject)
    ways = (f"    from estimator_semantics import {subject}\n", f"    from estimator_semantics.{subject}.part import Part\n")
    before = [measure('    """Trains."""\n', way) for way in ways]
    (tmp_path / subject / "part.py").write_text("PART = 1\n")
    assert not set(before) & {measure('    """Trains."""\n', way) for way in ways}
    assert measure() == measure("  # the data", ""), "one that is about TensorFlow alone does not depend on it"


def test_every_packaged_result_was_measured_by_the_experiments_as_they_are():
    stale = {
        f"{path.stem}: {result.experiment}"
        for path, record in zip(packaged.paths(), packaged.records())
        for result in record.results
        if (found := experiments.find(result.experiment)) is None or not revision.holds(result.revision, found.revision)
    }
    assert not stale, f"measure again and commit the records: {sorted(stale)[:10]}"


def test_every_bridged_record_was_measured_by_the_bridge_as_it_is():
    bridged = [record for record in packaged.records() if record.header.versions.estimator == "bridged"]
    stale = [
        record.header.versions.tensorflow
        for record in bridged
        if record.header.bridge != experiments.revision_of_bridge()
    ]
    assert not stale, f"measure again and commit the records: {stale}"


def test_no_revision_is_said_to_measure_what_another_one_did_that_is_gone():
    now = {experiments.specifications(name)[0].revision for name in experiments.known()}
    assert set(revision.SAME_AS) <= now
