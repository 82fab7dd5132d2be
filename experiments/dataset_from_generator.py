"""Data from a generator function."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "Dataset.from_generator calls its function once for each epoch, so that every epoch is whole."
FOUND = "True. Three epochs of 10 examples called it 3 times, and were 8 steps in batches of 4."
SOURCE = "https://www.tensorflow.org/guide/data#consuming_python_generators"

PLAN = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False, input="repeat, then batch")

EXPECTED = {"called": {">=1.4": 3}}


def run(tf, plan, watch):
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    called = []

    def examples():
        called.append(True)
        for each in zip(x, y):
            yield {"x": each[0]}, each[1]

    def input_fn():
        dataset = tf.data.Dataset.from_generator(
            examples, ({"x": tf.v1.float64}, tf.v1.float64), ({"x": tf.v1.TensorShape([])}, tf.v1.TensorShape([]))
        )
        return tf.one_shot(dataset.repeat(plan.num_epochs).batch(plan.batch_size))

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    observation = watch.observe()
    observation["measured"]["called"] = len(called)
    return observation
