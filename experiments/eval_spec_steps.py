"""EvalSpec: 100 batches unless something else is asked for."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "train_and_evaluate evaluates on all of the evaluation data."
FOUND = "False: by default it evaluates on 100 batches at most. It used 100 of 103, and all of 7."
INSTEAD = "Pass `EvalSpec(input_fn, steps=None)`, which evaluates until the data ends."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/EvalSpec"

PLANS = {
    "less than 100 batches": Plan(examples=70, batch_size=10, steps=100, global_step=1, shuffle=False, api="evaluate"),
    "more than 100 batches": Plan(examples=103, batch_size=1, steps=100, global_step=1, shuffle=False, api="evaluate"),
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = regressor(watch.model_dir, save_checkpoints_secs=600)
    train = tf.estimator.TrainSpec(input_fn, max_steps=1)
    tf.estimator.train_and_evaluate(estimator, train, tf.estimator.EvalSpec(watch.counted(input_fn), hooks=[watch]))
    observation = watch.observe()
    del observation["counters"]["global step"]  # evaluating does not move it
    return observation
