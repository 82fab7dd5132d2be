"""Parameter servers: a worker that is killed and started again."""

from estimator_semantics.probe import Plan

CLAIM = "A worker that is killed and started again goes on with the data where it was."
FOUND = (
    "False: it began with its first batch again. Two workers with data for 4 steps each ran 9 steps instead of 8, the chief 4 "
    "and the other one 2 and 3. The global step is on the servers and was not lost: it went on at 4."
)
INSTEAD = "Use `max_steps`, which the restarted worker shares with the others, and shuffle the data."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/train_and_evaluate"
SLOW = "trains in a cluster of processes"

PLAN = Plan(examples=16, batch_size=4, num_epochs=1, max_steps=9, shuffle=False, strategy="parameter_server", workers=2)

# The chief reaches the end of its data after the worker has run the ninth step, so the last checkpoint includes that step.
EXPECTED = {
    "steps": {">=1.4": 9},
    "global_step": {">=1.4": 9},
    "steps_of_each_worker": {">=1.4": [4, 5]},
    "begins_at": {">=1.4": [0, 1, 4]},
    "checkpoint": {">=1.4": 9},
    "usage": {">=1.4": {"1": 4, "2": 4, "3": 8}},
    "exit_status": {">=1.4": -9},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    # The worker is killed instead of making the fifth step, and makes it when it is started again.
    order = ["chief", "worker0"] * 2 + ["worker0", "chief"] * 2 + ["worker0"]
    with Workers(watch.model_dir, plan, order) as workers:
        chief, worker = workers.begin("chief"), workers.begin("worker0", joins_at=1, dies_at=3)
        killed = worker.ends() and worker.status
        workers.answers(chief, workers.begin("worker0", joins_at=4))
        observation = workers.observe(tf, "chief", "worker0")
    observation["measured"]["exit_status"] = killed
    return observation
