"""The same updates by every route that one could take instead: how long a step takes, and what the weights are.

Every route makes the updates of LinearRegressor, Ftrl with 0.2, on the same batches in the same order, and returns the
seconds of its step loop. What is made once (imports, graph, compilation, first checkpoint) is not in them.
"""

import ctypes
import json
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from stopwatch import stopwatch

from estimator_semantics.host import catalogue, environments
from estimator_semantics.probe import synthetic

HERE = Path(__file__).parent
BATCH_SIZE = 4
RATE = 0.2
THE_ANSWER = "Estimator, numpy_input_fn (as in the answer)"
OF_THE_ANSWER = 175_000
HUNDRED = "Estimator, faster.numpy_input_fn, steps_per_run 100"
THOUSAND = "Estimator, the same with 1000, no summaries"

# Sums of four numbers are rounded in another order outside of LinearRegressor, and the square roots of Ftrl elsewhere.
TOLERANCE = 1e-3


class Routes:
    """The routes; each is a method that trains once, sets ``weights`` and returns the seconds of its step loop.

    Those of an Estimator also set ``bits``, and add to ``calls`` the seconds of the whole call of ``train``.
    """

    def __init__(self, tf, folder, steps):
        self.tf = tf
        self.steps = steps
        self.x, self.y = synthetic.line(steps * BATCH_SIZE)
        self.weights = {}
        self.bits = {}
        self.calls = {}
        self._folder = folder
        self._trainings = 0

    def _estimator(self, name, input_fn, steps_per_run=1, **config):
        from estimator_semantics import faster

        tf = self.tf
        self._trainings += 1
        model_dir = str(self._folder / str(self._trainings))
        columns = [tf.feature_column.numeric_column("x")]
        estimator = tf.estimator.LinearRegressor(columns, model_dir, config=tf.estimator.RunConfig(**config))
        if steps_per_run > 1:
            estimator = faster.steps_per_run(estimator, steps_per_run)
        watch = stopwatch(tf)
        begun = time.perf_counter()
        estimator.train(input_fn, hooks=[watch])
        self.calls.setdefault(name, []).append(time.perf_counter() - begun)
        assert tf.checkpointed(model_dir, "global_step") == self.steps
        found = [
            tf.checkpointed(model_dir, "linear/linear_model/" + variable) for variable in ("x/weights", "bias_weights")
        ]
        self.weights[name] = [float(value.ravel()[0]) for value in found]
        self.bits[name] = [value.tobytes() for value in found]
        shutil.rmtree(model_dir)
        return watch.seconds

    def _dataset(self):
        tf = self.tf
        return tf.data.Dataset.from_tensor_slices(({"x": self.x}, self.y)).batch(BATCH_SIZE)

    def _faster_input_fn(self):
        from estimator_semantics import faster

        return faster.numpy_input_fn({"x": self.x}, self.y, BATCH_SIZE, 1, False)

    def the_answer(self, name):
        return self._estimator(name, self.tf.numpy_input_fn({"x": self.x}, self.y, BATCH_SIZE, 1, False))

    def dataset(self, name):
        return self._estimator(name, self._dataset)

    def faster_input(self, name):
        return self._estimator(name, self._faster_input_fn())

    def hundred_steps_per_run(self, name):
        return self._estimator(name, self._faster_input_fn(), 100)

    def thousand_steps_per_run(self, name):
        lean = {"save_summary_steps": None, "log_step_count_steps": None}
        return self._estimator(name, self._faster_input_fn(), 1000, **lean)

    def dataset_hundred_steps_per_run(self, name):
        return self._estimator(name, self._dataset, 100)

    def keras_2(self, name):
        import tf_keras

        if not hasattr(self, "_keras_2"):
            dense = tf_keras.layers.Dense(1, kernel_initializer="zeros", input_shape=[1])
            self._keras_2 = tf_keras.Sequential([dense])
            self._keras_2.compile(tf_keras.optimizers.legacy.Ftrl(RATE, initial_accumulator_value=0.1), "mse")
            self._keras_2.fit(self.x[:800], self.y[:800], BATCH_SIZE, shuffle=False, verbose=0)
            self._begin = [0.1 if "accumulator" in each.name else 0 for each in self._keras_2.optimizer.variables()]
        for variable in self._keras_2.trainable_variables:
            variable.assign(np.zeros(variable.shape))
        for variable, value in zip(self._keras_2.optimizer.variables(), self._begin, strict=True):
            variable.assign(np.full(variable.shape, value, variable.dtype.as_numpy_dtype))
        begun = time.perf_counter()
        self._keras_2.fit(self.x, self.y, BATCH_SIZE, shuffle=False, verbose=0)
        seconds = time.perf_counter() - begun
        self.weights[name] = [float(variable.numpy().ravel()[0]) for variable in self._keras_2.trainable_variables]
        return seconds

    def _model(self):
        """Return the variables of the model, and a function that makes one step on a batch."""
        import tensorflow

        zeros = [tensorflow.Variable(0.0) for _ in range(4)]
        accumulators = [tensorflow.Variable(0.1) for _ in range(2)]

        def step(x, y):
            weight, bias = zeros[:2]
            x, y = tensorflow.cast(x, tensorflow.float32), tensorflow.cast(y, tensorflow.float32)
            error = weight * x + bias - y
            gradients = tensorflow.reduce_sum(2 * error / BATCH_SIZE * x), tensorflow.reduce_sum(2 * error / BATCH_SIZE)
            for variable, linear, accumulator, gradient in zip(
                zeros[:2], zeros[2:], accumulators, gradients, strict=True
            ):
                tensorflow.raw_ops.ResourceApplyFtrl(
                    var=variable.handle, accum=accumulator.handle, linear=linear.handle, grad=gradient, lr=RATE,
                    l1=0.0, l2=0.0, lr_power=-0.5,
                )  # fmt: skip

        def begin():
            for variable in zeros:
                variable.assign(0.0)
            for accumulator in accumulators:
                accumulator.assign(0.1)

        return begin, step, lambda: [float(variable) for variable in zeros[:2]]

    def _of_tensorflow_2(self, name, made):
        if not hasattr(self, made.__name__):
            begin, step, result = self._model()
            setattr(self, made.__name__, (begin, made(step), result))
            getattr(self, made.__name__)[1]()  # traced, and compiled, before it is timed
        begin, run, result = getattr(self, made.__name__)
        begin()
        begun = time.perf_counter()
        run()
        self.weights[name] = result()
        return time.perf_counter() - begun

    def function_per_step(self, name):
        import tensorflow

        def per_step(step):
            function = tensorflow.function(step)

            def run():
                for features, label in self._dataset():
                    function(features["x"], label)

            return run

        return self._of_tensorflow_2(name, per_step)

    def loop_over_dataset(self, name):
        import tensorflow

        def over_dataset(step):
            @tensorflow.function
            def run():
                for features, label in self._dataset():
                    step(features["x"], label)

            return run

        return self._of_tensorflow_2(name, over_dataset)

    def _over_tensors(self, step, **options):
        import tensorflow

        x, y = (tensorflow.constant(np.reshape(each, [-1, BATCH_SIZE])) for each in (self.x, self.y))

        @tensorflow.function(**options)
        def run(x, y):
            for number in tensorflow.range(self.steps):
                step(x[number], y[number])

        return lambda: run(x, y)

    def loop_over_tensors(self, name):
        def over_tensors(step):
            return self._over_tensors(step)

        return self._of_tensorflow_2(name, over_tensors)

    def compiled_loop(self, name):
        def compiled(step):
            return self._over_tensors(step, jit_compile=True)

        return self._of_tensorflow_2(name, compiled)

    def numpy(self, name):
        rate = np.float32(RATE)
        value, linear = np.zeros(2, np.float32), np.zeros(2, np.float32)
        accumulator = np.full(2, 0.1, np.float32)
        features = np.stack([np.reshape(self.x, [-1, BATCH_SIZE]), np.ones([self.steps, BATCH_SIZE])], 1)
        features, labels = features.astype(np.float32), np.reshape(self.y, [-1, BATCH_SIZE]).astype(np.float32)
        begun = time.perf_counter()
        for batch, label in zip(features, labels, strict=True):
            gradient = batch @ ((value @ batch - label) * np.float32(2 / BATCH_SIZE))
            grown = accumulator + gradient * gradient
            linear += gradient - (np.sqrt(grown) - np.sqrt(accumulator)) / rate * value
            value = -linear / (np.sqrt(grown) / rate)
            accumulator = grown
        self.weights[name] = [float(each) for each in value]
        return time.perf_counter() - begun

    def c(self, name):
        if not hasattr(self, "_library"):
            library = self._folder / "ftrl.so"
            subprocess.run(["cc", "-O2", "-shared", "-fPIC", HERE / "ftrl.c", "-lm", "-o", library], check=True)
            self._library = ctypes.CDLL(str(library))
        found = np.zeros(2, np.float32)
        pointers = [each.ctypes.data_as(ctypes.c_void_p) for each in (self.x, self.y)]
        begun = time.perf_counter()
        self._library.train(
            *pointers,
            ctypes.c_long(self.steps),
            BATCH_SIZE,
            ctypes.c_float(RATE),
            found.ctypes.data_as(ctypes.c_void_p),
        )
        self.weights[name] = [float(each) for each in found]
        return time.perf_counter() - begun


class Keras3:
    """The process of `keras_routes`, in the environment of the newest release."""

    def __init__(self, routes):
        python = environments.build(catalogue.newest())
        self._routes = routes
        self._process = subprocess.Popen(
            [python, HERE / "keras_routes.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        data = {"x": list(routes.x), "y": list(routes.y), "batch_size": BATCH_SIZE, "rate": RATE}
        self.versions = self._asked(data)["versions"]

    def train(self, name, **options):
        answer = self._asked(options)
        self._routes.weights[name] = answer["weights"]
        return answer["seconds"]

    def end(self):
        self._process.stdin.close()
        self._process.wait()

    def _asked(self, value):
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the process of Keras 3 ended with status {self._process.wait()}"
        return json.loads(line)


@pytest.fixture
def keras_3(tf, routes):
    process = Keras3(routes)
    yield process
    process.end()


@pytest.fixture
def routes(tf, tmp_path, steps):
    return Routes(tf, tmp_path, steps)


def test_every_route(tf, routes, keras_3, in_turns, table, benchmark, capsys):
    to_the_bit = {
        THE_ANSWER: routes.the_answer,
        "Estimator, tf.data": routes.dataset,
        "Estimator, faster.numpy_input_fn": routes.faster_input,
        "Estimator, tf.data, steps_per_run 100": routes.dataset_hundred_steps_per_run,
        HUNDRED: routes.hundred_steps_per_run,
        THOUSAND: routes.thousand_steps_per_run,
    }
    others = {
        "Keras 2, fit": routes.keras_2,
        "tf.function called for each step": routes.function_per_step,
        "loop in the graph, over tf.data": routes.loop_over_dataset,
        "loop in the graph, over tensors": routes.loop_over_tensors,
        "loop in the graph, over tensors, compiled by XLA": routes.compiled_loop,
        "NumPy": routes.numpy,
    }
    for jit in (False, True):
        for at_once in (1, 100):
            name = f"Keras 3, fit, steps_per_execution={at_once}, jit_compile={jit}"
            options = {"steps_per_execution": at_once, "jit_compile": jit}
            others[name] = lambda name, options=options: keras_3.train(name, **options)
    notes = {}
    run_with = {name: keras_3.versions for name in others if name.startswith("Keras 3")}
    run_with.update(dict.fromkeys(("NumPy", "C"), "no TensorFlow"))
    if shutil.which("cc"):
        others["C"] = routes.c
    else:
        benchmark.extra_info["left out"] = "C: there is no C compiler here"

    every = {**to_the_bit, **others}
    functions = {name: lambda name=name, route=route: route(name) / routes.steps for name, route in every.items()}
    found = in_turns(functions)
    for name in to_the_bit:
        notes[name] = "the same weights to the bit"
        assert routes.bits[name] == routes.bits[THE_ANSWER], name
    for name in others:
        notes[name] = f"the same weights to {TOLERANCE}"
        np.testing.assert_allclose(routes.weights[name], routes.weights[THE_ANSWER], rtol=TOLERANCE, err_msg=name)
    note = (
        "The same updates on the same batches by every route, and the same weights to a thousandth; what is done once before the "
        "loop is not in it."
    )
    title = f"microseconds per step by every route, {routes.steps:,} steps"
    kept = table(title, found, notes=notes, environments=run_with, note=note)
    benchmark.extra_info["weights"] = routes.weights
    calls = benchmark.extra_info["times faster than the answer, whole call of train"] = {
        name: [before / after for before, after in zip(routes.calls[THE_ANSWER], routes.calls[name], strict=True)]
        for name in (HUNDRED, THOUSAND)
    }
    with capsys.disabled():
        for name, times in calls.items():
            low, middle, high = min(times), statistics.median(times), max(times)
            loop = 1 / kept[name]["ratio to the first"]
            print(
                f"  {name}: step loop {loop:.1f} times; whole call of train {middle:.1f} times ({low:.1f} to {high:.1f})"
            )


def test_the_answer(tf, tmp_path, benchmark, table):
    """Aim: a fifth of the time that the answer's 175,000 steps take, the whole call of ``train``, with the same bits."""
    routes = Routes(tf, tmp_path, OF_THE_ANSWER)

    def one_round():
        routes.the_answer(THE_ANSWER)
        routes.hundred_steps_per_run(HUNDRED)

    benchmark.pedantic(one_round, rounds=3)
    assert routes.bits[HUNDRED] == routes.bits[THE_ANSWER]
    table(f"seconds of Estimator.train, {OF_THE_ANSWER:,} steps", routes.calls, unit="s", factor=1, aim=0.2)
