"""The probe side: its counters, what it may import, and the Pythons it runs on."""

import ast
import importlib.util
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import warnings

import pytest

from estimator_semantics.host import environments, experiments
from estimator_semantics.host.errors import Unusable
from estimator_semantics.host.process import describe
from estimator_semantics.host.reach import SUBJECTS
from estimator_semantics.law import InvalidPlan, Plan, check
from estimator_semantics.probe import runner, synthetic
from estimator_semantics.probe.lazy_module import import_lazily

PROBE_SIDE = [
    path
    for folder in (*(experiments.PACKAGE / room for room in (*experiments.PROBE_SIDE, *SUBJECTS)), experiments.folder())
    for path in sorted(folder.glob("*.py"))
]


def train(tf, plan, model_dir, watch=None):
    """Train as the experiments do, watched or not, and return the estimator."""
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], str(model_dir))
    counted, hooks = (input_fn, []) if watch is None else (watch.counted(input_fn), [watch])
    estimator.train(counted, hooks=hooks, steps=plan.steps, max_steps=plan.max_steps)
    return estimator


def weights(estimator):
    """Return every variable of an estimator, as exact bytes."""
    return {name: estimator.get_variable_value(name).tobytes() for name in estimator.get_variable_names()}


def test_the_counters_do_not_change_what_is_trained(tf, tmp_path):
    from estimator_semantics.probe.watch import Watch

    plan = Plan(examples=203, batch_size=4, num_epochs=2, shuffle=False)
    bare = weights(train(tf, plan, tmp_path / "bare"))
    watched = weights(train(tf, plan, tmp_path / "watched", Watch(plan, str(tmp_path / "watched"))))
    assert len(bare) > 1
    assert watched == bare


@pytest.mark.parametrize(
    "plan",
    [
        Plan(examples=10, batch_size=4),
        Plan(examples=10, batch_size=4, num_epochs=3),
        Plan(examples=10, batch_size=4, num_epochs=3, steps=4, shuffle=False),
        Plan(examples=10, batch_size=4, num_epochs=None, steps=9, shuffle=False),
        Plan(examples=10, batch_size=4, num_epochs=None, steps=9, shuffle=True),
        Plan(examples=10, batch_size=4, max_steps=2),
        Plan(examples=10, batch_size=4, num_epochs=0),
        Plan(examples=3, batch_size=10),
        Plan(examples=1, batch_size=1),
        Plan(examples=10, batch_size=5, steps=2),
    ],
)
def test_what_the_watch_counts_is_what_the_law_predicts(tf, tmp_path, plan):
    from estimator_semantics.law.prediction import OPTIONAL, predict
    from estimator_semantics.probe.watch import Watch

    watch = Watch(plan, str(tmp_path))
    train(tf, plan, tmp_path, watch)
    observation = watch.observe()
    expected = {name: count for name, count in predict(plan)._asdict().items() if name not in OPTIONAL}
    if expected["usage"] is None:
        usage = observation["measured"]["usage"]
        assert sum(int(times) * count for times, count in usage.items()) == expected["examples"], plan
        expected["usage"] = usage
    expected["usage"] = {str(times): count for times, count in expected["usage"].items()}
    assert observation["measured"] == expected, plan
    assert set(observation["counters"].values()) == {expected["steps"]}, plan


@pytest.mark.parametrize("num_epochs", [None, 0])
def test_the_guard_ends_what_a_request_to_stop_would_not(tf, tmp_path, num_epochs):
    """Train again and again, as train_and_evaluate did before TensorFlow 1.10: on endless data, and without a step."""
    from estimator_semantics.probe.guard import Guard, NeverEnds

    x, y = synthetic.line(10)
    guard = Guard(steps=7, calls=2)
    input_fn = guard.counted(tf.numpy_input_fn({"x": x}, y, 4, num_epochs, False))
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], str(tmp_path))
    with pytest.raises(NeverEnds):  # noqa: PT012 (the loop is what never ends)
        while True:
            estimator.train(input_fn, hooks=[guard], max_steps=10**6)
    assert guard.observe()["measured"]["guard"] == 7
    assert guard.observe()["measured"]["steps"] is None


@pytest.mark.parametrize("given", ["numpy_input_fn", "dataset"])
def test_the_journal_tells_the_steps_and_the_examples_of_each_session(tf, tmp_path, given):
    from estimator_semantics.law import predict
    from estimator_semantics.probe.journal import Journal

    plan = Plan(examples=10, batch_size=4, num_epochs=1, shuffle=False)
    x, y = synthetic.line(plan.examples)
    in_numpy = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    input_fn = in_numpy if given == "numpy_input_fn" else lambda: tf.Dataset.from_tensor_slices(({"x": x}, y)).batch(4)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], str(tmp_path))
    journal = Journal(str(tmp_path / "journal"), plan.examples)
    for _ in range(2):
        estimator.train(journal.written(input_fn), hooks=[journal])
    order = [int(number) for number in synthetic.number(x, plan.examples)]
    assert journal.starts == [0, 3]
    assert journal.runs == [predict(plan).steps] * 2
    assert journal.batches == [order[:4], order[4:8], order[8:]] * 2
    assert journal.usage == {"2": 10}


def test_a_child_is_a_process_that_may_be_killed(tf, tmp_path):
    from estimator_semantics.probe import child

    (tmp_path / "dies.py").write_text(
        "import os, signal\n"
        "def dies(tf, path, signal_number):\n"
        "    with open(path, 'w') as file:\n"
        "        file.write('{} {}'.format(tf.version, os.getpid()))\n"
        "    if signal_number:\n"
        "        os.kill(os.getpid(), signal_number)\n"
    )
    spec = importlib.util.spec_from_file_location("dies", tmp_path / "dies.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert child.run(module.dies, str(tmp_path / "said"), signal.SIGKILL) == -signal.SIGKILL
    version, process = (tmp_path / "said").read_text().split()
    assert version == tf.version
    assert int(process) != os.getpid()


def test_a_watch_that_sees_no_batch_says_so(tf, tmp_path):
    from estimator_semantics.probe.watch import Watch

    plan = Plan(examples=10, batch_size=4)
    x, y = synthetic.line(plan.examples)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], str(tmp_path))
    with pytest.raises(RuntimeError, match=r"watch\.counted"):
        estimator.train(tf.numpy_input_fn({"x": x}, y, 4, 1, False), hooks=[Watch(plan, str(tmp_path))])


@pytest.mark.parametrize(
    "bounds", [{"steps": 0}, {"steps": -1}, {"max_steps": 0}, {"max_steps": -1}, {"steps": 1, "max_steps": 2}]
)
def test_the_law_refuses_what_the_estimator_refuses(tf, tmp_path, bounds):
    plan = Plan(examples=10, batch_size=4, **bounds)
    with pytest.raises(ValueError):
        train(tf, plan, tmp_path)
    with pytest.raises(InvalidPlan):
        check(plan)


def test_no_training_at_all_is_measured_when_max_steps_is_reached_already(tf, tmp_path):
    from estimator_semantics.law.prediction import predict
    from estimator_semantics.probe.watch import Watch

    train(tf, Plan(examples=10, batch_size=4), tmp_path)
    plan = Plan(examples=10, batch_size=4, max_steps=3, global_step=3)
    watch = Watch(plan, str(tmp_path))
    train(tf, plan, tmp_path, watch)
    measured = watch.observe()["measured"]
    assert {name: measured[name] for name in ("steps", "global_step", "examples", "bound")} == {
        name: getattr(predict(plan), name) for name in ("steps", "global_step", "examples", "bound")
    }


@pytest.mark.parametrize("examples", [1, 2, 3, 1000, 700_000])
def test_an_example_is_told_by_its_value(examples):
    import numpy as np  # comes with TensorFlow

    x, y = synthetic.line(examples)
    assert sorted(synthetic.number(x, examples)) == list(range(examples))
    # The estimator computes in single precision, which must not blur them.
    assert len(set(x.astype(np.float32))) == examples
    assert y.shape == (examples,)
    assert (synthetic.line(examples)[0] == x).all()


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        ([0, 1, 2, 0, 1, 2], "every epoch in the order of the data"),
        ([1, 0, 2, 1, 0, 2], "whole epochs, all in the same order"),
        ([1, 0, 2, 0, 1, 2], "whole epochs, each in an order of its own"),
        ([1, 0, 1, 2, 0, 2], "examples of several epochs mixed"),
    ],
)
def test_what_an_order_is_like(tf, places, kind):
    from estimator_semantics.probe.order import Order

    order = Order(synthetic.line(3)[0])
    order.batches = [places[:4], places[4:]]
    assert order.kind == kind


def test_the_log_is_left_as_it_was_found(tf):
    from estimator_semantics.probe.log import Log

    logger = logging.getLogger("tensorflow")
    before = logger.level, list(logger.handlers)
    with Log() as log:
        tf.v1.logging.info("said to %s", "the log")
    assert log.messages == ["said to the log"]
    assert (logger.level, logger.handlers) == before


def test_what_tensorflow_warns_of_is_noticed(tf, tmp_path):
    from estimator_semantics.probe.notices import LENGTH, NUMBER, Notices

    with pytest.warns(UserWarning, match="^of Keras"), Notices() as notices:  # noqa: PT031 (all of it is noticed)
        tf.v1.logging.info("no warning")
        tf.v1.logging.info("Skipping training since max_steps has already saved.")
        tf.v1.logging.warning("in %s of 0x7f50d1e3", os.path.join(tempfile.gettempdir(), "some", "folder"))
        tf.v1.logging.warning("Current value (could be stable): 15 vs previous value: 15.")
        tf.v1.logging.warning("Current value (could be stable): 36 vs previous value: 36.")
        tf.v1.logging.warning("is deprecated and will be removed in a future version")
        warnings.warn("of Keras\n" + LENGTH * "x", UserWarning, stacklevel=1)
        tf.v1.logging.warning("one too many")
    tf.v1.logging.warning("too late")
    assert notices.lines[:3] == [
        "Skipping training since max_steps has already saved.",
        "in MODEL_DIR of 0x...",
        "Current value (could be stable): N vs previous value: N.",
    ]
    assert len(notices.lines) == NUMBER
    assert notices.lines[3].startswith("of Keras xxx") and len(notices.lines[3]) == LENGTH


@pytest.mark.parametrize("of_ours", [False, True])
def test_bytecode_goes_where_it_may(tmp_path, monkeypatch, of_ours):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    folder = environments.cache() / "some" if of_ours else tmp_path / "some"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    with pytest.raises(Unusable):  # there is no TensorFlow in it, which is seen without importing it
        describe(folder / "bin" / "python")
    written = {
        path.name.partition(".")[0] for path in (tmp_path / "cache" / "estimator-semantics" / "bytecode").rglob("*.pyc")
    }
    assert {"runner", "environment"} <= written
    assert not list(folder.rglob("*.pyc"))


@pytest.mark.parametrize("path", PROBE_SIDE, ids=lambda path: path.stem)
def test_the_probe_side_has_the_syntax_of_python_3_6(path):
    ast.parse(path.read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("path", PROBE_SIDE, ids=lambda path: path.stem)
def test_the_probe_side_imports_nothing_of_the_host_side(path):
    # TensorFlow brings protobuf, which is the folder google. The callback takes keras where there is no TensorFlow.
    allowed = {
        "numpy",
        "google",
        "keras",
        "tensorflow",
        "tensorflow_estimator",
        "tf_keras",
        "pkg_resources",
        "estimator_semantics",
    }
    for node in ast.walk(ast.parse(path.read_text())):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        # What is imported from beside itself is found wherever the folder is copied to.
        if isinstance(node, ast.ImportFrom) and not node.level:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        for module in modules:
            assert module.split(".")[0] in allowed | sys.stdlib_module_names, f"{path}: imports {module}"
            assert not module.startswith("estimator_semantics.host"), f"{path}: imports {module}"


def test_the_probe_answers_on_every_python_that_is_here():
    """Real interpreters, as far as they are installed. Most have no TensorFlow, and say just that."""
    found = {minor: environments.interpreter(f"3.{minor}") for minor in range(6, 15)}
    there = {minor: path for minor, path in found.items() if path is not None}
    assert there
    for path in there.values():
        try:
            assert describe(path).versions.tensorflow
        except Unusable as error:
            assert "no TensorFlow is installed" in str(error)


@pytest.mark.parametrize("distribution", ["pytest", "pytest-benchmark", "estimator-semantics", "no-such-thing", "rich"])
def test_versions_are_found_without_importlib_metadata(distribution):
    """As on Python 3.6, where it does not exist."""
    from estimator_semantics.probe import environment

    assert environment._version_of_folder(distribution) == environment._version(distribution)


def test_what_is_printed_never_reaches_the_channel():
    """Not even what C code prints to file descriptor 1."""
    code = (
        f"import sys, os; sys.path.insert(0, {str(experiments.PACKAGE.parent)!r})\n"
        "from estimator_semantics.probe.channel import claim_stdout\n"
        "channel = claim_stdout()\n"
        "print('printed'); os.write(1, b'written'); os.system('echo echoed')\n"
        "channel.send('done')\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == {"event": "done"}
    assert {"printed", "written", "echoed"} <= set(result.stderr.replace("written", "written\n").split())


def test_a_module_imported_late_is_loaded_when_it_is_used(tmp_path, monkeypatch):
    (tmp_path / "a_heavy_module.py").write_text("import os\nos.environ['HEAVY'] = 'loaded'\nVALUE = 7\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("HEAVY", "not yet")
    import_lazily("a_heavy_module")
    import a_heavy_module

    assert os.environ["HEAVY"] == "not yet"
    assert a_heavy_module.VALUE == 7
    assert os.environ["HEAVY"] == "loaded"
    assert importlib.util.find_spec("a_heavy_module").origin == sys.modules.pop("a_heavy_module").__file__
    import_lazily("no_module_of_this_name")
    assert "no_module_of_this_name" not in sys.modules


@pytest.mark.parametrize(
    ("raised", "event"),
    [
        ("from estimator_semantics.bridge import Unavailable as Raised", "absent"),
        ("from estimator_semantics.probe.adapter import Absent as Raised", "absent"),
        ("Raised = RuntimeError", "error"),
    ],
)
def test_what_an_environment_lacks_is_absent_and_no_error(tf, tmp_path, raised, event):
    lines = [
        '"""A title."""',
        "from estimator_semantics.probe import Plan",
        "CLAIM = FOUND = 'Something is so.'",
        "SOURCE = 'https://example.org'",
        "PLAN = Plan(examples=4, batch_size=4)",
        "def run(tf, plan, watch):",
        f"    {raised}",
        "    raise Raised('tf_keras is not here')",
    ]
    (tmp_path / "lacking.py").write_text("\n".join(lines) + "\n")
    events = []

    class Channel:
        def send(self, event, **fields):
            events.append((event, fields.get("why")))

    assert runner.answer({"experiments": str(tmp_path), "cases": [["lacking", "quick"]]}, Channel()) == 0
    assert [name for name, _ in events] == ["environment", "started", event, "done"]
    assert "tf_keras is not here" in events[2][1]
