"""An experiment: one module of the folder ``experiments``, loaded and checked."""

import importlib.util
import os
from types import ModuleType
from typing import Any, Callable, Dict, List, NamedTuple

from estimator_semantics.law.plan import InvalidPlan, Plan, check

# The one plan of an experiment that has no more.
ONLY = ""


class InvalidExperiment(Exception):
    """An experiment module lacks a part, or has one of the wrong kind."""


class Change(NamedTuple):
    """Why a behaviour is another one from some release on.

    Attributes:
        says: what was so before, and what is so since, in a sentence or two.
        do: what to write or to expect instead.
        source: link to the code, the release notes or the thread that shows it.
    """

    says: str
    do: str
    source: str


class Experiment(NamedTuple):
    """A claim about how long training runs, and the few lines of TensorFlow that put it to the test.

    Attributes:
        name: the module's name.
        title: the first line of the module's docstring, without its full stop.
        claim: one sentence, as people say it; it is true or false.
        found: what was found: ``True``, ``False`` or ``Depends`` is the first word, and what is so instead follows.
        source: link to where the claim was made.
        plans: what is tried, by the name of the case and by scale: ``{"": {"full": Plan(...), "quick": Plan(...)}}``.
            Every case has a quick scale.
        expected: what is measured where the law says nothing, or something else: by case, behaviour and environment,
            ``{"": {"steps": {"<1.10": 25, ">=1.10": 10}}}``. A module with one plan leaves out the case. An environment is
            a list of specifiers, of TensorFlow or of what is named before them: ``">=2.16,numpy>=2"``, ``"python<3.11"``.
        changes: why the behaviour is another one from some minor release on: ``{"1.10": Change(...)}``, or in some
            environments: ``{"numpy>=2": Change(...)}``.
        instead: what to write instead, where the rule of the two bounds does not hold; empty where it does.
        slow: why it takes long, because it must wait or needs several processes; empty when it does not.
        needs: the distribution beside TensorFlow that it needs; empty when it needs none.
        run: ``run(tf, plan, watch)`` trains and returns ``watch.observe()``, with more behaviours or with others.
    """

    name: str
    title: str
    claim: str
    found: str
    source: str
    plans: Dict[str, Dict[str, Plan]]
    expected: Dict[str, Dict[str, Dict[str, Any]]]
    changes: Dict[str, Change]
    instead: str
    slow: str
    needs: str
    run: Callable[..., Dict[str, Any]]


def names(folder: str) -> List[str]:
    """Returns the names of the experiments in a folder, sorted."""
    stems = [os.path.splitext(entry) for entry in os.listdir(folder)]
    return sorted(stem for stem, suffix in stems if suffix == ".py" and not stem.startswith("_"))


def full_name(name: str, case: str) -> str:
    """Returns the name of a case among all: ``"steps_implicit"``, or ``"ragged_batches[batch, then repeat]"``."""
    return name if case == ONLY else "{}[{}]".format(name, case)


def split_name(full: str) -> List[str]:
    """Returns the experiment's name and the case's name of the full name of a case."""
    name, bracket, case = full.partition("[")
    return [name, case[:-1] if bracket else ONLY]


def load(folder: str, name: str) -> Experiment:
    """Loads one experiment; imports no TensorFlow.

    Args:
        folder: path of the folder ``experiments``.
        name: the module's name.

    Raises:
        InvalidExperiment: the module cannot be imported, or lacks a part.
    """
    path = os.path.join(folder, name + ".py")
    try:
        spec = importlib.util.spec_from_file_location("estimator_semantics_experiments." + name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as error:
        raise InvalidExperiment("experiment {}: {}: {}".format(name, type(error).__name__, error)) from error
    lacking = [part for part in ("CLAIM", "FOUND", "SOURCE", "run") if not hasattr(module, part)]
    if not hasattr(module, "PLAN") and not hasattr(module, "PLANS"):
        lacking.append("PLAN or PLANS")
    if not module.__doc__:
        lacking.append("a docstring")
    if lacking:
        raise InvalidExperiment("experiment {}: lacks {}".format(name, ", ".join(lacking)))
    try:
        plans = _plans(module)
        expected = _expected(module, plans)
    except InvalidPlan as error:
        raise InvalidExperiment("experiment {}: {}".format(name, error)) from error
    return Experiment(
        name=name,
        title=module.__doc__.strip().splitlines()[0].rstrip("."),
        claim=module.CLAIM,
        found=module.FOUND,
        source=module.SOURCE,
        plans=plans,
        expected=expected,
        changes=getattr(module, "CHANGES", {}),
        instead=getattr(module, "INSTEAD", ""),
        slow=getattr(module, "SLOW", ""),
        needs=getattr(module, "NEEDS", ""),
        run=module.run,
    )


def _plans(module: ModuleType) -> Dict[str, Dict[str, Plan]]:
    if hasattr(module, "PLANS"):
        return {case: {"quick": check(plan)} for case, plan in module.PLANS.items()}
    if hasattr(module, "QUICK"):
        return {ONLY: {"full": check(module.PLAN), "quick": check(module.QUICK)}}
    return {ONLY: {"quick": check(module.PLAN)}}


def _expected(module: ModuleType, plans: Dict[str, Dict[str, Plan]]) -> Dict[str, Dict[str, Dict[str, Any]]]:
    given = getattr(module, "EXPECTED", {})
    if not hasattr(module, "PLANS"):
        return {ONLY: given}
    strangers = set(given).difference(plans)
    if strangers:
        raise InvalidExperiment("experiment {}: EXPECTED of {}: no such plan".format(module.__name__, min(strangers)))
    return {case: given.get(case, {}) for case in plans}
