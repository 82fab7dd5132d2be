"""numpy_input_fn: num_threads above 1."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "More threads fill the queue faster and change nothing else."
FOUND = (
    "False: each thread goes over the data num_epochs times. 10 examples in batches of 4 were 5 steps with "
    "two threads instead of 3, and two epochs of them 15 with three threads instead of 5; steps=4 still ran "
    "4."
)
INSTEAD = "Pass `numpy_input_fn(..., num_threads=1)`; with more threads, count `num_epochs * num_threads` epochs."
SOURCE = "https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/estimator/inputs/queues/feeding_functions.py#L423-L428"

_ONE_EPOCH = Plan(examples=10, batch_size=4, num_epochs=1)

# What the law predicts is the contrary of the claim: each thread goes over the data num_epochs times.
PLANS = {
    "two threads": _ONE_EPOCH._replace(num_threads=2),
    "three threads, two epochs": _ONE_EPOCH._replace(num_threads=3, num_epochs=2),
    "two threads, steps": _ONE_EPOCH._replace(num_threads=2, steps=4),
}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn(
        {"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle, num_threads=plan.num_threads
    )
    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch], steps=plan.steps)
    observation = watch.observe()
    if plan.steps:
        del observation["measured"]["usage"]  # which thread is ahead is chance
    return observation
