"""One epoch, several epochs, or several calls: what differs.

The question this project began with: 1,000 steps in one epoch, or 100 steps in each of 10 epochs? Here 20 steps: in one
epoch of a data set that holds every example twice, in two epochs, and in two calls to train with one epoch each.
"""

import os

from estimator_semantics.probe import Change, Plan, causes, synthetic

CLAIM = (
    "1,000 steps in one epoch and 100 steps in each of 10 epochs lead to the same weights, if the order is the same."
)
FOUND = (
    "True. Tried with 20 steps, one epoch, two epochs and two calls to train led to the same weights. Two "
    "calls built two graphs and sessions, and also saved step 10, which could be evaluated."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

PLAN = Plan(examples=40, batch_size=4, num_epochs=2, shuffle=False)

EXPECTED = {
    "weights_are_the_same": {">=1.3": True},
    "evaluated_at": {">=1.3": {"one epoch": [20], "two epochs": [20], "two calls": [10, 20]}},
    "checkpoints": {
        "<1.9": {"one epoch": [1, 20], "two epochs": [1, 20], "two calls": [1, 10, 11, 20]},
        ">=1.9": {"one epoch": [0, 20], "two epochs": [0, 20], "two calls": [0, 10, 20]},
    },
    "graphs_built": {">=1.3": {"one epoch": 1, "two epochs": 1, "two calls": 2}},
}

CHANGES = {
    "1.9": Change(
        says="A call to train saved its first checkpoint after its first step. Since 1.9 it saves it before, with the "
        "initial weights or those of the call before.",
        do="Expect model.ckpt-0 instead of model.ckpt-1",
        source="https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/training/"
        "basic_session_run_hooks.py#L433-L449",
        cause=causes.FIRST_CHECKPOINT,
    )
}


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe.regressor import regressor
    from estimator_semantics.probe.trajectory import Trajectory

    class Graphs(tf.SessionRunHook):
        def __init__(self):
            self.seen = []

        def begin(self):
            graph = tf.v1.get_default_graph()
            if not any(graph is other for other in self.seen):
                self.seen.append(graph)

    x, y = synthetic.line(plan.examples)
    ways = {"one epoch": (2, 1, 1), "two epochs": (1, 2, 1), "two calls": (1, 1, 2)}
    weights, graphs, evaluated_at, checkpoints = {}, {}, {}, {}
    for way, (times_the_data, num_epochs, calls) in ways.items():
        data, labels = {"x": np.tile(x, times_the_data)}, np.tile(y, times_the_data)
        input_fn = tf.numpy_input_fn(data, labels, plan.batch_size, num_epochs, plan.shuffle)
        model_dir = os.path.join(watch.model_dir, way)
        estimator = regressor(model_dir, save_checkpoints_secs=600)
        trajectory, built, evaluated_at[way] = Trajectory(), Graphs(), []
        for _ in range(calls):
            estimator.train(input_fn, hooks=[trajectory, built])
            evaluated_at[way].append(int(estimator.evaluate(input_fn)["global_step"]))
        weights[way], graphs[way] = trajectory.weights, len(built.seen)
        saved = tf.train.get_checkpoint_state(model_dir).all_model_checkpoint_paths
        checkpoints[way] = [int(path.rpartition("-")[2]) for path in saved]
    measured = {
        "weights_are_the_same": weights["one epoch"] == weights["two epochs"] == weights["two calls"],
        "evaluated_at": evaluated_at,
        "checkpoints": checkpoints,
        "graphs_built": graphs,
    }
    return {"measured": measured, "counters": {}}
