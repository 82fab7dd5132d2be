"""A prediction: how long a plan trains, and which bound stops it."""

from typing import Dict, NamedTuple, Optional, Tuple

from estimator_semantics.law import fit
from estimator_semantics.law.bounds import lower, step_bound
from estimator_semantics.law.data import data
from estimator_semantics.law.plan import check, check_end
from estimator_semantics.law.schema import Plan
from estimator_semantics.law.wording import Said


class Prediction(NamedTuple):
    """How long a plan trains, or reads its data. Every count is ``None`` when that never ends.

    Attributes:
        steps: steps that run in this call.
        global_step: global step after the call.
        examples: examples consumed, repetitions included.
        last_batch: number of examples in the last batch; 0 when no step runs.
        epochs: full passes over the data, by the number of examples consumed. A shuffling queue mixes neighbouring
            epochs, so that within several of them not every example need have been used as often; see ``usage``.
        bound: the binding bound: ``"steps"``, ``"max_steps"``, ``"epochs"``, or ``None`` when nothing stops it, or an error.
            Of ``fit``: ``"steps_per_epoch"`` when every epoch has that many steps, or else ``"epochs"``: the data.
        usage: how many examples are used how often: ``{0: 3, 1: 7}`` says that 3 examples are never used and 7 once.
            ``None`` when it is not determined, because shuffled data ends within several epochs.
        steps_by_epoch: the steps of each epoch that ``fit`` ends; ``None`` for what is not ``fit``.
        raises: why it ends with an error, after the steps that are counted here; ``None`` when it does not.
        updates: the updates of the weights, where ``gradient_accumulation_steps`` makes them fewer than the steps.
    """

    steps: Optional[int]
    global_step: Optional[int]
    examples: Optional[int]
    last_batch: Optional[int]
    epochs: Optional[int]
    bound: Optional[str]
    usage: Optional[Dict[int, int]]
    steps_by_epoch: Optional[Tuple[int, ...]] = None
    raises: Optional[Said] = None
    updates: Optional[int] = None


ENDLESS = Prediction(None, None, None, None, None, None, None)

# The counts that only some plans have; ``None`` of the others.
OPTIONAL = ("steps_by_epoch", "raises", "updates")

# The same as it is measured of what is not ``fit``.
NO_COUNTS = {name: None for name in ENDLESS._fields if name not in OPTIONAL}

NO_EXAMPLE = Said("without_example")


def predict(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> Prediction:
    """Predicts how long a plan trains.

    The law: training stops at the lower of two bounds. The epoch bound is the number of batches that the data makes: with
    ``numpy_input_fn`` and with a dataset that is repeated and then batched ``ceil(examples * num_epochs / batch_size)``,
    for batches go on across the end of an epoch and only the very last one may be ragged; with a dataset that is batched
    and then repeated ``num_epochs * ceil(examples / batch_size)``. The step bound is ``steps``, or
    ``max_steps - global_step``. Where both allow the same number the step bound is the binding one: training stops before
    it asks for the batch that is not there.

    ``evaluate`` and ``predict`` read their data by the same law and leave the global step as it is.

    Where releases differ: up to TensorFlow 1.9 the data does not end ``train_and_evaluate``, which calls ``input_fn`` again
    until ``max_steps`` is reached. (There it also calls it again after ``throttle_secs``, 600 s if not given, of which the
    law knows nothing.) What Keras does in ``fit`` is said in `fit.epochs`.

    Args:
        plan: what the training is asked to do.
        tensorflow: version of TensorFlow, for example ``"1.9.0"``; ``None`` for what the newest does.
        keras: version of Keras, for ``fit``; ``None`` for the one that comes with TensorFlow.

    Returns:
        The prediction; `ENDLESS` when neither bound is given.

    Raises:
        InvalidPlan: for a value that no training accepts.

    Source:
        https://stackoverflow.com/questions/38340311
        https://github.com/tensorflow/tensorflow/issues/19062
    """
    plan = check(plan)
    if plan.api == "fit":
        return _fit(plan, tensorflow, keras)
    batches = data(plan, tensorflow)
    own_bound, allowed = step_bound(plan)
    bound, steps = lower(own_bound, allowed, batches.batches)
    if bound is None or steps is None:
        return ENDLESS
    check_end(plan, bound, steps)
    consumed = batches.consumed(steps)
    refused = bound == "epochs" and plan.input == "numpy_input_fn" and plan.examples == 0
    return Prediction(
        steps=steps,
        global_step=plan.global_step + (steps if plan.api not in ("evaluate", "predict") else 0),
        examples=consumed,
        last_batch=consumed - batches.consumed(steps - 1) if steps else 0,
        epochs=consumed // plan.examples if plan.examples else 0,
        bound=bound,
        usage=batches.usage(steps),
        raises=NO_EXAMPLE if refused else None,
    )


def _fit(plan: Plan, tensorflow: Optional[str], keras: Optional[str]) -> Prediction:
    epochs = fit.epochs(plan, tensorflow, keras)
    if epochs is None:
        return ENDLESS
    failed = fit.error(plan, tensorflow, keras)
    steps, batches = sum(epochs.passes), fit.batches(plan, tensorflow, keras)
    # Epochs may begin anew in the data, and the last one that has a step says how large its last batch is.
    consumed = sum([batches.consumed(taken) for taken in epochs.passes])
    last = 0
    for taken in epochs.passes:
        last = taken if taken > 0 else last
    bounded = plan.steps_per_epoch is not None and all([each == plan.steps_per_epoch for each in epochs.steps])
    bound = None if failed is not None else "steps_per_epoch" if bounded else "epochs"
    check_end(plan, bound, steps)
    return Prediction(
        steps=steps,
        global_step=plan.global_step + steps,
        examples=consumed,
        last_batch=batches.consumed(last) - batches.consumed(last - 1) if last else 0,
        epochs=consumed // plan.examples if plan.examples else 0,
        bound=bound,
        usage=fit.usage(plan, epochs, batches),
        steps_by_epoch=epochs.steps,
        raises=None if failed is None else failed.why,
        updates=fit.updates(plan, epochs),
    )
