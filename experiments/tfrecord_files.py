"""Data from TFRecord files."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "What TFRecord files hold is data like any other: an epoch is all of them once, and batches go on from file to file."
FOUND = "True. Two files of 7 and 3 examples, taken three times in batches of 4, were 8 steps."
SOURCE = "https://www.tensorflow.org/guide/data#consuming_tfrecord_data"

PLAN = Plan(examples=10, batch_size=4, num_epochs=3, shuffle=False, input="repeat, then batch")


def run(tf, plan, watch):
    import os

    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    folder = os.path.join(watch.model_dir, "data")
    os.makedirs(folder)
    files = [os.path.join(folder, name) for name in ("first.tfrecord", "second.tfrecord")]
    for file, chosen in zip(files, (slice(0, 7), slice(7, None))):
        with tf.v1.python_io.TFRecordWriter(file) as writer:
            for value, label in zip(x[chosen], y[chosen]):
                numbers = tf.v1.train.FloatList(value=[value, label])
                features = tf.v1.train.Features(feature={"x and y": tf.v1.train.Feature(float_list=numbers)})
                writer.write(tf.v1.train.Example(features=features).SerializeToString())

    def parse(line):
        parsed = tf.v1.parse_single_example(line, {"x and y": tf.v1.FixedLenFeature([2], tf.v1.float32)})
        return {"x": parsed["x and y"][0]}, parsed["x and y"][1]

    def input_fn():
        dataset = tf.data.TFRecordDataset(files).map(parse)
        return tf.one_shot(dataset.repeat(plan.num_epochs).batch(plan.batch_size))

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch])
    return watch.observe()
