"""A fixed number of steps called an epoch: where the next one takes up the data.

After each, the average cost is checked. Where it improved, the checkpoint is one to keep.
"""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "When N steps are called an epoch, the next epoch goes on in the data where the last one ended."
FOUND = (
    "Depends on the release: after 5 steps in batches of 4, train_and_evaluate goes on at example 20 since "
    "1.10, and began at example 0 again before. With train and evaluate in turn, it is example 0 on every "
    "release."
)
INSTEAD = "Use `train_and_evaluate` since 1.10; in a loop of train and evaluate, shuffle all of the data."
SOURCE = "https://stackoverflow.com/questions/38340311"

PLANS = {
    "train and evaluate in turn": Plan(examples=100, batch_size=4, num_epochs=None, steps=5, shuffle=False),
    "train_and_evaluate": Plan(
        examples=100, batch_size=4, num_epochs=None, max_steps=10, shuffle=False, api="train_and_evaluate"
    ),
}

SLOW = "Before TensorFlow 1.10 train_and_evaluate evaluates after some seconds, not after some steps."

_SECONDS = 5

EXPECTED = {
    "train and evaluate in turn": {"second_begins_at": {">=1.3": 0}, "improved_at": {">=1.3": [5, 10]}},
    "train_and_evaluate": {
        "second_begins_at": {">=1.4,<1.10": 0, ">=1.10": 20},
        "improved_at": {">=1.4": [5, 10]},
    },
}

CHANGES = {
    "1.10": Change(
        says="train_and_evaluate called train anew after each evaluation, so that training began at the first example "
        "again. Since 1.10 it calls train once and evaluates beside it: training goes on in the data.",
        do="Until 1.9, and always in a loop of train and evaluate, shuffle, or have input_fn skip the examples that "
        "were used.",
        source="https://github.com/tensorflow/tensorflow/issues/19062",
        cause=causes.ONE_TRAIN,
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe.order import Order
    from estimator_semantics.probe.pause import Pause
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    order = Order(x)
    input_fn = order.noted(tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle))
    evaluation_input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, num_epochs=1, shuffle=False)
    costs, improved_at = [], []

    def check(evaluation):
        if not costs or evaluation["loss"] < min(costs):
            improved_at.append(int(evaluation["global_step"]))
        costs.append(evaluation["loss"])

    if plan.api == "train":
        estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
        for _ in range(2):
            estimator.train(input_fn, hooks=[order], steps=plan.steps)
            check(estimator.evaluate(evaluation_input_fn))
    else:

        class Check(tf.estimator.Exporter):
            name = "check"

            def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
                check(eval_result)

        hooks = [order, Pause(step=5, seconds=_SECONDS)]
        tf.estimator.train_and_evaluate(
            regressor(watch.model_dir, save_checkpoints_steps=5),
            tf.estimator.TrainSpec(input_fn, plan.max_steps, hooks),
            tf.estimator.EvalSpec(evaluation_input_fn, None, exporters=Check(), throttle_secs=_SECONDS),
        )
    measured = {"second_begins_at": order.batches[5][0], "improved_at": improved_at}
    return {"measured": measured, "counters": {}}
