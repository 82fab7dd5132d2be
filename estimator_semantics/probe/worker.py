"""Workers on parameter servers: what a process of such a cluster does to train, and to be watched at it."""

import os
import signal
import time
from typing import Any, Dict, List, Optional

from estimator_semantics.law import Plan
from estimator_semantics.probe import model, synthetic
from estimator_semantics.probe.cluster import Cluster, Node
from estimator_semantics.probe.interleaving import Interleaving, Waited
from estimator_semantics.probe.journal import Journal, usage

# How long a worker waits for another one before it is given up.
WAIT_SECONDS = 120.0

_SHOWN_BY = "gone"


class Workers(Cluster):
    """A cluster of one parameter server and the workers of a plan, of which the chief is one.

    Args:
        folder: where everything that they leave is put.
        plan: what each of them is asked to do.
        order: which worker runs each step, by the names of the workers; see `interleaving.Interleaving`.
    """

    def __init__(self, folder: str, plan: Plan, order: List[str]) -> None:
        tasks = {"worker": plan.workers - 1} if plan.workers > 1 else {}
        super().__init__(folder, chief=1, ps=1, **tasks)
        self.start("ps", 0, serve_variables)
        self._plan = plan
        self._order = order
        self._shared = folder

    def begin(self, me: str, joins_at: int = 0, after: str = "", dies_at: Optional[int] = None) -> Node:
        """Start a worker, or start it again.

        Args:
            me: its name: ``chief``, ``worker0``, ``worker1``, ...
            joins_at: number of steps that have to be made before it joins the training; its server is there at once.
            after: another worker that it waits for: until `gone` is called with that one's name.
            dies_at: at which of its steps, counted from 1, it kills itself.
        """
        task, index = ("chief", 0) if me == "chief" else ("worker", int(me[len("worker") :]))
        call = [self._shared, me, list(self._plan), self._order, joins_at, after, dies_at]
        return self.start(task, index, train, *call)

    def gone(self, me: str) -> None:
        """Tell those who wait for it that a worker is gone."""
        open(os.path.join(self._shared, me + _SHOWN_BY), "w").close()

    def observe(self, tf: Any, *names: str) -> Dict[str, Any]:
        """Return what these workers did, or have done so far.

        Returns:
            ``measured``: what a `ClusterPrediction` says, the global step being the last that a worker read on the server;
            ``checkpoint``: the global step in the last checkpoint; ``begins_at``: the global step that each worker found, once
            for each time it was started. ``counters``: the number of steps as each counter has it.
        """
        journals = [Journal(os.path.join(self._shared, name), self._plan.examples) for name in names]
        batches = [batch for journal in journals for batch in journal.batches]
        global_step = max(step for journal in journals for step in journal.ends)
        measured = {
            "steps": len(batches),
            "global_step": global_step,
            "steps_of_each_worker": [sum(journal.runs) for journal in journals],
            "begins_at": [step for journal in journals for step in journal.starts],
            "checkpoint": int(tf.checkpointed(os.path.join(self._shared, "model"), "global_step")),
            "usage": usage(batches, self._plan.examples),
        }
        return {"measured": measured, "counters": {"global step": global_step, "train op": len(batches)}}


def serve_variables(tf: Any) -> None:
    """Hold the variables, as a parameter server does, and never end."""
    _serve(tf, tf.estimator.RunConfig()).join()


def train(
    tf: Any, folder: str, me: str, plan: List[Any], order: List[str], joins_at: int, after: str, dies_at: Optional[int]
) -> None:
    """Start the server of a worker, then train as any other worker does. See `Workers.begin`."""
    of_plan = Plan(*plan)
    journal = Journal(os.path.join(folder, me), of_plan.examples)
    interleaving = Interleaving(os.path.join(folder, "steps"), me, order, WAIT_SECONDS)

    class Die(tf.SessionRunHook):
        def before_run(self, run_context):
            # In its turn, and before it makes the step.
            if len(journal.batches) + 1 == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def minimize(optimizer, loss):
        return optimizer.minimize(loss, global_step=tf.v1.train.get_or_create_global_step())

    x, y = synthetic.line(of_plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, of_plan.batch_size, of_plan.num_epochs, of_plan.shuffle)
    config = tf.estimator.RunConfig().replace(save_checkpoints_steps=1000)  # the last one only
    estimator = tf.estimator.Estimator(model.linear(minimize), os.path.join(folder, "model"), config=config)
    hooks = [journal, interleaving, Die()]
    if of_plan.api == "train_and_evaluate":
        spec = tf.estimator.TrainSpec(journal.written(input_fn), of_plan.max_steps, hooks=hooks)
        tf.estimator.train_and_evaluate(estimator, spec, tf.estimator.EvalSpec(input_fn))
        return
    # What train_and_evaluate does, and Estimator.train does not.
    server = _serve(tf, config)
    interleaving.wait_for(joins_at)
    if after:
        _wait_for(os.path.join(folder, after + _SHOWN_BY))
    estimator.train(journal.written(input_fn), steps=of_plan.steps, max_steps=of_plan.max_steps, hooks=hooks)
    del server


def _serve(tf: Any, config: Any) -> Any:
    return tf.v1.train.Server(
        config.cluster_spec, job_name=config.task_type, task_index=config.task_id, config=config.session_config
    )


def _wait_for(path: str) -> None:
    end = time.time() + WAIT_SECONDS
    while not os.path.exists(path):
        if time.time() > end:
            raise Waited(path)
        time.sleep(0.02)
