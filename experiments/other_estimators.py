"""Estimators other than LinearRegressor."""

import os

from estimator_semantics.probe import Plan, synthetic

CLAIM = (
    "The lower bound decides for BaselineRegressor, DNNRegressor, DNNLinearCombinedRegressor and "
    "LinearClassifier as well."
)
FOUND = (
    "True. On data for 6 steps each ran 6 with steps=9, and on endless data 3 with steps=3. "
    "BaselineRegressor was tried since 1.5."
)
SOURCE = "https://stackoverflow.com/questions/38340311"

_SIX_BATCHES = Plan(examples=24, batch_size=4, num_epochs=1)

PLANS = {
    "data ends first": _SIX_BATCHES._replace(steps=9),
    "steps end first": _SIX_BATCHES._replace(steps=3, num_epochs=None, shuffle=False),
}

_NAMES = {
    "<1.5": ["DNNLinearCombinedRegressor", "DNNRegressor", "LinearClassifier"],
    ">=1.5": ["BaselineRegressor", "DNNLinearCombinedRegressor", "DNNRegressor", "LinearClassifier"],
}
EXPECTED = {case: {"estimators": _NAMES} for case in PLANS}

ESTIMATORS = {
    "BaselineRegressor": {},
    "DNNLinearCombinedRegressor": {"linear_feature_columns": [], "dnn_feature_columns": [], "dnn_hidden_units": [4]},
    "DNNRegressor": {"feature_columns": [], "hidden_units": [4]},
    "LinearClassifier": {"feature_columns": []},
}


def run(tf, plan, watch):
    from estimator_semantics.probe.adapter import Absent
    from estimator_semantics.probe.watch import Watch

    x, y = synthetic.line(plan.examples)
    column = tf.feature_column.numeric_column("x")
    trained, counters = [], {}
    for name, arguments in sorted(ESTIMATORS.items()):
        try:
            kind = getattr(tf.estimator, name)
        except Absent:  # EXPECTED says since when each of them is to be there
            continue
        labels = y > 2.5 if name.endswith("Classifier") else y
        input_fn = tf.numpy_input_fn({"x": x}, labels, plan.batch_size, plan.num_epochs, plan.shuffle)
        columns = {key: [column] if value == [] else value for key, value in arguments.items()}
        of_this = Watch(plan, os.path.join(watch.model_dir, name))
        estimator = kind(model_dir=of_this.model_dir, **columns)
        estimator.train(of_this.counted(input_fn), steps=plan.steps, hooks=[of_this])
        observation = of_this.observe()
        trained.append(name)
        counters.update({"{}: {}".format(name, counter): n for counter, n in observation["counters"].items()})
    return {"measured": dict(observation["measured"], estimators=trained), "counters": counters}
