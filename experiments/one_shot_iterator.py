"""Data from a one-shot iterator."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "The tensors of a one-shot iterator do as well as a Dataset; but the iterator must be made inside the input_fn."
FOUND = "True. Three epochs of 10 examples were 8 steps in batches of 4; made outside, it raised ValueError."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/14283"

PLAN = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False, input="repeat, then batch")

EXPECTED = {"made_outside": {">=1.4": "ValueError"}}


def run(tf, plan, watch):
    import os

    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    def input_fn():
        dataset = tf.data.Dataset.from_tensor_slices(({"x": x}, y)).repeat(plan.num_epochs)
        return tf.one_shot(dataset.batch(plan.batch_size))

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    observation = watch.observe()

    with tf.v1.Graph().as_default():
        outside = input_fn()
    try:
        regressor(os.path.join(watch.model_dir, "second")).train(lambda: outside)
    except ValueError as error:
        observation["measured"]["made_outside"] = refusal.name(error)
    return observation
