"""Keras: order of the examples, epoch by epoch, with fit(shuffle=...)."""

from estimator_semantics.probe import Change, Plan

CLAIM = "fit(shuffle=True), which is the default, shuffles the data before each epoch."
FOUND = (
    "Depends on the data. fit shuffles arrays: each epoch uses every example, in a new order. It shuffles neither a "
    "Dataset nor a generator, even with shuffle=True, and does not warn about it. Since Keras 3.16 (a nightly), it "
    "shuffles arrays once, so every epoch has the same order."
)
INSTEAD = (
    "Shuffle the Dataset: `dataset.shuffle(examples)` reshuffles in each epoch; or pass arrays with "
    "`fit(shuffle=True)`."
)
SOURCE = "https://keras.io/api/models/model_training_apis/#fit-method"

_PLAN = Plan(examples=40, batch_size=4, shuffle=True, api="fit", input="arrays", epochs=2)
_DATASET = _PLAN._replace(input="batch, then repeat", shuffle=False)
_CASES = {
    "arrays, shuffle=True": _PLAN,
    "arrays, shuffle=False": _PLAN._replace(shuffle=False),
    "Dataset": _DATASET,
    "Dataset that shuffles": _DATASET._replace(shuffle=True),
    "generator": _DATASET._replace(input="generator", num_epochs=2, steps_per_epoch=10),
}
PLANS = {
    "Keras {}: {}".format(keras, case): plan._replace(keras=keras) for keras in (2, 3) for case, plan in _CASES.items()
}

_ORDERS = {
    "arrays, shuffle=True": "whole epochs, each in an order of its own",
    "arrays, shuffle=False": "every epoch in the order of the data",
    "Dataset": "every epoch in the order of the data",
    "Dataset that shuffles": "whole epochs, each in an order of its own",
    "generator": "every epoch in the order of the data",
}
EXPECTED = dict(
    {
        "Keras {}: {}".format(keras, case): {"order": {">=1.3": order}}
        for keras in (2, 3)
        for case, order in _ORDERS.items()
    },
    **{
        "Keras 3: arrays, shuffle=True": {
            "order": {
                "keras<3.16.dev0": "whole epochs, each in an order of its own",
                "keras>=3.16.dev0": "whole epochs, all in the same order",
            }
        }
    },
)

CHANGES = {
    "keras>=3.16.dev0": Change(
        says="Since Keras 3.16 (a nightly), fit(shuffle=True) shuffles arrays into the same order in every epoch: the "
        "seed is the epoch number at the time when fit arranges the data, which it does once for all epochs.",
        do="Give fit a Dataset that shuffles: `Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(batch_size)`.",
        source="https://github.com/keras-team/keras/blob/master/keras/src/trainers/data_adapters/array_data_adapter.py",
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import fit_data, order
    from estimator_semantics.probe.fit_watch import FitWatch

    watch = FitWatch(plan)
    arguments = fit_data.training(plan)
    if plan.input == "arrays":
        watch.fit(shuffle=plan.shuffle, **arguments)
    elif plan.shuffle:
        watch.fit(x=fit_data.examples(plan).shuffle(plan.examples).batch(plan.batch_size))
    else:
        watch.fit(shuffle=True, **arguments)
    observed = watch.observe()
    places = [number for batch in watch.batches for number in batch]
    observed["measured"]["order"] = order.kind(places, plan.examples)
    return observed
