"""The TensorFlow under test under one set of names.

The only module that knows where a name lives in each release. Importing it imports TensorFlow.
"""

import importlib
import importlib.util
from types import ModuleType
from typing import Any

from estimator_semantics.probe.lazy_module import import_lazily

import_lazily("pandas")  # before TensorFlow does

import tensorflow  # noqa: E402 (after pandas)

from estimator_semantics import bridge  # noqa: E402 (after TensorFlow)


class Absent(Exception):
    """This release of TensorFlow has no such API."""


class Namespace:
    """A namespace of TensorFlow, in which a name that is not there yet, or not any more, is said to be absent.

    Args:
        name: what it is called, for example ``"tf.data"``.
        module: the namespace itself.
    """

    def __init__(self, name: str, module: Any) -> None:
        self._name = name
        self._module = module

    def __getattr__(self, name: str) -> Any:
        try:
            value = getattr(self._module, name)
        except AttributeError:
            raise Absent("TensorFlow {} has no {}.{}".format(tensorflow.__version__, self._name, name)) from None
        return Namespace("{}.{}".format(self._name, name), value) if isinstance(value, ModuleType) else value


class TensorFlow:
    """The names that experiments and counters use, the same on every release.

    A name is looked up when it is asked for, so that what one experiment lacks does not stop another.
    """

    version = tensorflow.__version__
    minor = tuple(int(number) for number in tensorflow.__version__.split(".")[:2])

    @property
    def v1(self):
        """The TensorFlow 1 API: ``tf.compat.v1``, or ``tf`` itself before that existed (1.13)."""
        return getattr(tensorflow.compat, "v1", tensorflow)

    @property
    def estimator(self):
        """``tf.estimator``, native or bridged."""
        return Namespace("tf.estimator", self._bridged(bridge.load_estimator))

    @property
    def inputs(self):
        """``tf.estimator.inputs``, which 2.x keeps in ``tf.compat.v1`` only."""
        return Namespace("tf.estimator", self._bridged(bridge.load_estimator_v1)).inputs

    @property
    def numpy_input_fn(self):
        """``tf.estimator.inputs.numpy_input_fn``."""
        return self.inputs.numpy_input_fn

    @property
    def feature_column(self):
        """``tf.feature_column``."""
        return Namespace("tf.feature_column", tensorflow.feature_column)

    @property
    def data(self):
        """``tf.data``."""
        return Namespace("tf", tensorflow).data

    @property
    def Dataset(self):
        """``tf.data.Dataset``, where an input_fn may return one.

        Source:
            https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0
        """
        if self.minor < (1, 5):
            raise Absent("in TensorFlow {} an input_fn cannot return a tf.data.Dataset".format(self.version))
        return self.data.Dataset

    def batch(self, dataset, batch_size, drop_remainder=False):
        """``dataset.batch(batch_size, drop_remainder)``, which has no second argument before 1.10.

        Source:
            https://github.com/tensorflow/tensorflow/releases/tag/v1.10.0
        """
        if not drop_remainder:
            return dataset.batch(batch_size)
        if self.minor < (1, 10):
            raise Absent("in TensorFlow {} Dataset.batch has no drop_remainder".format(self.version))
        return dataset.batch(batch_size, drop_remainder=True)

    def full_batches(self, dataset, batch_size):
        """``dataset.batch(batch_size, drop_remainder=True)``, which was a function of ``tf.contrib.data`` before 1.10.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/contrib/data/python/ops/batching.py
        """
        if self.minor >= (1, 10):
            return dataset.batch(batch_size, drop_remainder=True)
        if self.minor < (1, 4):
            raise Absent("in TensorFlow {} no dataset drops a remainder".format(self.version))
        return dataset.apply(Namespace("tf", tensorflow).contrib.data.batch_and_drop_remainder(batch_size))

    def given_by_input_fn(self, features, labels, arrange):
        """Return what an input_fn returns of a dataset: the dataset itself, or before 1.5 the tensors of an iterator.

        Args:
            features: arrays by name.
            labels: an array.
            arrange: what is done with the dataset of the single examples; returns a dataset of batches.

        Source:
            https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0
        """
        namespace = Namespace("tf", tensorflow)
        data = namespace.contrib.data if self.minor < (1, 4) else namespace.data
        dataset = arrange(data.Dataset.from_tensor_slices((features, labels)))
        return dataset if self.minor >= (1, 5) else self.one_shot(dataset)

    def one_shot(self, dataset):
        """Return the next element of a dataset, as tensors: what an input_fn returns where it cannot return a Dataset.

        Source:
            https://github.com/tensorflow/tensorflow/releases/tag/v1.13.1
        """
        make = getattr(getattr(self.v1, "data", None), "make_one_shot_iterator", None)
        return (make(dataset) if make else dataset.make_one_shot_iterator()).get_next()

    @property
    def make_csv_dataset(self):
        """``tf.data.experimental.make_csv_dataset``, in ``tf.contrib.data`` before 1.12.

        Source:
            https://github.com/tensorflow/tensorflow/releases/tag/v1.12.0
        """
        if self.minor < (1, 12):
            return Namespace("tf", tensorflow).contrib.data.make_csv_dataset
        return self.data.experimental.make_csv_dataset

    @property
    def pandas(self):
        """pandas, which TensorFlow does not bring and ``tf.estimator.inputs.pandas_input_fn`` is of no use without."""
        if importlib.util.find_spec("pandas") is None:
            raise Absent("pandas is not installed beside TensorFlow {}".format(self.version))
        return importlib.import_module("pandas")

    @property
    def summed_loss(self):
        """The ``loss_reduction`` of a canned estimator that takes the sum over the batch; no such argument before 1.6.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.6.0/tensorflow/python/estimator/canned/linear.py
        """
        if self.minor < (1, 6):
            raise Absent("in TensorFlow {} LinearRegressor has no loss_reduction".format(self.version))
        return self.v1.losses.Reduction.SUM if self.minor < (2, 0) else "sum"

    @property
    def CheckpointInputPipelineHook(self):
        """``tf.data.experimental.CheckpointInputPipelineHook``, in ``tf.contrib.data`` up to 1.11.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/contrib/data/__init__.py
        """
        if self.minor < (1, 9):
            raise Absent("TensorFlow {} has no CheckpointInputPipelineHook".format(self.version))
        if self.minor < (1, 12):
            return Namespace("tf.contrib", tensorflow.contrib).data.CheckpointInputPipelineHook
        return self.data.experimental.CheckpointInputPipelineHook

    @property
    def early_stopping(self):
        """``tf.estimator.experimental``, where the early-stopping hooks are; ``tf.contrib.estimator`` up to 1.13.

        In 1.13 both have some, and only ``tf.contrib.estimator`` has all.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.10.0/tensorflow/contrib/estimator/__init__.py#L67
        """
        if self.minor < (1, 10):
            raise Absent("TensorFlow {} has no early-stopping hooks".format(self.version))
        if self.minor < (1, 14):
            return Namespace("tf.contrib", tensorflow.contrib).estimator
        return self.estimator.experimental

    def keras(self, generation):
        """Keras 2 or Keras 3.

        Up to 2.15 ``tf.keras`` is Keras 2. Since 2.16 it is Keras 3, the package ``keras``, and Keras 2 is the package
        tf-keras. Before 1.14 its ``fit`` is too different to be asked the same: it takes no generator, wants
        ``steps_per_epoch`` with every ``Dataset``, and refuses it with arrays.

        Args:
            generation: 2 or 3.

        Source:
            https://github.com/tensorflow/tensorflow/releases/tag/v2.16.1
            https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/keras/engine/training.py
        """
        if self.minor < (1, 14):
            raise Absent(
                "TensorFlow {} has no Model.fit that takes a Dataset or a generator as later ones do".format(
                    self.version
                )
            )
        if self.minor < (2, 16):
            if generation == 3:
                raise Absent("TensorFlow {} has no Keras 3: its tf.keras is Keras 2".format(self.version))
            return Namespace("tf", tensorflow).keras
        name = "tf_keras" if generation == 2 else "keras"
        if importlib.util.find_spec(name) is None:
            raise Absent("{} is not installed beside TensorFlow {}".format(name, self.version))
        return Namespace(name, importlib.import_module(name))

    def require_strategies(self):
        """Report that it is absent where an Estimator takes no strategy: before 1.8.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.8.0/tensorflow/python/estimator/run_config.py#L305
        """
        if self.minor < (1, 8):
            raise Absent("in TensorFlow {} RunConfig has no train_distribute".format(self.version))

    def mirrored_strategy(self, replicas):
        """Return a ``tf.distribute.MirroredStrategy`` of so many replicas, each on a logical CPU device of this machine.

        It was ``tf.contrib.distribute.MirroredStrategy`` from 1.8 to 1.13, and combines the gradients on one device: with the
        default way of combining them, replicas on CPU devices wait for one another for ever. To be called before anything
        else has used a device.

        Args:
            replicas: how many.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.8.0/tensorflow/contrib/distribute/__init__.py
            https://github.com/tensorflow/tensorflow/blob/v1.14.0/tensorflow/python/distribute/cross_device_ops.py
        """
        self.require_strategies()
        devices = ["/cpu:{}".format(number) for number in range(replicas)]
        if self.minor < (1, 14):
            distribute = tensorflow.contrib.distribute
            if self.minor < (1, 13):
                return distribute.MirroredStrategy(
                    devices, cross_tower_ops=distribute.ReductionToOneDeviceCrossTowerOps()
                )
            return distribute.MirroredStrategy(
                devices, cross_device_ops=distribute.ReductionToOneDeviceCrossDeviceOps()
            )
        if self.minor >= (2, 0):
            self._split_cpu(replicas)
        return tensorflow.distribute.MirroredStrategy(
            devices, cross_device_ops=tensorflow.distribute.ReductionToOneDevice()
        )

    def require_multi_worker(self):
        """Report that it is absent where no strategy mirrors several workers for an Estimator: before 1.12.

        1.11 has one, but ``train_and_evaluate`` fails to copy it with the configuration.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.11.0/tensorflow/python/estimator/estimator.py#L221
            https://github.com/tensorflow/tensorflow/releases/tag/v1.12.0
        """
        if self.minor < (1, 12):
            raise Absent("in TensorFlow {} no strategy mirrors the workers of train_and_evaluate".format(self.version))

    def multi_worker_mirrored_strategy(self):
        """Return a ``tf.distribute.MultiWorkerMirroredStrategy`` for the cluster in TF_CONFIG, on CPUs.

        It was ``tf.contrib.distribute.CollectiveAllReduceStrategy`` up to 1.13, and experimental up to 2.3. From 2.4 to
        2.8 an Estimator fails to copy it with the configuration when eager execution is on.

        Source:
            https://github.com/tensorflow/tensorflow/issues/46556
        """
        self.require_multi_worker()
        if self.minor < (1, 14):
            return tensorflow.contrib.distribute.CollectiveAllReduceStrategy(num_gpus_per_worker=0)
        if self.minor < (2, 4):
            return tensorflow.distribute.experimental.MultiWorkerMirroredStrategy()
        if self.minor < (2, 9):
            self.v1.disable_eager_execution()
        return tensorflow.distribute.MultiWorkerMirroredStrategy()

    def replica(self):
        """Return the number of the replica, among all, for which a strategy calls the model_fn at this moment.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v1.12.0/tensorflow/python/training/distribute.py#L1077
            https://github.com/tensorflow/tensorflow/blob/v1.13.1/tensorflow/python/distribute/distribute_lib.py
        """
        if self.minor < (1, 13):
            return tensorflow.contrib.distribute.get_tower_context().tower_id
        if self.minor < (1, 14):
            return tensorflow.contrib.distribute.get_replica_context().replica_id_in_sync_group
        return tensorflow.distribute.get_replica_context().replica_id_in_sync_group

    def _split_cpu(self, count):
        config = tensorflow.config
        (cpu,) = config.experimental.list_physical_devices("CPU")
        if self.minor < (2, 4):
            split = config.experimental.set_virtual_device_configuration
            split(cpu, [config.experimental.VirtualDeviceConfiguration() for _ in range(count)])
        else:
            config.set_logical_device_configuration(cpu, [config.LogicalDeviceConfiguration() for _ in range(count)])

    @property
    def errors(self):
        """``tf.errors``."""
        return tensorflow.errors

    @property
    def train(self):
        """``tf.train`` of TensorFlow 1, where hooks and checkpoints are."""
        return Namespace("tf.train", self.v1.train)

    @property
    def SessionRunHook(self):
        """``tf.train.SessionRunHook``."""
        return self.v1.train.SessionRunHook

    @property
    def SessionRunArgs(self):
        """``tf.train.SessionRunArgs``."""
        return self.v1.train.SessionRunArgs

    def checkpointed(self, model_dir, name):
        """Return the value of a variable in the latest checkpoint of a folder.

        Read from the file, because ``Estimator.get_variable_value`` does not exist in 1.3.

        Args:
            model_dir: the folder.
            name: the variable's name, for example ``"global_step"``.

        Returns:
            A NumPy array or number; None where there is no checkpoint.
        """
        checkpoint = self.v1.train.latest_checkpoint(model_dir)
        if checkpoint is None:
            return None
        return self.v1.train.NewCheckpointReader(checkpoint).get_tensor(name)

    def linear_state(self, model_dir):
        """Return what a LinearRegressor of the feature "x" learned, and the state of its Ftrl, from the latest checkpoint.

        Args:
            model_dir: the folder.

        Returns:
            Six numbers: the weight and the bias, then the accumulators of both, then their linear terms.

        Source:
            https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/optimizer_v2/ftrl.py#L130-L139
        """
        in_v1 = self.minor < (2, 0)
        accumulator, linear = (
            ("{}/part_0/Ftrl", "{}/part_0/Ftrl_1")
            if in_v1
            else ("training/Ftrl/{}/accumulator", "training/Ftrl/{}/linear")
        )
        variables = ("linear/linear_model/x/weights", "linear/linear_model/bias_weights")
        names = [pattern.format(variable) for pattern in ("{}", accumulator, linear) for variable in variables]
        return [float(self.checkpointed(model_dir, name).ravel()[0]) for name in names]

    @staticmethod
    def _bridged(load):
        try:
            return load()
        except bridge.Unavailable as error:
            raise Absent(str(error)) from error


tf = TensorFlow()
