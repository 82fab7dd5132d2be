"""A train_op that does not increase the global step."""

from estimator_semantics.probe import Plan, synthetic

CLAIM = "steps=3 ends training after three steps, whatever the model_fn does."
FOUND = (
    "False: steps counts by the global step, which stayed at 0. One epoch ran all of its 6 steps, and "
    "endless data was still going on after 100."
)
INSTEAD = (
    "Pass the global step: `optimizer.minimize(loss, global_step=tf.train.get_global_step())`; in TensorFlow 2 it "
    "is `tf.compat.v1.train.get_global_step()`."
)
SOURCE = "https://github.com/google-research/bert/issues/1130"

PLANS = {
    "endless data": Plan(examples=24, batch_size=4, num_epochs=None, steps=3, shuffle=False),
    "one epoch": Plan(examples=24, batch_size=4, num_epochs=1, steps=3, shuffle=False),
}

# steps counts by the global step, which stays at 0: only the data can end training.
EXPECTED = {
    "endless data": {
        "guard": {">=1.3": 100},
        "steps": {">=1.3": None},
        "global_step": {">=1.3": None},
        "examples": {">=1.3": None},
        "last_batch": {">=1.3": None},
        "epochs": {">=1.3": None},
        "bound": {">=1.3": None},
        "usage": {">=1.3": None},
    },
    "one epoch": {
        "steps": {">=1.3": 6},
        "global_step": {">=1.3": 0},
        "examples": {">=1.3": 24},
        "epochs": {">=1.3": 1},
        "bound": {">=1.3": "epochs"},
        "usage": {">=1.3": {"1": 24}},
    },
}


def run(tf, plan, watch):
    from estimator_semantics.probe import model
    from estimator_semantics.probe.regressor import light

    x, y = synthetic.line(plan.examples)
    input_fn = tf.numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)

    def minimize(optimizer, loss):
        return optimizer.minimize(loss)

    estimator = tf.estimator.Estimator(model.linear(minimize), watch.model_dir, light())
    estimator.train(watch.counted(input_fn), steps=plan.steps, hooks=[watch.stop_after(100)])
    observation = watch.observe()
    # It is the counter that does not count.
    observation["counters"].pop("global step", None)
    return observation
