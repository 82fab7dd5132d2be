"""A verdict: what a result means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from estimator_semantics import law
from estimator_semantics.host import condition, experiments
from estimator_semantics.host.errors import OtherRevision
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Count, Result, Versions
from estimator_semantics.law.prediction import OPTIONAL


class Outcome(str, Enum):
    """The five outcomes of an experiment. They are never mixed, and a skip is not one of them."""

    CONFORMS = "conforms"
    DOCUMENTED = "deviates as documented"
    DEVIATES = "deviates"
    ERROR = "error"
    ABSENT = "absent"


@dataclass(frozen=True)
class Difference:
    """A value that is not what it should be.

    Attributes:
        name: what was counted.
        got: what was measured.
        expected: what should have been measured.
    """

    name: str
    got: object
    expected: object

    def __str__(self) -> str:
        return f"{self.name}: got {self.got}, expected {self.expected}"


@dataclass(frozen=True)
class Verdict:
    """What a result means.

    Attributes:
        outcome: which of the five it is.
        differences: what differs from what was expected.
    """

    outcome: Outcome
    differences: tuple[Difference, ...] = ()


# Behaviours that are there where a training fails, with the error.
FAILURES = ("raises", "fails")

# What is written where a figure is missing.
UNCLAIMED = "nothing, because neither the law nor EXPECTED says what"
UNMEASURED = "nothing, because it was not measured"


def judge(result: Result, versions: Versions, specification: Specification | None = None) -> Verdict:
    """Compare what was measured with the law, and with what is documented for the environment.

    A case conforms when all that was measured is what the law says and, where the law says nothing, what is written beside
    the experiment. Where that is written down to be something else than the law says, or an error instead of a training, it
    deviates as documented.

    Args:
        result: the answer of a case.
        versions: the environment that gave it.
        specification: what it is judged by; that of the case of its name when none is given.

    Raises:
        OtherRevision: it was measured by another revision of the experiment, or the experiment is unknown.
    """
    if specification is None:
        specification = current(result)
    if result.status == "absent":
        return Verdict(Outcome.ABSENT)
    if result.status == "error" or result.measured is None:
        return Verdict(Outcome.ERROR)
    predicted = prediction(specification, result.scale, versions.tensorflow, versions.keras)
    documented = documented_for(specification, versions)
    unmeasured = [
        Difference(name, UNMEASURED, value) for name, value in documented.items() if name not in result.measured
    ]
    open_ = left_open(specification, result.scale, versions.tensorflow)
    measured = {name: value for name, value in result.measured.items() if name in documented or name not in open_}
    differences = (*unmeasured, *_differences(measured, {**predicted, **documented}, result.counters))
    if differences:
        return Verdict(Outcome.DEVIATES, differences)
    deviates = any(
        (name in predicted and predicted[name] != value and not is_expected(value, predicted[name]))
        or _fails(name, value, specification.expected[name].values())
        for name, value in documented.items()
    )
    return Verdict(Outcome.DOCUMENTED if deviates else Outcome.CONFORMS)


def _fails(name: str, value: Any, everywhere: Iterable[Any]) -> bool:
    """Return whether a training is documented to fail, or to raise an error where in other environments something is counted."""
    if name in FAILURES:
        return bool(value)
    return is_error(value) and any(not isinstance(other, str) for other in everywhere)


def is_error(value: Any) -> bool:
    """Return whether a value is the name of an error, or says that one is raised."""
    return isinstance(value, str) and re.match(r"raises |\w+Error$", value) is not None


def current(result: Result) -> Specification:
    """Return the specification of the case that a result answers.

    Raises:
        OtherRevision: it was measured by another revision of the experiment, or the experiment is unknown.
    """
    specification = experiments.find(result.experiment)
    if specification is None or result.revision != specification.revision:
        raise OtherRevision(result.experiment)
    return specification


def prediction(specification: Specification, scale: str, tensorflow: str, keras: str | None = None) -> dict[str, Any]:
    """Return what the law says of a case: counts by name, without those that it leaves open.

    Args:
        specification: the case.
        scale: full or quick.
        tensorflow: version of the TensorFlow that it is tried on.
        keras: version of the Keras that it is tried on; the newest one if None.
    """
    counts = _counts(specification, scale, tensorflow, keras)
    # Why it raises is for people; by which error is what an experiment expects.
    of_plan = {name: value for name, value in counts._asdict().items() if name != "raises"}
    if counts in (law.ENDLESS, law.ENDLESS_CLUSTER):
        return of_plan
    open_or_absent = ("usage", *OPTIONAL)
    counted = {
        name: law.plain(value) for name, value in of_plan.items() if value is not None or name not in open_or_absent
    }
    if "usage" in counted:
        counted["usage"] = {str(times): count for times, count in counted["usage"].items()}
    return counted


def left_open(specification: Specification, scale: str, tensorflow: str) -> set[str]:
    """Return the names of the counts that the law leaves open, because chance decides on them.

    Args:
        specification: the case.
        scale: full or quick.
        tensorflow: version of the TensorFlow that it is tried on.
    """
    counts = _counts(specification, scale, tensorflow)
    ends = counts not in (law.ENDLESS, law.ENDLESS_CLUSTER)
    return {"usage"} if counts.usage is None and ends else set()


def _counts(
    specification: Specification, scale: str, tensorflow: str, keras: str | None = None
) -> law.Prediction | law.ClusterPrediction:
    plan = specification.plans[scale]
    return law.predict(plan, tensorflow, keras) if plan.strategy is None else law.predict_cluster(plan, tensorflow)


def documented_for(specification: Specification, versions: Versions) -> dict[str, Any]:
    """Return what is written down to be measured in an environment, by behaviour.

    Args:
        specification: the case.
        versions: the environment.
    """
    return {
        name: value
        for name, by_environment in specification.expected.items()
        for environments, value in by_environment.items()
        if condition.holds(environments, versions)
    }


def expectation(specification: Specification, scale: str, versions: Versions) -> dict[str, Any]:
    """Return what should be measured of a case: what the law predicts, or what is documented instead or beside it.

    Args:
        specification: the case.
        scale: full or quick.
        versions: the environment.
    """
    predicted = prediction(specification, scale, versions.tensorflow, versions.keras)
    return {**predicted, **documented_for(specification, versions)}


def _differences(
    measured: Mapping[str, Any], expected: Mapping[str, Any], counters: Mapping[str, Count]
) -> tuple[Difference, ...]:
    differences = [
        Difference(name, value, expected.get(name, UNCLAIMED))
        for name, value in measured.items()
        if name not in expected or not is_expected(value, expected[name])
    ]
    # The counters do not know of each other: one that disagrees means that a step is not what it should be.
    differences += [
        Difference(f"steps by the counter {name!r}", steps, measured.get("steps"))
        for name, steps in counters.items()
        if steps != measured.get("steps")
    ]
    return tuple(differences)


def is_expected(value: Any, expected: Any) -> bool:
    """Return whether a value is the expected one, or in the expected range ``{"from": ..., "to": ...}``; lists one by one."""
    if isinstance(expected, list) and isinstance(value, list):
        return len(value) == len(expected) and all(map(is_expected, value, expected))
    if is_range(expected):
        return isinstance(value, int | float) and expected["from"] <= value <= expected["to"]
    return bool(value == expected)


def is_range(expected: Any) -> bool:
    """Return whether an expected value is a range ``{"from": ..., "to": ...}``."""
    return isinstance(expected, dict) and expected.keys() == {"from", "to"}
