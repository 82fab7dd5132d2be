"""Plans drawn at random, against the law."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = "The lower bound decides whatever the plan: not only in the examples that somebody thought of."
FOUND = (
    "True of all 50 trainings drawn at random, with up to three calls of train each: data, batch size, epochs, steps, "
    "max_steps, first global step, shuffling, threads, and the order of batching and repeating. Every count was as predicted."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

# The largest that is drawn; the plans themselves are those of `random_trainings.draw`.
PLAN = Plan(examples=12, batch_size=6, num_epochs=3)

EXPECTED = {
    "trainings": {">=1.3": 50},
    "calls": {">=1.3": 76},
    "disagreements": {">=1.3": []},
}

_TRAININGS = 50


def run(tf, plan, watch):
    from estimator_semantics.probe import agreement, random_trainings

    measured = {"trainings": 0, "calls": 0, "disagreements": []}
    # The Dataset of TensorFlow 1.3 cannot drop a remainder: there, trainings that should drop it keep it.
    for number, training in enumerate(
        random_trainings.draw(synthetic.SEED, _TRAININGS, drop_remainder=tf.minor >= (1, 4))
    ):
        model_dir = os.path.join(watch.model_dir, str(number))
        measured["disagreements"] += agreement.disagreements(training, model_dir, tf.version)
        measured["trainings"] += 1
        measured["calls"] += len(training)
    return {"measured": measured, "counters": {}}
