"""Model.fit: how many steps Keras runs, epoch by epoch, and from where in the data each epoch takes its batches."""

from typing import Dict, List, NamedTuple, Optional, Tuple  # noqa: F401 (List is in type comments)

from estimator_semantics.law.data import Data, of_call, stacked
from estimator_semantics.law.refusal import InvalidPlan
from estimator_semantics.law.release import is_before, minor
from estimator_semantics.law.schema import Plan
from estimator_semantics.law.turning_points import (
    BEGINS_ANEW,
    COUNTS_BATCHES,
    CUTS_ARRAYS,
    KERAS_3,
    LOOKS_FOR_EVER,
    LOOKS_ONCE,
    READS_GENERATORS,
    WANTS_AN_EXECUTION,
    WANTS_DATA,
    WANTS_EPOCHS,
    WANTS_NOTHING,
    since,
)
from estimator_semantics.law.wording import Said

# So many batches Keras 3 takes from a generator before it begins.
LOOKED_AT = 2

# So many epochs are gone through one by one.
MOST_EPOCHS = 100000


class Epochs(NamedTuple):
    """What ``fit`` takes from its data.

    Attributes:
        steps: the number of steps of each epoch that ends.
        passes: the number of batches that are taken from each iterator over the data, which begins at its start.
        attempts: of Keras 3, for each epoch the attempts to train that find no data; the optimizer counts them as steps.
    """

    steps: Tuple[int, ...]
    passes: Tuple[int, ...]
    attempts: Tuple[int, ...] = ()


class Error(NamedTuple):
    """An error that ``fit`` ends with before its first epoch has ended.

    Attributes:
        steps: the updates that are made before; none when it refuses to train.
        why: the reason, as a clause.
    """

    steps: int
    why: Said


ENDLESS_DATA = Said("fit_data_is_endless")
NO_BATCH = Said("no_batch")
IN_SEARCH = Said("looks_for_ever", {"since": since(LOOKS_FOR_EVER)})


def generation(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> int:
    """Return which Keras a plan is about, 2 or 3.

    Args:
        plan: the plan.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the one that comes with it.

    Raises:
        InvalidPlan: there is no such Keras for it.
    """
    if plan.keras is not None:
        return plan.keras
    if keras is None:
        return 2 if is_before(tensorflow, KERAS_3) else 3
    major = minor(keras, "keras")[0]
    if major not in (2, 3):
        raise InvalidPlan("keras", keras, "unknown_keras")
    return major


def error(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> Optional[Error]:
    """Return the error that ``fit`` ends with before its first epoch has ended; ``None`` when there is none.

    Keras 2 has nothing to return from a first execution that is not full: data without a batch is refused, and where there
    are fewer batches than an execution takes, ``fit`` trains on them and raises. Of data whose size it does not know it
    wants ``steps_per_epoch`` where an execution is more than one step, and of data that it knows to be endless always.

    Keras 3 refuses a generator that is empty; 3.3 and 3.4 want the first execution to be full, as Keras 2 does.

    Args:
        plan: what is trained, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest. It decides on Keras 2.
        keras: version of Keras; ``None`` for the one that comes with it.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/keras/engine/training.py#L1105
        https://github.com/keras-team/keras/blob/v2.15.0/keras/src/engine/data_adapter.py#L1508
        https://github.com/keras-team/keras/blob/v3.3.3/keras/src/backend/tensorflow/trainer.py#L321
    """
    of_2 = generation(plan, tensorflow, keras) == 2
    release = of_keras_2(tensorflow, keras)
    size = batches(plan, tensorflow, keras).batches
    if looks_for_ever(plan, tensorflow, keras):
        return None
    if size == 0 and plan.input == "generator":
        # Its first batch is looked at before anything else.
        return Error(0, NO_BATCH)
    why = _refused_by_keras_2(plan, release, size) if of_2 else None
    if why is not None:
        return Error(0, why)
    if plan.epochs <= plan.initial_epoch or size is None:
        return None
    if of_2:
        execution = 1 if plan.steps_per_epoch is None else min(plan.steps_per_execution, plan.steps_per_epoch)
        if plan.input == "arrays" and plan.steps_per_epoch is not None and is_before(release, CUTS_ARRAYS):
            return None  # its steps are on all of the data, be it nothing
    elif is_before(keras, WANTS_AN_EXECUTION) or not is_before(keras, WANTS_NOTHING):
        return None
    else:
        execution = plan.steps_per_execution
    if size >= execution:
        return None
    short = Said("short_execution", {"execution": execution, "batches": size})
    return Error(size, short if size else NO_BATCH)


def looks_for_ever(plan: Plan, tensorflow: Optional[str], keras: Optional[str]) -> bool:
    """Return whether ``fit`` never ends on no data at all: in TensorFlow 2.0 it goes round arrays in search of an example.

    Args:
        plan: what is trained, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the one that comes with it.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/keras/engine/data_adapter.py#L274
    """
    release = of_keras_2(tensorflow, keras)
    in_2_0 = (
        is_before(release, LOOKS_ONCE)
        and not is_before(release, LOOKS_FOR_EVER)
        and generation(plan, tensorflow, keras) == 2
    )
    nothing = plan.input == "arrays" and plan.examples == 0 and plan.steps_per_epoch is None
    return in_2_0 and nothing and plan.epochs > plan.initial_epoch


def _refused_by_keras_2(plan: Plan, release: Optional[str], size: Optional[int]) -> Optional[Said]:
    if plan.epochs == 0 and not is_before(release, WANTS_EPOCHS):
        return Said("epochs_not_positive")
    if plan.steps_per_epoch is not None:
        return None
    if plan.input == "generator" and is_before(release, READS_GENERATORS):
        return Said("generator_has_no_size")
    known = plan.known_size and plan.input != "generator"
    if size is None and known:
        return ENDLESS_DATA
    if not known and plan.steps_per_execution > 1:
        return Said("execution_wants_steps", {"steps_per_execution": plan.steps_per_execution})
    return NO_BATCH if size == 0 and known and not is_before(release, WANTS_DATA) else None


def of_keras_2(tensorflow: Optional[str], keras: Optional[str]) -> Optional[str]:
    """Return the version of TensorFlow that decides on Keras 2, which has the same one; ``None`` for the newest.

    Args:
        tensorflow: version of TensorFlow, if it is given.
        keras: version of Keras, likewise.
    """
    return keras if tensorflow is None and keras is not None and minor(keras, "keras")[0] == 2 else tensorflow


def epochs(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> Optional[Epochs]:
    """Return how many steps ``fit`` runs in each epoch; ``None`` when the first of them never ends.

    Where ``fit`` ends with an `error`, no epoch has ended.

    In Keras 2 an epoch that gets fewer steps than ``steps_per_epoch`` ends the training. In Keras 3 it ends the epoch, and
    the next one begins at the start of the data.

    Args:
        plan: what is trained, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest. It decides on Keras 2.
        keras: version of Keras 3; ``None`` for the newest.
    """
    failed = error(plan, tensorflow, keras)
    if failed is not None:
        return Epochs((), (failed.steps,))
    if plan.epochs <= plan.initial_epoch:
        return Epochs((), ())
    data = batches(plan, tensorflow, keras)
    if plan.steps_per_epoch is None and (data.batches is None or looks_for_ever(plan, tensorflow, keras)):
        return None
    if plan.epochs - plan.initial_epoch > MOST_EPOCHS:
        raise InvalidPlan("epochs", plan.epochs, "too_many_epochs", {"most": MOST_EPOCHS})
    if generation(plan, tensorflow, keras) == 2:
        return _keras_2(plan, data.batches, begins_anew=not is_before(of_keras_2(tensorflow, keras), BEGINS_ANEW))
    return _keras_3(plan, data.batches, counts=not is_before(keras, COUNTS_BATCHES))


def batches(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> Data:
    """Return the batches of one iterator over the data of a plan.

    Args:
        plan: what is trained, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the one that comes with it.
    """
    if plan.input == "generator":
        # It makes each of its epochs end with a batch of its own.
        plan = plan._replace(input="batch, then repeat")
    if plan.input == "arrays" and plan.steps_per_epoch is not None and generation(plan, tensorflow, keras) == 2:
        if is_before(of_keras_2(tensorflow, keras), CUTS_ARRAYS):
            plan = plan._replace(batch_size=max(1, plan.examples))  # each step takes all of the data
            return of_call(plan._replace(num_epochs=None, input="batch, then repeat"))
        return of_call(plan._replace(num_epochs=plan.epochs - plan.initial_epoch, input="batch, then repeat"))
    return of_call(plan)


def usage(plan: Plan, trained: Epochs, data: Data) -> Optional[Dict[int, int]]:
    """Return how many examples are used how often; ``None`` when shuffling decides on it.

    Args:
        plan: what is trained.
        trained: its epochs.
        data: the batches of one iterator over its data.
    """
    counted = {}  # type: Dict[int, int]
    for taken in trained.passes:
        counted[taken] = counted.get(taken, 0) + 1
    parts = []
    for taken, times in counted.items():
        part = data.usage(taken)
        if part is None or (data.shuffle and len(part) > 1 and len(trained.passes) > 1):
            return None
        parts.append({used * times: count for used, count in part.items()})
    return stacked({0: plan.examples}, *parts)


def updates(plan: Plan, trained: Epochs) -> Optional[int]:
    """Return how often the weights are updated, if ``gradient_accumulation_steps`` makes that differ from the steps.

    An update is due at every n-th step that the optimizer counts. One that is due at an attempt to train that finds no data is
    lost, and so are the gradients that it would have used.

    Args:
        plan: what is trained.
        trained: its epochs.

    Returns:
        The updates; ``None`` without ``gradient_accumulation_steps``.

    Source:
        https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/base_optimizer.py#L551
    """
    every = plan.gradient_accumulation_steps
    if every == 1:
        return None
    counted, due = 0, 0
    for epoch in range(len(trained.steps)):
        steps = trained.steps[epoch]
        due += (counted + steps) // every - counted // every
        counted += steps + trained.attempts[epoch]
    return due


def _keras_2(plan: Plan, batches: Optional[int], begins_anew: bool) -> Epochs:
    known = plan.known_size and plan.input not in ("arrays", "generator")
    of_size = known and begins_anew and plan.steps_per_epoch == batches
    anew = plan.input != "generator" and (plan.steps_per_epoch is None or of_size)
    steps = []  # type: List[int]
    passes = [0]
    for epoch in range(plan.initial_epoch, plan.epochs):  # noqa: B007 (another name would make records stale)
        if anew and steps:
            passes.append(0)
        left = None if batches is None else batches - passes[-1]
        wanted = plan.steps_per_epoch if plan.steps_per_epoch is not None else batches
        assert wanted is not None
        steps.append(wanted if left is None else min(wanted, left))
        passes[-1] += steps[-1]
        if steps[-1] < wanted:
            break  # "Your input ran out of data; interrupting training."
    return Epochs(tuple(steps), tuple(passes))


def _keras_3(plan: Plan, batches: Optional[int], counts: bool) -> Epochs:
    known = plan.known_size and plan.input != "generator"
    execution = plan.steps_per_execution
    size = batches
    steps = []  # type: List[int]
    passes = []  # type: List[int]
    attempts = []  # type: List[int]
    anew = True
    for _ in range(plan.initial_epoch, plan.epochs):
        if anew and passes and plan.input == "generator":
            # There is nothing left in it, but the batches that were looked at in advance are given again.
            size = min(LOOKED_AT, 0 if batches is None else batches) if counts else 0
        if anew:
            passes.append(0)
        left = None if size is None else size - passes[-1]
        wanted = plan.steps_per_epoch if plan.steps_per_epoch is not None else left
        assert wanted is not None
        executions = -(-wanted // execution)
        steps.append(executions * execution if left is None else min(executions * execution, left))
        passes[-1] += steps[-1]
        at_end = left is not None and (executions * execution > left or (plan.steps_per_epoch is None and not known))
        # Since Keras 3.7 an execution of several steps looks for a batch before each of them.
        attempts.append(1 if at_end and not (counts and (known or execution > 1)) else 0)
        if plan.steps_per_epoch is None:
            anew = True
        elif left is None:
            anew = False
        elif not counts:
            anew = executions * execution > left
        elif known:
            anew = passes[-1] == size
        else:
            # What is noticed is an execution that finds nothing at all.
            anew = executions > -(-left // execution)
    return Epochs(tuple(steps), tuple(passes), tuple(attempts))
