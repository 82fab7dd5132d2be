"""Data from a queue: tf.train.limit_epochs and tf.train.batch."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "limit_epochs(num_epochs) bounds the data as num_epochs does; by default tf.train.batch leaves out the ragged batch."
FOUND = (
    "True. Three epochs of 10 examples in batches of 4 were 7 steps by default, and 8 with "
    "allow_smaller_final_batch=True."
)
INSTEAD = "Pass `tf.train.batch(..., allow_smaller_final_batch=True)`: otherwise the epoch bound is rounded down."
SOURCE = "https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/train/limit_epochs"

_THREE_EPOCHS = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False, input="repeat, then batch")

PLANS = {
    "allow_smaller_final_batch": _THREE_EPOCHS,
    "by default": _THREE_EPOCHS._replace(drop_remainder=True),
    "no full batch": Plan(
        examples=3, batch_size=10, num_epochs=3, shuffle=False, input="repeat, then batch", drop_remainder=True
    ),
}


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    def input_fn():
        # It counts how often the tensor is asked for: as all of the data is in one, that is an epoch.
        rows = tf.train.limit_epochs(tf.v1.constant(np.stack([x, y], axis=1)), plan.num_epochs)
        batch = tf.train.batch(
            [rows], plan.batch_size, enqueue_many=True, allow_smaller_final_batch=not plan.drop_remainder
        )
        return {"x": batch[:, 0]}, batch[:, 1]

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    return watch.observe()
