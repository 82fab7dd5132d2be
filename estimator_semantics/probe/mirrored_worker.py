"""A worker of MultiWorkerMirroredStrategy, as a process of a `Cluster` carries it out."""

import os
from typing import Any, List

from estimator_semantics.law.plan import Plan
from estimator_semantics.probe import model, synthetic
from estimator_semantics.probe.replicas import Replicas


def train(tf: Any, folder: str, me: str, plan: List[Any], examples: int) -> None:
    """Train with the others of a cluster, and note the batches of each step.

    Args:
        tf: the adapter.
        folder: the folder of the cluster; the model is in its folder "model".
        me: the name of this worker, under which it notes its batches.
        plan: the values of a `Plan`.
        examples: number of examples that this worker has: the first ones of the plan's.
    """

    def minimize(optimizer, loss):
        return optimizer.minimize(loss, global_step=tf.v1.train.get_or_create_global_step())

    of_plan = Plan(*plan)

    def input_fn():
        x, y = synthetic.line(of_plan.examples)
        data = tf.Dataset.from_tensor_slices(({"x": x[:examples]}, y[:examples]))
        return data.repeat(of_plan.num_epochs).batch(of_plan.batch_size)

    replicas = Replicas(of_plan.examples, os.path.join(folder, me))
    config = tf.estimator.RunConfig(train_distribute=tf.multi_worker_mirrored_strategy())
    estimator = tf.estimator.Estimator(
        replicas.noted(model.linear(minimize)), os.path.join(folder, "model"), config=config
    )
    spec = tf.estimator.TrainSpec(input_fn, of_plan.max_steps, hooks=[replicas])
    tf.estimator.train_and_evaluate(estimator, spec, tf.estimator.EvalSpec(input_fn))
