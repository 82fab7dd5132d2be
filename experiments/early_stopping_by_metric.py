"""Early-stopping hooks that look at the metrics of evaluations.

Evaluated at steps 5, 10, 15 and 20, where the one metric is 0, 5, 10 and 15, and the other its opposite.
"""

import os

from estimator_semantics.probe import Change, Plan

CLAIM = "stop_if_no_decrease_hook and its like end training at the evaluation that shows it is time to."
FOUND = (
    "Depends on how often they look: by default after step 1 and then once a minute, so that all 20 steps ran. Looking after "
    "each step they ended training at the evaluation that was due to end it, step 15 or 10, since 2.0 at times one step later. "
    "In 1.10 they fail before the first evaluation."
)
INSTEAD = (
    "`stop_if_no_decrease_hook(estimator, metric, max_steps_without_decrease, run_every_secs=None, run_every_steps=1)`, and "
    "as many checkpoints as evaluations are wanted."
)
SOURCE = "https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/experimental/stop_if_no_decrease_hook"

PLAN = Plan(examples=80, batch_size=4, num_epochs=1, max_steps=20, shuffle=False, api="train_and_evaluate")

# The evaluation of a checkpoint is over when the hooks are asked about the step that was saved.
_AT_STEP_15 = {">=1.10,<2.0": 15, ">=2.0": {"from": 15, "to": 16}}
_AT_STEP_10 = {">=1.10,<2.0": 10, ">=2.0": {"from": 10, "to": 11}}
EXPECTED = {
    "steps_by_default": {">=1.10": 20},
    "steps_before_there_is_an_evaluation": {
        ">=1.10,<1.11": "NotFoundError",
        ">=1.11,<2.0": 15,
        ">=2.0": {"from": 15, "to": 16},
    },
    "steps_with_stop_if_no_decrease_hook": _AT_STEP_15,
    "steps_with_stop_if_no_increase_hook": _AT_STEP_15,
    "steps_with_stop_if_higher_hook": _AT_STEP_10,
    "steps_with_stop_if_lower_hook": _AT_STEP_10,
}

CHANGES = {
    "1.11": Change(
        says="In 1.10 the hooks fail as long as nothing was evaluated, because the folder of the evaluations is not there.",
        do="os.makedirs(estimator.eval_dir()) before training with 1.10.",
        source="https://github.com/tensorflow/tensorflow/blob/v1.11.0/tensorflow/contrib/estimator/python/estimator/"
        "early_stopping.py",
    ),
    "2.0": Change(
        says="The hook saw the global step after the step. Since 2.0 the global step is a resource variable, which is read "
        "before or after it is increased, so that the hook may take a step for the one before, and look a step later.",
        do="Do not rely on the exact step; give the step bound as max_steps.",
        source="https://github.com/tensorflow/estimator/blob/v2.0.0/tensorflow_estimator/python/estimator/"
        "early_stopping.py#L477",
    ),
}


def run(tf, plan, watch):
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

    def steps(name, hook_name, *arguments, **seconds_or_steps):
        """Returns how many steps run with a hook."""
        model_dir = os.path.join(watch.model_dir, name)
        estimator = tf.estimator.Estimator(model_fn, model_dir, light(save_checkpoints_steps=5))
        if name != "no evaluation yet":
            os.makedirs(estimator.eval_dir())
        hook = getattr(hooks, hook_name)(estimator, *arguments, **seconds_or_steps)
        count = Count()
        train = tf.estimator.TrainSpec(input_fn, plan.max_steps, hooks=[count, hook])
        evaluate = tf.estimator.EvalSpec(lambda: input_fn().take(1), throttle_secs=0)
        try:
            tf.estimator.train_and_evaluate(estimator, train, evaluate)
        except tf.errors.NotFoundError:
            return "NotFoundError"
        return count.steps

    each_step = {"run_every_secs": None, "run_every_steps": 1}
    no_decrease, no_increase = "stop_if_no_decrease_hook", "stop_if_no_increase_hook"
    measured = {
        "steps_by_default": steps("default", no_decrease, "rises", 10),
        "steps_before_there_is_an_evaluation": steps("no evaluation yet", no_decrease, "rises", 10, **each_step),
        "steps_with_stop_if_no_decrease_hook": steps("no decrease", no_decrease, "rises", 10, **each_step),
        "steps_with_stop_if_no_increase_hook": steps("no increase", no_increase, "falls", 10, **each_step),
        "steps_with_stop_if_higher_hook": steps("higher", "stop_if_higher_hook", "rises", 4.0, **each_step),
        "steps_with_stop_if_lower_hook": steps("lower", "stop_if_lower_hook", "falls", -4.0, **each_step),
    }
    return {"measured": measured, "counters": {}}
