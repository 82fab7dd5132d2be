"""``python -m estimator_semantics.bridge``: a script runs as Python would run it, with tf.estimator in its place."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap

import pytest
from copies import CHECKOUT

from estimator_semantics.probe import environment

bridged_only = pytest.mark.skipif(
    environment.has_native_estimator(environment.version(*environment.TENSORFLOWS) or "0.0"),
    reason="this release has its own tf.estimator, so there is nothing to bridge",
)


@pytest.fixture
def run(tmp_path):
    """Run Python in an empty folder: ``run("-m", "estimator_semantics.bridge", ...)``."""

    def run(*arguments, **variables):
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=dict(os.environ, PYTHONPATH=str(CHECKOUT), TF_CPP_MIN_LOG_LEVEL="3", **variables),
        )

    return run


@pytest.fixture
def bridge(run):
    """Run the command: ``bridge("script.py", "--argument")``."""
    return lambda *arguments, **variables: run("-m", "estimator_semantics.bridge", *arguments, **variables)


@pytest.fixture
def script(tmp_path):
    """Write a script."""

    def write(text, name="script.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    return write


def error_of(ended):
    """Return the line that says which error ended a process: TensorFlow may write more after it."""
    lines = [line for line in ended.stderr.splitlines() if re.match(r"[\w.]*(Error|Unavailable|Lacking): ", line)]
    assert lines, ended.stderr[-3000:]
    return lines[-1]


WHERE = """
    import json, sys, os
    spec = __spec__ and __spec__.name
    print(json.dumps([sys.argv, __name__, os.path.realpath(__file__), os.path.realpath(sys.path[0]), spec, __package__,
                      sys.modules["__main__"].__dict__ is globals(), "tensorflow" in sys.modules]))
"""


@pytest.mark.parametrize("name", ["script.py", "folder/script.py"])
def test_a_script_finds_itself_as_under_python(run, bridge, script, name):
    script(WHERE, name)
    plain, bridged = run(name, "-x", "--doctor", "a b"), bridge(name, "-x", "--doctor", "a b")
    assert plain.returncode == 0
    assert bridged.stdout == plain.stdout
    assert json.loads(bridged.stdout)[0] == [name, "-x", "--doctor", "a b"]


@pytest.mark.parametrize("name", ["module", "package", "package.module"])
def test_a_module_finds_itself_as_under_python(run, bridge, script, name):
    script("", "package/__init__.py")
    for path in ("module.py", "package/module.py", "package/__main__.py"):
        script(WHERE, path)
    plain, bridged = run("-m", name, "-x"), bridge("-m", name, "-x")
    assert plain.returncode == 0
    assert bridged.stdout == plain.stdout


ENDS = {
    "exit status": "import sys; sys.exit(7)",
    "exit message": "raise SystemExit('no data')",
    "exit": "raise SystemExit",
    "error": "def f():\n    return 1 / 0\n\ndef g():\n    f()\n\ng()",
    "chained error": "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('b') from error",
    "syntax error": "x = (1,\nprint(",
    "own hook": "import sys\nsys.excepthook = lambda kind, error, traceback: print('hook', error)\nraise ValueError(3)",
    "at exit": "import atexit, pickle\nclass A: pass\natexit.register(lambda: print(pickle.loads(pickle.dumps(A))))",
    "thread": "import threading, time\nX = 5\nthreading.Thread(target=lambda: (time.sleep(0.2), print(X))).start()",
}


@pytest.mark.parametrize("end", ENDS)
def test_a_script_ends_as_under_python(run, bridge, script, end):
    script(ENDS[end])
    plain, bridged = run("script.py"), bridge("script.py")
    assert (bridged.returncode, bridged.stdout, bridged.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def test_a_script_that_is_interrupted_ends_by_the_signal(bridge, script):
    # A shell has its background jobs ignore the signal, and what they start.
    heed = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    script(f"import os, signal, time; {heed}\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(10)")
    ended = bridge("script.py")
    assert ended.returncode == -signal.SIGINT
    assert ended.stderr.startswith('Traceback (most recent call last):\n  File "')
    assert "runpy" not in ended.stderr and "bridge" not in ended.stderr.splitlines()[1]


def test_a_module_that_fails_shows_no_frames_of_the_bridge(bridge, script):
    script("1 / 0", "module.py")
    ended = bridge("-m", "module")
    assert ended.returncode == 1
    assert re.match(r'Traceback \(most recent call last\):\n  File ".*module.py", line 1, in <module>\n', ended.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a script, or -m and a module"),
        (["-m"], "name a script, or -m and a module"),
        (["--wrong", "script.py"], "there is no option --wrong"),
        (["nowhere.py"], "can't open file"),
    ],
)
def test_wrong_usage_is_answered_in_one_line(bridge, arguments, said):
    ended = bridge(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr and ended.stderr.count("\n") == 1


def test_help_names_the_options(bridge):
    ended = bridge("--help")
    assert ended.returncode == 0
    for option in ("--legacy-keras", "--doctor", "-m module"):
        assert option in ended.stdout


# Everything legacy code may do to find tf.estimator. It must not know of the bridge.
LEGACY = """
    import os
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"   # before TensorFlow is imported
    import tensorflow as tf
    import tensorflow.compat.v1 as tf1
    import tensorflow.compat.v2 as tf2
    from tensorflow import estimator
    from tensorflow.estimator import LinearRegressor
    from tensorflow_estimator.python.estimator.canned.linear import LinearRegressorV2

    assert tf.estimator.LinearRegressor is LinearRegressorV2 is tf2.estimator.LinearRegressor
    assert estimator.LinearRegressor is LinearRegressorV2
    assert tf1.estimator.LinearRegressor is not LinearRegressorV2
    assert tf.compat.v1.estimator.LinearRegressor is tf1.estimator.LinearRegressor
    assert LinearRegressor.__name__.startswith("LinearRegressor")
    assert tf.data.experimental.CheckpointInputPipelineHook
    assert tf1.data.experimental.CheckpointInputPipelineHook

    features = [tf.feature_column.numeric_column("x")]
    model = tf.estimator.LinearRegressor(features)
    import numpy as np
    x = np.arange(40, dtype=np.float32)
    model.train(tf1.estimator.inputs.numpy_input_fn({"x": x}, x, batch_size=4, num_epochs=1, shuffle=False))
    print("steps", model.get_variable_value("global_step"), tf.keras.layers.Layer.__module__.split(".")[0])
"""


def test_an_unmodified_script_trains(bridge, script):
    script(LEGACY)
    ended = bridge("script.py")
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert ended.stdout == "steps 10 keras\n"


def test_install_does_the_same_for_a_program_that_calls_it(run, script):
    script("import estimator_semantics.bridge as b\nb.install()\nb.install()" + textwrap.dedent(LEGACY))
    ended = run("script.py")
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert ended.stdout == "steps 10 keras\n"


def test_a_script_without_tensorflow_does_not_pay_for_it(bridge, script):
    script("import sys; print([name for name in sys.modules if 'tensorflow' in name])")
    assert bridge("script.py").stdout == "[]\n"


@bridged_only
def test_tensorflow_alone_does_not_load_the_package(bridge, script):
    script("import sys, inspect, tensorflow, os\ninspect.getmodule(os)\nprint('tensorflow_estimator' in sys.modules)")
    assert bridge("script.py").stdout == "False\n"


KERAS_2 = {
    "optimizer": "tf.estimator.DNNRegressor([4], columns, optimizer=tf.keras.optimizers.Adam()).train(input_fn)",
    "v1.layers": "tf.compat.v1.layers.dense",
    "rnn_cell": "tf.compat.v1.nn.rnn_cell.LSTMCell",
    "minimize": "tf.keras.optimizers.Adam().get_config; tf.keras.optimizers.Adam().get_updates",
    "estimator": "tf.keras.estimator.model_to_estimator",
}


@bridged_only
@pytest.mark.parametrize("use", KERAS_2)
def test_a_script_that_wants_keras_2_is_told_of_legacy_mode(bridge, script, use):
    script(f"""
        import tensorflow as tf
        columns = [tf.feature_column.numeric_column("x")]
        def input_fn():
            return tf.data.Dataset.from_tensors(({{"x": [[1.0]]}}, [[1.0]]))
        {KERAS_2[use]}
    """)
    ended = bridge("script.py")
    assert ended.returncode == 1
    assert "--legacy-keras" in ended.stderr, ended.stderr[-2000:]


LEGACY_MODE = """
    import tensorflow as tf
    assert tf.keras.__name__.startswith(("tf_keras.", "keras.api._v2")), tf.keras.__name__
    columns = [tf.feature_column.numeric_column("x")]
    def input_fn():
        return tf.data.Dataset.from_tensors(({"x": [[1.0]]}, [[1.0]])).repeat(3)
    def model_fn(features, labels, mode):
        loss = tf.reduce_mean((tf.compat.v1.layers.dense(features["x"], 1) - labels) ** 2)
        train = tf.compat.v1.train.AdamOptimizer().minimize(loss, tf.compat.v1.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train)
    tf.estimator.DNNRegressor([4], columns, optimizer=tf.keras.optimizers.legacy.Adam()).train(input_fn)
    tf.estimator.Estimator(model_fn).train(input_fn)
    keras_model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(1,), name="x")])
    keras_model.compile(tf.keras.optimizers.legacy.Adam(), "mse")
    model = tf.keras.estimator.model_to_estimator(keras_model)
    keras_input_fn = lambda: input_fn().map(lambda features, labels: ({"x_input": features["x"]}, labels))
    model.train(keras_input_fn)
    print("steps", model.evaluate(keras_input_fn)["global_step"])
"""


def test_legacy_mode_gives_the_script_keras_2(bridge, script):
    script(LEGACY_MODE)
    ended = bridge("--legacy-keras", "script.py")
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert ended.stdout == "steps 3\n"


@bridged_only
def test_legacy_mode_comes_too_late_after_tensorflow(run):
    ended = run("-c", "import tensorflow, estimator_semantics.bridge as b; b.install(legacy_keras=True)")
    assert ended.returncode == 1
    assert "before TensorFlow is imported" in error_of(ended)


def test_the_doctor_finds_nothing_wrong_here(bridge):
    ended = bridge("--doctor")
    assert ended.returncode == 0
    assert re.search(r"tf.estimator is (native|bridged)", ended.stdout.splitlines()[-1])


@bridged_only
def test_the_doctor_names_the_one_command(run):
    without = """if True:
        import sys
        from importlib import metadata
        version = metadata.version
        def other(name):
            if name in ("tensorflow-estimator", "tf-keras"):
                raise metadata.PackageNotFoundError(name)
            return version(name)
        metadata.version = other
        from estimator_semantics.bridge import doctor
        sys.exit(doctor.examine(sys.stdout))
    """
    ended = run("-c", without)
    assert ended.returncode == 1
    last = ended.stdout.splitlines()[-1]
    assert re.fullmatch(r"do: pip install --no-deps tensorflow-estimator==2.15.0 'tf-keras~=2.\d+.0'", last)


HIDDEN = """
import sys
class Hide:
    def find_spec(self, name, path=None, target=None):
        if name == {0!r}:
            raise ModuleNotFoundError("No module named " + name, name=name)
sys.meta_path.insert(0, Hide())
"""


@bridged_only
def test_without_the_package_the_error_says_what_to_install(run):
    hidden = HIDDEN.format("tensorflow_estimator")
    ended = run("-c", hidden + "from estimator_semantics import bridge\nbridge.load_estimator()")
    assert "pip install --no-deps tensorflow-estimator==2.15.0" in error_of(ended)


@bridged_only
def test_without_tf_keras_a_model_fn_of_ones_own_still_trains(run, script):
    script(
        HIDDEN.format("tf_keras")
        + textwrap.dedent("""
        from estimator_semantics import bridge
        bridge.install()
        import tensorflow as tf
        def input_fn():
            return tf.data.Dataset.from_tensors(({"x": [[1.0]]}, [[1.0]])).repeat(3)
        def model_fn(features, labels, mode):
            weight = tf.compat.v1.get_variable("w", [])
            loss = tf.reduce_mean((features["x"] * weight - labels) ** 2)
            train = tf.compat.v1.train.AdamOptimizer().minimize(loss, tf.compat.v1.train.get_global_step())
            return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train)
        model = tf.estimator.Estimator(model_fn)
        model.train(input_fn)
        print("steps", model.evaluate(input_fn)["global_step"])
        tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")]).train(input_fn)
        """)
    )
    ended = run("script.py")
    assert ended.stdout == "steps 3\n", ended.stderr[-3000:]
    assert "pip install --no-deps" in error_of(ended) and "tf-keras~=" in error_of(ended)


@bridged_only
@pytest.mark.parametrize(
    ("loss", "piece"),
    [
        (
            "import sys; sys.modules['tensorflow.python.training.evaluation'] = None",
            "tensorflow.python.training.evaluation",
        ),
        # used long after everything is imported
        (
            "from tensorflow.python.training import training_util as t; del t._get_or_create_global_step_read",
            "training_util._get_or_create_global_step_read",
        ),
        (
            "from tensorflow.python.distribute import distribute_coordinator as d; del d.CoordinatorMode",
            "CoordinatorMode",
        ),
    ],
)
def test_a_tensorflow_that_lacks_one_more_piece_is_named(run, script, loss, piece):
    script(f"""
        import tensorflow
        {loss}
        from estimator_semantics import bridge
        bridge.install()
        tf = tensorflow
        def input_fn():
            return tf.data.Dataset.from_tensors(({{"x": [[1.0]]}}, [[1.0]])).repeat(3)
        tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")]).train(input_fn)
    """)
    ended = run("script.py")
    assert ended.returncode == 1
    assert re.search(r"TensorFlow 2\.\d+\.\S+ lacks a piece", error_of(ended)), ended.stderr[-2000:]
    assert piece in error_of(ended)
