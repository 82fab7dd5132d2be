"""A prediction: how long a plan trains, and which bound stops it."""

from typing import Dict, NamedTuple, Optional

from estimator_semantics.law.plan import Plan, check


class Prediction(NamedTuple):
    """How long a plan trains. Every count is ``None`` when the training never ends.

    Attributes:
        steps: steps that run in this call.
        global_step: global step after the call.
        examples: examples consumed, repetitions included.
        last_batch: number of examples in the last batch; 0 when no step runs.
        epochs: full passes over the data, by the number of examples consumed. A shuffling queue mixes neighbouring
            epochs, so that within several of them not every example need have been used as often; see ``usage``.
        bound: the binding bound: ``"steps"``, ``"max_steps"``, ``"epochs"``, or ``None`` when nothing stops it.
        usage: how many examples are used how often: ``{0: 3, 1: 7}`` says that 3 examples are never used and 7 once.
            ``None`` when it is not determined, because shuffled data ends within several epochs.
    """

    steps: Optional[int]
    global_step: Optional[int]
    examples: Optional[int]
    last_batch: Optional[int]
    epochs: Optional[int]
    bound: Optional[str]
    usage: Optional[Dict[int, int]]


ENDLESS = Prediction(None, None, None, None, None, None, None)


def predict(plan: Plan) -> Prediction:
    """Predicts how long ``Estimator.train`` runs on the data of ``numpy_input_fn``.

    The law: training stops at the lower of two bounds. The epoch bound is ``ceil(examples * num_epochs / batch_size)``
    steps, for batches go on across the end of an epoch and only the very last one may be ragged. The step bound is
    ``steps``, or ``max_steps - global_step``. Where both allow the same number the step bound is the binding one:
    training stops before it asks for the batch that is not there.

    Args:
        plan: what the training is asked to do.

    Returns:
        The prediction; `ENDLESS` when neither bound is given.

    Raises:
        InvalidPlan: for a value that no training accepts.

    Source:
        https://stackoverflow.com/questions/38340311
    """
    plan = check(plan)
    available = None if plan.num_epochs is None else plan.examples * plan.num_epochs
    bounds = {}
    if plan.steps is not None:
        bounds["steps"] = plan.steps
    if plan.max_steps is not None:
        bounds["max_steps"] = max(0, plan.max_steps - plan.global_step)
    if available is not None:
        bounds["epochs"] = -(-available // plan.batch_size)
    if not bounds:
        return ENDLESS
    # min() keeps the first of equals, and the step bounds come first.
    bound = min(bounds, key=lambda name: bounds[name])
    steps = bounds[bound]
    consumed = steps * plan.batch_size if available is None else min(steps * plan.batch_size, available)
    epochs, begun = divmod(consumed, plan.examples)
    in_order = not plan.shuffle or plan.num_epochs == 1 or consumed == available
    return Prediction(
        steps=steps,
        global_step=plan.global_step + steps,
        examples=consumed,
        last_batch=consumed - (steps - 1) * plan.batch_size if steps else 0,
        epochs=epochs,
        bound=bound,
        usage=_usage(plan.examples, epochs, begun) if in_order else None,
    )


def _usage(examples: int, epochs: int, begun: int) -> Dict[int, int]:
    usage = {epochs: examples - begun, epochs + 1: begun}
    return {times: count for times, count in usage.items() if count}
