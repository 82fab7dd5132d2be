"""Values of steps and max_steps: what each release accepts."""

import os

from estimator_semantics.probe import Change, Plan

CLAIM = "steps and max_steps take positive whole numbers, one of the two at a time, and everything else is refused."
FOUND = (
    "False: 0, negative numbers, text, and both at once are refused, but 2.5 runs 3 steps and 0.5 or True "
    "runs 1. On a trained model steps=2**63 - 1 ran 1 step; steps=2**63 had no end within 20 with NumPy 1 and raises "
    "OverflowError with NumPy 2, which is what comes with TensorFlow since 2.18."
)
INSTEAD = "Call `train(input_fn, steps=None)` to train until the data ends, instead of passing a huge number."
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/Estimator#train"

_PLAN = Plan(examples=1, batch_size=1, num_epochs=None)
PLANS = {"steps": _PLAN._replace(steps=1), "max_steps": _PLAN._replace(max_steps=1)}

ENDLESS = "no end within 20 steps"

_EITHER = {
    "np.int64(3)": {">=1.3": 3},
    "0": {">=1.3": "ValueError"},
    "-1": {">=1.3": "ValueError"},
    # The global step is compared with the number as it is: the first that is not below it is the last.
    "0.5": {">=1.3": 1},
    "2.5": {">=1.3": 3},
    "True": {">=1.3": 1},
    "'3'": {">=1.3": "TypeError"},
    "2 ** 31": {">=1.3": ENDLESS},
    "2 ** 63": {">=1.3": ENDLESS},
    "infinity": {">=1.3": ENDLESS},
    "3, with both given": {">=1.3": "ValueError"},
}
EXPECTED = {
    # steps is added to the global step, a 64-bit integer of NumPy: the largest of all turns into a negative one.
    "steps": dict(
        _EITHER, **{"2 ** 63 - 1": {">=1.3": 1}, "2 ** 63": {"numpy<2": ENDLESS, "numpy>=2": "OverflowError"}}
    ),
    "max_steps": dict(_EITHER, **{"2 ** 63 - 1": {">=1.3": ENDLESS}}),
}

CHANGES = {
    "numpy>=2": Change(
        says="steps=2**63 never ends a training with NumPy 1, which adds it to the global step as a float. NumPy 2, which comes "
        "with TensorFlow since 2.18, refuses to add it to a 64-bit integer.",
        do="Leave steps out (None) to train until the data ends, instead of passing a huge number.",
        source="https://numpy.org/neps/nep-0050-scalar-promotion.html",
    )
}


def run(tf, plan, watch):
    import numpy as np

    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.regressor import light, trusting

    class Guard(tf.SessionRunHook):
        steps = 0

        def after_run(self, run_context, run_values):
            self.steps += 1
            if self.steps == 20:
                run_context.request_stop()

    def input_fn():
        return {"x": tf.v1.zeros([1])}, tf.v1.zeros([1])

    def model_fn(features, labels, mode):
        train_op = tf.v1.assign_add(tf.train.get_global_step(), 1)
        loss = tf.v1.reduce_sum(labels)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, scaffold=trusting())

    argument = "steps" if plan.max_steps is None else "max_steps"
    values = {
        "np.int64(3)": np.int64(3),
        "0": 0,
        "-1": -1,
        "0.5": 0.5,
        "2.5": 2.5,
        "True": True,
        "'3'": "3",
        "2 ** 31": 2**31,
        "2 ** 63 - 1": 2**63 - 1,
        "2 ** 63": 2**63,
        "infinity": float("inf"),
    }
    trainings = {name: {argument: value} for name, value in values.items()}
    trainings["3, with both given"] = {"steps": 3, "max_steps": 3}
    measured = {}
    for name, arguments in trainings.items():
        guard = Guard()
        # steps goes on with one model all the time, for it counts from where the model is.
        model_dir = os.path.join(watch.model_dir, argument if argument == "steps" else name)
        estimator = tf.estimator.Estimator(model_fn, model_dir, light(save_checkpoints_secs=600))
        try:
            estimator.train(input_fn, hooks=[guard], **arguments)
        except (TypeError, ValueError, OverflowError) as error:
            measured[name] = refusal.name(error)
        else:
            measured[name] = ENDLESS if guard.steps == 20 else guard.steps
    return {"measured": measured, "counters": {}}
