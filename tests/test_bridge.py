"""The bridge: the real tensorflow-estimator on every release, and a native one left alone."""

import importlib
import json
from types import SimpleNamespace

import pytest

from estimator_semantics.probe import environment

pytestmark = pytest.mark.usefixtures("tf")

native_only = pytest.mark.skipif(
    not environment.has_native_estimator(environment.version(*environment.TENSORFLOWS) or "0.0"),
    reason="compares the stand-in with TensorFlow's own, which this release removed",
)


def test_the_estimator_is_the_real_package(tf):
    assert tf.estimator.LinearRegressor.__module__.startswith("tensorflow_estimator.")
    assert tf.numpy_input_fn.__module__.startswith("tensorflow_estimator.")


def test_the_users_keras_stays_what_it_was(tf):
    import tensorflow

    before = tensorflow.keras.layers.Layer
    assert tf.estimator.LinearRegressor
    assert tensorflow.keras.layers.Layer is before
    assert before.__module__.split(".")[0] == "keras"


def test_what_needs_a_tpu_says_so():
    from estimator_semantics.bridge.missing import Placeholder
    from estimator_semantics.bridge.tpu import _refusal

    module = Placeholder("tensorflow.python.tpu.tpu_embedding", _refusal)
    assert isinstance(module.FeatureConfig, type) and not isinstance(3, module.FeatureConfig)
    with pytest.raises(NotImplementedError, match=r"tensorflow\.python\.tpu\.tpu_embedding\.FeatureConfig: .* TPUs"):
        module.FeatureConfig(name="x")
    with pytest.raises(NotImplementedError, match=r"FeatureConfig\.deeper: "):
        module.FeatureConfig.deeper()
    with pytest.raises(AttributeError):
        module.__path__  # noqa: B018 (reading it raises)


CLUSTER = {"chief": ["a:1"], "worker": ["b:1", "c:1"], "ps": ["d:1"]}
TF_CONFIGS = [
    {},
    {"cluster": CLUSTER, "task": {"type": "chief", "index": 0}},
    {"cluster": CLUSTER, "task": {"type": "worker", "index": 1}},
    {"cluster": CLUSTER, "task": {"type": "ps", "index": 0}},
    {"cluster": CLUSTER, "task": {"type": "evaluator", "index": 0}},
    {"cluster": {"master": ["a:1"], "worker": ["b:1"]}, "task": {"type": "master", "index": 0}},
    {"cluster": {"worker": ["b:1", "c:1"]}, "task": {"type": "worker", "index": 0}},
]


@native_only
@pytest.mark.parametrize("distributed", [False, True])
@pytest.mark.parametrize("tf_config", TF_CONFIGS, ids=json.dumps)
def test_run_configs_are_completed_as_tensorflow_did(tf, monkeypatch, tf_config, distributed):
    from estimator_semantics.bridge import coordinator

    original = importlib.import_module(coordinator.NAME)
    run_config = importlib.import_module("tensorflow_estimator.python.estimator.run_config")
    strategy = tf.v1.distribute.OneDeviceStrategy("/cpu:0") if distributed else None
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))

    def completed(module):
        monkeypatch.setattr(run_config, "distribute_coordinator_training", module)
        try:
            config = tf.v1.estimator.RunConfig(model_dir="/tmp/model", train_distribute=strategy)
        except Exception as error:
            return type(error), str(error)
        state = {name: str(value) for name, value in vars(config).items()}
        return state, module.should_run_distribute_coordinator(config)

    assert completed(coordinator) == completed(original)


@native_only
@pytest.mark.parametrize(
    ("cluster", "task_type", "task_id"),
    [
        (CLUSTER, "chief", 0),
        (CLUSTER, "worker", 0),
        (CLUSTER, "worker", 1),
        (CLUSTER, "ps", 0),
        (CLUSTER, "evaluator", 0),
        ({"worker": ["b:1", "c:1"], "evaluator": ["e:1"]}, "worker", 1),
        ({}, None, None),
    ],
)
def test_workers_learn_their_place_as_tensorflow_told_them(cluster, task_type, task_id):
    from tensorflow.python.training.server_lib import ClusterSpec

    from estimator_semantics.bridge import coordinator

    context = SimpleNamespace(
        cluster_spec=ClusterSpec(cluster),
        task_type=task_type,
        task_id=task_id,
        master_target="grpc://a:1",
        is_chief=task_type == "chief",
    )
    ours, original = SimpleNamespace(), SimpleNamespace()
    coordinator._place(ours, context)
    importlib.import_module(coordinator.NAME)._init_run_config_from_worker_context(original, context)
    assert {name: str(value) for name, value in vars(ours).items()} == {
        name: str(value) for name, value in vars(original).items()
    }
