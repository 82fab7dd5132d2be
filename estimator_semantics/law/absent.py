"""What a release does not have: a plan that needs it is refused for that release, as the records call it absent."""

from typing import Optional

from estimator_semantics.law.fit import KERAS_3, generation, of_keras_2
from estimator_semantics.law.plan import DATASETS, InvalidPlan, Plan
from estimator_semantics.law.release import is_before

# The first TensorFlow with train_and_evaluate, which the workers of a cluster call, and with tf.data.
TRAIN_AND_EVALUATE = (1, 4)
TF_DATA = (1, 4)

# The first TensorFlow whose input_fn may return a Dataset, and the first whose Dataset.batch has drop_remainder.
INPUT_FN_RETURNS_A_DATASET = (1, 5)
DROP_REMAINDER = (1, 10)

# The first TensorFlow whose RunConfig takes a strategy, and the first whose train_and_evaluate mirrors workers.
TRAIN_DISTRIBUTE = (1, 8)
MIRRORED_WORKERS = (1, 12)

# The first TensorFlow whose fit takes a Dataset or a generator as later ones do, and whose compile runs several steps in one go.
FIT_TAKES_A_DATASET = (1, 14)
STEPS_PER_EXECUTION = (2, 3)

_STRATEGIES = {
    "parameter_server": (TRAIN_AND_EVALUATE, "workers are started by train_and_evaluate, which came with TensorFlow 1.4"),
    "mirrored": (TRAIN_DISTRIBUTE, "RunConfig takes a strategy since TensorFlow 1.8"),
    "multi_worker_mirrored": (MIRRORED_WORKERS, "train_and_evaluate mirrors workers since TensorFlow 1.12"),
}


def check_release(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> None:
    """Says so where a release lacks what a plan needs, or where there is no such release.

    An experiment may go round what is missing, for example with the tensors of an iterator in the place of a Dataset. That is
    why `predict` answers for such a plan nevertheless.

    Args:
        plan: the plan, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the one that comes with it.

    Raises:
        InvalidPlan: for the first value that the release does not know, or for the version.

    Source:
        https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0
        https://github.com/tensorflow/tensorflow/releases/tag/v1.10.0
        https://github.com/tensorflow/tensorflow/blob/v1.8.0/tensorflow/python/estimator/run_config.py#L305
        https://github.com/tensorflow/tensorflow/releases/tag/v1.12.0
        https://github.com/tensorflow/tensorflow/blob/v2.3.0/tensorflow/python/keras/engine/training.py#L468
    """
    is_before(tensorflow, TRAIN_AND_EVALUATE)  # refuses what is no version, whatever the plan
    _check_fit(plan, tensorflow, keras)
    if plan.api == "fit":
        return
    if plan.api == "train_and_evaluate" and is_before(tensorflow, TRAIN_AND_EVALUATE):
        raise InvalidPlan("api", plan.api, "came with TensorFlow 1.4, and {} has none".format(tensorflow))
    if plan.strategy is not None:
        since, says = _STRATEGIES[plan.strategy]
        if is_before(tensorflow, since):
            raise InvalidPlan("strategy", plan.strategy, "{}, and not in {}".format(says, tensorflow))
    if plan.input in DATASETS and is_before(tensorflow, INPUT_FN_RETURNS_A_DATASET):
        remedy = "an input_fn returns a Dataset since TensorFlow 1.5, and in {} tensors only".format(tensorflow)
        if not is_before(tensorflow, TF_DATA):
            remedy += "; return dataset.make_one_shot_iterator().get_next()"
        raise InvalidPlan("input", plan.input, remedy)
    if plan.drop_remainder and is_before(tensorflow, DROP_REMAINDER):
        remedy = "came with TensorFlow 1.10, and Dataset.batch of {} has none; apply {} to the Dataset".format(
            tensorflow, "tf.contrib.data.batch_and_drop_remainder(batch_size)"
        )
        raise InvalidPlan("drop_remainder", plan.drop_remainder, remedy)


def _check_fit(plan: Plan, tensorflow: Optional[str], keras: Optional[str]) -> None:
    if plan.api == "fit" and is_before(tensorflow, FIT_TAKES_A_DATASET):
        remedy = "the law is about fit since TensorFlow 1.14, and not in {}".format(tensorflow)
        raise InvalidPlan("api", plan.api, remedy)
    of_keras = generation(plan, tensorflow, keras)
    if of_keras == 3 and is_before(tensorflow, KERAS_3):
        remedy = "tf.keras is Keras 2 up to TensorFlow 2.15, and so in {}".format(tensorflow)
        raise InvalidPlan("keras", plan.keras if keras is None else keras, remedy)
    release = of_keras_2(tensorflow, keras)
    if plan.steps_per_execution != 1 and of_keras == 2 and is_before(release, STEPS_PER_EXECUTION):
        remedy = "came with TensorFlow 2.3, as experimental_steps_per_execution, and compile of {} has none".format(release)
        raise InvalidPlan("steps_per_execution", plan.steps_per_execution, remedy)
