"""What the bridge costs: to import, and per step.

python tests/test_bridge_cost.py            # prints the figures of the TensorFlow of this interpreter
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent

# Each is timed in a process of its own. "package" is the package's own import, after TensorFlow and Keras 2.
IMPORTS = {
    "tensorflow": "import tensorflow",
    "bridge": "from estimator_semantics import bridge; bridge.load_estimator()",
    "in the bridge, what is TensorFlow": """
import tensorflow
before = time.perf_counter() - started
from estimator_semantics import bridge
from estimator_semantics.bridge import package
t = time.perf_counter()
bridged = package.prepare()
own = time.perf_counter() - t
t = time.perf_counter()
if bridged:
    import tf_keras.api._v2.keras, tf_keras.api._v1.keras
keras = time.perf_counter() - t
t = time.perf_counter()
bridge.load_estimator()
said.update(tensorflow=before, stand_ins=own, keras_2=keras, package=time.perf_counter() - t)
""",
}


def imports(times):
    """Returns the median seconds of the imports, and of the parts of the last one."""
    seconds = {}
    for _ in range(times):
        for name, code in IMPORTS.items():
            code = "import time, json; said = {{}}; started = time.perf_counter()\n{}\nprint(json.dumps(said))".format(
                code
            )
            code = code.replace("print(json", "said['all'] = time.perf_counter() - started\nprint(json")
            out = subprocess.run(
                [sys.executable, "-c", code],
                check=True,
                capture_output=True,
                text=True,
                env=dict(os.environ, PYTHONPATH=str(CHECKOUT), TF_CPP_MIN_LOG_LEVEL="3"),
            ).stdout
            for part, value in json.loads(out.strip().splitlines()[-1]).items():
                seconds.setdefault("{}: {}".format(name, part), []).append(value)
    return {name: round(statistics.median(values), 3) for name, values in seconds.items()}


def steps(count, times):
    """Returns the median microseconds a step of LinearRegressor takes, and a step of tf.function on the same data."""
    import numpy as np
    import tensorflow as tf

    from estimator_semantics import bridge

    estimator = bridge.load_estimator()
    x = np.random.RandomState(0).rand(4000, 1).astype(np.float32)

    def input_fn():
        return tf.data.Dataset.from_tensor_slices(({"x": x}, 3 * x + 1)).repeat().batch(4)

    weight, bias = tf.Variable([[0.0]]), tf.Variable([0.0])

    @tf.function
    def step(features, labels):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((features["x"] @ weight + bias - labels) ** 2)
        for variable, gradient in zip((weight, bias), tape.gradient(loss, (weight, bias))):
            variable.assign_sub(1e-4 * gradient)

    with tempfile.TemporaryDirectory() as folder:
        config = estimator.RunConfig(
            model_dir=folder, save_summary_steps=None, save_checkpoints_secs=None, log_step_count_steps=None
        )
        model = estimator.LinearRegressor([tf.feature_column.numeric_column("x")], config=config)
        timer = _Timer(tf)
        batches = iter(input_fn())
        ours, theirs = [], []
        for _ in range(times):
            model.train(input_fn, steps=count, hooks=[timer])
            ours.append(timer.seconds / (count - 100))
            for index in range(count):
                if index == 100:
                    started = time.perf_counter()
                step(*next(batches))
            theirs.append((time.perf_counter() - started) / (count - 100))
    return {"estimator": round(min(ours) * 1e6, 1), "tf.function": round(min(theirs) * 1e6, 1)}


def _Timer(tf):
    class Timer(tf.compat.v1.train.SessionRunHook):
        """Times the steps of a training after the first 100."""

        def begin(self):
            self._steps = 0

        def after_run(self, run_context, run_values):
            self._steps += 1
            if self._steps == 100:
                self._started = time.perf_counter()
            self.seconds = time.perf_counter() - getattr(self, "_started", time.perf_counter())

    return Timer()


@pytest.mark.usefixtures("tf")
def test_the_bridge_itself_takes_little_to_import():
    seconds = imports(1)
    # Loosely, for other things run on this machine as well.
    part = "in the bridge, what is TensorFlow: "
    assert seconds[part + "stand_ins"] < 0.5 * seconds[part + "tensorflow"]


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for name, value in list(imports(5).items()) + list(steps(3000, 5).items()):
        print("{:50} {}".format(name, value))
