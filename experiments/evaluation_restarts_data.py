"""train_and_evaluate: an evaluation in the middle of the data.

Ten steps on data for ten, and more than throttle_secs gone by after five of them.
"""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "An evaluation in between does not disturb training: it goes on with the data where it left off."
FOUND = (
    "Depends on the release: since 1.10 training goes on in the data, and 10 steps used each of 40 examples "
    "once. Before, it began at the first example again: 20 were used twice and 20 never."
)
INSTEAD = (
    "Use 1.10 or later; until 1.9, pass `EvalSpec(input_fn, throttle_secs=86400)`, more than an epoch takes, or "
    "shuffle all of the data."
)
SOURCE = "https://github.com/tensorflow/tensorflow/issues/19062"
SLOW = "it lets throttle_secs go by"

PLAN = Plan(examples=40, batch_size=4, num_epochs=1, max_steps=10, shuffle=False, api="train_and_evaluate")

EXPECTED = {"usage": {"<1.10": {"0": 20, "2": 20}}, "evaluated_at": {"<1.10": [5, 10], ">=1.10": [5, 10]}}

CHANGES = {
    "1.10": Change(
        says="Up to 1.9 training began at the first example again after each evaluation: what throttle_secs did not "
        "suffice for was never seen. Since 1.10 it goes on.",
        do="Until 1.9, set throttle_secs above the duration of an epoch, or shuffle all of the data.",
        source="https://github.com/tensorflow/tensorflow/issues/19062",
        cause=causes.ONE_TRAIN,
    )
}

_THROTTLE_SECONDS = 3


def run(tf, plan, watch):
    import time

    from estimator_semantics.probe.evaluations import Evaluations
    from estimator_semantics.probe.regressor import regressor

    class Pause(tf.SessionRunHook):
        def begin(self):
            self._steps = 0

        def after_run(self, run_context, run_values):
            self._steps += 1
            if self._steps == 5:
                time.sleep(_THROTTLE_SECONDS + 0.1)

    train_and_evaluate = tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    x, y = synthetic.line(plan.examples)
    evaluations = Evaluations()
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_steps=5)
    train = tf.estimator.TrainSpec(watch.counted(input_fn), plan.max_steps, hooks=[watch, Pause()])
    evaluate = tf.estimator.EvalSpec(input_fn, hooks=[evaluations], throttle_secs=_THROTTLE_SECONDS)
    train_and_evaluate(estimator, train, evaluate)
    observation = watch.observe()
    observation["measured"]["evaluated_at"] = evaluations.global_steps
    return observation
