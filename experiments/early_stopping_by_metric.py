"""Early-stopping hooks that look at the metrics of evaluations.

Evaluated at steps 5, 10, 15 and 20, where the one metric is 0, 5, 10 and 15, and the other its opposite.
"""

import os

from estimator_semantics.probe import Change, Plan

CLAIM = "stop_if_no_decrease_hook and its like end training at the evaluation that shows it is time to."
FOUND = (
    "Depends on how often the hook looks. By default it looks after step 1 and then once a minute, so all 20 steps ran. With "
    "run_every_steps=1, training stopped at the evaluation that met the condition, step 15 or 10, or by chance one step later, "
    "16 or 11. In 1.10 the hooks fail before the first evaluation."
)
INSTEAD = (
    "Pass `run_every_secs=None, run_every_steps=1` to the hook, and set save_checkpoints_steps to evaluate as "
    "often as you want: each evaluation needs a new checkpoint."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/experimental/stop_if_no_decrease_hook"

PLAN = Plan(examples=80, batch_size=4, num_epochs=1, max_steps=20, shuffle=False, api="train_and_evaluate")

# The evaluation of a checkpoint is over when the hooks are asked about the step that was saved. A hook that always reads the
# global step before a step, or always after it, asks at each step; one that reads after step 14 and before step 15 sees 14 twice,
# and asks at 16 instead of 15. TensorFlow guarantees neither order: see experiments/early_stopping.py.
EXPECTED = {
    "steps_by_default": {">=1.10": 20},
    "steps_before_there_is_an_evaluation": {"==1.10.*": "NotFoundError", ">=1.11": 15},
    "steps_with_stop_if_no_decrease_hook": {">=1.10": 15},
    "steps_with_stop_if_no_decrease_hook_at_the_latest": {">=1.10": 16},
    "steps_with_stop_if_no_increase_hook": {">=1.10": 15},
    "steps_with_stop_if_higher_hook": {">=1.10": 10},
    "steps_with_stop_if_higher_hook_at_the_latest": {">=1.10": 11},
    "steps_with_stop_if_lower_hook": {">=1.10": 10},
    "steps_by_chance_other_than_10_and_11": {">=1.10": []},
}

CHANGES = {
    "1.11": Change(
        says="In 1.10 the hooks fail as long as nothing was evaluated, because the folder of the evaluations is not there.",
        do="Call os.makedirs(estimator.eval_dir()) before training with 1.10.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.11.0/tensorflow/contrib/estimator/python/estimator/"
        "early_stopping.py",
    ),
}

# How many trainings leave the order to chance.
_BY_CHANCE = 2


def run(tf, plan, watch):
    from estimator_semantics.probe import refusal
    from estimator_semantics.probe.reading import Reading
    from estimator_semantics.probe.regressor import light, trusting

    hooks = tf.early_stopping  # first of all: there are none before TensorFlow 1.10

    def input_fn():
        return tf.Dataset.from_tensors(({"x": [0.0]}, [0.0])).repeat(plan.max_steps)

    def model_fn(features, labels, mode):
        step = tf.train.get_global_step()
        distance = tf.v1.metrics.mean(tf.v1.to_float(step) - 5.0)
        return tf.estimator.EstimatorSpec(
            mode,
            loss=tf.v1.reduce_sum(labels),
            train_op=tf.v1.assign_add(step, 1),
            eval_metric_ops={"rises": distance, "falls": tf.v1.metrics.mean(5.0 - tf.v1.to_float(step))},
            scaffold=trusting(),
        )

    class Count(tf.SessionRunHook):
        steps = 0

        def after_run(self, run_context, run_values):
            self.steps += 1

    trainings = []

    def steps(hook_name, *arguments, after=None, first=False, **seconds_or_steps):
        """Return how many steps run with a hook.

        ``after`` says of each step whether the hook reads the global step after it or before it; by default it is chance.
        """
        trainings.append(os.path.join(watch.model_dir, str(len(trainings))))
        estimator = tf.estimator.Estimator(model_fn, trainings[-1], light(save_checkpoints_steps=5))
        if not first:
            os.makedirs(estimator.eval_dir())
        hook = getattr(hooks, hook_name)(estimator, *arguments, **seconds_or_steps)
        count = Count()
        ordered = Reading(lambda: hook, after) if after else hook
        train = tf.estimator.TrainSpec(input_fn, plan.max_steps, hooks=[count, ordered])
        evaluate = tf.estimator.EvalSpec(lambda: input_fn().take(1), throttle_secs=0)
        try:
            tf.estimator.train_and_evaluate(estimator, train, evaluate)
        except tf.errors.NotFoundError as error:
            return refusal.name(error)
        return count.steps

    each_step = {"run_every_secs": None, "run_every_steps": 1}
    ordered = dict(each_step, after=lambda step: False)
    no_decrease, higher = ("stop_if_no_decrease_hook", "rises", 10), ("stop_if_higher_hook", "rises", 4.0)
    by_chance = [steps(*higher, **each_step) for _ in range(_BY_CHANCE)]
    measured = {
        "steps_by_default": steps(*no_decrease),
        "steps_before_there_is_an_evaluation": steps(*no_decrease, first=True, **ordered),
        "steps_with_stop_if_no_decrease_hook": steps(*no_decrease, **ordered),
        "steps_with_stop_if_no_decrease_hook_at_the_latest": steps(
            *no_decrease, after=lambda step: step <= 14, **each_step
        ),
        "steps_with_stop_if_no_increase_hook": steps("stop_if_no_increase_hook", "falls", 10, **ordered),
        "steps_with_stop_if_higher_hook": steps(*higher, **ordered),
        "steps_with_stop_if_higher_hook_at_the_latest": steps(*higher, after=lambda step: step <= 9, **each_step),
        "steps_with_stop_if_lower_hook": steps("stop_if_lower_hook", "falls", -4.0, **ordered),
        "steps_by_chance_other_than_10_and_11": sorted(set(by_chance).difference((10, 11))),
    }
    return {"measured": measured, "counters": {}}
