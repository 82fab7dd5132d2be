"""Keras: what says why fit stopped."""

from estimator_semantics.probe import Change, Plan, causes

CLAIM = "fit says when it made fewer steps than it was asked for."
FOUND = (
    "True: Keras 2 and Keras 3 warn when the data runs out, but in the same words, although Keras 2 then stops "
    "training and Keras 3 starts the next epoch. A callback can tell the two apart: `stop_reason_callback` of "
    "estimator_semantics.stop_reason reported which one happened, and the steps of each epoch as this experiment "
    "counted them. It also named the callback that stopped training, at the end of an epoch or inside the last one; in "
    "TensorFlow 2.2 and 2.3 fit ran that epoch to its end."
)
INSTEAD = "Call `fit(dataset, callbacks=[stop_reason_callback()])`."
SOURCE = "https://github.com/tensorflow/tensorflow/issues/39639"

_PLAN = Plan(examples=12, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=4)
_CASES = {
    "all epochs": _PLAN,
    "all epochs, from the third on": _PLAN._replace(initial_epoch=2),
    "no epoch left": _PLAN._replace(initial_epoch=4),
    "the data runs out": _PLAN._replace(steps_per_epoch=2),
    "the data runs out, unknown size": _PLAN._replace(steps_per_epoch=2, known_size=False),
    "fewer steps in the data than in an epoch": _PLAN._replace(steps_per_epoch=5),
    "steps_per_execution=2": _PLAN._replace(steps_per_execution=2),
    "steps_per_execution=2, endless": _PLAN._replace(steps_per_execution=2, steps_per_epoch=4, num_epochs=None),
    "a callback": _PLAN._replace(num_epochs=None, steps_per_epoch=3),
    "a callback in the last epoch": _PLAN._replace(num_epochs=None, steps_per_epoch=3, epochs=2),
    "epochs without a step": _PLAN._replace(steps_per_epoch=3, known_size=False),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

_AGREES = {"bound": {">=1.3": "epochs"}, "steps_of_reason_agree": {">=1.3": True}}
_REQUESTED = {
    "bound": {">=1.3": "request"},
    "steps": {">=1.3": 6},
    "examples": {">=1.3": 24},
    "epochs": {">=1.3": 2},
    "usage": {">=1.3": {"2": 12}},
    "steps_by_epoch": {">=1.3": [3, 3]},
    "steps_of_reason_agree": {">=1.3": True},
    "stopped_by": {">=1.3": "Enough"},
}
_IN_THE_LAST_EPOCH = {
    "Keras 2": {
        "bound": {"<2.2": "request", ">=2.2,<2.4": "epochs", ">=2.4": "request"},
        "steps": {"<2.2": 5, ">=2.2,<2.4": 6, ">=2.4": 5},
        "examples": {"<2.2": 20, ">=2.2,<2.4": 24, ">=2.4": 20},
        "epochs": {"<2.2": 1, ">=2.2,<2.4": 2, ">=2.4": 1},
        "usage": {"<2.2": {"1": 4, "2": 8}, ">=2.2,<2.4": {"2": 12}, ">=2.4": {"1": 4, "2": 8}},
        "steps_by_epoch": {"<2.2": [3, 2], ">=2.2,<2.4": [3, 3], ">=2.4": [3, 2]},
        "steps_of_reason_agree": {">=1.3": True},
        "stopped_by": {"<2.2": "Enough", ">=2.2,<2.4": None, ">=2.4": "Enough"},
    },
    "Keras 3": {
        "bound": {">=2.16": "request"},
        "steps": {">=2.16": 5},
        "examples": {">=2.16": 20},
        "epochs": {">=2.16": 1},
        "usage": {">=2.16": {"1": 4, "2": 8}},
        "steps_by_epoch": {">=2.16": [3, 2]},
        "steps_of_reason_agree": {">=2.16": True},
        "stopped_by": {">=2.16": "Enough"},
    },
}
EXPECTED = {case: _REQUESTED if case.endswith("a callback") else _AGREES for case in PLANS}
EXPECTED.update(
    {"{}: a callback in the last epoch".format(keras): values for keras, values in _IN_THE_LAST_EPOCH.items()}
)
EXPECTED["Keras 2: epochs without a step"] = dict(_AGREES, raises={">=2.0,<2.2": "ValueError"})

CHANGES = {
    "2.0": Change(
        says="In 2.0 and 2.1 an epoch without a step raises ValueError.",
        do="Repeat the data, or leave out steps_per_epoch if it equals the size of the data.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/training_v2.py",
    ),
    "2.2": Change(
        says="In 2.0 and 2.1 an epoch without a step raised ValueError. Since 2.2 training ends there, with a warning. In 2.2 "
        "and 2.3 fit looks at stop_training only after each epoch: a callback that sets it inside an epoch stops training at the "
        "end of that epoch.",
        do="Repeat the data, or leave out steps_per_epoch if it equals the size of the data.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.0/tensorflow/python/keras/engine/data_adapter.py#L1097",
        cause=causes.KERAS_2_2,
    ),
    "2.4": Change(
        says="In 2.2 and 2.3 a callback that set stop_training inside an epoch stopped training only at the end of the epoch. "
        "Since 2.4 training stops after the step.",
        do="Expect the rest of the epoch in 2.2 and 2.3, or raise an exception from the callback there.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/keras/engine/training.py#L1101",
    ),
    "keras>=3,keras<3.7": Change(
        says="An execution of several steps that found too little data failed, and callbacks did not hear of the steps that it "
        "had made. Since Keras 3.7 it ends with the data.",
        do="Pass steps_per_epoch, and call repeat() on the data.",
        source="https://github.com/keras-team/keras/pull/20396",
        cause=causes.KERAS_3_7,
    ),
    "keras>=3": Change(
        says="Keras 2 stops training if the data runs out before steps_per_epoch is reached. Keras 3 ends only the "
        "epoch, and starts the next one at the first example.",
        do="Use `fit(dataset.repeat(), steps_per_epoch=...)`: every epoch then has its steps in Keras 2 and Keras 3.",
        source="https://github.com/keras-team/keras/blob/v3.7.0/keras/src/trainers/epoch_iterator.py",
        cause=causes.KERAS_3,
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data
    from estimator_semantics.probe.fit_watch import FitWatch
    from estimator_semantics.stop_reason.callback import stop_reason_callback

    watch = FitWatch(plan)

    class Enough(watch.keras.callbacks.Callback):
        steps = 0

        def on_train_batch_end(self, batch, logs=None):
            self.steps += 1
            if self.steps == 5 and plan.epochs == 2:
                self.model.stop_training = True

        def on_epoch_end(self, epoch, logs=None):
            if epoch == 1:
                self.model.stop_training = True

    said = []
    reason = stop_reason_callback(watch.keras, say=said.append)
    requested = plan.num_epochs is None and plan.steps_per_execution == 1
    watch.fit(callbacks=[reason, Enough()] if requested else [reason], shuffle=False, **fit_data.training(plan))
    observation = watch.observe()
    measured = observation["measured"]
    counted = (measured["steps"], tuple(measured["steps_by_epoch"]))
    measured["bound"] = reason.reason.bound
    measured["steps_of_reason_agree"] = (reason.reason.steps, reason.reason.steps_by_epoch) == counted
    if requested:
        measured["stopped_by"] = "Enough" if "Enough stopped it" in str(reason.reason) else None
    assert said == ([str(reason.reason)] if reason.reason.bound else [])
    return observation
