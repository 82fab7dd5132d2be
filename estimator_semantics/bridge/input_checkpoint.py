"""Stand-in for ``tf.data.experimental.CheckpointInputPipelineHook``, which TensorFlow 2.16 removed.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/python/data/experimental/ops/iterator_ops.py
"""

import importlib
from typing import Any, Optional

import tensorflow
from tensorflow.python.data.experimental.ops import iterator_ops as experimental_ops
from tensorflow.python.data.ops import iterator_ops

NAME = "CheckpointInputPipelineHook"

_v1 = tensorflow.compat.v1


class CheckpointInputPipelineHook(_v1.train.SessionRunHook):
    """Saves where the input stands beside each checkpoint of the model, and goes on from there after a restart.

    It holds a CheckpointSaverHook but is none: an Estimator that is given one does not save the model by itself.
    """

    def __init__(self, estimator: Any, external_state_policy: Optional[str] = None) -> None:
        """Make the hook.

        Args:
            estimator: the ``Estimator`` that trains; the input is saved in its model_dir, as often as the model.
            external_state_policy: what to do about state outside of the input: ``"fail"``, which is the default,
                ``"warn"`` or ``"ignore"``.

        Raises:
            ValueError: the policy is none of these, or the RunConfig saves no checkpoints.
        """
        self._policy = experimental_ops._convert_external_state_policy_to_enum(external_state_policy or "fail")
        config = estimator.config
        prefix = "input"
        if config.num_worker_replicas > 1:  # each worker has an input of its own
            prefix = "input_{}_{}".format(config.task_type, config.task_id)
        # Not "checkpoint", where the model's own checkpoints are listed.
        self._latest_filename = "checkpoint_" + prefix
        self._saver_hook = _v1.train.CheckpointSaverHook(
            estimator.model_dir,
            save_secs=config.save_checkpoints_secs,
            save_steps=config.save_checkpoints_steps,
            checkpoint_basename=prefix + ".ckpt",
        )

    def begin(self) -> None:
        """Make the saver of all iterators in the graph."""
        if self._saver_hook._saver is None and self._saver_hook._scaffold is None:
            saveables = [
                iterator_ops._IteratorSaveable(iterator, iterator.name, external_state_policy=self._policy)
                for iterator in _v1.get_collection(iterator_ops.GLOBAL_ITERATORS)
            ]
            self._saver_hook._saver = _Saver(saveables, self._latest_filename)
        self._saver_hook.begin()

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Has the input restored in every new session."""
        self._restored = False

    def before_run(self, run_context: Any) -> Any:
        """Restores the input before the first step: by then every hook has initialised what it has to."""
        if not self._restored:
            self._restore(run_context.session)
            self._restored = True
        return self._saver_hook.before_run(run_context)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Save the input when it is time to."""
        self._saver_hook.after_run(run_context, run_values)

    def end(self, session: Any) -> None:
        """Save the input at the end."""
        self._saver_hook.end(session)

    def _restore(self, session):
        latest = _v1.train.latest_checkpoint(self._saver_hook._checkpoint_dir, latest_filename=self._latest_filename)
        if latest:
            self._saver_hook._get_saver().restore(session, latest)
            return
        step = session.run(self._saver_hook._global_step_tensor)
        self._saver_hook._save(session, step)
        self._saver_hook._timer.update_last_triggered_step(step)


class _Saver(_v1.train.Saver):
    """A saver that keeps its list of checkpoints under a name of its own."""

    def __init__(self, saveables, latest_filename):
        super().__init__(saveables, sharded=True)
        self._latest_filename = latest_filename

    def save(self, sess, save_path, global_step=None, latest_filename=None, *args, **options):
        return super().save(sess, save_path, global_step, latest_filename or self._latest_filename, *args, **options)


def stand_in() -> None:
    """Put the hook where TensorFlow's was, if it is not there any more."""
    _put(experimental_ops)
    for name in ("tensorflow.data.experimental", "tensorflow.compat.v1.data.experimental"):
        _put(importlib.import_module(name))
    for root in (tensorflow, tensorflow.compat.v1, tensorflow.compat.v2):
        _put(root.data.experimental)


def _put(module):
    if not hasattr(module, NAME):
        setattr(module, NAME, CheckpointInputPipelineHook)
