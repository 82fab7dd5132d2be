"""MultiWorkerMirroredStrategy: a worker with less data."""

import os

from estimator_semantics.probe import Change, Plan

CLAIM = "With MultiWorkerMirroredStrategy a worker whose data ends leaves the rest to the others."
FOUND = (
    "False: the training hangs. With data for 3 steps the second worker ended after 3; the first one, with data for 5, was still "
    "waiting for it 15 s after its third step. Only 2.3 ended: both raised NanLossDuringTrainingError in the fourth step."
)
INSTEAD = "Use `dataset.repeat()` and max_steps, or give each worker the same number of batches."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/26222"
SLOW = "waits for a cluster of processes that does not end"

# What the first worker has; the second has 12 of the 20 examples.
PLAN = Plan(
    examples=20,
    batch_size=4,
    shuffle=False,
    api="train_and_evaluate",
    input="repeat, then batch",
    strategy="multi_worker_mirrored",
    workers=2,
)

# The first worker has begun its fourth step and waits for the gradients of the second one, which has left. Each worker has an
# input of its own, and nothing tells one how much another has:
# https://www.tensorflow.org/versions/r2.12/api_docs/python/tf/distribute/InputReplicationMode
EXPECTED = {
    "steps": {">=1.12,<2.3": 3, ">=2.3,<2.4": 4, ">=2.4": 3},
    "steps_of_each_worker": {">=1.12,<2.3": [3, 3], ">=2.3,<2.4": [4, 4], ">=2.4": [3, 3]},
    "ends": {">=1.12,<2.3": [False, True], ">=2.3,<2.4": [True, True], ">=2.4": [False, True]},
}

CHANGES = {
    "2.3": Change(
        says="In 2.3 a worker without data goes on with empty batches as long as another has some. The mean over no example is "
        "NaN: in the fourth step both raise NanLossDuringTrainingError, instead of one waiting for ever.",
        do="Give all workers as many batches.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.3.4/tensorflow/python/distribute/input_lib.py#L630",
    ),
    "2.4": Change(
        says="In 2.3 both workers raised NanLossDuringTrainingError in the step for which one had no data. Since 2.4 the "
        "iterator of an input_fn asks for whole batches only, as before 2.3, and the worker that has more waits for ever.",
        do="Give all workers as many batches.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/distribute/input_lib.py#L1428",
    ),
}

# Far more than the steps and the end of such a training take.
_WAIT_SECONDS = 15.0


def run(tf, plan, watch):
    import time

    from estimator_semantics.probe import mirrored_worker
    from estimator_semantics.probe.cluster import Cluster
    from estimator_semantics.probe.replicas import steps_in

    tf.require_multi_worker()  # before anything is started
    folder = watch.model_dir
    paths = [os.path.join(folder, "worker0"), os.path.join(folder, "worker1")]
    with Cluster(folder, worker=2) as cluster:
        first = cluster.start("worker", 0, mirrored_worker.train, folder, "worker0", plan, plan.examples)
        second = cluster.start("worker", 1, mirrored_worker.train, folder, "worker1", plan, 12)
        end = time.time() + 120.0
        while any(len(steps_in(path)) < 3 for path in paths) and first.status is None and time.time() < end:
            time.sleep(0.05)
        # The second one first: on a busy machine it takes its time to end.
        of_the_second = second.ends(4 * _WAIT_SECONDS)
        ends = [first.ends(_WAIT_SECONDS), of_the_second]
        steps = [len(steps_in(path)) for path in paths]
    return {"measured": {"steps": steps[0], "steps_of_each_worker": steps, "ends": ends}, "counters": {}}
