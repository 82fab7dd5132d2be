"""A consequence: how a changed behaviour affects a training, from the number of steps down to what hardly matters."""

import re
from enum import IntEnum
from typing import Any

from estimator_semantics.host.verdict import FAILURES, is_error


class Consequence(IntEnum):
    """What a change affects, the most severe first."""

    STEPS = 1
    FAILURE = 2
    DATA = 3
    SAVING = 4
    WEIGHTS = 5
    OTHER = 6


# What a behaviour is about, by ``experiment.behaviour``; the first pattern that matches decides. Most names are clear by
# themselves; the last patterns are for experiments whose behaviours are named after what they tried.
_PATTERNS = (
    (Consequence.WEIGHTS, r"\w+\.(weight|bias$|steps_with_equal_weights$)|updates_by_reference\.(agreeing|neighbours)"),
    (
        Consequence.OTHER,
        r"\w+\.(steps_of_reason_agree$|iterations(_beyond_steps)?$|stopped_by$|asked_|graphs_built$|logged$|reason$)",
    ),
    (Consequence.STEPS, r"\w+\.(steps|global_step$|bound$|guard$|updates$|lost_steps$|ends$)"),
    (Consequence.FAILURE, r"\w+\.(raises$|fails$|exit_status|late_worker_ends$)"),
    (
        Consequence.DATA,
        r"\w+\.(examples|last_batch$|epochs|usage$|order|\w*begins?_at$|started_at$|goes_on|replicas?_)",
    ),
    (Consequence.SAVING, r"\w+\.(checkpoint|states$|evaluat|export|summaries|saved|improved)"),
    (Consequence.STEPS, r"(values_of_steps|stop_at_step_hook|random_plans|nan_in_data)\."),
    (Consequence.FAILURE, r"(exception_in_hook|other_estimators)\."),
    (
        Consequence.DATA,
        r"(shuffle_and_repeat|shuffle_window|sampling|saved_input_pipeline|one_shot_iterator|keras_validation_steps)\.",
    ),
    (Consequence.DATA, r"dataset_from_generator\.called|repeated_train\.input_fn_called"),
    (Consequence.SAVING, r"(summary_steps|train_and_evaluate_again|evaluation_points)\."),
)

_ENDLESS = re.compile(r"no end\b")


def of(experiment: str, behaviour: str, old: Any, new: Any) -> Consequence:
    """Return what a change affects.

    Args:
        experiment: name of the experiment.
        behaviour: name of the behaviour whose value changed.
        old: its value before.
        new: its value now.
    """
    if behaviour in FAILURES or any(map(_is_failure, (old, new))):
        return Consequence.FAILURE
    if behaviour == "steps_by_epoch" and old is not None and new is not None and sum(old) == sum(new):
        return Consequence.DATA  # the same number of steps, in other epochs
    return by_name(experiment, behaviour) or Consequence.OTHER


def by_name(experiment: str, behaviour: str) -> Consequence | None:
    """Return what a behaviour is about; None if its name does not tell.

    Args:
        experiment: name of the experiment.
        behaviour: name of the behaviour.
    """
    full = f"{experiment}.{behaviour}"
    return next((consequence for consequence, pattern in _PATTERNS if re.match(pattern, full)), None)


def _is_failure(value: object) -> bool:
    return is_error(value) or (isinstance(value, str) and _ENDLESS.match(value) is not None)
