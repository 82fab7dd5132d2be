"""Parameter servers: steps."""

from estimator_semantics.probe import Plan

CLAIM = "With steps=10 each worker of a cluster runs 10 steps, or all of them together do."
FOUND = (
    "False: each worker counts from the global step that it finds. The chief stopped at 10; a worker that joined at 6 stopped "
    "at 16. Both ran 8 steps, and the last checkpoint, which the chief saves when it stops, holds 10 of the 16."
)
INSTEAD = "Use `max_steps`, which bounds all workers together, and let the chief stop last."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/Estimator#train"
SLOW = "trains in a cluster of processes"

PLAN = Plan(examples=80, batch_size=4, num_epochs=None, steps=10, shuffle=False, strategy="parameter_server", workers=2)

# Each worker adds steps to the global step that it reads when its session begins:
# https://github.com/tensorflow/tensorflow/blob/v1.15.5/tensorflow/python/training/basic_session_run_hooks.py#L424
EXPECTED = {
    "steps": {">=1.4": 16},
    "global_step": {">=1.4": 16},
    "steps_of_each_worker": {">=1.4": [8, 8]},
    "begins_at": {">=1.4": [0, 6]},
    "checkpoint": {">=1.4": 10},
    "usage": {">=1.4": {"0": 48, "2": 32}},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    # The worker joins after six steps of the chief; the tenth step is the chief's, and its last.
    order = ["chief"] * 6 + ["worker0", "chief"] * 2
    with Workers(watch.model_dir, plan, order) as workers:
        workers.answers(workers.begin("chief"), workers.begin("worker0", joins_at=6))
        return workers.observe(tf, "chief", "worker0")
