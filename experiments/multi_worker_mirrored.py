"""MultiWorkerMirroredStrategy: the data of each worker."""

import os

from estimator_semantics.probe import Plan

CLAIM = "The workers of MultiWorkerMirroredStrategy share the data: together they go over it once with num_epochs=1."
FOUND = (
    "False: each worker calls input_fn and reads all of what it gives, and a step takes a batch of each. With data for 5 steps "
    "two workers made 5 steps together, each of 18 examples was used twice, and max_steps=3 was 3 steps for both."
)
INSTEAD = (
    "Shard the data in input_fn: `dataset.shard(input_context.num_input_pipelines, input_context.input_pipeline_id)`."
)
SOURCE = "https://www.tensorflow.org/tutorials/distribute/multi_worker_with_estimator"
SLOW = "trains in a cluster of processes, which does not end when one of them has less data"

_ONE_EPOCH = Plan(
    examples=18,
    batch_size=4,
    shuffle=False,
    api="train_and_evaluate",
    input="repeat, then batch",
    strategy="multi_worker_mirrored",
    workers=2,
)

PLANS = {
    "one epoch": _ONE_EPOCH,
    "max_steps": _ONE_EPOCH._replace(num_epochs=None, max_steps=3),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import mirrored_worker
    from estimator_semantics.probe.cluster import Cluster
    from estimator_semantics.probe.journal import usage
    from estimator_semantics.probe.replicas import steps_in

    tf.require_multi_worker()  # before anything is started
    folder, names = watch.model_dir, ["worker0", "worker1"]
    with Cluster(folder, worker=2) as cluster:
        cluster.answers(
            *[
                cluster.start("worker", number, mirrored_worker.train, folder, name, plan, plan.examples)
                for number, name in enumerate(names)
            ]
        )
    of_each = [steps_in(os.path.join(folder, name)) for name in names]
    measured = {
        "steps": len(of_each[0]),
        "global_step": int(tf.checkpointed(os.path.join(folder, "model"), "global_step")),
        "steps_of_each_worker": [len(steps) for steps in of_each],
        "usage": usage((batch for steps in of_each for step in steps for batch in step), plan.examples),
    }
    return {"measured": measured, "counters": {"global step": measured["global_step"]}}
