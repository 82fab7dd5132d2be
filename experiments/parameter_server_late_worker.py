"""Parameter servers: a worker that begins when the chief has left."""

from estimator_semantics.probe import Change, Plan

CLAIM = "A worker that begins when the others have reached the step bound makes no step."
FOUND = (
    "Depends: with max_steps=10 it found the checkpoint of step 10 and made no step. With steps=10 it counted from there and "
    "made 10 more, which no checkpoint holds; before 1.10 it waited for ever for the chief, which was gone."
)
INSTEAD = (
    "Use `max_steps`; until 1.9 also `session_config=tf.ConfigProto(device_filters=['/job:ps', '/job:worker/task:0'])`."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/Estimator#train"
SLOW = "trains in a cluster of processes, one of which never ends on some releases"

_ENDLESS = Plan(examples=80, batch_size=4, num_epochs=None, shuffle=False, strategy="parameter_server", workers=2)

PLANS = {"steps": _ENDLESS._replace(steps=10), "max_steps": _ENDLESS._replace(max_steps=10)}

EXPECTED = {
    "steps": {
        "steps": {"<1.10": 10, ">=1.10": 20},
        "global_step": {"<1.10": 10, ">=1.10": 20},
        "steps_of_each_worker": {"<1.10": [10, 0], ">=1.10": [10, 10]},
        "begins_at": {"<1.10": [0], ">=1.10": [0, 10]},
        "checkpoint": {">=1.4": 10},
        "usage": {"<1.10": {"0": 40, "1": 40}, ">=1.10": {"0": 40, "2": 40}},
        "late_worker_ends": {"<1.10": False, ">=1.10": True},
    },
    "max_steps": {
        "steps": {">=1.4": 10},
        "global_step": {">=1.4": 10},
        "steps_of_each_worker": {">=1.4": [10, 0]},
        "begins_at": {">=1.4": [0]},
        "checkpoint": {">=1.4": 10},
        "usage": {">=1.4": {"0": 40, "1": 40}},
        "late_worker_ends": {">=1.4": True},
    },
}

CHANGES = {
    "1.10": Change(
        says="Up to 1.9 a session was opened only when every process of the cluster answered, other workers and the chief "
        "included: a worker that came when the chief was gone waited for ever. Since 1.10 each worker has device_filters by "
        "default, and needs the parameter servers alone.",
        do="Until 1.9, give RunConfig a session_config with device_filters of your own.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.10.0/tensorflow/python/estimator/run_config.py#L504",
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    with Workers(watch.model_dir, plan, order=["chief"] * 10) as workers:
        chief, worker = workers.begin("chief"), workers.begin("worker0", after="chief")
        workers.answers(chief)
        chief.ends(30.0)
        workers.gone("chief")
        ends = worker.ends(30.0)
        observation = workers.observe(tf, "chief", "worker0")
    observation["measured"]["late_worker_ends"] = ends
    return observation
