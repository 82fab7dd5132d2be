"""train_and_evaluate: a TF_CONFIG with a single node."""

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = "A TF_CONFIG with a single node changes nothing: there is nobody to share the training with."
FOUND = (
    "False: with a chief alone in the cluster nothing was evaluated, on any release, for that is left to a task of type "
    "evaluator. Before 1.10 training also ended with the data, after 10 steps, where without TF_CONFIG it went on to "
    "max_steps=25."
)
INSTEAD = "Leave out TF_CONFIG for a single process, or call `Estimator.evaluate` after it."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/train_and_evaluate"
SLOW = "trains in processes of their own"

# What the chief of a cluster does; without TF_CONFIG the same call is that of train_and_evaluate_max_steps.
PLAN = Plan(
    examples=40, batch_size=4, max_steps=25, shuffle=False, api="train_and_evaluate", strategy="parameter_server"
)

EXPECTED = {
    "evaluations": {">=1.4": 0},
    "steps_without_TF_CONFIG": {"<1.10": 25, ">=1.10": 10},
    "evaluations_without_TF_CONFIG": {"<1.10": 3, ">=1.10": 1},
}

CHANGES = {
    "1.10": Change(
        says="Without TF_CONFIG train_and_evaluate trained in a loop up to 1.9 that only max_steps ended; the chief of a cluster "
        "calls Estimator.train once, on every release. Since 1.10 training is the same with TF_CONFIG and without; only the "
        "evaluations are missing.",
        do="Leave TF_CONFIG out for a single process, or evaluate yourself.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/estimator/training.py#L560",
        cause=causes.ONE_TRAIN,
    )
}


def train(tf, folder, plan, name):
    import os

    from estimator_semantics.probe.evaluations import Evaluations
    from estimator_semantics.probe.journal import Journal

    plan = Plan(*plan)
    x, y = synthetic.line(plan.examples)
    journal, evaluations = Journal(os.path.join(folder, name), plan.examples), Evaluations()
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    model_dir = os.path.join(folder, name + "-model")
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir)
    spec = tf.estimator.TrainSpec(journal.written(input_fn), plan.max_steps, hooks=[journal])
    tf.estimator.train_and_evaluate(estimator, spec, tf.estimator.EvalSpec(input_fn, hooks=[evaluations]))
    return {
        "steps": sum(journal.runs),
        "global_step": int(tf.checkpointed(model_dir, "global_step")),
        "usage": journal.usage,
        "evaluations": len(evaluations.global_steps),
    }


def run(tf, plan, watch):
    from estimator_semantics.probe.cluster import Cluster

    tf.estimator.train_and_evaluate  # first of all: TensorFlow 1.3 has none
    with Cluster(watch.model_dir, chief=1) as cluster, Cluster(watch.model_dir) as none:
        alone = cluster.start("chief", 0, train, watch.model_dir, plan, "alone")
        without = none.start("local", 0, train, watch.model_dir, plan, "without")
        (measured,), (local,) = cluster.answers(alone), none.answers(without)
    measured["steps_without_TF_CONFIG"] = local["steps"]
    measured["evaluations_without_TF_CONFIG"] = local["evaluations"]
    return {"measured": measured, "counters": {"global step": measured["global_step"]}}
