"""The same weights to the last bit: after 1,000 steps without shuffling, bridged against native TensorFlow 2.15.1.

python tests/test_bridge_weights.py > weights.json            # what the TensorFlow of this interpreter makes of it
python tests/test_bridge_weights.py native.json *.json        # the largest differences

Measured: no difference on 2.16.2, 2.17.1, 2.18.1, 2.19.1, 2.20.0 and 2.21.0. On 2.22.0rc0 the wide and deep estimator differs by
up to 3e-7 of a value. That is oneDNN, whose kernels add in another order than those of the releases before, and not the bridge:
with TF_ENABLE_ONEDNN_OPTS=0 on both sides there is no difference. TensorFlow says so itself when it starts:
https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/util/port.cc
"""

import json
import math
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

STEPS = 1000

# What TensorFlow 2.15.1 made of it (native, Python 3.11, x86-64, no GPU): the sum of the absolute weights, by estimator.
NATIVE = {
    "LinearRegressor": 1943.6070258766413,
    "DNNRegressor": 27115.06049530569,
    "DNNLinearCombinedRegressor": 131790.6209314902,
}


def trained():
    """Return the weights of three estimators after 1,000 steps each: {estimator: {variable: values in hexadecimal}}."""
    from estimator_semantics import bridge

    estimator, v1 = bridge.load_estimator(), bridge.load_estimator_v1()
    import tensorflow as tf

    rng = np.random.RandomState(0)
    data = {"x": rng.rand(4000).astype(np.float32), "z": rng.rand(4000).astype(np.float32)}
    labels = (3 * data["x"] - data["z"] + 1 + rng.rand(4000)).astype(np.float32)
    columns = [tf.feature_column.numeric_column("x"), tf.feature_column.numeric_column("z")]
    config = {"tf_random_seed": 1, "save_summary_steps": None}
    makes = {
        "LinearRegressor": lambda **options: estimator.LinearRegressor(columns, **options),
        "DNNRegressor": lambda **options: estimator.DNNRegressor([8, 4], columns, **options),
        "DNNLinearCombinedRegressor": lambda **options: estimator.DNNLinearCombinedRegressor(
            linear_feature_columns=columns, dnn_feature_columns=columns, dnn_hidden_units=[8], **options
        ),
    }
    weights = {}
    for name, make in makes.items():
        with tempfile.TemporaryDirectory() as folder:
            model = make(config=estimator.RunConfig(model_dir=folder, **config))
            model.train(
                v1.inputs.numpy_input_fn(data, labels, batch_size=4, num_epochs=None, shuffle=False), steps=STEPS
            )
            weights[name] = {
                variable: [float(value).hex() for value in np.ravel(model.get_variable_value(variable))]
                for variable in sorted(model.get_variable_names())
            }
    return weights


def largest_difference(one, other):
    """Return the largest absolute difference of two sets of weights, and the variable that has it."""
    worst = (0.0, "none")
    for name in one:
        assert one[name].keys() == other[name].keys(), (name, one[name].keys() ^ other[name].keys())
        for variable in one[name]:
            for a, b in zip(one[name][variable], other[name][variable], strict=True):
                worst = max(worst, (abs(float.fromhex(a) - float.fromhex(b)), name + " " + variable))
    return worst


def summary(weights):
    """Return the sums of the absolute weights, by estimator."""
    return {
        name: sum(abs(float.fromhex(value)) for values in variables.values() for value in values)
        for name, variables in weights.items()
    }


def test_weights_are_those_of_the_last_native_release(tf):
    sums = summary(trained())
    assert sums.keys() == NATIVE.keys()
    for name, expected in NATIVE.items():
        assert math.isclose(sums[name], expected, rel_tol=1e-6), name  # other processors round elsewhere


if __name__ == "__main__":
    if len(sys.argv) == 1:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        print(json.dumps(trained()))
    else:
        native = json.loads(Path(sys.argv[1]).read_text())
        print("native sums:", json.dumps(summary(native)))
        for path in sys.argv[2:]:
            print(
                "{}: largest difference {!r} in {}".format(
                    path, *largest_difference(native, json.loads(Path(path).read_text()))
                )
            )
