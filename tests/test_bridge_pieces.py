"""The stand-ins one by one: each does what TensorFlow's own did, and nothing where that is still there."""

import ast
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import estimator_semantics.bridge
from estimator_semantics.probe import environment

FOLDER = Path(estimator_semantics.bridge.__file__).parent

bridged_only = pytest.mark.skipif(
    environment.has_native_estimator(environment.version(*environment.TENSORFLOWS) or "0.0"),
    reason="this release has its own tf.estimator, so there is nothing to bridge",
)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_the_bridge_is_written_for_python_3_6(path):
    # Its entrance is imported on the releases that need no bridge, too, and those run on old interpreters.
    ast.parse(path.read_text(), feature_version=(3, 6))


def test_pieces_on_a_native_release_stay_away(tf):
    import tensorflow

    from estimator_semantics.bridge import install, package

    if not package.prepare():
        before, finders = dict(vars(tensorflow)), list(sys.meta_path)
        install()
        install(legacy_keras=True)
        assert sys.meta_path == finders
        assert {name for name in vars(tensorflow) if before.get(name) is not vars(tensorflow)[name]} <= {"estimator"}
        assert tensorflow.estimator.LinearRegressor.__module__.startswith("tensorflow_estimator.")


def test_symbols_tell_under_which_names_they_are_exported(tf):
    from tensorflow.python.util import tf_export

    assert tf.estimator.LinearRegressor
    assert "estimator.LinearRegressor" in tf_export.get_v2_names(tf.estimator.LinearRegressor)
    assert "estimator.LinearRegressor" in tf_export.get_v1_names(
        estimator_semantics.bridge.load_estimator_v1().LinearRegressor
    )


def test_autograph_leaves_keras_alone_but_not_the_estimators(tf):
    from tensorflow.python.autograph.core import config

    assert tf.estimator

    def verdict(name):
        for rule in config.CONVERSION_RULES:
            if rule.matches(name):
                return type(rule).__name__
        return None

    assert verdict("keras.src.layers") == "DoNotConvert"
    assert verdict("tensorflow_estimator.python.estimator.estimator") is None


@bridged_only
def test_autograph_leaves_tf_keras_alone(tf):
    from tensorflow.python.autograph.core import config

    assert tf.estimator
    assert sum(rule.matches("tf_keras.src.layers") for rule in config.CONVERSION_RULES) == 1


def test_graphs_are_written_as_text_whatever_the_protobuf(tf, tmp_path):
    import tensorflow
    from google.protobuf import text_format

    assert tf.estimator
    with tensorflow.Graph().as_default() as graph:
        tensorflow.constant(0.1, name="tenth")
    tensorflow.io.write_graph(graph, str(tmp_path), "graph.pbtxt")
    read = text_format.Parse((tmp_path / "graph.pbtxt").read_text(), tensorflow.compat.v1.GraphDef())
    assert read == graph.as_graph_def()


def test_a_float_format_that_protobuf_dropped_is_refused(tf):
    from estimator_semantics.bridge.graph_text import _TextFormat

    with pytest.raises(NotImplementedError, match=r"float_format='\.3f'"):
        _TextFormat.MessageToString(None, float_format=".3f")


@bridged_only
def test_the_loaders_of_keras_are_ready_before_threads_come(tf):
    import tensorflow
    from tensorflow.python.util.lazy_loader import KerasLazyLoader

    from estimator_semantics.bridge import keras_loaders

    assert tf.estimator
    module = type(tensorflow)("module")
    module.keras = KerasLazyLoader(vars(module), mode="v1")
    assert not module.keras._tfll_initialized
    keras_loaders.make_ready(module)
    assert module.keras._tfll_initialized

    loader, errors = module.keras, []

    def touch():
        try:
            assert loader.layers.Dense
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=touch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors


@bridged_only
def test_what_is_set_on_a_view_is_set_on_tensorflow(tf):
    import tensorflow

    from estimator_semantics.bridge import keras_2_view
    from estimator_semantics.bridge.missing import Lacking

    assert tf.estimator
    seen = keras_2_view._view_of(tensorflow, "tensorflow")
    seen.compat.v1.train.set_on_a_view = 3
    assert tensorflow.compat.v1.train.set_on_a_view == 3
    del seen.compat.v1.train.set_on_a_view
    assert not hasattr(tensorflow.compat.v1.train, "set_on_a_view")
    assert seen.keras.__name__.startswith("tf_keras.") and seen.compat.v1.layers.__name__.startswith("tf_keras.")
    assert seen.function is tensorflow.function
    with pytest.raises(Lacking, match=r"lacks a piece .*: tensorflow\.compat\.v1\.train\.Nonesuch; "):
        seen.compat.v1.train.Nonesuch  # noqa: B018 (reading it raises)
    assert "Nonesuch" not in dir(seen) and "keras" in dir(seen)


@pytest.fixture
def hook_class(tf):
    from tensorflow.python.data.experimental.ops import iterator_ops

    assert tf.estimator
    return iterator_ops.CheckpointInputPipelineHook


def _stand_in():
    from estimator_semantics.bridge.input_checkpoint import CheckpointInputPipelineHook

    return CheckpointInputPipelineHook


@pytest.mark.parametrize("ours", [False, True], ids=["as found", "stand-in"])
def test_the_input_goes_on_where_it_was(tf, hook_class, tmp_path, ours):
    import tensorflow

    kind = _stand_in() if ours else hook_class
    seen = []

    def input_fn():
        return tensorflow.data.Dataset.range(100).map(lambda x: (x, x))

    def model_fn(features, labels, mode):
        v1 = tensorflow.compat.v1
        step = v1.train.get_global_step()
        seeing = tensorflow.numpy_function(lambda x: seen.append(int(x)) or np.int64(0), [features], tensorflow.int64)
        with tensorflow.control_dependencies([seeing]):
            train = v1.assign_add(step, 1)
        return tf.estimator.EstimatorSpec(mode, loss=tensorflow.constant(0.0), train_op=train)

    config = tf.estimator.RunConfig(model_dir=str(tmp_path), save_checkpoints_steps=3)
    estimator = tf.estimator.Estimator(model_fn, config=config)
    estimator.train(input_fn, steps=5, hooks=[kind(estimator)])
    estimator.train(input_fn, steps=4, hooks=[kind(estimator)])
    assert seen == list(range(9))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert "checkpoint_input" in names and "input.ckpt-9.index" in names and "model.ckpt-9.index" in names
    estimator.train(input_fn, steps=2)
    assert seen[9:] == [0, 1]


@pytest.mark.parametrize("ours", [False, True], ids=["as found", "stand-in"])
def test_the_input_hook_refuses_what_it_does_not_know(tf, hook_class, tmp_path, ours):
    estimator = tf.estimator.Estimator(lambda features: None, config=tf.estimator.RunConfig(model_dir=str(tmp_path)))
    with pytest.raises(ValueError, match="sometimes"):
        (_stand_in() if ours else hook_class)(estimator, external_state_policy="sometimes")
