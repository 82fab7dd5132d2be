"""train_and_evaluate: at which global steps it evaluates.

35 steps with a checkpoint every 10, first with the default throttle_secs=600, then with throttle_secs=0.
"""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "train_and_evaluate evaluates every checkpoint."
FOUND = (
    "False: of 35 steps with a checkpoint every 10, it evaluated steps 10 and 35 by default, and before 1.10 "
    "only 35. Since 1.10 throttle_secs=0 evaluates steps 10, 20, 30 and 35; before, it is refused."
)
INSTEAD = (
    "Pass `EvalSpec(input_fn, throttle_secs=0)` since 1.10; until 1.9, call `train` and `evaluate` in turns, once "
    "for each evaluation."
)
SOURCE = "https://github.com/tensorflow/tensorflow/issues/17650"

PLAN = Plan(examples=140, batch_size=4, max_steps=35, api="train_and_evaluate")

EXPECTED = {
    "evaluated_at": {"<1.10": [35], ">=1.10": [10, 35]},
    "evaluated_at_without_throttle": {"<1.10": "ValueError", ">=1.10": [10, 20, 30, 35]},
    "waited_for_start_delay_secs": {">=1.4": False},
}

CHANGES = {
    "1.10": Change(
        says="Up to 1.9 training was interrupted for an evaluation every throttle_secs, whatever was saved, and "
        "throttle_secs=0 was refused. Since 1.10 a checkpoint is evaluated when it is saved, unless the last evaluation "
        "is less than throttle_secs (600 by default) ago; the last one always is.",
        do="Set how often to evaluate with RunConfig(save_checkpoints_steps=...), and pass EvalSpec(throttle_secs=0).",
        source="https://github.com/tensorflow/models/issues/5303",
        cause=causes.ONE_TRAIN,
    )
}


def run(tf, plan, watch):
    import os
    import time

    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.evaluations import Evaluations
    from estimator_semantics.probe.regressor import regressor

    train_and_evaluate = tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)

    def evaluated_at(folder, hooks, **throttle):
        evaluations = Evaluations()
        estimator = regressor(folder, save_checkpoints_steps=10)
        train = tf.estimator.TrainSpec(watch.counted(input_fn), plan.max_steps, hooks=hooks)
        evaluate = tf.estimator.EvalSpec(input_fn, hooks=[evaluations], **throttle)
        try:
            train_and_evaluate(estimator, train, evaluate)
        except ValueError as error:
            if "throttle_secs" not in str(error):
                raise
            return refusal.name(error)
        return evaluations.global_steps

    begun = time.monotonic()
    points = evaluated_at(watch.model_dir, [watch])
    seconds = time.monotonic() - begun
    observation = watch.observe()
    observation["measured"].update(
        evaluated_at=points,
        evaluated_at_without_throttle=evaluated_at(os.path.join(watch.model_dir, "second"), [], throttle_secs=0),
        waited_for_start_delay_secs=seconds >= 120,  # its default; only an evaluator of its own process waits
    )
    return observation
