"""The routes through Keras 3, timed by the interpreter of an environment that has it.

``python keras_routes.py`` reads one line of JSON, ``{"x": [...], "y": [...], "batch_size": 4, "rate": 0.2}``, which it
answers with its ``{"versions": "TensorFlow 2.21.0, Keras 3.15.1"}``, and then a line with options of ``compile`` for each
training; it answers each with ``{"seconds": ..., "weights": [weight, bias]}``.
It needs nothing of this project.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow


def main():
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    given = json.loads(sys.stdin.readline())
    x, y = (np.array(given[name], np.float32)[:, None] for name in "xy")

    def answer(found):
        channel.write(json.dumps(found) + "\n")
        channel.flush()

    answer({"versions": f"TensorFlow {tensorflow.__version__}, Keras {keras.__version__}"})
    models = {}
    for line in sys.stdin:
        options = json.loads(line)
        if line not in models:
            dense = keras.layers.Dense(1, kernel_initializer="zeros")
            model = models[line] = keras.Sequential([keras.Input([1]), dense])
            optimizer = keras.optimizers.Ftrl(given["rate"], initial_accumulator_value=0.1)
            model.compile(optimizer, "mean_squared_error", **options)
            # What is compiled at the first call is not in the times.
            few = slice(0, 200 * given["batch_size"])
            train(model, x[few], y[few], given["batch_size"])
        model = models[line]
        for variable in model.trainable_variables:
            variable.assign(np.zeros(variable.shape))
        for variable in model.optimizer.variables:
            if "accumulator" in variable.path:
                variable.assign(np.full(variable.shape, 0.1))
            elif "linear" in variable.path:
                variable.assign(np.zeros(variable.shape))
        begun = time.perf_counter()
        train(model, x, y, given["batch_size"])
        seconds = time.perf_counter() - begun
        weights = [float(variable.numpy().ravel()[0]) for variable in model.trainable_variables]
        answer({"seconds": seconds, "weights": weights})


def train(model, x, y, batch_size):
    model.fit(x, y, batch_size=batch_size, epochs=1, shuffle=False, verbose=0)


if __name__ == "__main__":
    main()
