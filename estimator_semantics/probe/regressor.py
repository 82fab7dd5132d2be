"""A linear regressor of two weights: every update is a real one, and next to nothing is set up around it.

What takes the time in a training of a few steps is not the steps but the graph, the session and the files around them. A claim
that is not about LinearRegressor is tested on this Estimator. What is left out is not under test: canned layers and their
summaries, the optimizing of graphs, asking every variable whether it is there, and checkpoints where nothing goes on from them.
"""

from typing import Any

from estimator_semantics.probe.adapter import tf

LEARNING_RATE = 0.1


def regressor(model_dir: str, **configuration: Any) -> Any:
    """Return an Estimator that fits ``y = a x + b`` to the data of `synthetic.line`, by gradient descent from 0.

    Args:
        model_dir: where it keeps its checkpoints.
        **configuration: of its RunConfig. If none says when to save, it saves no checkpoint.
    """
    return tf.estimator.Estimator(_model_fn, model_dir, config=light(**configuration))


def light(**configuration: Any) -> Any:
    """Return a RunConfig without what takes time and is not under test.

    Args:
        **configuration: what else it is to say. If nothing says when to save, no checkpoint is saved.
    """
    session = tf.v1.ConfigProto()
    session.graph_options.optimizer_options.opt_level = -1
    rewriting = session.graph_options.rewrite_options
    if hasattr(rewriting, "disable_meta_optimizer"):
        rewriting.disable_meta_optimizer = True
    given = {
        "session_config": session,
        "save_summary_steps": 0,
        # Up to 1.4, and in 1.8, it must be a number.
        "log_step_count_steps": 10**6 if tf.minor < (1, 9) else None,
        # A RunConfig saves every 600 seconds unless it is told not to.
        "save_checkpoints_secs": None,
        "save_checkpoints_steps": None,
    }
    if hasattr(tf.estimator.RunConfig, "checkpoint_save_graph_def"):
        # It is written as text, which takes as long as a short training.
        given["checkpoint_save_graph_def"] = False
    given.update(configuration)
    return tf.estimator.RunConfig().replace(**given)


def _model_fn(features, labels, mode):
    v1 = tf.v1
    x = features["x"]
    a, b = (v1.get_variable(name, [], x.dtype, v1.zeros_initializer(), use_resource=False) for name in ("a", "b"))
    predicted = a * x + b
    if mode == "infer":
        outputs = {"predict": tf.estimator.export.PredictOutput({"y": predicted})}
        return tf.estimator.EstimatorSpec(mode, {"y": predicted}, export_outputs=outputs, scaffold=trusting())
    error = predicted - labels
    loss = v1.reduce_mean(error * error)
    train_op = None
    if mode == "train":
        if tf.minor < (1, 4):
            v1.summary.scalar("loss", loss)  # later an Estimator sees to that itself
        # The gradient, written down: having TensorFlow derive it takes longer than a short training.
        updates = [
            v1.assign_sub(weight, LEARNING_RATE * 2.0 * v1.reduce_mean(error * slope))
            for weight, slope in ((a, x), (b, v1.ones_like(x)))
        ]
        with v1.control_dependencies(updates):
            train_op = v1.assign_add(v1.train.get_global_step(), 1)
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, scaffold=trusting())


def trusting() -> Any:
    """Return a Scaffold for a model that nothing else initializes: it does not ask every variable whether it is there.

    They all are once init_op has run or a checkpoint has been read.
    """
    nothing_is_missing = tf.v1.constant([], tf.v1.string)
    return tf.train.Scaffold(ready_op=nothing_is_missing, ready_for_local_init_op=nothing_is_missing)
