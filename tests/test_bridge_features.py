"""What people do with tf.estimator: each of it on whatever TensorFlow is here, native or bridged."""

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("tf")

X = np.arange(64, dtype=np.float32) / 64
RATES = {"x": X, "kind": np.array(["a", "b", "c", "d"] * 16)}


@pytest.fixture
def estimator(tf):
    return tf.estimator


@pytest.fixture
def columns(tf):
    """A numeric column, a categorical one and its embedding."""
    kind = tf.feature_column.categorical_column_with_vocabulary_list("kind", ["a", "b", "c"], num_oov_buckets=1)
    return {
        "x": tf.feature_column.numeric_column("x"),
        "kind": kind,
        "embedding": tf.feature_column.embedding_column(kind, 2),
    }


@pytest.fixture
def input_fn():
    """Make an input_fn: batches of 8, in order."""
    import tensorflow

    def make(labels=3 * X + 1, epochs=1, features=("x", "kind")):
        def input_fn():
            rates = {name: RATES[name] for name in features}
            data = tensorflow.data.Dataset.from_tensor_slices((rates, labels))
            return data.batch(8).repeat(epochs)

        return input_fn

    return make


def config(estimator, folder, **options):
    return estimator.RunConfig(model_dir=str(folder), tf_random_seed=1, save_checkpoints_steps=20, **options)


def make(kind, estimator, columns, folder):
    run = config(estimator, folder)
    deep = [columns["x"], columns["embedding"]]
    return {
        "linear regressor": lambda: estimator.LinearRegressor([columns["x"], columns["kind"]], config=run),
        "linear classifier": lambda: estimator.LinearClassifier([columns["x"], columns["kind"]], config=run),
        "DNN regressor": lambda: estimator.DNNRegressor([8, 4], deep, optimizer="Adam", dropout=0.1, config=run),
        "DNN classifier": lambda: estimator.DNNClassifier([8], deep, batch_norm=True, config=run),
        "wide and deep regressor": lambda: estimator.DNNLinearCombinedRegressor(
            linear_feature_columns=[columns["kind"]], dnn_feature_columns=deep, dnn_hidden_units=[8], config=run
        ),
        "wide and deep classifier": lambda: estimator.DNNLinearCombinedClassifier(
            linear_feature_columns=[columns["kind"]], dnn_feature_columns=deep, dnn_hidden_units=[8], config=run
        ),
        "baseline regressor": lambda: estimator.BaselineRegressor(config=run),
        "baseline classifier": lambda: estimator.BaselineClassifier(config=run),
    }[kind]()


KINDS = [
    "linear regressor",
    "linear classifier",
    "DNN regressor",
    "DNN classifier",
    "wide and deep regressor",
    "wide and deep classifier",
    "baseline regressor",
    "baseline classifier",
]


@pytest.mark.parametrize("kind", KINDS)
def test_canned_estimators_train_evaluate_predict_and_are_served(estimator, columns, input_fn, tmp_path, kind):
    import tensorflow

    labels = (X > 0.5).astype(np.int32) if "classifier" in kind else 3 * X + 1
    # A baseline reads no feature, and fails on strings, on native releases too: their batch is asked for too early.
    features = ("x",) if "baseline" in kind else ("x", "kind")
    model = make(kind, estimator, columns, tmp_path / "model")
    model.train(input_fn(labels, None, features), steps=40)
    first = model.evaluate(input_fn(labels, 1, features))
    assert first["global_step"] == 40
    model.train(input_fn(labels, None, features), max_steps=120)
    last = model.evaluate(input_fn(labels, 1, features))
    assert last["global_step"] == 120
    assert last["loss"] <= first["loss"] * 1.05
    key = "probabilities" if "classifier" in kind else "predictions"
    predicted = np.array([prediction[key] for prediction in model.predict(input_fn(labels, 1, features))])
    assert len(predicted) == 64

    used = [columns["x"]] if "baseline" in kind else [columns["x"], columns["embedding"]]
    parse = tensorflow.feature_column.make_parse_example_spec(used)
    receiver = estimator.export.build_parsing_serving_input_receiver_fn(parse)
    exported = model.export_saved_model(str(tmp_path / "exported"), receiver)
    served = tensorflow.saved_model.load(exported.decode())
    answer = served.signatures["predict"](examples=tensorflow.constant([_example(0.25, b"a"), _example(0.5, b"d")]))
    expected = predicted[[16, 35]]  # x=0.25 is an "a"; x=35/64 is a "d"
    np.testing.assert_allclose(answer[key].numpy()[0], expected[0], rtol=1e-4)


def _example(x, kind):
    from tensorflow import train

    return train.Example(
        features=train.Features(
            feature={
                "x": train.Feature(float_list=train.FloatList(value=[x])),
                "kind": train.Feature(bytes_list=train.BytesList(value=[kind])),
            }
        )
    ).SerializeToString()


def test_train_and_evaluate_exports(estimator, columns, input_fn, tmp_path):
    model = make("DNN regressor", estimator, columns, tmp_path)
    receiver = estimator.export.build_raw_serving_input_receiver_fn(_raw())
    exporters = [
        estimator.LatestExporter("latest", receiver, exports_to_keep=1),
        estimator.BestExporter("best", receiver),
        estimator.FinalExporter("final", receiver),
    ]
    metrics, _ = estimator.train_and_evaluate(
        model,
        estimator.TrainSpec(input_fn(epochs=None), max_steps=60),
        estimator.EvalSpec(input_fn(), steps=None, exporters=exporters, throttle_secs=0),
    )
    assert metrics["global_step"] == 60
    for name in ("latest", "best", "final"):
        assert list((tmp_path / "export" / name).iterdir()), name


def _raw():
    import tensorflow

    placeholder = tensorflow.compat.v1.placeholder
    with tensorflow.Graph().as_default():
        return {
            "x": placeholder(tensorflow.float32, [None], name="x"),
            "kind": placeholder(tensorflow.string, [None], name="kind"),
        }


def model_fn(features, labels, mode, params):
    """A model_fn as people wrote it, but for the ``if``, which AutoGraph has to turn into a graph."""
    import tensorflow

    v1, spec = tensorflow.compat.v1, params["spec"]
    weight = v1.get_variable("weight", [], initializer=v1.zeros_initializer())
    predicted = features["x"] * weight
    if mode == "infer":
        return spec(mode, predictions=predicted)
    loss = v1.losses.mean_squared_error(labels, predicted)
    if mode == "eval":
        return spec(mode, loss=loss, eval_metric_ops={"error": v1.metrics.mean_absolute_error(labels, predicted)})
    if params.get("branch") and loss > 0.0:
        loss = loss * 2.0
    train = v1.train.GradientDescentOptimizer(0.1).minimize(loss, v1.train.get_global_step())
    return spec(mode, loss=loss, train_op=train)


def test_a_model_fn_of_ones_own(estimator, input_fn, tmp_path):
    params = {"spec": estimator.EstimatorSpec}
    model = estimator.Estimator(model_fn, config=config(estimator, tmp_path), params=params)
    model.train(input_fn(3 * X, epochs=None), steps=200)
    assert model.get_variable_value("weight") == pytest.approx(3, abs=0.1)
    assert model.evaluate(input_fn(3 * X))["error"] < 0.1
    assert len(list(model.predict(input_fn(3 * X)))) == 64


@pytest.mark.parametrize("branch", [False, True])
def test_mirrored_strategy(tf, estimator, input_fn, tmp_path, branch):
    import tensorflow

    strategy = tensorflow.distribute.MirroredStrategy(
        ["/cpu:0"], cross_device_ops=tensorflow.distribute.ReductionToOneDevice()
    )
    run = config(estimator, tmp_path, train_distribute=strategy, eval_distribute=strategy)
    params = {"spec": estimator.EstimatorSpec, "branch": branch}
    model = estimator.Estimator(model_fn, config=run, params=params)
    model.train(input_fn(3 * X, epochs=None), steps=200)
    assert model.get_variable_value("weight") == pytest.approx(3, abs=0.1)
    assert model.evaluate(input_fn(3 * X))["global_step"] == 200


def test_a_canned_estimator_under_mirrored_strategy(estimator, columns, input_fn, tmp_path):
    import tensorflow

    strategy = tensorflow.distribute.MirroredStrategy(
        ["/cpu:0"], cross_device_ops=tensorflow.distribute.ReductionToOneDevice()
    )
    run = config(estimator, tmp_path, train_distribute=strategy)
    model = estimator.LinearRegressor([columns["x"]], config=run)
    model.train(input_fn(epochs=None), steps=40)
    assert model.evaluate(input_fn())["global_step"] == 40


def test_boosted_trees_left_before_tf_estimator_did():
    from estimator_semantics import bridge

    # The last version of the package has none, so none can be bridged.
    with pytest.raises(AttributeError, match="BoostedTreesClassifier"):
        bridge.load_estimator().BoostedTreesClassifier  # noqa: B018 (reading it raises)
