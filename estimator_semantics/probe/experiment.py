"""An experiment: one module of the folder ``experiments``, loaded and checked."""

import hashlib
import importlib.util
import os
from typing import Any, Callable, Dict, List, NamedTuple

from estimator_semantics.law.plan import InvalidPlan, Plan, check

SCALES = ("full", "quick")


class InvalidExperiment(Exception):
    """An experiment module lacks a part, or has one of the wrong kind."""


class Experiment(NamedTuple):
    """A claim about how long training runs, and the few lines of TensorFlow that put it to the test.

    Attributes:
        name: the module's name.
        title: the first line of the module's docstring, without its full stop.
        claim: one sentence that is true or false.
        source: link to where the claim was made.
        plans: the plan at each scale, ``{"full": Plan(...), "quick": Plan(...)}``.
        expected: what is measured where the law does not hold, by release: each value that differs from the
            prediction, ``{"<1.10": {"steps": 25, "global_step": 25, ...}}``; empty where the law covers everything.
        run: ``run(tf, plan, watch)`` trains and returns ``watch.observe()``.
        revision: short hash of the module's source; results of different revisions are not comparable.
    """

    name: str
    title: str
    claim: str
    source: str
    plans: Dict[str, Plan]
    expected: Dict[str, Dict[str, Any]]
    run: Callable[..., Dict[str, Any]]
    revision: str


def names(folder: str) -> List[str]:
    """Returns the names of the experiments in a folder, sorted."""
    stems = [os.path.splitext(entry) for entry in os.listdir(folder)]
    return sorted(stem for stem, suffix in stems if suffix == ".py" and not stem.startswith("_"))


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
        with open(path, "rb") as file:
            source = file.read()
        spec = importlib.util.spec_from_file_location("estimator_semantics_experiments." + name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as error:
        raise InvalidExperiment("experiment {}: {}: {}".format(name, type(error).__name__, error)) from error
    lacking = [part for part in ("CLAIM", "SOURCE", "PLAN", "QUICK", "run") if not hasattr(module, part)]
    if not module.__doc__:
        lacking.append("a docstring")
    if lacking:
        raise InvalidExperiment("experiment {}: lacks {}".format(name, ", ".join(lacking)))
    try:
        plans = {"full": check(module.PLAN), "quick": check(module.QUICK)}
    except InvalidPlan as error:
        raise InvalidExperiment("experiment {}: {}".format(name, error)) from error
    return Experiment(
        name=name,
        title=module.__doc__.strip().splitlines()[0].rstrip("."),
        claim=module.CLAIM,
        source=module.SOURCE,
        plans=plans,
        expected=getattr(module, "EXPECTED", {}),
        run=module.run,
        revision=hashlib.sha256(source).hexdigest()[:12],
    )
