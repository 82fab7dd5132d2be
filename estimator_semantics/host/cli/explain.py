"""``explain``: how many steps a training runs, and why."""

import json

from estimator_semantics import law
from estimator_semantics.host.cli.output import write
from estimator_semantics.law.release import minor


def explain(
    counts: dict[str, str],
    *,
    api: str,
    input: str,
    drop_remainder: bool,
    strategy: str | None,
    tensorflow: str | None,
    as_json: bool,
) -> None:
    """Prints what the law says of a plan.

    Args:
        counts: the plan's counts as they were typed.
        api: what is called.
        input: where the batches come from.
        drop_remainder: whether a batch that is not full is left out.
        strategy: how several train side by side; one process on its own if None.
        tensorflow: version of TensorFlow; the newest if None.
        as_json: an object with the fields of the prediction, or a sentence.

    Raises:
        InvalidPlan: for a value that no training accepts, or that release does not know.
    """
    prediction, sentence = answer(
        counts, api=api, input=input, drop_remainder=drop_remainder, strategy=strategy, tensorflow=tensorflow
    )
    said = {**law.plain(prediction._asdict()), "explanation": sentence}
    write((json.dumps(said) if as_json else sentence) + "\n")


def answer(
    counts: dict[str, str],
    *,
    api: str,
    input: str,
    drop_remainder: bool,
    strategy: str | None = None,
    tensorflow: str | None,
) -> tuple[law.Prediction | law.ClusterPrediction, str]:
    """Returns what the law says of a plan that was typed, and the sentence on it. The page's calculator does the same."""
    numbers = {field: _number(text) for field, text in counts.items()}
    plan = law.check(law.Plan(**numbers, api=api, input=input, drop_remainder=drop_remainder, strategy=strategy))
    _check_release(plan, tensorflow)
    if plan.strategy is None:
        prediction = law.predict(plan, tensorflow)
        return prediction, law.explain(plan, prediction, tensorflow)
    together = law.predict_cluster(plan, tensorflow)
    return together, law.explain_cluster(plan, together)


def _check_release(plan: law.Plan, tensorflow: str | None) -> None:
    # Also where the law does not ask for the release, a wrong one is refused.
    if tensorflow is not None and minor(tensorflow) < (1, 4) and plan.api == "train_and_evaluate":
        raise law.InvalidPlan("api", plan.api, f"came with TensorFlow 1.4, and {tensorflow} has none")


def _number(text: str) -> object:
    if text.lower() == "none":
        return None
    try:
        return int(text)
    except ValueError:
        return text  # the law refuses it and says what it wants
