"""Revisions: what measures counts, what is only said does not. Needs no TensorFlow."""

import ast
import re
import shutil

import pytest

from estimator_semantics.host import experiments, packaged, reach, revision
from estimator_semantics.host.experiments import PACKAGE

SOURCE = '''"""A title.

More text."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Something is so."
PLAN = Plan(examples=10, batch_size=4)
_CASES = {"steps": {">=1.3": 3}}
EXPECTED = _CASES
EXPECTED.update(others={">=1.3": 1})
_FURTHER = [1]
_FURTHER.append(2)


def run(tf, plan, watch):
    """Train."""
    x, y = synthetic.line(plan.examples)  # the data
    return watch.observe(), _FURTHER
'''

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


class Copy:
    """A copy of the code that measures, to be changed.

    Attributes:
        folder: the folder of the package, with the experiments beside it.
    """

    def __init__(self, folder):
        self.folder = folder / "estimator_semantics"
        for room in ("probe", "law", *reach.SUBJECTS):
            shutil.copytree(PACKAGE / room, self.folder / room, ignore=shutil.ignore_patterns("__pycache__"))
        self.experiments = shutil.copytree(experiments.folder(), folder / "experiments")

    def change(self, path, old, new):
        """Replace a text in a module, every time that it is there."""
        module = self.folder / path
        source = module.read_text("utf-8")
        assert old in source
        module.write_text(source.replace(old, new), "utf-8")

    def add(self, path, text):
        """Add a text at the end of a module."""
        with open(self.folder / path, "a", encoding="utf-8") as module:
            module.write(text)

    def revisions(self, *names):
        """Return the revisions of experiments, of all of them if none is named."""
        code = revision.Code(self.folder)
        return {name: code.revision(self.experiments / f"{name}.py") for name in names or experiments.known()}

    def stale(self, before):
        """Return the names of the experiments whose revisions are no longer those of before."""
        return {name for name, now in self.revisions(*before).items() if now != before[name]}


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


@pytest.fixture
def measure(copy):
    """Return the revision of an experiment with such a source, beside a copy of the code that measures."""

    def revise(old="", new="", module=None):
        path = copy.experiments / "experiment.py"
        path.write_text(SOURCE if module else SOURCE.replace(old, new))
        if module:
            copy.change(module, old, new)
        return revision.Code(copy.folder).revision(path)

    return revise


@pytest.fixture(scope="module")
def as_they_are():
    return {name: experiments.specifications(name)[0].revision for name in experiments.known()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A title", "Another title"),
        ("Something is so", "Something is not so"),
        ('{">=1.3": 3}', '{"<1.10": 25, ">=1.10": 3}'),
        ('others={">=1.3": 1}', 'others={">=1.3": 2}'),
        ("Train.", "Train once."),
        ("  # the data", ""),
        ("\n\n\n", "\n\n"),
        ("(examples=10, batch_size=4)", "(\n    examples=10,\n    batch_size=4\n)"),
        ("import Plan, synthetic", "import (\n    Change,\n    Plan,\n    synthetic,\n)"),
        ("(tf, plan, watch)", "(tf, plan: Plan, watch: 'anything') -> dict"),
        ("    x, y", "    from estimator_semantics.probe.synthetic import line\n\n    x, y"),
    ],
)
def test_what_is_said_does_not_count(measure, old, new):
    assert old in SOURCE
    assert measure(old, new) == measure()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("batch_size=4", "batch_size=5"),
        ("watch.observe()", "watch.observe() or 1"),
        ("x, y", "y, x"),
        ("_FURTHER = [1]", "_FURTHER = [3]"),
        ("append(2)", "append(3)"),
        ("plan, watch)", "plan, watch=None)"),
        ("return", "if x.all():\n        return"),
        ("synthetic.line(plan.examples)", "synthetic.number(plan.examples)"),
    ],
)
def test_what_measures_counts(measure, old, new):
    assert old in SOURCE
    assert measure(old, new) != measure()


@pytest.mark.parametrize(
    ("imports", "module"),
    [
        ("from estimator_semantics.probe.synthetic import line", ""),
        ("import estimator_semantics.probe.synthetic as data", "data."),
        ("from estimator_semantics.probe import synthetic as data", "data."),
        ("import estimator_semantics.probe.synthetic", "estimator_semantics.probe.synthetic."),
    ],
)
def test_how_a_name_is_imported_does_not_count(measure, imports, module):
    source = SOURCE.replace("synthetic.", module).replace("import Plan, synthetic", f"import Plan\n{imports}")
    assert measure(SOURCE, source) == measure()


def test_a_name_counts_by_what_it_stands_for(measure):
    of_another = SOURCE.replace("import Plan, synthetic", "import Plan\nimport numpy as synthetic")
    assert measure(SOURCE, of_another) != measure()


@pytest.mark.parametrize(
    ("module", "old", "new", "counts"),
    [
        ("probe/watch.py", "self._runs += 1", "self._runs += 2", True),
        ("probe/watch.py", "counts steps, batches", "counts the steps, batches", False),
        ("probe/watch.py", "PROGRESS_SECONDS = 0.25", "PROGRESS_SECONDS = 0.5", True),
        ("probe/synthetic.py", "3.0 * x", "4.0 * x", True),
        ("probe/synthetic.py", "SEED = 38340311", "SEED = 1", True),
        ("probe/runner.py", "prefix=", "suffix=", True),
        ("probe/channel.py", "flush", "flushes", False),
        ("probe/adapter.py", "get_tensor(name)", "get_tensor(name + '')", True),
        ("probe/adapter.py", "contrib.data.make_csv_dataset", "contrib.data.csv", False),
        ("law/prediction.py", "ENDLESS = Prediction(None,", "ENDLESS = Prediction(0,", True),
        ("law/schema.py", "num_epochs: Optional[int] = 1", "num_epochs: Optional[int] = 2", False),
    ],
)
def test_the_definitions_that_an_experiment_uses_are_part_of_it(measure, module, old, new, counts):
    before = measure()
    assert (measure(old, new, module) != before) is counts


# The two holes.


def test_what_is_read_from_a_checkpoint_is_part_of_what_reads_it(copy, as_they_are):
    copy.change("probe/adapter.py", "return self.v1.train.NewCheckpointReader(checkpoint).get_tensor(name)", "return 7")
    stale = copy.stale(as_they_are)
    # Each counts by the watch, by the tally or by the weights, and all of them read a checkpoint.
    assert {"steps_implicit", "random_plans", "updates_by_reference"} <= stale
    # It counts in Keras, where there are none.
    assert "keras_epochs" not in stale


def test_the_law_is_part_of_what_measures_by_it(copy, as_they_are):
    copy.change(
        "law/prediction.py",
        "own_bound, allowed = step_bound(plan)\n",
        "own_bound, allowed = step_bound(plan._replace(steps=1))\n",
    )
    stale = copy.stale(as_they_are)
    assert {"random_plans", "updates_by_reference"} <= stale
    # It counts what TensorFlow does, and asks no law.
    assert "steps_implicit" not in stale
    copy.change("law/data.py", "return full + (1 if", "return full + 1 + (1 if")
    assert copy.stale(as_they_are) == stale


# What nothing depends on.


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("probe/watch.py", "\n\ndef unheard_of():\n    return 1\n"),
        ("probe/journal.py", "\n\nclass Counter:\n    steps = 0\n"),
        ("probe/fit_watch.py", "\n\nUNHEARD_OF = 1\n"),
        ("law/prediction.py", "\n\ndef unheard_of():\n    return 1\n"),
        ("law/sentence.py", "\n\ndef unheard_of():\n    return 1\n"),
        ("probe/instrument.py", "def unheard_of():\n    return 1\n"),
    ],
)
def test_a_new_definition_makes_nothing_stale(copy, as_they_are, path, text):
    copy.add(path, text)
    assert not copy.stale(as_they_are)


def test_a_new_member_of_the_adapter_makes_nothing_stale(copy, as_they_are):
    member = "    def unheard_of(self):\n        return self.v1\n\n"
    copy.change("probe/adapter.py", "    @property\n    def errors", member + "    @property\n    def errors")
    assert not copy.stale(as_they_are)


def test_a_new_field_of_a_plan_makes_nothing_stale_before_it_is_read(copy, as_they_are):
    copy.change(
        "law/schema.py", "    workers: int = 1\n", "    workers: int = 1\n    gradient_accumulation_steps: int = 1\n"
    )
    assert not copy.stale(as_they_are)
    copy.change("probe/fit_watch.py", "plan.epochs,", "plan.epochs * plan.gradient_accumulation_steps,")
    before = copy.revisions("keras_epochs", "steps_implicit")
    copy.change("law/schema.py", "gradient_accumulation_steps: int = 1", "gradient_accumulation_steps: int = 2")
    assert copy.stale(before) == {"keras_epochs"}


def test_the_default_of_a_field_counts_where_it_is_read(copy, as_they_are):
    copy.change("law/schema.py", "shuffle: bool = True", "shuffle: bool = False")
    stale = copy.stale(as_they_are)
    assert "steps_implicit" in stale
    assert "csv_files" not in stale


@pytest.mark.parametrize(
    "name",
    [
        "interleaving",
        "random_trainings",
        "fork_server",
        "lazy_module",
        "tally",
        "watch",
        "fit_watch",
        "adapter",
        "child",
    ],
)
def test_the_name_of_a_module_counts_for_nothing(copy, as_they_are, name):
    (copy.folder / "probe" / f"{name}.py").rename(copy.folder / "probe" / "renamed.py")
    for path in [*copy.folder.glob("*/*.py"), *copy.experiments.glob("*.py")]:
        source = path.read_text("utf-8")
        if path.name != "start.py":
            source = re.sub(rf'(start|script), "{name}"', r'\1, "renamed"', source)
            source = source.replace(f"estimator_semantics.probe.{name} ", "estimator_semantics.probe.renamed ")
            imported = re.compile(rf"(from estimator_semantics\.probe import [\w, ]*)\b{name}\b")
            if imported.search(source):
                source = re.sub(rf"\b{name}\.(?=[\w])", "renamed.", imported.sub(r"\1renamed", source))
        path.write_text(source, "utf-8")
    assert not copy.stale(as_they_are)


def test_a_docstring_that_is_assigned_counts_for_nothing(copy, as_they_are):
    path = copy.folder / "law" / "schema.py"
    source = path.read_text("utf-8")
    assert "Plan.__doc__ = " in source
    path.write_text(source.replace("Attributes:\\n", "Fields:\\n"), "utf-8")
    assert source != path.read_text("utf-8") and not copy.stale(as_they_are)


def test_the_order_of_definitions_and_their_docstrings_count_for_nothing(copy, as_they_are):
    for path in copy.folder.glob("*/*.py"):
        if path.parent.name not in reach.SUBJECTS:
            source = path.read_text("utf-8")
            lines = source.splitlines(keepends=True)
            functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
            for node in reversed(functions):
                begin = min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1
                lines[begin : node.end_lineno] = ["\n"]
                text = ast.get_source_segment(source, node).replace('"""', '"""Another text. ', 1)
                decorators = [f"@{ast.get_source_segment(source, each)}\n" for each in node.decorator_list]
                lines += ["\n\n", *decorators, text, "  # a comment\n"]
            path.write_text("".join(lines), "utf-8")
    assert not copy.stale(as_they_are)


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
    path = copy.experiments / "experiment.py"
    path.write_text(SOURCE.replace("watch.observe()", use))
    before = copy.revisions("experiment")
    copy.change("probe/watch.py", "self._runs += 1", "self._runs += 2")
    assert bool(copy.stale(before)) is counts


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
    path = copy.experiments / "experiment.py"
    path.write_text(SOURCE.replace("watch.observe()", use))
    copy.add("probe/synthetic.py", "\n\ndef unheard_of():\n    return 1\n")
    before = copy.revisions("experiment")
    copy.change("probe/synthetic.py", "    return 1\n", "    return 2\n")
    assert bool(copy.stale(before)) is counts


def test_a_star_import_imports_all_of_the_module(copy):
    path = copy.experiments / "experiment.py"
    path.write_text(
        SOURCE.replace("import Plan, synthetic", "import Plan\nfrom estimator_semantics.probe.order import *")
    )
    before = copy.revisions("experiment")
    copy.change("probe/order.py", "return MIXED", "return ALIKE")
    assert copy.stale(before)


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
    path = copy.experiments / "experiment.py"
    path.write_text(SOURCE.replace("watch.observe()", use))
    before = copy.revisions("experiment")
    copy.change("probe/adapter.py", "training/Ftrl/{}/linear", "training/Ftrl/{}/other")
    assert bool(copy.stale(before)) is counts


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


def test_the_revisions_of_all_experiments_differ(as_they_are):
    assert len(set(as_they_are.values())) == len(as_they_are)


@pytest.mark.parametrize("subject", reach.SUBJECTS)
def test_what_an_experiment_is_about_is_part_of_it(measure, copy, subject):
    ways = (
        f"    from estimator_semantics import {subject}\n    {subject}.part\n",
        f"    from estimator_semantics.{subject}.part import Part\n    Part\n",
    )
    before = [measure('    """Train."""\n', way) for way in ways]
    (copy.folder / subject / "part.py").write_text("PART = 1\n")
    assert not set(before) & {measure('    """Train."""\n', way) for way in ways}
    assert measure() == measure("  # the data", ""), "one that is about TensorFlow alone does not depend on it"


def test_every_packaged_result_was_measured_by_the_experiments_as_they_are():
    stale = {
        f"{path.stem}: {result.experiment}"
        for path, record in zip(packaged.paths(), packaged.records(), strict=True)
        for result in record.results
        if (found := experiments.find(result.experiment)) is None or result.revision != found.revision
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
