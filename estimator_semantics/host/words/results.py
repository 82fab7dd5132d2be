"""Words for what was planned, predicted and measured, and for the environment it was measured in."""

from collections import Counter

from estimator_semantics import law
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.verdict import FAILURES, Outcome, current, documented_for, prediction
from estimator_semantics.host.words import counts
from estimator_semantics.host.words.counts import behaviour, many, steps, value

VERDICTS = {
    Outcome.CONFORMS: "as predicted",
    Outcome.DOCUMENTED: "not as predicted (known)",
    Outcome.DEVIATES: "not as predicted",
    Outcome.ERROR: "not measured",
    Outcome.ABSENT: "absent",
}

COUNTERS = {
    "global step": "the global step at the end, in the checkpoint if one is saved, less the one at the start",
    "train op": "a hook: how often the train op ran",
    "batches": "the graph: batches that reached the train op",
    "examples": "the graph: examples that reached the train op, divided by the batch size",
}


def predicted(specification: Specification, scale: str, versions: Versions) -> str:
    """Return how long the law lets a case train."""
    return steps(prediction(specification, scale, versions.tensorflow, versions.keras)["steps"])


def measured(result: Result) -> str:
    """Return how long a case trained, or else the first thing that was measured; a dash where nothing was."""
    if not result.measured:
        return "–"
    if "steps" in result.measured:
        return steps(result.measured["steps"])
    name, only = next(iter(result.measured.items()))
    return f"{behaviour(name)}: {value(only)}"


def predicted_and_measured(result: Result, outcome: Outcome, versions: Versions) -> tuple[str, str]:
    """Return the predicted and the measured value of a case, both of the same quantity.

    That is the number of steps or, if the case measures something else, the first value that it measures.

    Args:
        result: the answer of the case.
        outcome: what it means.
        versions: the environment that gave it.
    """
    specification = current(result)
    if result.measured and "steps" not in result.measured:
        name = next(iter(result.measured))
        expected = prediction(specification, result.scale, versions.tensorflow, versions.keras)
        if outcome is not Outcome.DOCUMENTED:
            expected = {**documented_for(specification, versions), **expected}
        if name in expected and name not in FAILURES:
            return f"{behaviour(name)}: {value(_in_order_of(expected[name], result.measured[name]))}", measured(result)
    return predicted(specification, result.scale, versions), measured(result)


def _in_order_of(expected: object, measured: object) -> object:
    """Return the expected values in the order of the measured ones, so that the two are easy to compare."""
    if not isinstance(expected, dict) or not isinstance(measured, dict):
        return expected
    names = [name for name in measured if name in expected]
    return {name: expected[name] for name in [*names, *(name for name in expected if name not in measured)]}


def call(plan: law.Plan) -> str:
    """Return the code that trains or evaluates according to a plan: ``estimator.train(input_fn, steps=200000)``."""
    if plan.api == "fit":
        data = "x, y" if plan.input == "arrays" else "generator" if plan.input == "generator" else "dataset"
        names = ("epochs", "initial_epoch", "steps_per_epoch")
        given = {name: getattr(plan, name) for name in names if getattr(plan, name) != law.Plan._field_defaults[name]}
        return f"model.fit({data}{''.join(f', {name}={count}' for name, count in given.items())})"
    if plan.api == "train_and_evaluate":
        return f"train_and_evaluate(TrainSpec(input_fn{bounds(plan)}))"
    return f"estimator.{plan.api}(input_fn{bounds(plan)})"


def truth(specification: Specification) -> str:
    """Return whether a claim is true, as the word that stands before the claim: ``True``, ``False`` or ``Depends``."""
    return specification.truth.capitalize()


def verdict(outcome: Outcome) -> str:
    """Return an outcome in words: whether TensorFlow did what the law predicts, not whether a claim is true."""
    return VERDICTS[outcome]


def environment(versions: Versions) -> str:
    """Return an environment in a few words: ``TensorFlow 2.15.1 (native tf.estimator, Python 3.11.7)``."""
    estimator = f"{versions.estimator} tf.estimator" if versions.estimator else lacking_estimator(versions)
    return f"TensorFlow {versions.tensorflow} ({estimator}, Python {versions.python})"


def lacking_estimator(versions: Versions) -> str:
    """Return what an environment has instead of a tf.estimator, whole: none, or one in part.

    Args:
        versions: an environment without a native and without a bridged one.
    """
    return "no tf.estimator" if versions.tensorflow_estimator is None else "bridged tf.estimator in part: no tf-keras"


def tally(outcomes: list[Outcome]) -> str:
    """Return how many cases have which outcome, the most important first: ``1 not as predicted, 2 as predicted``."""
    counted = Counter(outcomes)
    if len(counted) == 1:
        said = verdict(outcomes[0])
        return f"the case is {said}" if len(outcomes) == 1 else f"all {len(outcomes):,} cases are {said}"
    order = (Outcome.DEVIATES, Outcome.ERROR, Outcome.DOCUMENTED, Outcome.ABSENT, Outcome.CONFORMS)
    return ", ".join(f"{counted[outcome]:,} {verdict(outcome)}" for outcome in order if counted[outcome])


def summary(outcomes: list[Outcome]) -> str:
    """Return whether everything is as expected, and then how many cases have which outcome."""
    unexpected = sum(outcome in (Outcome.DEVIATES, Outcome.ERROR) for outcome in outcomes)
    if unexpected:
        said = "is" if unexpected == 1 else "are"
        head = f"{unexpected:,} of {many(len(outcomes), 'case')} {said} not as expected"
    elif set(outcomes) <= {Outcome.ABSENT}:
        head = "Nothing was measured"
    else:
        head = "Everything is as expected"
    return f"{head}: {tally(outcomes)}" if outcomes else head


def bound(result: Result) -> str:
    """Return which bound ended a training."""
    return "–" if result.measured is None else result.measured.get("bound") or "none"


def bounds(plan: law.Plan) -> str:
    """Return what ``train`` was given beside the input: ``, steps=200000``."""
    return "".join(f", {name}={count}" for name in ("steps", "max_steps") if (count := getattr(plan, name)) is not None)


def explanation(plan: law.Plan) -> str:
    """Return the law's sentence on a plan."""
    return law.explain(plan, law.predict(plan))


def counter(name: str) -> str:
    """Return what a counter is, in words."""
    return COUNTERS.get(name, name)


def usage(result: Result) -> str:
    """Return how often the examples were used: ``696,000 never, 4,000 once``."""
    return counts.usage((result.measured or {}).get("usage") or {})


def steps_of_data(plan: law.Plan) -> str:
    """Return how many steps the data of a plan allows."""
    return steps(law.predict(plan._replace(steps=None, max_steps=None)).steps)
