"""What the bridge costs: to import, and per step.

On a quiet machine::

    python tests/test_bridge_cost.py imports BRIDGED [--pairs 15]
    python tests/test_bridge_cost.py steps NATIVE BRIDGED [--pairs 10]

where NATIVE and BRIDGED are interpreters beside TensorFlow 2.15.1 and a release without tf.estimator, best of the same Python.

``imports`` compares loading tf.estimator through the bridge with ``import tensorflow`` in a process of its own plus the import of
the package and its Keras 2. ``steps`` compares how long a step of LinearRegressor takes, as a multiple of the same update in a
tf.function on the same release, because releases differ in speed themselves. Both take turns, so that whatever else the machine
does meets both sides, and print the median of the pairs' ratios with its quartiles.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

from copies import CHECKOUT

# Each is timed in a process of its own.
TENSORFLOW = """
import tensorflow
said["all"] = time.perf_counter() - started
"""
BRIDGE = """
import tensorflow
said["tensorflow"] = time.perf_counter() - started
from estimator_semantics import bridge
from estimator_semantics.bridge import package
package.prepare()
said["stand-ins"] = time.perf_counter() - started - said["tensorflow"]
bridge.load_estimator()
said["all"] = time.perf_counter() - started
said["package"] = said["all"] - said["stand-ins"] - said["tensorflow"]
"""


def timed(python, code):
    """Return the seconds that code says it took in a process of its own."""
    code = f"import json, time\nsaid, started = {{}}, time.perf_counter()\n{code}\nprint(json.dumps(said))"
    return json.loads(_said(python, "-c", code))


def import_ratios(python, pairs):
    """Return what the bridge takes to import, by pair: {part: [seconds, ...]}, and the ratio to the parts it is made of."""
    measured = {}
    for _ in range(pairs):
        alone, parts = timed(python, TENSORFLOW)["all"], timed(python, BRIDGE)
        measured.setdefault("import tensorflow, alone", []).append(alone)
        for part in ("tensorflow", "stand-ins", "package", "all"):
            measured.setdefault("bridge: " + part, []).append(parts[part])
        measured.setdefault("ratio", []).append(parts["all"] / (alone + parts["package"]))
    return measured


def relation(count, times):
    """Return how many times as long as an update in a tf.function a step of LinearRegressor takes, here.

    Args:
        count: steps of each turn; the first 100 are not timed.
        times: turns.
    """
    import numpy as np
    import tensorflow as tf

    from estimator_semantics import bridge

    estimator = bridge.load_estimator()
    x = np.random.RandomState(0).rand(4000, 1).astype(np.float32)

    def input_fn():
        return tf.data.Dataset.from_tensor_slices(({"x": x}, 3 * x + 1)).repeat().batch(4)

    weight, bias, batches = tf.Variable([[0.0]]), tf.Variable([0.0]), iter(input_fn())

    @tf.function
    def step():
        features, labels = next(batches)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((features["x"] @ weight + bias - labels) ** 2)
        for variable, gradient in zip((weight, bias), tape.gradient(loss, (weight, bias)), strict=True):
            variable.assign_sub(1e-4 * gradient)
        return loss

    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        config = estimator.RunConfig(
            model_dir=folder, save_summary_steps=None, save_checkpoints_secs=None, log_step_count_steps=None
        )
        model = estimator.LinearRegressor([tf.feature_column.numeric_column("x")], config=config)
        for _ in range(times):
            timer = _Timer()
            model.train(input_fn, steps=count, hooks=[timer.hook(tf)])
            ours.append(timer.seconds)
            timer = _Timer()
            for _ in range(count):
                float(step())  # as a hook of every step sees the loss
                timer.step()
            theirs.append(timer.seconds)
    each = 1e6 / (count - 100)
    return {
        "estimator": statistics.median(ours) * each,
        "tf.function": statistics.median(theirs) * each,
        "relation": statistics.median(our / their for our, their in zip(ours, theirs, strict=True)),
    }


class _Timer:
    """Times steps, but for the first 100."""

    def __init__(self):
        self._steps = 0

    def step(self):
        self._steps += 1
        now = time.perf_counter()
        if self._steps == 100:
            self._started = now
        elif self._steps > 100:
            self.seconds = now - self._started

    def hook(timer, tf):
        class Hook(tf.compat.v1.train.SessionRunHook):
            def after_run(self, run_context, run_values):
                timer.step()

        return Hook()


def step_ratios(native, bridged, pairs, count=3000, times=3):
    """Return the relations of two interpreters, in turns, and how many times the native one the bridged one is."""
    measured = {}
    for pair in range(pairs):
        sides = [("native", native), ("bridged", bridged)]
        found = {}
        for name, python in sides if pair % 2 else reversed(sides):
            found[name] = json.loads(_said(python, __file__, "relation", str(count), str(times)))
            for part, value in found[name].items():
                measured.setdefault(f"{name}: {part}", []).append(value)
        measured.setdefault("ratio", []).append(found["bridged"]["relation"] / found["native"]["relation"])
    return measured


def _said(python, *arguments):
    environment = dict(os.environ, PYTHONPATH=str(CHECKOUT), TF_CPP_MIN_LOG_LEVEL="3")
    ended = subprocess.run([str(python), *arguments], capture_output=True, text=True, env=environment)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout.strip().splitlines()[-1]


def table(measured):
    """Return a line for each thing measured: median, quartiles and the number of pairs."""
    lines = []
    for name, values in measured.items():
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
        lines.append(f"{name:30} median {middle:9.3f}   quartiles {low:9.3f} {high:9.3f}   of {len(values)}")
    return "\n".join(lines)


def test_the_table_has_medians_and_quartiles():
    (line,) = table({"ratio": [1.0, 3.0, 2.0, 5.0, 4.0]}).splitlines()
    assert line.split() == ["ratio", "median", "3.000", "quartiles", "2.000", "4.000", "of", "5"]


PREPARED = """
import json, sys
import tensorflow
before = set(sys.modules)
from estimator_semantics.bridge import package
package.prepare()
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""


def test_the_bridge_itself_imports_neither_the_package_nor_a_keras(tf):
    """They take most of the time; what is in place before them is loaded beside every TensorFlow that is imported."""
    imported = set(json.loads(_said(sys.executable, "-c", PREPARED)))
    assert "estimator_semantics" in imported
    assert imported - sys.stdlib_module_names <= {"estimator_semantics", "tensorflow"}


def test_what_the_bridge_takes_to_import_is_the_sum_of_its_parts(tf):
    parts = timed(sys.executable, BRIDGE)
    assert math.isclose(parts["all"], parts["tensorflow"] + parts["stand-ins"] + parts["package"])


def test_a_step_is_timed_beside_a_tf_function(tf):
    found = json.loads(_said(sys.executable, __file__, "relation", "150", "1"))
    assert math.isclose(found["relation"], found["estimator"] / found["tf.function"])
    assert found["tf.function"] > 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("imports")
    verb.add_argument("bridged")
    verb.add_argument("--pairs", type=int, default=15)
    verb = verbs.add_parser("steps")
    verb.add_argument("native")
    verb.add_argument("bridged")
    verb.add_argument("--pairs", type=int, default=10)
    verb = verbs.add_parser("relation")
    verb.add_argument("count", type=int)
    verb.add_argument("times", type=int)
    given = parser.parse_args()
    if given.verb == "imports":
        print(table(import_ratios(given.bridged, given.pairs)))
    elif given.verb == "steps":
        print(table(step_ratios(given.native, given.bridged, given.pairs)))
    else:
        sys.path.insert(0, str(CHECKOUT))
        print(json.dumps(relation(given.count, given.times)))
