"""The agreement of the law with a training: what was measured against what it predicts, count by count."""

from typing import Any, Dict, List, Sequence, Tuple

from estimator_semantics.law.given import given
from estimator_semantics.law.plan import Plan
from estimator_semantics.law.prediction import ENDLESS, predict
from estimator_semantics.probe import tally

# More than any bound that is drawn.
LIMIT = 60


def disagreements(training: Sequence[Plan], model_dir: str, tensorflow: str) -> List[str]:
    """Carries out plans one after another in one model_dir and says where the law is wrong about them.

    Args:
        training: the plans; each starts at the global step at which the one before it ended.
        model_dir: where the estimator keeps its checkpoints.
        tensorflow: version of the TensorFlow of this process.

    Returns:
        A sentence for each count that is not as predicted; the first plan that has any is the last one.
    """
    if training[0].global_step:
        tally.begin_at(model_dir, training[0].global_step)
    for place, plan in enumerate(training):
        observation = tally.train(plan, model_dir, LIMIT, keep=place + 1 < len(training))
        wrong = compared(plan, observation, tensorflow)
        if wrong:
            return ["call {} of {}: {}".format(place + 1, len(training), each) for each in wrong]
    return []


def compared(plan: Plan, observation: Dict[str, Any], tensorflow: str) -> List[str]:
    """Report which counts of an observation are not as predicted.

    Args:
        plan: what was trained.
        observation: what `tally.train` returned.
        tensorflow: version of the TensorFlow that it was trained on.
    """
    predicted = predict(plan, tensorflow)
    measured, expected = dict(observation["measured"]), dict(predicted._asdict())
    guard = measured.pop("guard", None)
    if predicted == ENDLESS:
        pairs: List[Tuple[str, Any, Any]] = [("steps until it was ended", guard, LIMIT)]
    else:
        if predicted.usage is None:
            # How often each is used is chance, but not how often all of them are together.
            usage = measured["usage"] or {}
            expected["usage"] = measured["usage"]
            pairs = [("uses", sum(int(times) * count for times, count in usage.items()), predicted.examples)]
        else:
            expected["usage"] = {str(times): count for times, count in predicted.usage.items()}
            pairs = []
        pairs += [(name, value, expected[name]) for name, value in sorted(measured.items())]
        pairs += [("steps by the " + name, steps, predicted.steps) for name, steps in observation["counters"].items()]
    written = ", ".join("{}={!r}".format(name, value) for name, value in given(plan).items())
    return [
        "{}: got {}, the law says {}, of Plan({})".format(name, got, should, written)
        for name, got, should in pairs
        if got != should
    ]
