"""MirroredStrategy: the batches of several replicas."""

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "With MirroredStrategy every batch of the data is used, the last step by fewer replicas if need be."
FOUND = (
    "False: a step takes one batch for each replica, and where there is not one for each training ends. Five batches made 2 "
    "steps of two replicas, and 4 of 20 examples were never used; two batches made none of three. A ragged batch is used, "
    "by the last replica (before 1.13 by any). From 2.0 to 2.3 the last step ran with an empty batch, whose loss is NaN, and "
    "raised."
)
INSTEAD = (
    "Use `dataset.repeat()` and max_steps; or a number of batches that the number of replicas divides, `examples = n "
    "* batch_size * replicas`."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/distribute/MirroredStrategy"
SLOW = "trains in a process of its own"

_TWO = Plan(examples=20, batch_size=4, shuffle=False, input="repeat, then batch", strategy="mirrored", workers=2)
_THREE = _TWO._replace(workers=3)

PLANS = {
    "five batches, two replicas": _TWO,
    "six batches, the last one ragged, three replicas": _THREE._replace(examples=22),
    "two batches, three replicas": _THREE._replace(examples=8),
    "max_steps": _TWO._replace(num_epochs=None, max_steps=3),
}

# Where one replica has no data and the others have, from 2.0 to 2.3: its loss is the mean over no example.
_NAN = {"raises": {">=2.0,<2.4": "NanLossDuringTrainingError"}, "global_step": {">=2.0,<2.4": 0}}

# Until 1.12 each replica prefetches its batches independently, so chance decides which of the three gets the last one:
# https://github.com/tensorflow/tensorflow/blob/v1.12.0/tensorflow/contrib/distribute/python/values.py#L1109
EXPECTED = {
    "five batches, two replicas": dict(
        _NAN, examples_of_each_step={">=1.8,<2.0": [8, 8], ">=2.0,<2.4": [8, 8, 4], ">=2.4": [8, 8]}
    ),
    "six batches, the last one ragged, three replicas": {
        "examples_of_each_step": {">=1.8": [12, 10]},
        "replicas_with_a_ragged_batch": {">=1.8": 1},
        "replica_with_the_ragged_batch": {"<1.13": {"from": 0, "to": 2}, ">=1.13": 2},
    },
    "two batches, three replicas": dict(_NAN, examples_of_each_step={">=1.8,<2.0": [], ">=2.0,<2.4": [8], ">=2.4": []}),
    "max_steps": {"examples_of_each_step": {">=1.8": [8, 8, 8]}},
}

CHANGES = {
    "1.13": Change(
        says="Up to 1.12 each replica fetched its batches on its own, and any of them could get the ragged one, or the one "
        "that is left over. Since 1.13 one iterator hands them out in the order of the data: the last replica gets the last one.",
        do="Do not rely on which replica gets which batch.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.13.1/tensorflow/python/distribute/values.py#L1192",
    ),
    "2.0": Change(
        says="Where the data ends in the middle of a step, the step ran since 2.0 with an empty batch for each replica that "
        "had none. The mean over no example is NaN, and training raises NanLossDuringTrainingError without saving what it had "
        "trained.",
        do="Use `drop_remainder=True` and a number of batches that the number of replicas divides, or "
        "`dataset.repeat()` and max_steps.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/distribute/input_lib.py#L256",
    ),
    "2.4": Change(
        says="From 2.0 to 2.3 such a step ran with empty batches, and raised NanLossDuringTrainingError. Since 2.4 the "
        "iterator of an input_fn asks for whole steps only: training ends before it, and the batches that are left over are "
        "not used.",
        do="Use a number of batches that the number of replicas divides, or `dataset.repeat()` and max_steps.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/distribute/input_lib.py#L1428",
    ),
}


def train(tf, folder, plan):
    from estimator_semantics.probe import model, refusal
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
    raised = ""
    try:
        estimator.train(input_fn, max_steps=plan.max_steps, hooks=[replicas])
    except tf.train.NanLossDuringTrainingError as error:
        raised = refusal.name(error)
    return {"steps": replicas.steps, "raised": raised}


def run(tf, plan, watch):
    from estimator_semantics.probe.cluster import Cluster
    from estimator_semantics.probe.journal import usage

    tf.require_strategies()  # before anything is started
    with Cluster(watch.model_dir) as cluster:
        (answer,) = cluster.answers(cluster.start("local", 0, train, watch.model_dir, plan))
    steps = answer["steps"]
    measured = {
        "steps": len(steps),
        "global_step": int(tf.checkpointed(watch.model_dir, "global_step")),
        "examples_of_each_step": [sum(map(len, step)) for step in steps],
        "usage": usage((batch for step in steps for batch in step), plan.examples),
    }
    if answer["raised"]:
        measured["raises"] = answer["raised"]
    ragged = [replica for step in steps for replica, batch in enumerate(step) if 0 < len(batch) < plan.batch_size]
    if ragged:
        measured["replicas_with_a_ragged_batch"] = len(ragged)
        measured["replica_with_the_ragged_batch"] = ragged[0]
    # Of the step whose loss was NaN nothing is saved.
    counters = {} if answer["raised"] else {"global step": measured["global_step"]}
    return {"measured": measured, "counters": counters}
