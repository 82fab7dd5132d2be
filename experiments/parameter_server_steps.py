"""Parameter servers: steps."""

from estimator_semantics.probe import Plan

CLAIM = "With steps=10 each worker of a cluster runs 10 steps, or all of them together do."
FOUND = ""
INSTEAD = ""
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/Estimator#train"
SLOW = "trains in a cluster of processes"

PLAN = Plan(examples=80, batch_size=4, num_epochs=None, steps=10, shuffle=False, strategy="parameter_server", workers=2)

EXPECTED = {}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    # The worker joins after six steps of the chief; the tenth step is the chief's, and its last.
    order = ["chief"] * 6 + ["worker0", "chief"] * 2
    with Workers(watch.model_dir, plan, order) as workers:
        workers.answers(workers.begin("chief"), workers.begin("worker0", joins_at=6))
        return workers.observe(tf, "chief", "worker0")
