"""Data from CSV files: make_csv_dataset."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "make_csv_dataset reads its files once, like numpy_input_fn with its default num_epochs=1."
FOUND = (
    "False: without num_epochs, training on 10 examples in batches of 4 was still going on after 30 steps. "
    "With it the rule holds: one epoch was 3 steps and three were 8."
)
INSTEAD = "Pass num_epochs, as in `make_csv_dataset(file_pattern, batch_size, num_epochs=1)`, or steps."
SOURCE = "https://www.tensorflow.org/api_docs/python/tf/data/experimental/make_csv_dataset"

_DATA = Plan(examples=10, batch_size=4, num_epochs=1, input="repeat, then batch")

PLANS = {
    "num_epochs=1": _DATA,
    "num_epochs=3": _DATA._replace(num_epochs=3),
    "num_epochs left out": _DATA._replace(num_epochs=None),
}

EXPECTED = {"num_epochs left out": {"guard": {">=1.8": 30}}}


def run(tf, plan, watch):
    import os

    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)
    file = os.path.join(watch.model_dir, "data.csv")
    with open(file, "w") as lines:
        lines.write("x,y\n")
        lines.writelines("{!r},{!r}\n".format(*each) for each in zip(x.tolist(), y.tolist()))
    given = {} if plan.num_epochs is None else {"num_epochs": plan.num_epochs}

    def input_fn():
        return tf.make_csv_dataset(file, plan.batch_size, label_name="y", **given)

    estimator = regressor(watch.model_dir)
    estimator.train(watch.counted(input_fn), hooks=[watch.stop_after(30)])
    return watch.observe()
