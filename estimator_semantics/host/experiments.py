"""The experiments that come with the project: where they are, what they claim, and by which source they measure."""

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import estimator_semantics
from estimator_semantics.host import condition
from estimator_semantics.host import revision as revisions
from estimator_semantics.host.errors import InvalidCondition, UnknownExperiment, UnusableExperiment
from estimator_semantics.host.record import Scale, is_line
from estimator_semantics.law import InvalidPlan, Plan, predict, predict_cluster
from estimator_semantics.probe import experiment
from estimator_semantics.probe.experiment import Change

PACKAGE = Path(estimator_semantics.__file__).parent
# Where the experiments are in an installed package.
INSIDE = PACKAGE / "experiments"
PROBE_SIDE = ("law", "probe", "bridge")

# What FOUND says first of a claim.
TRUTHS = ("true", "false", "depends")


@dataclass(frozen=True)
class Specification:
    """What a case claims, and what is known of it: by this a result is judged.

    Attributes:
        name: the full name of the case: that of its experiment, and in brackets its own where there are several.
        title: the experiment in a few words.
        claim: one sentence, as people say it; it is true or false.
        found: what was found: whether the claim is true, and what is so instead where it is not.
        source: link to where the claim was made.
        plans: what is tried, by scale.
        expected: what is measured where the law says nothing, or something else, by behaviour and environments.
        changes: why a behaviour is another one from some minor release on, or in some environments.
        instead: what to write instead, where the rule of the two bounds does not hold; empty where it does.
        slow: why it takes long; empty when it does not.
        needs: the distribution beside TensorFlow that it needs; empty when it needs none.
        revision: short hash of what measures it; results of different revisions are not comparable.
    """

    name: str
    title: str
    claim: str
    found: str
    source: str
    plans: Mapping[str, Plan]
    expected: Mapping[str, Mapping[str, Any]]
    changes: Mapping[str, Change]
    instead: str
    slow: str
    needs: str
    revision: str

    @property
    def truth(self) -> str:
        """Whether the claim is true: ``"true"``, ``"false"`` or ``"depends"``, the first word of what was found."""
        first = re.match(r"\w*", self.found)
        said = first.group().lower() if first else ""
        return said if said in TRUTHS else "depends"

    def scale(self, wanted: str) -> Scale:
        """Return a scale that the case has: the wanted one, or else the quick one.

        Args:
            wanted: ``"full"`` or ``"quick"``.
        """
        return "full" if wanted == "full" and wanted in self.plans else "quick"


def folder() -> Path:
    """Return the folder of the experiments: inside the package when it is installed, beside it in a checkout."""
    return INSIDE if is_installed() else PACKAGE.parent / "experiments"


def is_installed() -> bool:
    """Return whether the experiments are those of an installed package, and not of a checkout."""
    return INSIDE.is_dir()


def known() -> tuple[str, ...]:
    """Return the names of all experiments that can be used, sorted."""
    return tuple(name for name in _names() if not isinstance(_loaded(folder(), name), UnusableExperiment))


def unusable() -> tuple[UnusableExperiment, ...]:
    """Return why an experiment cannot be used, for each that cannot, by name."""
    loaded = (_loaded(folder(), name) for name in _names())
    return tuple(each for each in loaded if isinstance(each, UnusableExperiment))


def title(name: str) -> str:
    """Return an experiment in a few words.

    Args:
        name: the experiment's name.

    Raises:
        UnusableExperiment: its module is unfinished or wrong.
    """
    specification = specifications(name)[0]
    _, case = experiment.split_name(specification.name)
    return specification.title.removesuffix(f": {case}") if case else specification.title


def specifications(name: str) -> tuple[Specification, ...]:
    """Return the cases of an experiment.

    Args:
        name: the experiment's name.

    Raises:
        UnusableExperiment: its module is unfinished or wrong.
    """
    loaded = _loaded(folder(), name)
    if isinstance(loaded, UnusableExperiment):
        raise loaded
    return loaded


def _names() -> list[str]:
    return experiment.names(str(folder()))


# A module that cannot be used is remembered too, for each result of it asks again.
@functools.cache
def _loaded(folder: Path, name: str) -> tuple[Specification, ...] | UnusableExperiment:
    """Return the cases of an experiment, or why it cannot be used."""
    path = folder / f"{name}.py"
    try:
        loaded = experiment.load(str(folder), name)
        _check_names(loaded, path)
        _check_conditions(loaded, path)
        _check_predictions(loaded, path)
        revision = _code().revision(path)
    except experiment.InvalidExperiment as error:
        return UnusableExperiment(path, error.line, error.reason)
    except UnicodeDecodeError:
        return UnusableExperiment(path, 1, "is not written in UTF-8")
    return tuple(
        Specification(
            name=experiment.full_name(name, case),
            title=f"{loaded.title}: {case}" if case else loaded.title,
            claim=loaded.claim,
            found=loaded.found,
            source=loaded.source,
            plans=plans,
            expected=loaded.expected[case],
            changes=loaded.changes,
            instead=loaded.instead,
            slow=loaded.slow,
            needs=loaded.needs,
            revision=revision,
        )
        for case, plans in loaded.plans.items()
    )


@functools.cache
def _code() -> revisions.Code:
    return revisions.Code(PACKAGE)


def _check_names(loaded: experiment.Experiment, path: Path) -> None:
    """Raise InvalidExperiment for the first case whose name cannot be in a record."""
    for case in loaded.plans:
        if not is_line(case):
            reason = f"PLANS: the name {case!r} must be one line, without control characters"
            raise experiment.InvalidExperiment(str(path), experiment.line_of(str(path), "PLANS"), reason)


def _check_conditions(loaded: experiment.Experiment, path: Path) -> None:
    """Raise InvalidExperiment for the first environment in EXPECTED or CHANGES that says nothing of versions."""
    expected = [by_environment for by_behaviour in loaded.expected.values() for by_environment in by_behaviour.values()]
    of_expected = [("EXPECTED", given) for by_environment in expected for given in by_environment]
    # A change is told by a minor release, or by a condition.
    of_changes = [("CHANGES", since) for since in loaded.changes if not re.fullmatch(r"\d+\.\d+", since)]
    for part, given in of_expected + of_changes:
        try:
            condition.check(given)
        except InvalidCondition as error:
            raise experiment.InvalidExperiment(str(path), experiment.line_of(str(path), part), str(error)) from None


def _check_predictions(loaded: experiment.Experiment, path: Path) -> None:
    """Raise InvalidExperiment for the first plan that the law refuses to predict."""
    for scales in loaded.plans.values():
        for plan in scales.values():
            try:
                predict(plan) if plan.strategy is None else predict_cluster(plan)
            except InvalidPlan as error:
                part = "PLAN" if experiment.ONLY in loaded.plans else "PLANS"
                reason = f"{part}: {error}"
                raise experiment.InvalidExperiment(str(path), experiment.line_of(str(path), part), reason) from None


def find(full_name: str) -> Specification | None:
    """Return the specification of a case; None when there is none of this name, or its experiment cannot be used.

    Args:
        full_name: the full name of the case.
    """
    name, _ = experiment.split_name(full_name)
    return _cases(folder(), name).get(full_name)


# Asked for each result of each record.
@functools.cache
def _cases(folder: Path, name: str) -> dict[str, Specification]:
    """Return the cases of an experiment by their full names; none where there is no such experiment, or it cannot be used."""
    loaded = _loaded(folder, name) if name in _names() else ()
    return {} if isinstance(loaded, UnusableExperiment) else {each.name: each for each in loaded}


def is_unusable(full_name: str) -> bool:
    """Return whether the experiment of a case is there and cannot be used.

    Args:
        full_name: the full name of the case.
    """
    name, _ = experiment.split_name(full_name)
    return name in _names() and isinstance(_loaded(folder(), name), UnusableExperiment)


def chosen(names: tuple[str, ...] = ()) -> tuple[Specification, ...]:
    """Return the named cases, or those of all experiments that can be used when none is named.

    Args:
        names: names of experiments, or full names of cases; their order is kept and repetitions are dropped.

    Raises:
        UnknownExperiment: for the first name that there is no experiment of.
        UnusableExperiment: for the first named experiment whose module is unfinished or wrong.
    """
    there = tuple(_names())
    by_name: dict[str, Specification] = {}
    for name in names or known():
        of_name, case = experiment.split_name(name)
        if of_name not in there:
            raise UnknownExperiment(name, there)
        cases = [each for each in specifications(of_name) if not case or each.name == name]
        if not cases:
            raise UnknownExperiment(name, tuple(each.name for each in specifications(of_name)))
        by_name.update((each.name, each) for each in cases)
    return tuple(by_name.values())


def revision() -> str:
    """Return a short hash of the revisions of all experiments."""
    each = [f"{name} {specifications(name)[0].revision}" for name in known()]
    return hashlib.sha256("\n".join(each).encode()).hexdigest()[:12]


def revision_of_bridge() -> str:
    """Return the revision of the bridge, which is part of what answers on the releases without tf.estimator."""
    return revisions.of_folder(PACKAGE / "bridge")
