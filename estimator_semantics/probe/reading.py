"""The order in which a step reads the global step and increases it.

TensorFlow's hooks read the global step in the same ``session.run`` that increases it, and nothing orders the two. Chance
decides what they see, and so at which step they act. The hooks in this module set the order.

Source:
    https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/early_stopping.py#L501
    https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/python/training/basic_session_run_hooks.py#L430-L442
"""

from typing import Any, Callable

from estimator_semantics.probe.adapter import tf

# Where an Estimator keeps the one read that its hooks share, since TensorFlow 1.4.
_READS = "global_step_read_op_cache"


class ReadFirst(tf.SessionRunHook):
    """A hook that makes each step read the global step before it increases it.

    It is for the hooks that an Estimator creates itself, which all fetch the same read. TensorFlow 1.3 has no such read: there
    they fetch the variable and get its value after the step.
    """

    def begin(self) -> None:
        global_step = tf.v1.train.get_global_step()
        operations = global_step.graph.get_operations()
        increases = [
            each
            for each in operations
            if each.type in ("AssignAdd", "AssignAddVariableOp") and each.inputs[0].op is global_step.op
        ]
        if not increases:
            raise RuntimeError("nothing increases the global step")
        for read in tf.v1.get_collection(_READS):
            for increase in increases:
                increase._add_control_input(read.op)


class Reading(tf.SessionRunHook):
    """A wrapper around a hook that gives it the global step as it is before a step, or after it.

    The hook gets everything else that it fetches from the step itself.

    Args:
        make: creates the hook; called when the graph is complete.
        after: returns whether to read the global step after a step; called with the number of the step, counted from 1.
    """

    def __init__(self, make: Callable[[], Any], after: Callable[[int], bool]) -> None:
        self._make = make
        self._after = after
        self._step = 0

    def begin(self) -> None:
        self._hook = self._make()
        self._hook.begin()

    def after_create_session(self, session: Any, coord: Any) -> None:
        self._hook.after_create_session(session, coord)

    def before_run(self, run_context: Any) -> Any:
        self._step += 1
        fetches = self._hook.before_run(run_context).fetches
        self._others = dict(fetches) if isinstance(fetches, dict) else {}
        self._alone = not isinstance(fetches, dict)
        self._fetch = fetches if self._alone else self._others.pop("global_step")
        self._read = None if self._after(self._step) else run_context.session.run(self._fetch)
        return tf.SessionRunArgs(self._others)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        read = run_context.session.run(self._fetch) if self._read is None else self._read
        results = read if self._alone else dict(run_values.results, global_step=read)
        self._hook.after_run(run_context, run_values._replace(results=results))

    def end(self, session: Any) -> None:
        self._hook.end(session)
