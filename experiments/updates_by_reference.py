"""The number of updates, told from the weights alone.

Weights and optimizer state are computed in NumPy from the published formulas, for every number of updates, and the trained ones
are looked for among them.
"""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "A step that is counted is one gradient update that was really made, on one batch."
FOUND = (
    "True. After one epoch of 700,000 examples the weights and the optimizer's state are those of 175,000 updates as computed "
    "without TensorFlow from the published formulas, and of no other number up to ten more."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/raw_ops/ApplyFtrl"

PLAN = Plan(examples=700000, batch_size=4, num_epochs=1, shuffle=False)
QUICK = Plan(examples=41, batch_size=4, num_epochs=2, shuffle=False)

EXPECTED = {
    "agreeing_counts": {">=1.3": 1},
    "neighbours_within_ten_times_the_tolerance": {">=1.3": 0},
}

# Single precision has 24 bits; what differs is the order in which the examples of a batch are added.
_TOLERANCE = 1e-5
_FURTHER = 10


def run(tf, plan, watch):
    from estimator_semantics.law import predict
    from estimator_semantics.probe import reference

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
    estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    observation = watch.observe()

    # Since 2.0 the loss is the mean over a batch: experiments/weights_after_steps.py.
    steps = predict(plan).steps + _FURTHER
    trajectory = reference.trajectory(x, y, plan.batch_size, plan.num_epochs, steps, summed=tf.minor < (2, 0))
    differences = reference.differences(trajectory, tf.linear_state(watch.model_dir))
    agreeing = [int(updates) for updates in (differences <= _TOLERANCE).nonzero()[0]]
    best = int(differences.argmin())
    observation["counters"]["weights"] = best if agreeing == [best] else None
    observation["measured"]["agreeing_counts"] = len(agreeing)
    # One update more or fewer gives weights too far off to be mistaken for the measured ones. (Of 175,000 counts, a distant
    # one may come as close by chance.)
    neighbours = differences[max(best - 1, 0) : best + 2 : 2]
    observation["measured"]["neighbours_within_ten_times_the_tolerance"] = int((neighbours <= 10 * _TOLERANCE).sum())
    return observation
