"""Parameter servers: the data of each worker."""

from estimator_semantics.probe import Plan

CLAIM = "The workers of a cluster share the data: together they go over it once with num_epochs=1."
FOUND = (
    "False: each worker calls input_fn and reads all of what it gives. With data for 5 steps two workers ran 5 steps each; the "
    "global step was 10, and each of 18 examples was used twice."
)
INSTEAD = (
    "Shard the data in input_fn so that each example is used once: `dataset.shard(number_of_workers, "
    "number_of_this_one)`."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/train_and_evaluate"
SLOW = "trains in a cluster of processes"

_ONE_EPOCH = Plan(examples=18, batch_size=4, num_epochs=1, shuffle=False, strategy="parameter_server", workers=2)

PLANS = {"one epoch": _ONE_EPOCH, "max_steps above": _ONE_EPOCH._replace(max_steps=11)}

EXPECTED = {
    "one epoch": {"begins_at": {">=1.4": [0, 1]}, "checkpoint": {">=1.4": 10}},
    "max_steps above": {"begins_at": {">=1.4": [0, 1]}, "checkpoint": {">=1.4": 10}},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    with Workers(watch.model_dir, plan, order=["chief", "worker0"] * 5) as workers:
        workers.answers(workers.begin("chief"), workers.begin("worker0", joins_at=1))
        return workers.observe(tf, "chief", "worker0")
