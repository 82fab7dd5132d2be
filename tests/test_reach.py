"""What an experiment reaches: each instrument by itself, else all of a module. Needs no TensorFlow."""

import ast

import pytest

from estimator_semantics.host import experiments, reach, revision
from estimator_semantics.host.experiments import PACKAGE

# The functions of the probe side that no experiment reaches, by what they do instead of measuring.
NOT_MEASURING = {
    "carries to the host what was measured": (
        "channel.Channel.__init__",
        "channel.Channel.send",
        "channel.claim_stdout",
        "runner.main",
        "runner.answer",
        "runner._one_line",
    ),
    "says what the environment is made of, which a record keeps beside its results": (
        "environment.version",
        "environment._version",
        "environment._version_of_folder",
        "environment.versions",
        "environment._imported_version",
        "environment._estimator",
        "environment.has_native_estimator",
        "environment.machine",
    ),
    "loads an experiment, whose module is in its revision; the host loads the plans in the same way": (
        "experiment.names",
        "experiment.full_name",
        "experiment.split_name",
        "experiment.load",
        "experiment._plans",
        "experiment._expected",
        "experiment._checked",
        "experiment._check_kinds",
    ),
    "says what an unfinished experiment lacks; it is not carried out": (
        "experiment.InvalidExperiment.__init__",
        "experiment.line_of",
        "experiment._last_line",
        "experiment._line_of",
        "experiment._said",
    ),
    "says which variables can change a result, which a record keeps beside its results": (
        "variables.changes_results",
        "variables.of_environment",
        "variables.set_outside",
        "variables.bounded",
        "variables._settings",
    ),
    "quotes in a result what TensorFlow logs; nothing judges or compares that": (
        "notices.Notices.__init__",
        "notices.Notices.__enter__",
        "notices.Notices.__exit__",
        "notices.Notices._showwarning",
        "notices.Notices._add",
        "notices._Notable.__init__",
        "notices._Notable.emit",
    ),
    "times trainings for `speed`, whose records have no revision": (
        "stopwatch.scaled",
        "stopwatch.timed",
        "stopwatch.main",
    ),
}


# Each instrument by itself.


def test_who_only_keeps_files_where_the_watch_does_depends_on_none_of_its_counters(copy, as_they_are):
    copy.change("probe/watch.py", "self._runs += 1", "self._runs += 2")
    stale = copy.stale(as_they_are)
    assert {"steps_implicit", "request_stop", "steps_per_epoch"} <= stale
    only_its_folder = {"killed", "parameter_server_steps", "best_exporter", "random_plans"}
    assert not stale & only_its_folder
    before = copy.revisions(*only_its_folder, "keras_epochs")
    copy.change("probe/watch.py", "        self.model_dir = model_dir\n", "        self.model_dir = str(model_dir)\n")
    assert copy.stale(before) == only_its_folder


@pytest.mark.parametrize(
    ("use", "counts"),
    [
        ("watch.model_dir", False),
        ("watch.observe()", True),
        ("[watch]", True),
        ("getattr(watch, 'observe')", True),
        ("tf.estimator.train(watch.model_dir, hooks=[watch])", True),
    ],
)
def test_the_watch_counts_where_more_than_its_folder_is_used(copy, use, counts):
    assert copy.reaches(use, "probe/watch.py", "self._runs += 1", "self._runs += 2") is counts


def test_the_watch_of_a_fit_takes_the_place_of_the_other(copy, as_they_are):
    copy.change("probe/watch.py", "self._runs += 1", "self._runs += 2")
    assert "keras_epochs" not in copy.stale(as_they_are)
    copy.change("probe/fit_watch.py", "NOTED = 1024", "NOTED = 512")
    assert "keras_epochs" in copy.stale(as_they_are)
    assert "steps_called_an_epoch" not in copy.stale(as_they_are)


# Where the code does not tell, all of a module counts.


@pytest.mark.parametrize(
    ("use", "counts"),
    [
        ("synthetic.line(1)", False),
        ("getattr(synthetic, 'line')(1)", False),
        ("getattr(synthetic, plan.api)(1)", True),
        ("[synthetic]", True),
        ("exec('synthetic')", True),
        ("__import__('estimator_semantics.probe.synthetic')", True),
    ],
)
def test_where_a_name_is_computed_all_of_the_module_counts(copy, use, counts):
    copy.add("probe/synthetic.py", "\n\ndef unheard_of():\n    return 1\n")
    assert copy.reaches(use, "probe/synthetic.py", "    return 1\n", "    return 2\n") is counts


def test_a_star_import_imports_all_of_the_module(copy):
    source = "import Plan, synthetic", "import Plan\nfrom estimator_semantics.probe.order import *"
    before = copy.experiment(*source)
    copy.change("probe/order.py", "return MIXED", "return ALIKE")
    assert copy.experiment(*source) != before


@pytest.mark.parametrize(
    ("use", "counts"),
    [
        ("tf.checkpointed('', '')", False),
        ("tf.linear_state('')", True),
        ("getattr(tf, 'linear_state')('')", True),
        ("getattr(tf, 'checkpointed')('', '')", False),
        ("getattr(tf, plan.api)('')", True),
        ("[tf]", True),
        ("(lambda tf: tf.linear_state(''))(tf)", True),
    ],
)
def test_of_the_adapter_the_members_in_use_count(copy, use, counts):
    assert copy.reaches(use, "probe/adapter.py", "training/Ftrl/{}/linear", "training/Ftrl/{}/other") is counts


def test_whoever_is_handed_the_adapter_names_it_tf():
    """By this name the members are found that a function uses."""
    paths = [*PACKAGE.glob("probe/*.py"), *experiments.folder().glob("*.py")]
    modules = [ast.parse(path.read_text("utf-8")) for path in paths]
    nodes = [node for module in modules for node in ast.walk(module)]
    handed = {
        getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        for node in nodes
        if isinstance(node, ast.Call) and any(isinstance(each, ast.Name) and each.id == "tf" for each in node.args)
    }
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name in handed]
    assert {"train", "_serve", "observe"} <= {node.name for node in functions}
    # Others of that name are methods that are called without.
    taking = {node.name for node in functions if "tf" in [each.arg for each in node.args.args]}
    assert {node.name for node in functions} == taking


# Systematically: a function measures, or it is known what it does instead.


def _functions(path):
    """Yield a name and a changed source for each function and each method of a module."""
    source = path.read_text("utf-8")
    lines = source.splitlines(keepends=True)
    for outer in ast.parse(source).body:
        for node in outer.body if isinstance(outer, ast.ClassDef) else [outer]:
            if isinstance(node, ast.FunctionDef):
                first = node.body[0]
                changed = [
                    *lines[: first.lineno - 1],
                    " " * first.col_offset + "changed = 1\n",
                    *lines[first.lineno - 1 :],
                ]
                yield f"{outer.name}.{node.name}" if node is not outer else node.name, "".join(changed)


@pytest.mark.parametrize("path", sorted((PACKAGE / "probe").glob("*.py")), ids=lambda path: path.stem)
def test_a_change_of_a_function_of_the_probe_side_makes_an_experiment_stale(copy, as_they_are, path):
    unseen = set()
    for name, changed in _functions(path):
        (copy.folder / "probe" / path.name).write_text(changed, "utf-8")
        code = revision.Code(copy.folder)
        if all(code.revision(copy.experiments / f"{each}.py") == now for each, now in as_they_are.items()):
            unseen.add(f"{path.stem}.{name}")
    known = {name for names in NOT_MEASURING.values() for name in names if name.split(".")[0] == path.stem}
    assert unseen == known


@pytest.mark.parametrize("subject", reach.SUBJECTS)
def test_what_an_experiment_is_about_is_part_of_it(copy, subject):
    ways = (
        f"    from estimator_semantics import {subject}\n    {subject}.part\n",
        f"    from estimator_semantics.{subject}.part import Part\n    Part\n",
    )
    before = [copy.experiment('    """Train."""\n', way) for way in ways]
    (copy.folder / subject / "part.py").write_text("PART = 1\n")
    assert not set(before) & {copy.experiment('    """Train."""\n', way) for way in ways}
    assert copy.experiment() == copy.experiment("  # the data", ""), (
        "one that is about TensorFlow alone does not depend on it"
    )
