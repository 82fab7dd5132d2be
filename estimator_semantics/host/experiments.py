"""The experiments that come with the project: where they are, what they claim, and by which source they measure."""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import estimator_semantics
from estimator_semantics.host import revision as revisions
from estimator_semantics.host.errors import UnknownExperiment
from estimator_semantics.law import Plan
from estimator_semantics.probe import experiment
from estimator_semantics.probe.experiment import Change

PACKAGE = Path(estimator_semantics.__file__).parent
PROBE_SIDE = ("law", "probe", "bridge")


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

    def scale(self, wanted: str) -> str:
        """Returns a scale that the case has: the wanted one, or else the quick one.

        Args:
            wanted: ``"full"`` or ``"quick"``.
        """
        return wanted if wanted in self.plans else "quick"


def folder() -> Path:
    """Returns the folder of the experiments: inside the package when it is installed, beside it in a checkout."""
    inside = PACKAGE / "experiments"
    return inside if inside.is_dir() else PACKAGE.parent / "experiments"


def known() -> tuple[str, ...]:
    """Returns the names of all experiments, sorted."""
    return tuple(experiment.names(str(folder())))


@functools.cache
def title(name: str) -> str:
    """Returns an experiment in a few words.

    Args:
        name: the experiment's name.

    Raises:
        InvalidExperiment: its module cannot be loaded.
    """
    return experiment.load(str(folder()), name).title


@functools.cache
def specifications(name: str) -> tuple[Specification, ...]:
    """Returns the cases of an experiment.

    Args:
        name: the experiment's name.

    Raises:
        InvalidExperiment: its module cannot be loaded.
    """
    loaded = experiment.load(str(folder()), name)
    revision = _code().revision(folder() / f"{name}.py")
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


def find(full_name: str) -> Specification | None:
    """Returns the specification of a case; None when there is none of this name.

    Args:
        full_name: the full name of the case.
    """
    name, _ = experiment.split_name(full_name)
    return _cases(name).get(full_name)


# Asked for each result of each record.
@functools.cache
def _cases(name: str) -> dict[str, Specification]:
    """Returns the cases of an experiment by their full names; none where there is no such experiment."""
    return {found.name: found for found in specifications(name)} if name in known() else {}


def chosen(names: tuple[str, ...] = ()) -> tuple[Specification, ...]:
    """Returns the named cases, or all of them when none is named.

    Args:
        names: names of experiments, or full names of cases; their order is kept and repetitions are dropped.

    Raises:
        UnknownExperiment: for the first name that there is no experiment of.
    """
    there = known()
    found: dict[str, Specification] = {}
    for name in names or there:
        of_name, case = experiment.split_name(name)
        if of_name not in there:
            raise UnknownExperiment(name, there)
        cases = [each for each in specifications(of_name) if not case or each.name == name]
        if not cases:
            raise UnknownExperiment(name, tuple(each.name for each in specifications(of_name)))
        found.update((each.name, each) for each in cases)
    return tuple(found.values())


def revision() -> str:
    """Returns a short hash of the revisions of all experiments."""
    each = [f"{name} {specifications(name)[0].revision}" for name in known()]
    return hashlib.sha256("\n".join(each).encode()).hexdigest()[:12]


def revision_of_bridge() -> str:
    """Returns the revision of the bridge, which is part of what answers on the releases without tf.estimator."""
    return revisions.of_folder(PACKAGE / "bridge")
