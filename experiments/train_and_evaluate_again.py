"""train_and_evaluate: what it returns, and calling it again when it is finished."""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "train_and_evaluate returns the metrics and what was exported, also when max_steps was reached before."
FOUND = (
    "Depends on the release: only 1.9 does so both times. Before, nothing is returned; since 1.10 a call "
    "after max_steps was reached evaluates nothing and returns (None, None)."
)
SOURCE = "https://github.com/tensorflow/tensorflow/issues/24028"

PLAN = Plan(examples=40, batch_size=4, max_steps=5, api="train_and_evaluate")

EXPECTED = {
    "returned": {
        ">=1.4,<1.9": None,
        "==1.9.*": [["average_loss", "global_step", "loss"], []],
        ">=1.10": [["average_loss", "global_step", "label/mean", "loss", "prediction/mean"], []],
    },
    "returned_again": {
        ">=1.4,<1.9": None,
        "==1.9.*": [["average_loss", "global_step", "loss"], []],
        ">=1.10": [None, None],
    },
    "evaluated_at": {"<1.10": [5, 5], ">=1.10": [5]},
}

CHANGES = {
    "1.9": Change(
        says="Up to 1.8 train_and_evaluate returned nothing. Since 1.9 it returns the metrics of the last evaluation, and "
        "what was exported.",
        do="Until 1.8, call Estimator.evaluate.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/estimator/training.py#L447",
    ),
    "1.10": Change(
        says="Up to 1.9 a training that was finished was evaluated again. Since 1.10 nothing is evaluated, and (None, None) "
        "is returned: only a saved checkpoint leads to an evaluation. The metrics of a regressor have two more: label/mean and "
        "prediction/mean.",
        do="Look whether the first value is None; for the metrics of a finished training call Estimator.evaluate.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.10.1/tensorflow/python/estimator/training.py#L687-L695",
        cause=causes.ONE_TRAIN,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe.evaluations import Evaluations
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    evaluations = Evaluations()
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor(
        [tf.feature_column.numeric_column("x")], watch.model_dir, config=light(save_checkpoints_secs=600)
    )
    train = tf.estimator.TrainSpec(watch.counted(input_fn), plan.max_steps, hooks=[watch])
    evaluate = tf.estimator.EvalSpec(input_fn, hooks=[evaluations])

    def returned():
        answer = tf.estimator.train_and_evaluate(estimator, train, evaluate)
        if not isinstance(answer, tuple):
            return answer
        metrics, exported = answer
        return [sorted(metrics) if metrics else metrics, exported]

    first, again = returned(), returned()
    observation = watch.observe()
    observation["measured"].update(returned=first, returned_again=again, evaluated_at=evaluations.global_steps)
    return observation
