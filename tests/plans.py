"""Plans as a person types them into ``explain`` or the calculator: some by hand, as many as one likes at random."""

import random
from collections.abc import Iterator

from estimator_semantics import law
from estimator_semantics.law import schema
from estimator_semantics.law.schema import ARGUMENTS, CHOICE, COUNT, DERIVED, FLAG, Argument
from estimator_semantics.law.typed import plan_of

# Worth a name each; what the law's tests and the report tell of.
BY_HAND = (
    ({"examples": "700000", "batch_size": "4"}, None),
    ({"examples": "700000", "batch_size": "4", "steps": "200000"}, None),
    ({"examples": "700000", "batch_size": "4", "steps": "1000"}, None),
    ({"examples": "10", "batch_size": "4", "num_epochs": "3"}, "2.15.1"),
    ({"examples": "10", "batch_size": "4", "num_epochs": "3", "num_threads": "2"}, "1.9.0"),
    ({"examples": "10", "batch_size": "4", "num_epochs": "3", "input": "batch, then repeat"}, None),
    (
        {"examples": "10", "batch_size": "4", "num_epochs": "3", "input": "batch, then repeat", "drop_remainder": True},
        None,
    ),
    ({"examples": "10", "batch_size": "4", "max_steps": "25", "api": "train_and_evaluate"}, "1.9.0"),
    ({"examples": "10", "batch_size": "4", "max_steps": "25", "api": "train_and_evaluate"}, "1.10.1"),
    ({"examples": "10", "batch_size": "4", "api": "train_and_evaluate"}, "1.3.0"),
    ({"examples": "10", "batch_size": "4", "steps": "3", "api": "train_and_evaluate"}, None),
    ({"examples": "10", "batch_size": "4", "max_steps": "3", "api": "evaluate"}, None),
    ({"examples": "10", "batch_size": "4", "num_epochs": "none"}, None),
    ({"examples": "10", "batch_size": "4", "num_epochs": "none", "api": "predict"}, None),
    ({"examples": "0", "batch_size": "4", "input": "repeat, then batch", "num_epochs": "none"}, None),
    ({"examples": "400", "batch_size": "49", "steps": "1"}, None),  # 12.25 %: half-way between two of three digits
    ({"examples": str(2**63 - 1), "batch_size": "1", "num_epochs": str(2**63 - 1)}, None),
    ({"examples": str(2**63), "batch_size": "1"}, None),
    ({"examples": "9" * 400, "batch_size": "1"}, None),
    ({"examples": "9" * 5_000, "batch_size": "1"}, None),  # more digits than Python converts
    ({"examples": "700,000", "batch_size": "1.2e1"}, None),
    ({"examples": "-7e5", "batch_size": "1 000"}, None),
    ({"examples": "7e-1", "batch_size": "4"}, None),
    ({"examples": "1e19", "batch_size": "4"}, None),
    ({"examples": "1.5", "batch_size": "4"}, None),
    ({"examples": "7,00", "batch_size": "4"}, None),
    ({"examples": "ten", "batch_size": "1"}, None),
    ({"examples": "10", "batch_size": "2.5"}, None),
    ({"examples": "10", "batch_size": "0"}, None),
    ({"examples": " 1_000 ", "batch_size": "+4"}, None),
    ({"examples": "10", "batch_size": "4", "steps": "3", "max_steps": "4"}, None),
    ({"examples": "10", "batch_size": "4", "drop_remainder": True}, None),
    ({"examples": "10", "batch_size": "4", "num_threads": "2", "input": "repeat, then batch"}, None),
    ({"examples": "5000", "batch_size": "1200", "input": "repeat, then batch"}, None),  # a ragged batch of thousands
    ({"examples": "0", "batch_size": "4", "steps": "200000"}, None),
    ({"examples": "100", "batch_size": "4", "steps": str(2**63 - 1), "global_step": "5"}, None),
    ({"examples": "100", "batch_size": "4", "steps": "5", "global_step": str(2**63 - 1)}, None),
    ({"examples": "100", "batch_size": "4", "global_step": str(2**63 - 1)}, None),
    ({"examples": "100", "batch_size": "4", "steps": "5", "global_step": str(2**63 - 1), "api": "evaluate"}, None),
    ({"examples": "10", "batch_size": "4"}, "two"),
    ({"examples": "10", "batch_size": "4", "api": "train_and_evaluate"}, "two"),
)
RELEASES = (
    None,
    "1.3.0",
    "1.4.1",
    "1.9.0",
    "1.10.1",
    "1.12.3",
    "1.13.2",
    "1.15.5",
    "2.0.4",
    "2.2.3",
    "2.15.1",
    "2.22.0rc0",
)
KERAS = (*[None] * 5, "2.13.1", "2.15.0", "3.3.3", "3.6.0", "3.7.0", "3.10.0")

# So many are refused, in order that refusals are compared as well.
REFUSED = 0.15

LEFT_OUT = {
    argument.name: argument.usual if argument.kind == COUNT else argument.default
    for argument in ARGUMENTS
    if argument.kind != DERIVED and not argument.required
}


def by_hand() -> list[tuple[dict[str, object], str | None]]:
    """Return the plans worth a name, with what they leave out."""
    return [({**LEFT_OUT, **plan}, tensorflow) for plan, tensorflow in BY_HAND]


def at_random(count: int, seed: int) -> list[tuple[dict[str, object], str | None, str | None]]:
    """Return plans of tf.estimator at random, each with a release of TensorFlow and one of Keras; a few that are refused.

    Small ones, where every remainder occurs, and large ones. What an argument may be is what the law declares.

    Args:
        count: how many.
        seed: of the generator.
    """
    return _drawn(count, seed, schema.OF_ESTIMATOR)


def of_fit_at_random(count: int, seed: int) -> list[tuple[dict[str, object], str | None, str | None]]:
    """Return plans of Keras ``fit`` at random, as `at_random` does."""
    return _drawn(count, seed, schema.OF_KERAS)


def of_clusters_at_random(count: int, seed: int) -> list[tuple[dict[str, object], str | None, str | None]]:
    """Return plans of several workers at random, as `at_random` does."""
    return _drawn(count, seed, schema.TRAINS, strategies=schema.STRATEGIES)


def _drawn(
    count: int, seed: int, apis: tuple[str, ...], strategies: tuple[str, ...] = ()
) -> list[tuple[dict[str, object], str | None, str | None]]:
    chance = random.Random(seed)
    drawn = _cases(chance, apis, strategies)
    found = []
    for _ in range(count):
        wanted = chance.random() < REFUSED
        found.append(next(case for case in drawn if is_refused(*case) == wanted))
    return found


def _cases(
    chance: random.Random, apis: tuple[str, ...], strategies: tuple[str, ...]
) -> Iterator[tuple[dict[str, object], str | None, str | None]]:
    while True:
        high = chance.choice((12, 12, 1_000, 10**6, 2**63))
        api = chance.choice(apis)
        asked = [each for each in ARGUMENTS if each.kind != DERIVED and (api in each.apis or chance.random() < 0.05)]
        given = {argument.name: _value(chance, argument, high) for argument in asked}
        typed = {name: value for name, value in given.items() if value is not None}
        typed["api"] = api
        typed["strategy"] = chance.choice(strategies or (None,))
        if typed["strategy"] is None and chance.random() < 0.9:
            del typed["strategy"]
            typed.pop("workers", None)
        yield typed, chance.choice(RELEASES), chance.choice(KERAS)


def _value(chance: random.Random, argument: Argument, high: int) -> object:
    """Return a value as it is typed; None where it is left out."""
    if not argument.required and chance.random() < 0.5:
        return None
    if argument.kind == CHOICE:
        return chance.choice(argument.choices).name
    if argument.kind == FLAG:
        return chance.random() < 0.5
    if argument.optional and chance.random() < 0.2:
        return "none"
    if chance.random() < 0.01:
        return chance.choice(("two", str(argument.lowest - 1), str(2**63)))
    return str(chance.randint(argument.lowest, chance.choice((4, high))))


def is_refused(typed: dict[str, object], tensorflow: str | None, keras: str | None) -> bool:
    """Return whether the law refuses a plan, without asking how long it trains."""
    try:
        law.check_release(law.check(plan_of(typed)), tensorflow, keras)
    except law.InvalidPlan:
        return True
    return False
