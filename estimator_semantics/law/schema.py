"""The arguments of a plan, each declared once: its meaning, its APIs, the release that added it, and how a user gives it.

The checks of a plan, the options of ``explain``, the form on the page, the random plans of the tests and the plan in a record are
derived from these declarations.
"""

from typing import Any, Dict, NamedTuple, Optional, Tuple

from estimator_semantics.law import turning_points
from estimator_semantics.law.turning_points import Turn


class Plan(NamedTuple):
    """What a training is asked to do, as plain data."""

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
    gradient_accumulation_steps: int = 1
    known_size: bool = True
    strategy: Optional[str] = None
    workers: int = 1


class Choice(NamedTuple):
    """A value of an argument that takes one of a few values.

    Attributes:
        name: the value.
        label: its name on the page.
        apis: the APIs that take it.
        since: the release that added it; ``None`` if all have it.
        absent: the code of the message for a release that lacks it.
    """

    name: str
    label: str
    apis: Tuple[str, ...]
    since: Optional[Turn] = None
    absent: str = "came_with"


class Argument(NamedTuple):
    """An argument of a plan.

    Attributes:
        name: the field of a `Plan`.
        kind: `COUNT`, `FLAG`, `CHOICE`, or `DERIVED` (a user does not give it).
        default: its value if it is left out; ``None`` for a required argument too.
        required: whether a user has to give it.
        help: its meaning, in one line.
        lowest: the smallest count.
        optional: whether a count may be ``None``: no such bound.
        bound: whether it bounds how long training runs.
        choices: the values, for a `CHOICE`.
        apis: the APIs that have it.
        written: the calls that take it under its name.
        since: the release that added it; ``None`` if all have it.
        absent: the code of the message for a release that lacks it.
        option: the name of its option: its own name, or for a flag that is usually set, the name of its opposite.
        label: its name on the page.
        rare: whether the page shows it on demand only.
        unset: the label on the page for making no choice, if that is the default.
        usual: the default, as a user types it.
    """

    name: str
    kind: str
    default: Any
    required: bool
    help: str
    lowest: int
    optional: bool
    bound: bool
    choices: Tuple[Choice, ...]
    apis: Tuple[str, ...]
    written: Tuple[str, ...]
    since: Optional[Turn]
    absent: str
    option: str
    label: str
    rare: bool
    unset: str
    usual: str


COUNT, FLAG, CHOICE, DERIVED = "count", "flag", "choice", "derived"

# Of tf.estimator: Estimator.train, tf.estimator.train_and_evaluate, Estimator.evaluate, Estimator.predict; of Keras: Model.fit.
_API = (
    Choice("train", "train", ("train",)),
    Choice("train_and_evaluate", "train_and_evaluate", ("train_and_evaluate",), turning_points.TRAIN_AND_EVALUATE),
    Choice("evaluate", "evaluate", ("evaluate",)),
    Choice("predict", "predict", ("predict",)),
    Choice("fit", "Keras: model.fit", ("fit",), turning_points.FIT_TAKES_A_DATASET, "fit_came_with"),
)
APIS = tuple(choice.name for choice in _API)
OF_ESTIMATOR = APIS[:-1]
OF_KERAS = APIS[-1:]
TRAINS = APIS[:2]

# A Dataset is named after the order of its two calls.
_INPUT = (
    Choice("numpy_input_fn", "numpy_input_fn", OF_ESTIMATOR),
    Choice(
        "repeat, then batch",
        "Dataset: repeat, then batch",
        APIS,
        turning_points.DATASET_OF_INPUT_FN,
        "dataset_came_with",
    ),
    Choice(
        "batch, then repeat",
        "Dataset: batch, then repeat",
        APIS,
        turning_points.DATASET_OF_INPUT_FN,
        "dataset_came_with",
    ),
    Choice("arrays", "arrays", OF_KERAS),
    Choice("generator", "generator", OF_KERAS),
)
INPUTS = tuple(choice.name for choice in _INPUT if OF_ESTIMATOR[0] in choice.apis)
INPUTS_OF_FIT = tuple(choice.name for choice in _INPUT if OF_KERAS[0] in choice.apis)
DATASETS = tuple(name for name in INPUTS if name in INPUTS_OF_FIT)

# A cluster with parameter servers in TF_CONFIG (with workers=1 its chief alone), and the two of tf.distribute.
_STRATEGY = (
    Choice("parameter_server", "parameter_server", TRAINS, turning_points.TRAIN_AND_EVALUATE),
    Choice("mirrored", "mirrored", TRAINS[:1], turning_points.TRAIN_DISTRIBUTE),
    Choice("multi_worker_mirrored", "multi_worker_mirrored", TRAINS, turning_points.MIRRORED_WORKERS),
)
STRATEGIES = tuple(choice.name for choice in _STRATEGY)

# The strategies that take their data only from a Dataset.
MIRRORING = STRATEGIES[1:]

# The global step is a 64-bit integer, and so are the counts of a Dataset.
HIGHEST = 2**63 - 1

# The most workers whose steps are counted one by one.
MOST_WORKERS = 100000


def _argument(name: str, *, help: str, kind: str = "", **declared: Any) -> Argument:
    """Return an argument, with what its field of `Plan` tells about it."""
    field, default = Plan.__annotations__[name], Plan._field_defaults.get(name)
    flag = field is bool
    rest: Dict[str, Any] = {
        "kind": kind or (FLAG if flag else CHOICE if declared.get("choices") else COUNT),
        "default": default,
        "required": name not in Plan._field_defaults,
        "lowest": 0,
        "optional": type(None) in getattr(field, "__args__", ()),
        "bound": False,
        "choices": (),
        "apis": APIS,
        "written": (),
        "since": None,
        "absent": "came_with",
        "option": name,
        "label": name,
        "rare": False,
        "unset": "",
        "usual": "none" if default is None else str(default),
    }
    return Argument(name=name, help=help, **dict(rest, **declared))


ARGUMENTS = (
    _argument("examples", help="Number of examples in the data.", usual="700000"),
    _argument("batch_size", help="Number of examples in a batch.", lowest=1, label="batch size", usual="4"),
    _argument("num_epochs", help="Passes over the data; none for endless data."),
    _argument(
        "steps",
        help="Steps to run in this call; none for no such bound.",
        lowest=1,
        bound=True,
        apis=("train", "evaluate"),
        written=("train", "evaluate"),
    ),
    _argument(
        "max_steps",
        help="Global step at which to stop; none for no such bound.",
        lowest=1,
        bound=True,
        apis=TRAINS,
        written=("train", "TrainSpec"),
    ),
    _argument("global_step", help="Global step before the call.", label="global step before", rare=True),
    _argument("shuffle", help="Whether the input shuffles.", kind=DERIVED),
    _argument(
        "api",
        help="What to call; without it, a table of every way to train.",
        choices=_API,
        label="what is called",
    ),
    _argument(
        "input",
        help="Source of the batches; a Dataset is named after the order of its calls. Default: numpy_input_fn; with --api fit "
        'and the mirrored strategies, "repeat, then batch".',
        choices=_INPUT,
        label="batches come from",
        rare=True,
    ),
    _argument(
        "drop_remainder",
        help="The Dataset drops a batch that is not full.",
        written=("batch",),
        since=turning_points.DROP_REMAINDER,
        absent="drop_remainder_came_with",
        rare=True,
    ),
    _argument(
        "num_threads",
        help="Threads of numpy_input_fn.",
        lowest=1,
        apis=OF_ESTIMATOR,
        written=("numpy_input_fn",),
        rare=True,
    ),
    _argument(
        "keras",
        help="The Keras whose fit is called, 2 or 3; without it, the Keras behind tf.keras.",
        kind=DERIVED,
        apis=OF_KERAS,
    ),
    _argument("epochs", help="Epoch at which fit ends.", bound=True, apis=OF_KERAS, written=("fit",)),
    _argument("initial_epoch", help="Epoch at which fit begins.", apis=OF_KERAS, written=("fit",), rare=True),
    _argument(
        "steps_per_epoch",
        help="Steps per epoch of fit; none for as many as the data has.",
        lowest=1,
        bound=True,
        apis=OF_KERAS,
        written=("fit",),
    ),
    _argument(
        "steps_per_execution",
        help="Steps that a compiled Keras model runs in one execution.",
        lowest=1,
        apis=OF_KERAS,
        written=("compile",),
        since=turning_points.STEPS_PER_EXECUTION,
        absent="execution_came_with",
        rare=True,
    ),
    _argument(
        "gradient_accumulation_steps",
        help="Steps whose gradients a Keras optimizer adds up for one update of the weights.",
        lowest=1,
        apis=OF_KERAS,
        written=("optimizer",),
        since=turning_points.GRADIENT_ACCUMULATION,
        rare=True,
    ),
    _argument(
        "known_size",
        help="fit reads a Dataset of unknown size.",
        apis=OF_KERAS,
        option="unknown_size",
        label="size of the Dataset unknown",
        rare=True,
    ),
    _argument(
        "strategy",
        help="How several workers or replicas train; without it, a single process.",
        choices=_STRATEGY,
        apis=TRAINS,
        label="strategy",
        rare=True,
        unset="one process",
    ),
    _argument(
        "workers",
        help="Number of workers, the chief included, or of replicas.",
        lowest=1,
        apis=TRAINS,
        label="workers or replicas",
        rare=True,
    ),
)  # type: Tuple[Argument, ...]

# The arguments that only fit has.
OF_FIT = tuple(argument.name for argument in ARGUMENTS if argument.apis == OF_KERAS)

Plan.__doc__ = "{}\n\nAttributes:\n{}\n".format(
    Plan.__doc__,
    "\n".join(
        "    {}: {}{}".format(
            argument.name, "" if argument.option == argument.name else "not {}: ".format(argument.option), argument.help
        )
        for argument in ARGUMENTS
    ),
)


def argument_of(name: str) -> Optional[Argument]:
    """Return the argument with a name; ``None`` if there is none.

    Args:
        name: a field of a `Plan`.
    """
    for argument in ARGUMENTS:
        if argument.name == name:
            return argument
    return None


def chosen(argument: Argument, value: Any) -> Optional[Choice]:
    """Return the choice with that value; ``None`` if there is none.

    Args:
        argument: the argument.
        value: its value in a plan.
    """
    for choice in argument.choices:
        if choice.name == value:
            return choice
    return None


def bounds_of(api: str) -> Tuple[str, ...]:
    """Return the names of the arguments that bound how long an API runs.

    Args:
        api: one of `APIS`.
    """
    return tuple([argument.name for argument in ARGUMENTS if argument.bound and api in argument.apis])


def usual_input(api: str, strategy: Optional[str]) -> str:
    """Return the default source of the batches.

    Args:
        api: one of `APIS`.
        strategy: one of `STRATEGIES`, or ``None``.
    """
    return DATASETS[0] if api in OF_KERAS or strategy in MIRRORING else INPUTS[0]
