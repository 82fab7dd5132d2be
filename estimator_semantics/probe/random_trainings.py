"""Trainings drawn at random, the same ones on every Python."""

import random
from typing import Any, List, Sequence, Tuple

from estimator_semantics.law.plan import INPUTS, Plan
from estimator_semantics.law.prediction import predict


def draw(seed: int, trainings: int, drop_remainder: bool = True) -> List[Tuple[Plan, ...]]:
    """Return trainings drawn at random: each one or several plans, to be trained one after another in one model_dir.

    The first plan starts at a global step of its own, the others at the one at which the law says that the plan before
    them ends. A plan that never ends is the last one.

    Args:
        seed: from which the same trainings follow, whatever the Python.
        trainings: how many.
        drop_remainder: whether there are any with it; where not, they are the same without it.
    """
    draw_of = _Draw(seed)
    return [_training(draw_of, drop_remainder) for _ in range(trainings)]


class _Draw:
    # Python promises the same numbers from random() on every version, and of no other method.
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def count(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))

    def of(self, choices: Sequence[Any]) -> Any:
        return choices[self.count(0, len(choices) - 1)]


def _training(draw_of: _Draw, drop_remainder: bool) -> Tuple[Plan, ...]:
    plans: List[Plan] = []
    global_step = draw_of.of((0, 0, 0, draw_of.count(1, 9)))
    for _ in range(draw_of.of((1, 1, 1, 1, 2, 3))):
        plans.append(_plan(draw_of, global_step, drop_remainder))
        reached = predict(plans[-1]).global_step
        if reached is None:
            break
        global_step = reached
    return tuple(plans)


def _plan(draw_of: _Draw, global_step: int, drop_remainder: bool) -> Plan:
    source = draw_of.of(INPUTS)
    in_numpy = source == "numpy_input_fn"
    num_epochs = draw_of.of((None, 0, 1, 1, 2, 3))
    shuffle = draw_of.of((False, True))
    bound = draw_of.of(("steps", "steps", "max_steps", "max_steps", None))
    return Plan(
        # numpy_input_fn refuses data without an example.
        examples=draw_of.count(1 if in_numpy else 0, 12),
        batch_size=draw_of.count(1, 6),
        num_epochs=num_epochs,
        steps=draw_of.count(1, 12) if bound == "steps" else None,
        max_steps=max(1, global_step + draw_of.count(-2, 10)) if bound == "max_steps" else None,
        global_step=global_step,
        # shuffle(...).repeat(0) is refused by some releases; see experiments/no_epochs.py.
        shuffle=shuffle and (num_epochs != 0 or source != "repeat, then batch"),
        input=source,
        drop_remainder=not in_numpy and draw_of.of((False, True)) and drop_remainder,
        num_threads=draw_of.of((1, 1, 2, 3)) if in_numpy else 1,
    )
