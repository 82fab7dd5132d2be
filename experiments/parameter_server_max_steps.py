"""Parameter servers: max_steps."""

from estimator_semantics.probe import Plan

CLAIM = "Each worker of a cluster runs max_steps steps."
FOUND = ""
INSTEAD = ""
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

EXPECTED = {}


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
