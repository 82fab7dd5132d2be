"""A plan: what a training is asked to do."""

import operator
from typing import NamedTuple, Optional


class InvalidPlan(ValueError):
    """A plan holds a value that no training accepts.

    Attributes:
        field: name of the plan's field, for example ``"batch_size"``.
        value: what was given.
        remedy: what to give instead, as the end of a sentence.
    """

    def __init__(self, field: str, value: object, remedy: str) -> None:
        super().__init__("{}={}: {}".format(field, value, remedy))
        self.field = field
        self.value = value
        self.remedy = remedy


class Plan(NamedTuple):
    """What a training is asked to do, as plain data.

    Attributes:
        examples: number of examples in the data.
        batch_size: number of examples in one batch.
        num_epochs: passes over the data that the input makes; ``None`` for endless data.
        steps: steps to run in this call; ``None`` for no such bound.
        max_steps: global step at which to stop; ``None`` for no such bound.
        global_step: global step before the call (greater than 0 when a training is resumed).
        shuffle: whether the input shuffles.
        api: what is called: one of `APIS`.
        input: where the batches come from: one of `INPUTS`.
        drop_remainder: whether a ``Dataset`` leaves out a batch that is not full.
        num_threads: threads that fill the queue of ``numpy_input_fn``.
        keras: the Keras whose ``fit`` is called: 2 or 3; ``None`` for the one that ``tf.keras`` is.
        epochs: the epoch at which ``fit`` ends.
        initial_epoch: the epoch at which ``fit`` begins.
        steps_per_epoch: steps that ``fit`` calls an epoch; ``None`` for as many as the data has.
        steps_per_execution: steps that a compiled Keras model runs in one go.
        known_size: whether a ``Dataset`` knows how many batches it has.
        strategy: how several train side by side: one of `STRATEGIES`; ``None`` for one process on its own.
        workers: how many train side by side, each with a batch of ``batch_size``: processes of a cluster, the chief being one
            of them, or replicas in the one process of ``mirrored``.
    """

    examples: int
    batch_size: int
    num_epochs: Optional[int] = 1
    steps: Optional[int] = None
    max_steps: Optional[int] = None
    global_step: int = 0
    shuffle: bool = True
    api: str = "train"
    input: str = "numpy_input_fn"
    drop_remainder: bool = False
    num_threads: int = 1
    keras: Optional[int] = None
    epochs: int = 1
    initial_epoch: int = 0
    steps_per_epoch: Optional[int] = None
    steps_per_execution: int = 1
    known_size: bool = True
    strategy: Optional[str] = None
    workers: int = 1


# Of tf.estimator: Estimator.train, tf.estimator.train_and_evaluate, Estimator.evaluate, Estimator.predict; of Keras:
# Model.fit.
APIS = ("train", "train_and_evaluate", "evaluate", "predict", "fit")

# A Dataset is named after the order of its two calls.
DATASETS = ("repeat, then batch", "batch, then repeat")
INPUTS = ("numpy_input_fn",) + DATASETS
INPUTS_OF_FIT = DATASETS + ("arrays", "generator")

# A cluster with parameter servers in TF_CONFIG (with workers=1 its chief alone), and the two of tf.distribute.
STRATEGIES = ("parameter_server", "mirrored", "multi_worker_mirrored")

# Those that take their data from a Dataset alone.
MIRRORING = STRATEGIES[1:]

# So many of them have their steps counted one by one.
MOST_WORKERS = 100000

# The global step is a 64-bit integer, and so is what a dataset counts in.
HIGHEST = 2**63 - 1

# The smallest value of each count, and whether it may be left out (None).
_LOWEST = {
    "examples": (0, False),
    "batch_size": (1, False),
    "num_epochs": (0, True),
    "steps": (1, True),
    "max_steps": (1, True),
    "global_step": (0, False),
    "num_threads": (1, False),
    "epochs": (0, False),
    "initial_epoch": (0, False),
    "steps_per_epoch": (1, True),
    "steps_per_execution": (1, False),
    "workers": (1, False),
}
_CHOICES = {"api": APIS, "input": INPUTS + ("arrays", "generator")}

# How an input that is a Dataset is asked for.
_A_DATASET = " or ".join('--input "{}"'.format(name) for name in DATASETS)

# Bounds that a call has no argument for.
_WITHOUT = {
    "train_and_evaluate": (("steps", "train_and_evaluate has no such bound, only max_steps (of its TrainSpec)"),),
    "evaluate": (("max_steps", "evaluate has no such bound, only steps"),),
    "predict": (("steps", "predict has no such bound"), ("max_steps", "predict has no such bound")),
    "fit": (
        ("steps", "fit has no such bound, only steps_per_epoch"),
        ("max_steps", "fit has no such bound, only steps_per_epoch and epochs"),
    ),
}

# Arguments that only fit has.
OF_FIT = ("keras", "epochs", "initial_epoch", "steps_per_epoch", "steps_per_execution", "known_size")


def check(plan: Plan) -> Plan:
    """Returns the plan with its counts as plain integers, or says which value no training accepts.

    ``steps=0``, ``max_steps=0`` and both bounds at once are refused because ``tf.estimator.Estimator.train`` refuses
    them.

    Args:
        plan: the plan; counts may be any integer type (NumPy's too).

    Raises:
        InvalidPlan: for the first value that is not a count, too small, or contradicts another.

    Source:
        https://www.tensorflow.org/versions/r2.15/api_docs/python/tf/estimator/Estimator#train
    """
    counts = {}
    for field, (lowest, optional) in _LOWEST.items():
        value = getattr(plan, field)
        if not (value is None and optional):
            counts[field] = count(field, value, lowest, optional)
    for field, choices in _CHOICES.items():
        if getattr(plan, field) not in choices:
            raise InvalidPlan(field, getattr(plan, field), "must be one of: {}".format("; ".join(choices)))
    _check_strategy(plan)
    if plan.steps is not None and plan.max_steps is not None:
        raise InvalidPlan(
            "steps",
            plan.steps,
            "give either steps (counts from where training starts) or max_steps={} (absolute), not both".format(
                plan.max_steps
            ),
        )
    if plan.api == "train" and plan.steps is not None and plan.global_step + plan.steps > HIGHEST:
        # The sum turns into a negative number, and one step runs: experiments/values_of_steps.py.
        most = "{} at most".format(HIGHEST - plan.global_step) if plan.global_step < HIGHEST else "a lower global_step"
        remedy = "is added to global_step={}, and the sum must fit into 64 bits; give {}".format(plan.global_step, most)
        raise InvalidPlan("steps", plan.steps, remedy)
    for field, remedy in _WITHOUT.get(plan.api, ()):
        if getattr(plan, field) is not None:
            raise InvalidPlan(field, getattr(plan, field), remedy)
    if plan.drop_remainder and plan.input not in DATASETS:
        remedy = "{} keeps the last batch; only a Dataset may drop it; give {}".format(plan.input, _A_DATASET)
        raise InvalidPlan("drop_remainder", plan.drop_remainder, remedy)
    if plan.num_threads != 1 and plan.input != "numpy_input_fn":
        raise InvalidPlan("num_threads", plan.num_threads, "only numpy_input_fn reads the data once for each thread")
    _check_fit(plan)
    return plan._replace(**counts)


def check_end(plan: Plan, bound: Optional[str], steps: int) -> None:
    """Says so where a training that ends would end at a global step that is no 64-bit integer.

    Args:
        plan: the plan, checked.
        bound: the binding bound, as in a prediction.
        steps: how many steps it runs, at most.

    Raises:
        InvalidPlan: for the value that makes them so many.
    """
    end = steps if plan.api in ("evaluate", "predict") else plan.global_step + steps
    if end <= HIGHEST:
        return
    field = bound or "steps_per_epoch"
    if bound == "epochs":
        field = "global_step" if plan.global_step else "epochs" if plan.api == "fit" else "num_epochs"
    remedy = "training would end at step {}, which does not fit into 64 bits; give less".format(end)
    raise InvalidPlan(field, getattr(plan, field), remedy)


def _check_fit(plan: Plan) -> None:
    if plan.api != "fit":
        for field in OF_FIT:
            if getattr(plan, field) != Plan._field_defaults[field]:
                remedy = "only fit has that; {} does not; give --api fit".format(plan.api)
                raise InvalidPlan(field, getattr(plan, field), remedy)
        if plan.input not in INPUTS:
            raise InvalidPlan("input", plan.input, "only fit takes that; {} does not; give --api fit".format(plan.api))
        return
    if plan.input not in INPUTS_OF_FIT:
        remedy = "fit takes no input_fn; give {}, or arrays, or generator".format(_A_DATASET)
        raise InvalidPlan("input", plan.input, remedy)
    if plan.keras not in (None, 2, 3):
        raise InvalidPlan("keras", plan.keras, "must be 2 or 3")
    if plan.input == "arrays" and plan.num_epochs != 1:
        raise InvalidPlan("num_epochs", plan.num_epochs, "arrays hold each example once; give epochs instead")
    if not plan.known_size and plan.input not in DATASETS:
        raise InvalidPlan("known_size", plan.known_size, "only a Dataset may be of unknown size; give {}".format(_A_DATASET))


def _check_strategy(plan: Plan) -> None:
    if plan.strategy is None:
        if plan.workers != 1:
            remedy = "say how they train side by side: strategy must be one of: {}".format("; ".join(STRATEGIES))
            raise InvalidPlan("workers", plan.workers, remedy)
        return
    if plan.strategy not in STRATEGIES:
        raise InvalidPlan("strategy", plan.strategy, "must be one of: {}".format("; ".join(STRATEGIES)))
    if plan.workers > MOST_WORKERS:
        raise InvalidPlan("workers", plan.workers, "the law counts the steps of each, of {:,} at most".format(MOST_WORKERS))
    if plan.api not in ("train", "train_and_evaluate"):
        raise InvalidPlan("strategy", plan.strategy, "only train and train_and_evaluate are known to be distributed")
    if plan.strategy == "mirrored" and plan.api != "train":
        raise InvalidPlan("strategy", plan.strategy, "is known for train")
    if plan.strategy != "parameter_server" and plan.input == "numpy_input_fn":
        raise InvalidPlan("strategy", plan.strategy, "takes its data from a Dataset; give {}".format(_A_DATASET))


def count(field: str, value: object, lowest: int, optional: bool = False) -> int:
    """Returns a value as a plain integer, or says that it is none.

    Args:
        field: what is counted.
        value: any integer type.
        lowest: the smallest count that there may be.
        optional: whether it may be left out; the remedy says so.

    Raises:
        InvalidPlan: it is no whole number, or too small, or too large for 64 bits.
    """
    remedy = "must be a whole number, at least {}{}".format(lowest, ", or none" if optional else "")
    if isinstance(value, bool):
        raise InvalidPlan(field, value, remedy)
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise InvalidPlan(field, value, remedy) from None
    if number < lowest:
        raise InvalidPlan(field, value, remedy)
    if number > HIGHEST:
        raise InvalidPlan(field, "<{} bits>".format(number.bit_length()), "must fit into 64 bits, at most 2**63 - 1")
    return number
