"""The law where several train side by side: workers on parameter servers, replicas of one process, workers that mirror."""

from typing import Dict, NamedTuple, Optional, Tuple, Union

from estimator_semantics.law.bounds import lower, step_bound
from estimator_semantics.law.data import Data, of_call
from estimator_semantics.law.plan import check, check_end
from estimator_semantics.law.release import is_before
from estimator_semantics.law.schema import Plan
from estimator_semantics.law.turning_points import EMPTY_BATCHES, NO_EMPTY_BATCHES, REPLICAS_IN_ORDER
from estimator_semantics.law.wording import Range

Count = Union[int, Range]


class ClusterPrediction(NamedTuple):
    """How long a plan trains where several train side by side. Counts that never end are ``None``.

    Attributes:
        steps: by how much the global step rises in this call.
        global_step: global step after the call, on the parameter servers where there are some. (The last checkpoint may hold
            an earlier one: it is the chief's last act, and other workers may go on.)
        steps_of_each_worker: how many of the steps each worker runs. Those that mirror run all of them together.
        bound: the binding bound: ``"steps"``, ``"max_steps"``, ``"epochs"``, or ``None`` when nothing stops it.
        usage: how many examples are used how often by all together; ``None`` when it is not determined.
    """

    steps: Optional[Count]
    global_step: Optional[Count]
    steps_of_each_worker: Optional[Tuple[Count, ...]]
    bound: Optional[str]
    usage: Optional[Dict[int, int]]


ENDLESS_CLUSTER = ClusterPrediction(None, None, None, None, None)


def predict_cluster(plan: Plan, tensorflow: Optional[str] = None) -> ClusterPrediction:
    """Predicts how long a plan with a strategy trains.

    Parameter servers: every worker calls ``input_fn`` on its own and reads all of its data; the global step counts the steps
    of all. ``max_steps`` bounds them together; ``steps`` is counted by each worker from the global step that it finds. A
    worker looks at the global step after each of its steps, so that steps under way elsewhere come on top of a step bound.

    How many: when the bound is reached, each other worker may be in a step, at the begin of which it read a global step too low
    to look again; it finishes that one and makes one more. Those are at most ``2 * (workers - 1)``. (The worker that reaches
    the bound stops, unless another one made a step since it read the global step; that one then makes one step less.)

    Mirrored replicas: one process, one ``input_fn``; a step takes one batch for each replica, and ends training where there
    is not one for each: batches are left over, though fewer than there are replicas. From TensorFlow 2.0 to 2.3 that step
    runs nevertheless, with an empty batch for each replica that has none; a loss that is a mean is NaN then, and training
    raises an error. (Not so where drop_remainder makes all batches alike, for there TensorFlow does not ask what is left.)

    Workers that mirror: every worker calls ``input_fn`` on its own, and a step takes one batch of each. With as much data
    for each, training ends with it; where one has less than another, it does not end at all.

    Up to TensorFlow 1.12 each replica fetches its batches ahead and on its own, so that the batches left over need not be the
    last ones of the data.

    Args:
        plan: what each of them is asked to do; it has a strategy.
        tensorflow: version of TensorFlow, for example ``"1.9.0"``; ``None`` for what the newest does.

    Raises:
        InvalidPlan: for a value that no training accepts.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v1.15.5/tensorflow/python/training/basic_session_run_hooks.py#L432
        https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/distribute/input_lib.py#L256
        https://github.com/tensorflow/tensorflow/blob/v1.12.0/tensorflow/contrib/distribute/python/values.py#L1109
    """
    plan = check(plan)
    data = of_call(plan)
    if plan.strategy == "parameter_server":
        return _parameter_server(plan, data)
    side_by_side = plan.workers if plan.strategy == "mirrored" else 1
    available = data.batches
    if available is not None:
        over = available % side_by_side
        available //= side_by_side
        if over > 0 and takes_empty_batches(plan, tensorflow):
            available += 1
    own_bound, allowed = step_bound(plan)
    bound, steps = lower(own_bound, allowed, available)
    if steps is None:
        return ENDLESS_CLUSTER
    check_end(plan, bound, steps)
    usage = data.usage(steps * side_by_side if data.batches is None else min(steps * side_by_side, data.batches))
    if (
        plan.strategy == "mirrored"
        and is_before(tensorflow, REPLICAS_IN_ORDER)
        and steps * side_by_side != data.batches
    ):
        usage = None
    if plan.strategy == "multi_worker_mirrored":
        usage = _times(plan.workers, usage, data)
    return ClusterPrediction(steps, plan.global_step + steps, _of_each(plan.workers, steps), bound, usage)


def takes_empty_batches(plan: Plan, tensorflow: Optional[str]) -> bool:
    """Return whether mirrored replicas make a step for which there is not a batch for each.

    Args:
        plan: what they are asked to do.
        tensorflow: version of TensorFlow; ``None`` for the newest.
    """
    takes = plan.strategy == "mirrored" and not plan.drop_remainder
    return takes and is_before(tensorflow, NO_EMPTY_BATCHES) and not is_before(tensorflow, EMPTY_BATCHES)


def _parameter_server(plan: Plan, data: Data) -> ClusterPrediction:
    bound, allowed = step_bound(plan)
    each = data.batches
    together = None if each is None else plan.workers * each
    if plan.workers == 1 or allowed is None or allowed == 0 or (together is not None and together <= allowed):
        binding, steps = lower(bound, allowed, together)
        if steps is None:
            return ENDLESS_CLUSTER
        check_end(plan, binding, steps)
        of_one = steps // plan.workers
        usage = _times(plan.workers, data.usage(of_one), data)
        return ClusterPrediction(steps, plan.global_step + steps, _of_each(plan.workers, of_one), binding, usage)
    # As many as are under way, or are not noticed, when the bound is reached.
    beyond = 2 * (plan.workers - 1)
    # One that begins when the others have ended counts all of its steps from there.
    highest = allowed * (plan.workers if bound == "steps" else 1) + beyond
    lowest_of_one = 0 if each is None else max(0, allowed - (plan.workers - 1) * each)
    if together is not None:
        highest = min(highest, together)
    check_end(plan, bound, highest)
    lowest = allowed
    if bound == "steps":
        # Whoever begins makes one step before it looks.
        lowest_of_one = max(1, lowest_of_one)
        lowest = max(allowed, plan.workers)
    highest_of_one = allowed + 1 if each is None else min(allowed + 1, each)
    return ClusterPrediction(
        steps=_count(lowest, highest),
        global_step=_count(plan.global_step + lowest, plan.global_step + highest),
        steps_of_each_worker=_of_each(plan.workers, _count(lowest_of_one, highest_of_one)),
        bound=bound,
        usage=None,
    )


def _times(workers: int, usage: Optional[Dict[int, int]], data: Data) -> Optional[Dict[int, int]]:
    """Return the usage by several workers, each of which has used all of the data in this way."""
    if usage is None or (workers > 1 and data.shuffle and len(usage) > 1):
        return None  # each has left out others
    return {workers * times: count for times, count in usage.items()}


def _count(lowest: int, highest: int) -> Count:
    return lowest if lowest == highest else Range(lowest, highest)


def _of_each(workers: int, count: Count) -> Tuple[Count, ...]:
    return tuple([count for _ in range(workers)])
