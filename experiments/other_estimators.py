"""Estimators other than LinearRegressor."""

import os

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = (
    "The lower bound decides for BaselineRegressor, DNNRegressor, DNNLinearCombinedRegressor and "
    "LinearClassifier as well."
)
FOUND = (
    "True, but on 2.12 and 2.13 with Python 3.11 DNNRegressor cannot be trained at all. On data for 6 steps each ran 6 with "
    "steps=9, and on endless data 3 with steps=3. BaselineRegressor was tried since 1.5."
)
INSTEAD = (
    "Give `DNNRegressor(..., optimizer=...)` an object instead of a name on 2.12 and 2.13 with Python 3.11, or use "
    "TensorFlow 2.14 or later."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

_SIX_BATCHES = Plan(examples=24, batch_size=4, num_epochs=1)

PLANS = {
    "data ends first": _SIX_BATCHES._replace(steps=9),
    "steps end first": _SIX_BATCHES._replace(steps=3, num_epochs=None, shuffle=False),
}

_ALL = ["BaselineRegressor", "DNNLinearCombinedRegressor", "DNNRegressor", "LinearClassifier"]
_BROKEN = ">=2.12,<2.14,python>=3.11"
_EXPECTED = {
    "estimators": {
        "<1.5": _ALL[1:],
        ">=1.5,<2.12": _ALL,
        ">=2.12,<2.14,python<3.11": _ALL,
        _BROKEN: ["BaselineRegressor", "DNNLinearCombinedRegressor", "LinearClassifier"],
        ">=2.14": _ALL,
    },
    "fails": {"<2.12": [], ">=2.12,<2.14,python<3.11": [], _BROKEN: ["DNNRegressor: AttributeError"], ">=2.14": []},
}
EXPECTED = dict.fromkeys(PLANS, _EXPECTED)

_GETARGSPEC = "https://github.com/tensorflow/estimator/blob/v2.12.0/tensorflow_estimator/python/estimator/canned/optimizers.py#L90"
CHANGES = {
    "1.5": Change(
        says="Until 1.4 TensorFlow has no tf.estimator.BaselineRegressor.",
        do="Use BaselineRegressor with TensorFlow 1.5 or later.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.5.0/tensorflow/python/estimator/estimator_lib.py",
    ),
    _BROKEN: Change(
        says="On 2.12 and 2.13 with Python 3.11 DNNRegressor fails: tensorflow-estimator up to 2.13 calls inspect.getargspec, "
        "which Python 3.11 does not have, for an optimizer that is given by name, as DNNRegressor's is by default.",
        do="Give DNNRegressor an optimizer object instead of a name, or use Python 3.10, or TensorFlow 2.14 or later.",
        source=_GETARGSPEC,
    ),
}

ESTIMATORS = {
    "BaselineRegressor": {},
    "DNNLinearCombinedRegressor": {"linear_feature_columns": [], "dnn_feature_columns": [], "dnn_hidden_units": [4]},
    "DNNRegressor": {"feature_columns": [], "hidden_units": [4]},
    "LinearClassifier": {"feature_columns": []},
}


def run(tf, plan, watch):
    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.adapter import Absent
    from estimator_semantics.probe.regressor import light
    from estimator_semantics.probe.watch import Watch

    x, y = synthetic.line(plan.examples)
    column = tf.feature_column.numeric_column("x")
    trained, fails, counters, lacking = [], [], {}, None
    for name, arguments in sorted(ESTIMATORS.items()):
        try:
            kind = getattr(tf.estimator, name)
        except Absent as absent:  # EXPECTED says since when each of them is to be there
            lacking = absent
            continue
        labels = y > 2.5 if name.endswith("Classifier") else y
        input_fn = tf.numpy_input_fn({"x": x}, labels, plan.batch_size, plan.num_epochs, plan.shuffle)
        columns = {key: [column] if value == [] else value for key, value in arguments.items()}  # type: ignore[attr-defined]  # a dict
        of_this = Watch(plan, os.path.join(watch.model_dir, name))
        estimator = kind(model_dir=of_this.model_dir, config=light(), **columns)
        try:
            estimator.train(of_this.counted(input_fn), steps=plan.steps, hooks=[of_this])
        except AttributeError as error:
            fails.append("{}: {}".format(name, refusal.name(error)))
            continue
        observation = of_this.observe()
        trained.append(name)
        counters.update({"{}: {}".format(name, counter): n for counter, n in observation["counters"].items()})
    if not trained and not fails:
        raise lacking  # type: ignore[misc]  # where none trained, each was lacking
    return {"measured": dict(observation["measured"], estimators=trained, fails=fails), "counters": counters}
