"""The TensorFlow under test under one set of names.

The only module that knows where a name lives in each release. Importing it imports TensorFlow.
"""

import tensorflow

from estimator_semantics import bridge


class Absent(Exception):
    """This release of TensorFlow has no such API."""


class TensorFlow:
    """The names that experiments and counters use, the same on every release.

    A name is looked up when it is asked for, so that what one experiment lacks does not stop another.
    """

    version = tensorflow.__version__

    @property
    def v1(self):
        """The TensorFlow 1 API: ``tf.compat.v1``, or ``tf`` itself before that existed (1.13)."""
        return getattr(tensorflow.compat, "v1", tensorflow)

    @property
    def estimator(self):
        """``tf.estimator``, native or bridged."""
        return self._bridged(bridge.load_estimator)

    @property
    def numpy_input_fn(self):
        """``tf.estimator.inputs.numpy_input_fn``, which 2.x keeps in ``tf.compat.v1`` only."""
        return self._bridged(bridge.load_estimator_v1).inputs.numpy_input_fn

    @property
    def feature_column(self):
        """``tf.feature_column``."""
        return tensorflow.feature_column

    @property
    def SessionRunHook(self):
        """``tf.train.SessionRunHook``."""
        return self.v1.train.SessionRunHook

    @property
    def SessionRunArgs(self):
        """``tf.train.SessionRunArgs``."""
        return self.v1.train.SessionRunArgs

    def checkpointed(self, model_dir, name):
        """Returns the value of a variable in the latest checkpoint of a folder.

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

    @staticmethod
    def _bridged(load):
        try:
            return load()
        except bridge.Unavailable as error:
            raise Absent(str(error)) from error


tf = TensorFlow()
