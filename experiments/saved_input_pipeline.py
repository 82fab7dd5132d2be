"""The position in the data, saved by CheckpointInputPipelineHook."""

import os

from estimator_semantics.probe import Change, Plan, synthetic

CLAIM = "A second call to train takes up the data where the first one left off."
FOUND = (
    "False: after 4 steps in batches of 4, the second call began at example 0 again. With a new "
    "CheckpointInputPipelineHook for each call it began at example 16; one hook for both did nothing before "
    "2.2, and fails since."
)
INSTEAD = (
    "Pass a new hook to each call: `train(input_fn, "
    "hooks=[tf.data.experimental.CheckpointInputPipelineHook(estimator)])`."
)
SOURCE = "https://github.com/tensorflow/tensorflow/issues/24408"

PLAN = Plan(examples=40, batch_size=4, num_epochs=1, steps=4, shuffle=False, input="repeat, then batch")

EXPECTED = {
    "without_the_hook": {">=1.9": "starts at example 0"},
    "with_a_hook_of_each_call": {">=1.9": "starts at example 16"},
    "with_one_hook_for_both_calls": {
        ">=1.9,<2.2": "starts at example 0",
        ">=2.2": "raises NotFoundError after 4 steps",
    },
}

CHANGES = {
    "2.2": Change(
        says="A hook given to a second call to train did nothing, and the data began anew. Since 2.2 it restores in each "
        "session, with a saver that belongs to the graph of the first call, and fails.",
        do="Make a new CheckpointInputPipelineHook for each call to train.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.2.3/tensorflow/python/data/experimental/ops/"
        "iterator_ops.py#L240",
    ),
}


def run(tf, plan, watch):
    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.journal import Journal
    from estimator_semantics.probe.regressor import regressor

    x, y = synthetic.line(plan.examples)

    def input_fn():
        return tf.Dataset.from_tensor_slices(({"x": x}, y)).repeat(plan.num_epochs).batch(plan.batch_size)

    order = [int(number) for number in synthetic.number(x, plan.examples)]
    Hook = tf.CheckpointInputPipelineHook
    measured = {}
    for name in ("without_the_hook", "with_a_hook_of_each_call", "with_one_hook_for_both_calls"):
        model_dir = os.path.join(watch.model_dir, name)
        estimator = regressor(model_dir, save_checkpoints_secs=600)
        journal = Journal(os.path.join(watch.model_dir, name + "-journal"), plan.examples)
        one = Hook(estimator) if name == "with_one_hook_for_both_calls" else None
        try:
            for _ in range(2):
                hooks = [] if name == "without_the_hook" else [one or Hook(estimator)]
                estimator.train(journal.written(input_fn), steps=plan.steps, hooks=[journal] + hooks)
            measured[name] = "starts at example {}".format(order.index(journal.batches[plan.steps][0]))
        except tf.errors.NotFoundError as error:
            measured[name] = "raises {} after {} steps".format(refusal.name(error), len(journal.batches))
    return {"measured": measured, "counters": {}}
