"""Words: how counts, environments and outcomes are said, on the terminal and in the report alike."""

from collections import Counter
from collections.abc import Sequence

from estimator_semantics import law
from estimator_semantics.host.diff import Diff, Entry, Kind, Shift
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Count, Result, Versions
from estimator_semantics.host.verdict import Outcome, prediction

COUNTERS = {
    "global step": "the global step in the last checkpoint, less the one at the start",
    "train op": "a hook: how often the train op ran",
    "batches": "the graph: batches that reached the train op",
    "examples": "the graph: examples that reached the train op, divided by the batch size",
}


def many(count: int, noun: str) -> str:
    """Returns a count with its noun: ``1 step``, ``1,000 steps``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def steps(count: Count) -> str:
    """Returns a number of steps; one that there is none of means that training never ends."""
    return "never ends" if count is None else many(count, "step")


def of(done: int, total: Count) -> str:
    """Returns how much of something is done: ``1,200/175,000``."""
    return f"{done:,}" if total is None else f"{done:,}/{total:,}"


def behaviour(name: str) -> str:
    """Returns the name of a behaviour as words: ``global_step`` is ``global step``."""
    return name.replace("_", " ")


def value(found: object) -> str:
    """Returns the value of a behaviour as it is said."""
    if found is None:
        return "none"
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, int):
        return f"{found:,}"
    if isinstance(found, list):
        return ", ".join(map(value, found)) or "none"
    if isinstance(found, dict):
        if found.keys() == {"from", "to"}:
            return f"{value(found['from'])} to {value(found['to'])}"
        return ", ".join(f"{name}: {value(each)}" for name, each in found.items()) or "none"
    return str(found)


def predicted(specification: Specification, scale: str, tensorflow: str) -> str:
    """Returns how long the law lets a case train."""
    return steps(prediction(specification, scale, tensorflow)["steps"])


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
    estimator = "no tf.estimator" if versions.estimator is None else f"{versions.estimator} tf.estimator"
    return f"TensorFlow {versions.tensorflow} ({estimator}, Python {versions.python})"


def tally(outcomes: list[Outcome]) -> str:
    """Returns how many cases have which outcome, the most important first: ``1 of 3 deviates, 2 conform``."""
    counted = Counter(outcomes)
    if set(counted) == {Outcome.CONFORMS}:
        return "the case conforms" if len(outcomes) == 1 else f"all {len(outcomes)} cases conform"
    order = (Outcome.DEVIATES, Outcome.ERROR, Outcome.DOCUMENTED, Outcome.ABSENT, Outcome.CONFORMS)
    return ", ".join(f"{outcome.value}: {counted[outcome]} of {len(outcomes)}" for outcome in order if counted[outcome])


def bound(result: Result) -> str:
    """Returns which bound ended a training."""
    return "–" if result.measured is None else result.measured.get("bound") or "none"


def call(plan: law.Plan) -> str:
    """Returns the call of a case in short: what the data is and what ``train`` was given."""
    data = f"<{plan.examples:,} examples>, batch_size={plan.batch_size}, num_epochs={plan.num_epochs}"
    given = "".join(
        f", {name}={count}" for name in ("steps", "max_steps") if (count := getattr(plan, name)) is not None
    )
    return f"estimator.train(numpy_input_fn({data}, shuffle={plan.shuffle}){given})"


def explanation(plan: law.Plan) -> str:
    """Returns the law's sentence on a plan."""
    return law.explain(plan, law.predict(plan))


def title(diff: Diff) -> str:
    """Returns what is compared in a few words: ``TensorFlow 1.10.1 against 1.9.0``."""
    return f"TensorFlow {diff.new.tensorflow} against {diff.old.tensorflow}"


def compared(diff: Diff) -> str:
    """Returns what is compared, and how much of it is the same."""
    kind = "no estimator" if diff.new.estimator is None else f"{diff.new.estimator} estimator"
    python = diff.new.python.rpartition(".")[0]
    counts = f"{many(diff.behaviours, 'behaviour')}, {diff.same:,} the same, {diff.behaviours - diff.same:,} changed"
    tallied = Counter(entry.kind for entry in diff.entries)
    others = "".join(
        f", {many(tallied[each], 'experiment')} {each.value}"
        for each in (Kind.LOST, Kind.GONE, Kind.NEW)
        if tallied[each]
    )
    return f"TensorFlow {diff.new.tensorflow} ({kind}, Python {python}) against {diff.old.tensorflow}: {counts}{others}"


def shift(found: Shift) -> str:
    """Returns a behaviour with its old and its new value: ``25 steps -> 10 steps``."""
    if found.name == "steps":
        return f"{steps(found.old)} -> {steps(found.new)}"
    return f"{behaviour(found.name)}: {value(found.old)} -> {value(found.new)}"


def since(entry: Entry, diff: Diff) -> str:
    """Returns since which release it is so, by the records, or why something was not measured."""
    if entry.kind is Kind.LOST:
        return entry.why
    # Going back to an earlier release, what is gone is what the later one has.
    said = "gone since" if entry.kind is Kind.GONE and diff.is_upgrade else "since"
    if entry.kind in (Kind.GONE, Kind.NEW) and said == "since":
        said = "there since" if (entry.kind is Kind.NEW) == diff.is_upgrade else "there up to the release before"
    unexplained = "; nobody has said why yet: please report it" if entry.kind is Kind.NEWS else ""
    return f"{said} {entry.since}{unexplained}{f'; {entry.why}' if entry.why else ''}"


def environment_changes(diff: Diff) -> list[str]:
    """Returns what is different of the environments, a few words each."""
    names = {"tensorflow_estimator": "tensorflow-estimator", "tf_keras": "tf-keras", "keras": "Keras", "numpy": "NumPy"}
    names |= {"python": "Python", "estimator": "tf.estimator"}
    return [f"{names.get(name, name)} {old or 'none'} -> {new or 'none'}" for name, old, new in diff.environment]


def some(names: Sequence[str]) -> str:
    """Returns the first few of many names."""
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")


def counter(name: str) -> str:
    """Returns what a counter is, in words."""
    return COUNTERS.get(name, name)


def usage(result: Result) -> str:
    """Returns how often the examples were used, in one sentence."""
    if not (result.measured or {}).get("usage"):
        return ""
    parts = [
        f"{many(count, 'example')} {'never' if times == '0' else 'once' if times == '1' else f'{times} times'}"
        for times, count in sorted(result.measured["usage"].items(), key=lambda item: int(item[0]))
    ]
    return f"How often the examples were used: {', '.join(parts)}."
