"""BestExporter: which of several evaluations are exported."""

import os

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "BestExporter exports after each evaluation with a lower loss than all before it, the first one included."
FOUND = (
    "Depends on the release: since 2.2 the first evaluation is exported like any other with the lowest loss "
    "so far. Before, it never was, not even where it stayed the best."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/BestExporter"

PLAN = Plan(examples=40, batch_size=4, num_epochs=None, steps=5, shuffle=False)

EXPECTED = {
    "exported_when_loss_falls": {">=1.9,<2.2": [10], ">=2.2": [5, 10]},
    "exported_when_loss_rises": {">=1.9,<2.2": [], ">=2.2": [5]},
}

CHANGES = {
    "2.2": Change(
        says="The first evaluation was compared with itself, read back from the event files, and never exported, even "
        "where it stayed the best. Since 2.2 the first one is exported.",
        do="Expect one export more; until 2.1 pass event_file_pattern=None to compare with nothing from before",
        source="https://github.com/tensorflow/estimator/pull/41",
    )
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    def serving_input_receiver_fn():
        features = {"x": tf.v1.placeholder(tf.v1.float64, [None])}
        return tf.estimator.export.ServingInputReceiver(features, features)

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    # The better a model fits the data, the worse it fits data of the opposite sign.
    labels = {"loss_falls": y, "loss_rises": -y}
    exporters = {
        name: tf.estimator.BestExporter(name, serving_input_receiver_fn, "eval_{}/*.tfevents.*".format(name))
        for name in labels
    }
    measured = {"exported_when_loss_falls": [], "exported_when_loss_rises": []}
    for time in ("first", "second"):
        estimator.train(input_fn, steps=plan.steps)
        # What train_and_evaluate does at a checkpoint.
        for name in labels:
            evaluated = tf.numpy_input_fn({"x": x}, labels[name], plan.batch_size, num_epochs=1, shuffle=False)
            evaluation = estimator.evaluate(evaluated, name=name)
            checkpoint = tf.train.latest_checkpoint(watch.model_dir)
            # Each in a folder of its own: an export waits until no other has the name that the time gives it.
            folder = os.path.join(watch.model_dir, "export", name, time)
            if exporters[name].export(estimator, folder, checkpoint, evaluation, is_the_final_export=False):
                measured["exported_when_" + name].append(int(evaluation["global_step"]))
    return {"measured": measured, "counters": {}}
