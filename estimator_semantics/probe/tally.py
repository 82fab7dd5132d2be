"""A tally of a light training: Estimator.train itself on its real input, with next to nothing of a model.

For trainings by the hundred, of which the steps are counted and nothing is learned: lighter still than `regressor`, whose
configuration it has. The only variable is the global step, the session is told how to start, and a checkpoint is saved only
where another training goes on from it. On TensorFlow 2.15.1 a training takes 0.02 to 0.04 s of a processor, and one of a
LinearRegressor 0.23 s.
"""

import os
from typing import Any, Dict, List, Optional

import numpy as np

from estimator_semantics.law.plan import Plan
from estimator_semantics.law.prediction import NO_COUNTS
from estimator_semantics.probe import synthetic
from estimator_semantics.probe.adapter import tf
from estimator_semantics.probe.inputs import input_fn
from estimator_semantics.probe.regressor import light


def train(plan: Plan, model_dir: str, limit: int, keep: bool) -> Dict[str, Any]:
    """Carries out a plan by ``Estimator.train`` and counts what happens.

    Args:
        plan: what to train. A global step above 0 must be in a checkpoint; see `begin_at`.
        model_dir: where the estimator keeps its checkpoints.
        limit: steps after which a training is ended that no bound ends.
        keep: whether the estimator saves a checkpoint, for a training that goes on from there.

    Returns:
        What `Watch.observe` returns.

    Raises:
        Absent: this release of TensorFlow lacks an API that the input needs.
    """
    tally = Tally(plan, limit)
    # More steps than any training has: at its end, and before its first step, a checkpoint is saved all the same.
    config = light(save_checkpoints_steps=10**6 if keep else None)
    estimator = tf.estimator.Estimator(_model_fn, model_dir, config=config)
    estimator.train(input_fn(plan), steps=plan.steps, max_steps=plan.max_steps, hooks=[tally])
    return tally.observe(tf.checkpointed(model_dir, "global_step"))


def begin_at(model_dir: str, global_step: int) -> None:
    """Leaves a checkpoint of so many steps, from which a training goes on.

    Args:
        model_dir: where the estimator will look for it.
        global_step: how many.
    """
    with tf.v1.Graph().as_default(), tf.v1.Session() as session:
        variable = tf.v1.train.get_or_create_global_step()
        session.run(variable.initializer)
        session.run(tf.v1.assign_add(variable, global_step))
        os.makedirs(model_dir)
        path = os.path.join(model_dir, "model.ckpt")
        tf.v1.train.Saver([variable]).save(session, path, global_step, write_meta_graph=False)


class Tally(tf.SessionRunHook):
    """A hook that counts the steps of a light training, and the examples that each of them gets.

    It fetches the batch in the ``session.run`` of the train op: what the input has handed out in advance does not count.

    Args:
        plan: what is trained.
        limit: steps after which the training is ended.
    """

    def __init__(self, plan: Plan, limit: int) -> None:
        self._plan = plan
        self._limit = limit
        self._running = False
        self._batches: List[List[int]] = []
        self._updates = 0
        self._global_step: Optional[int] = None

    def begin(self) -> None:
        (self._x,) = tf.v1.get_collection(_BATCHES)
        (updates,) = tf.v1.get_collection(_UPDATES)
        self._counters = (updates, tf.v1.train.get_global_step())

    def before_run(self, run_context: Any) -> Any:
        self._running = True
        return tf.SessionRunArgs(self._x)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        self._running = False
        numbers = synthetic.number(np.ravel(run_values.results), self._plan.examples)
        self._batches.append([int(number) for number in numbers])
        if len(self._batches) == self._limit:
            run_context.request_stop()

    def end(self, session: Any) -> None:
        self._updates, self._global_step = (int(count) for count in session.run(self._counters))

    def observe(self, saved: Optional[int]) -> Dict[str, Any]:
        """Return what was measured; call it when training is over.

        Args:
            saved: the global step in the latest checkpoint; None where there is none.

        Returns:
            As `Watch.observe`.
        """
        plan, steps = self._plan, len(self._batches)
        if steps == self._limit:
            return {"measured": dict(NO_COUNTS, guard=steps), "counters": {}}
        # Where max_steps was reached before, there was no session to ask.
        global_step = saved if self._global_step is None else self._global_step
        examples = [number for batch in self._batches for number in batch]
        times, counts = np.unique(np.bincount(examples, minlength=plan.examples), return_counts=True)
        measured: Dict[str, Any] = {
            "steps": steps,
            "global_step": None if global_step is None else int(global_step),
            "examples": len(examples),
            "last_batch": len(self._batches[-1]) if steps else 0,
            "epochs": len(examples) // max(1, plan.examples),
            "bound": "epochs" if self._running else "steps" if plan.steps is not None else "max_steps",
            "usage": {str(int(time)): int(count) for time, count in zip(times, counts)},
        }
        counters = {"global step": int(measured["global_step"] or 0) - plan.global_step, "train op": self._updates}
        return {"measured": measured, "counters": counters}


_BATCHES = "tally/batches"
_UPDATES = "tally/updates"


def _model_fn(features, labels, mode):
    v1 = tf.v1
    global_step = v1.train.get_global_step()
    # Not saved, so that a checkpoint holds the global step and nothing else.
    updates = v1.get_variable(
        "updates", shape=[], dtype=v1.int64, initializer=v1.zeros_initializer(), trainable=False,
        collections=[v1.GraphKeys.LOCAL_VARIABLES], use_resource=False,
    )  # fmt: skip
    with v1.control_dependencies([features["x"]]):
        train_op = v1.group(v1.assign_add(global_step, 1), v1.assign_add(updates, 1))
    v1.add_to_collection(_BATCHES, features["x"])
    v1.add_to_collection(_UPDATES, updates)
    nothing_is_missing = v1.constant([], v1.string)
    scaffold = tf.train.Scaffold(
        init_op=global_step.initializer,
        ready_op=nothing_is_missing,
        ready_for_local_init_op=nothing_is_missing,
        local_init_op=updates.initializer,
        summary_op=v1.constant(""),
        saver=tf.train.Saver([global_step]),
    )
    return tf.estimator.EstimatorSpec(mode, loss=v1.constant(0.0), train_op=train_op, scaffold=scaffold)
