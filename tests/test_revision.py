"""Revisions: what measures counts, what is only said does not. Needs no TensorFlow."""

import ast
import re

import pytest
from codebase import OBSERVED, SOURCE

from estimator_semantics.host import experiments, packaged, reach


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
def test_what_is_said_does_not_count(copy, old, new):
    assert copy.experiment(old, new) == copy.experiment()


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
def test_what_measures_counts(copy, old, new):
    assert copy.experiment(old, new) != copy.experiment()


@pytest.mark.parametrize(
    ("imports", "module"),
    [
        ("from estimator_semantics.probe.synthetic import line", ""),
        ("import estimator_semantics.probe.synthetic as data", "data."),
        ("from estimator_semantics.probe import synthetic as data", "data."),
        ("import estimator_semantics.probe.synthetic", "estimator_semantics.probe.synthetic."),
    ],
)
def test_how_a_name_is_imported_does_not_count(copy, imports, module):
    source = SOURCE.replace("synthetic.", module).replace("import Plan, synthetic", f"import Plan\n{imports}")
    assert copy.experiment(SOURCE, source) == copy.experiment()


def test_a_name_counts_by_what_it_stands_for(copy):
    of_another = SOURCE.replace("import Plan, synthetic", "import Plan\nimport numpy as synthetic")
    assert copy.experiment(SOURCE, of_another) != copy.experiment()


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
def test_the_definitions_that_an_experiment_uses_are_part_of_it(copy, module, old, new, counts):
    assert copy.reaches(OBSERVED, module, old, new) is counts


# What was once missed.


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
    copy.change("law/schema.py", "    workers: int = 1\n", "    workers: int = 1\n    micro_batches: int = 1\n")
    assert not copy.stale(as_they_are)
    copy.change("probe/fit_watch.py", "plan.epochs,", "plan.epochs * plan.micro_batches,")
    before = copy.revisions("keras_epochs", "steps_implicit")
    copy.change("law/schema.py", "micro_batches: int = 1", "micro_batches: int = 2")
    assert copy.stale(before) == {"keras_epochs"}


def test_a_text_for_people_makes_nothing_stale(copy, as_they_are):
    copy.change("law/schema.py", 'help="Number of examples in the data."', 'help="How many examples."')
    copy.change("law/schema.py", 'label="batch size"', 'label="size"')
    assert not copy.stale(as_they_are)
    copy.change("law/schema.py", "lowest=1", "lowest=2")
    assert "random_plans" in copy.stale(as_they_are)


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


def test_the_revisions_of_all_experiments_differ(as_they_are):
    assert len(set(as_they_are.values())) == len(as_they_are)


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
