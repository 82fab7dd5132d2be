"""Words for what was planned, predicted and measured, and for the environment it was measured in."""

from collections import Counter

from estimator_semantics import law
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Result, Versions
from estimator_semantics.host.verdict import Outcome, prediction
from estimator_semantics.host.words import counts
from estimator_semantics.host.words.counts import behaviour, steps, value

COUNTERS = {
    "global step": "the global step at the end, in the checkpoint if one is saved, less the one at the start",
    "train op": "a hook: how often the train op ran",
    "batches": "the graph: batches that reached the train op",
    "examples": "the graph: examples that reached the train op, divided by the batch size",
}


def predicted(specification: Specification, scale: str, versions: Versions) -> str:
    """Returns how long the law lets a case train."""
    return steps(prediction(specification, scale, versions.tensorflow, versions.keras)["steps"])


def measured(result: Result) -> str:
    """Returns how long a case trained, or else the first thing that was measured; a dash where nothing was."""
    if not result.measured:
        return "–"
    if "steps" in result.measured:
        return steps(result.measured["steps"])
    name, found = next(iter(result.measured.items()))
    return f"{behaviour(name)}: {value(found)}"


def environment(versions: Versions) -> str:
    """Returns an environment in a few words: ``TensorFlow 2.15.1 (native tf.estimator, Python 3.11.7)``."""
    estimator = f"{versions.estimator} tf.estimator" if versions.estimator else lacking_estimator(versions)
    return f"TensorFlow {versions.tensorflow} ({estimator}, Python {versions.python})"


def lacking_estimator(versions: Versions) -> str:
    """Returns what an environment has instead of a tf.estimator, whole: none, or one in part.

    Args:
        versions: an environment without a native and without a bridged one.
    """
    return "no tf.estimator" if versions.tensorflow_estimator is None else "bridged tf.estimator in part: no tf-keras"


def tally(outcomes: list[Outcome]) -> str:
    """Returns how many cases have which outcome, the most important first: ``1 of 3 deviates, 2 conform``."""
    counted = Counter(outcomes)
    if set(counted) == {Outcome.CONFORMS}:
        return "the case conforms" if len(outcomes) == 1 else f"all {len(outcomes)} cases conform"
    order = (Outcome.DEVIATES, Outcome.ERROR, Outcome.DOCUMENTED, Outcome.ABSENT, Outcome.CONFORMS)
    return ", ".join(f"{outcome.value}: {counted[outcome]:,} of {len(outcomes):,}" for outcome in order if counted[outcome])


def bound(result: Result) -> str:
    """Returns which bound ended a training."""
    return "–" if result.measured is None else result.measured.get("bound") or "none"


def bounds(plan: law.Plan) -> str:
    """Returns what ``train`` was given beside the input: ``, steps=200000``."""
    return "".join(f", {name}={count}" for name in ("steps", "max_steps") if (count := getattr(plan, name)) is not None)


def explanation(plan: law.Plan) -> str:
    """Returns the law's sentence on a plan."""
    return law.explain(plan, law.predict(plan))


def counter(name: str) -> str:
    """Returns what a counter is, in words."""
    return COUNTERS.get(name, name)


def usage(result: Result) -> str:
    """Returns how often the examples were used: ``696,000 never, 4,000 once``."""
    return counts.usage((result.measured or {}).get("usage") or {})


def steps_of_data(plan: law.Plan) -> str:
    """Returns how many steps the data of a plan allows."""
    return steps(law.predict(plan._replace(steps=None, max_steps=None)).steps)
