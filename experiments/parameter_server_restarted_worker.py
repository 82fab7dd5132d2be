"""Parameter servers: a worker that is killed and started again."""

from estimator_semantics.probe import Plan

CLAIM = "A worker that is killed and started again goes on with the data where it was."
FOUND = ""
INSTEAD = ""
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/train_and_evaluate"
SLOW = "trains in a cluster of processes"

PLAN = Plan(examples=16, batch_size=4, num_epochs=1, max_steps=9, shuffle=False, strategy="parameter_server", workers=2)

EXPECTED = {}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    # The worker is killed instead of making the fifth step, and makes it when it is started again.
    with Workers(watch.model_dir, plan, order=["chief", "worker0"] * 2 + ["worker0", "chief"] * 2) as workers:
        chief, worker = workers.begin("chief"), workers.begin("worker0", joins_at=1, dies_at=3)
        killed = worker.ends() and worker.status
        workers.answers(chief, workers.begin("worker0", joins_at=4))
        observation = workers.observe(tf, "chief", "worker0")
    observation["measured"]["exit_status"] = killed
    return observation
