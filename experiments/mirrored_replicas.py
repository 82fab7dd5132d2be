"""MirroredStrategy: the batches of several replicas."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "With MirroredStrategy every batch of the data is used, the last step by fewer replicas if need be."
FOUND = ""
INSTEAD = ""
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/distribute/MirroredStrategy"
SLOW = "trains in a process of its own"

_TWO = Plan(
    examples=20, batch_size=4, shuffle=False, input="repeat, then batch", strategy="mirrored", workers=2
)
_THREE = _TWO._replace(workers=3)

PLANS = {
    "five batches, two replicas": _TWO,
    "six batches, the last one ragged, three replicas": _THREE._replace(examples=22),
    "two batches, three replicas": _THREE._replace(examples=8),
    "max_steps": _TWO._replace(num_epochs=None, max_steps=3),
}

EXPECTED = {}


def train(tf, folder, plan):
    from estimator_semantics.probe import model
    from estimator_semantics.probe.replicas import Replicas

    def minimize(optimizer, loss):
        return optimizer.minimize(loss, global_step=tf.v1.train.get_or_create_global_step())

    def input_fn():
        x, y = synthetic.line(plan.examples)
        return tf.Dataset.from_tensor_slices(({"x": x}, y)).repeat(plan.num_epochs).batch(plan.batch_size)

    plan = Plan(*plan)
    replicas = Replicas(plan.examples)
    config = tf.estimator.RunConfig(
        train_distribute=tf.mirrored_strategy(plan.workers),
        session_config=tf.v1.ConfigProto(device_count={"CPU": plan.workers}),
    )
    # Not a LinearRegressor: from 1.9 to 1.15 it fails with this strategy.
    estimator = tf.estimator.Estimator(replicas.noted(model.linear(minimize)), folder, config=config)
    estimator.train(input_fn, max_steps=plan.max_steps, hooks=[replicas])
    return replicas.steps


def run(tf, plan, watch):
    from estimator_semantics.probe.cluster import Cluster
    from estimator_semantics.probe.journal import usage

    tf.require_strategies()  # before anything is started
    with Cluster(watch.model_dir) as cluster:
        (steps,) = cluster.answers(cluster.start("local", 0, train, watch.model_dir, plan))
    measured = {
        "steps": len(steps),
        "global_step": int(tf.checkpointed(watch.model_dir, "global_step")),
        "batch_of_each_replica": [[len(batch) for batch in step] for step in steps],
        "usage": usage((batch for step in steps for batch in step), plan.examples),
    }
    return {"measured": measured, "counters": {"global step": measured["global_step"]}}
