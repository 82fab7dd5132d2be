"""Plans as a person types them into ``explain`` or the calculator: some by hand, as many as one likes at random."""

import random

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
LEFT_OUT = {
    "num_epochs": "1",
    "steps": "none",
    "max_steps": "none",
    "global_step": "0",
    "num_threads": "1",
    "api": "train",
    "input": "numpy_input_fn",
    "drop_remainder": False,
}
RELEASES = (None, "1.3.0", "1.4.1", "1.9.0", "1.10.1", "2.2.3", "2.15.1", "2.22.0rc0")
# What a strategy needs came bit by bit, and mirrored replicas changed in 1.13, 2.0 and 2.4.
RELEASES_OF_CLUSTERS = (None, "1.3.0", "1.9.0", "1.12.3", "1.13.2", "2.0.4", "2.2.3", "2.15.1", "2.22.0rc0")
# Of fit the law speaks since 1.14.
RELEASES_OF_FIT = (None, "1.13.2", "1.15.5", "2.0.4", "2.2.3", "2.15.1", "2.22.0rc0")
KERAS = (None, None, "2.13.1", "2.15.0", "3.3.3", "3.6.0", "3.7.0", "3.10.0")
# The releases above that have a Keras 3.
KERAS_3 = (None, "2.22.0rc0")
STRATEGIES = ("parameter_server", "mirrored", "multi_worker_mirrored")
# Those of fit are apart.
APIS = ("train", "train_and_evaluate", "evaluate")
INPUTS = ("numpy_input_fn", "repeat, then batch", "batch, then repeat")


def by_hand() -> list[tuple[dict[str, object], str | None]]:
    """Returns the plans worth a name, with what they leave out."""
    return [({**LEFT_OUT, **plan}, tensorflow) for plan, tensorflow in BY_HAND]


def at_random(count: int, seed: int) -> list[tuple[dict[str, object], str | None]]:
    """Returns plans at random: small ones, where every remainder occurs, and large ones; a few that are refused.

    Args:
        count: how many.
        seed: of the generator.
    """
    chance = random.Random(seed)
    return [(_plan(chance), chance.choice(RELEASES)) for _ in range(count)]


def of_fit_at_random(count: int, seed: int) -> list[tuple[dict[str, object], str | None, str | None]]:
    """Returns plans of Keras ``fit`` at random, each with a release of TensorFlow and one of Keras.

    Args:
        count: how many.
        seed: of the generator.
    """
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        tensorflow = chance.choice(RELEASES_OF_FIT)
        keras = chance.choice(KERAS if tensorflow in KERAS_3 else (*[None] * 9, "2.15.0", "3.6.0"))
        found.append((_plan_of_fit(chance), tensorflow, keras))
    return found


def of_clusters_at_random(count: int, seed: int) -> list[tuple[dict[str, object], str | None]]:
    """Returns plans of several workers at random, each with a release of TensorFlow.

    Args:
        count: how many.
        seed: of the generator.
    """
    chance = random.Random(seed)
    return [(_plan_of_cluster(chance), chance.choice(RELEASES_OF_CLUSTERS)) for _ in range(count)]


def _plan_of_cluster(chance: random.Random) -> dict[str, object]:
    plan = _plan(chance)
    if chance.random() < 0.9:  # else it may be one that is not known to be distributed
        strategy = chance.choice(STRATEGIES)
        plan["strategy"] = strategy
        if strategy != "parameter_server":
            plan.update(input=chance.choice(INPUTS[1:]), num_threads="1")
        if strategy == "mirrored" or plan["api"] == "evaluate":
            plan.update(api="train")
    else:
        plan["strategy"] = chance.choice((None, *STRATEGIES))
    strange = chance.random() < 0.03
    plan["workers"] = chance.choice(("0", "two", "100000", "100001", str(2**63))) if strange else str(chance.choice((1, 2, 2, 3, 5)))
    return plan


def _plan_of_fit(chance: random.Random) -> dict[str, object]:
    high = chance.choice((12, 12, 1_000))
    source = chance.choice(("repeat, then batch", "batch, then repeat", "arrays", "generator"))
    is_dataset = source not in ("arrays", "generator")
    strange = chance.random() < 0.03  # then something may not go with something else

    def some(low: int, *others: str) -> str:
        return chance.choice([*others, *[str(chance.randint(low, high))] * 3])

    return {
        "api": "fit",
        "input": source,
        "examples": some(0),
        "batch_size": some(1, "4"),
        "num_epochs": "1" if source == "arrays" and not strange else some(0, "1", "1", "none", "none"),
        "epochs": chance.choice(("1", "2", "3", "7", "0")),
        "initial_epoch": chance.choice(("0", "0", "0", "2")),
        "steps_per_epoch": some(1, "none", "none", "3", "5"),
        "steps_per_execution": chance.choice(("1", "1", "1", "2", "3")),
        "drop_remainder": chance.random() < 0.3 and (is_dataset or strange),
        "known_size": chance.random() < 0.7 or not (is_dataset or strange),
    }


def _plan(chance: random.Random) -> dict[str, object]:
    high = chance.choice((12, 12, 1_000, 10**6, 2**63))

    def some(low: int, *others: str) -> str:
        return chance.choice([*others, *[str(chance.randint(low, high))] * 4])

    api, bound = chance.choice(APIS), chance.choice(("steps", "max_steps", ""))
    if chance.random() < 0.9:  # else the bound may be one that the API does not have
        bound = {"train_and_evaluate": bound and "max_steps", "evaluate": bound and "steps"}.get(api, bound)
    source = chance.choice(INPUTS)
    from_numpy = source == "numpy_input_fn"
    plan = {
        "examples": some(0, "0"),
        "batch_size": some(1, "1", "4"),
        "num_epochs": some(0, "1", "1", "none"),
        "global_step": chance.choice(("0", "0", some(0))),
        "num_threads": chance.choice(("1", "2", "3")) if from_numpy or chance.random() < 0.03 else "1",
        "api": api,
        "input": source,
        "drop_remainder": chance.random() < (0.03 if from_numpy else 0.4),
    }
    if bound:
        plan[bound] = some(1, "1", "0") if chance.random() < 0.1 else some(1)
    return {**LEFT_OUT, **plan}
