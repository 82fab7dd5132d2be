"""Parameter servers: max_steps."""

from estimator_semantics.probe import Plan

CLAIM = "Each worker of a cluster runs max_steps steps."
FOUND = (
    "False: max_steps bounds the global step, which counts the steps of all workers. Two that took turns ran 6 and 5 of "
    "max_steps=10: the other one's step was under way. Left to themselves two stopped at 100 to 102, three at 100 to 104, "
    "however many of those steps each ran."
)
INSTEAD = (
    "Set `max_steps=workers * steps` so that each worker runs `steps` steps on average; no worker is guaranteed its "
    "share."
)
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/train_and_evaluate"
SLOW = "trains in a cluster of processes"

_TWO = Plan(
    examples=80, batch_size=4, num_epochs=None, max_steps=10, shuffle=False, strategy="parameter_server", workers=2
)

PLANS = {
    "two workers in turns": _TWO,
    "two workers": _TWO._replace(max_steps=100),
    "three workers": _TWO._replace(max_steps=100, workers=3),
    "train_and_evaluate": _TWO._replace(max_steps=100, api="train_and_evaluate"),
}

# A worker looks at the global step after its step, and only if what it read during the step was max_steps - 1 or more. When
# max_steps is reached each other worker may be in a step, and may have read less: it finishes that step and makes one more.
# https://github.com/tensorflow/tensorflow/blob/v1.15.5/tensorflow/python/training/basic_session_run_hooks.py#L432
# When the workers take turns, no other step comes between: a step too many is seen. Without turns, both ends of the expected
# range follow from this: max_steps, and two more for each other worker. The chief saves the last checkpoint when it stops,
# whatever the other workers still do.
EXPECTED = {
    "two workers in turns": {
        "steps": {">=1.4": 11},
        "global_step": {">=1.4": 11},
        "steps_of_each_worker": {">=1.4": [6, 5]},
        "begins_at": {">=1.4": [0, 1]},
        "checkpoint": {">=1.4": 11},
        "usage": {">=1.4": {"0": 56, "1": 4, "2": 20}},
    },
    "two workers": {"checkpoint": {">=1.4": {"from": 100, "to": 102}}},
    "three workers": {"checkpoint": {">=1.4": {"from": 100, "to": 104}}},
    "train_and_evaluate": {"checkpoint": {">=1.4": {"from": 100, "to": 102}}},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.worker import Workers

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    names = ["chief", "worker0", "worker1"][: plan.workers]
    # All of them make a step before anyone is free to make more; in turns, to the very end.
    order = names * 5 if plan.max_steps == 10 else names
    with Workers(watch.model_dir, plan, order) as workers:
        nodes = [workers.begin(name, joins_at=min(1, number)) for number, name in enumerate(names)]
        workers.answers(*nodes)
        observation = workers.observe(tf, *names)
    if order == names:
        # At which step a worker that is free comes to begin is chance.
        del observation["measured"]["begins_at"]
    return observation
