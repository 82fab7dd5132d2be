"""Parameter servers: a worker that begins when the chief has left."""

from estimator_semantics.probe import Plan

CLAIM = "A worker that begins when the others have reached the step bound makes no step."
FOUND = ""
INSTEAD = ""
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/Estimator#train"
SLOW = "trains in a cluster of processes, one of which never ends on some releases"

_ENDLESS = Plan(examples=80, batch_size=4, num_epochs=None, shuffle=False, strategy="parameter_server", workers=2)

PLANS = {"steps": _ENDLESS._replace(steps=10), "max_steps": _ENDLESS._replace(max_steps=10)}

EXPECTED = {}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    with Workers(watch.model_dir, plan, order=["chief"] * 10) as workers:
        chief, worker = workers.begin("chief"), workers.begin("worker0", after="chief")
        workers.answers(chief)
        chief.ends()
        workers.gone("chief")
        ends = worker.ends(20.0)
        observation = workers.observe(tf, "chief", "worker0")
    observation["measured"]["late_worker_ends"] = ends
    return observation
