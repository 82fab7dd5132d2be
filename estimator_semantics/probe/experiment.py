"""An experiment: one module of the folder ``experiments``, loaded and checked."""

import ast
import importlib.util
import os
import traceback
from types import ModuleType
from typing import Any, Callable, Dict, List, NamedTuple, Tuple

from estimator_semantics.law.plan import InvalidPlan, Plan, check

# The one plan of an experiment that has no more.
ONLY = ""


class InvalidExperiment(Exception):
    """An experiment module cannot be imported, lacks a part, or has one of the wrong kind.

    Attributes:
        path: the file.
        line: the line of it that the reason is about; the last one for what is missing.
        reason: what is wrong, in a few words.
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__("{}:{}: {}".format(path, line, reason))
        self.path = path
        self.line = line
        self.reason = reason


class Change(NamedTuple):
    """Why a behaviour is another one from some release on.

    Attributes:
        says: what was so before, and what is so since, in a sentence or two.
        do: what to write or to expect instead.
        source: link to the code, the release notes or the thread that shows it.
        cause: what this change has in common with those of other experiments, in a few words; they are told together. Empty
            where it has a reason of its own.
    """

    says: str
    do: str
    source: str
    cause: str = ""


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
    """Return the names of the experiments in a folder, sorted."""
    stems = [os.path.splitext(entry) for entry in os.listdir(folder)]
    return sorted(stem for stem, suffix in stems if suffix == ".py" and not stem.startswith(("_", ".")))


def full_name(name: str, case: str) -> str:
    """Return the name of a case among all: ``"steps_implicit"``, or ``"ragged_batches[batch, then repeat]"``."""
    return name if case == ONLY else "{}[{}]".format(name, case)


def split_name(full: str) -> List[str]:
    """Return the experiment's name and the case's name of the full name of a case."""
    name, bracket, case = full.partition("[")
    return [name, case[:-1] if bracket else ONLY]


def load(folder: str, name: str) -> Experiment:
    """Load one experiment; import no TensorFlow.

    Args:
        folder: path of the folder ``experiments``.
        name: the module's name.

    Raises:
        InvalidExperiment: the module cannot be imported, lacks a part, or has one of the wrong kind.
    """
    path = os.path.join(folder, name + ".py")
    try:
        spec: Any = importlib.util.spec_from_file_location("estimator_semantics_experiments." + name, path)
        module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise InvalidExperiment(path, _line_of(error, path), _said(error)) from error
    lacking = [part for part in ("CLAIM", "FOUND", "SOURCE", "run") if not hasattr(module, part)]
    if not hasattr(module, "PLAN") and not hasattr(module, "PLANS"):
        lacking.append("PLAN or PLANS")
    if not (module.__doc__ or "").strip():
        lacking.append("a docstring")
    if lacking:
        raise InvalidExperiment(path, _last_line(path), "lacks {}".format(", ".join(lacking)))
    _check_kinds(module, path)
    plans = _plans(module, path)
    return Experiment(
        name=name,
        title=module.__doc__.strip().splitlines()[0].rstrip("."),
        claim=module.CLAIM,
        found=module.FOUND,
        source=module.SOURCE,
        plans=plans,
        expected=_expected(module, plans, path),
        changes=getattr(module, "CHANGES", {}),
        instead=getattr(module, "INSTEAD", ""),
        slow=getattr(module, "SLOW", ""),
        needs=getattr(module, "NEEDS", ""),
        run=module.run,
    )


def line_of(path: str, part: str) -> int:
    """Return the line on which a part of an experiment is defined; the last line of the file if none defines it.

    Args:
        path: the experiment's file, which can be parsed.
        part: the name of the part, like ``"PLAN"``.
    """
    with open(path, "rb") as file:
        statements = ast.parse(file.read()).body
    for statement in reversed(statements):
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        if any(
            isinstance(each, ast.Name) and each.id == part for target in targets if target for each in ast.walk(target)
        ):
            return statement.lineno
        if getattr(statement, "name", None) == part:
            return statement.lineno
    return _last_line(path)


def _last_line(path: str) -> int:
    with open(path, "rb") as file:
        return max(1, len(file.read().splitlines()))


def _line_of(error: BaseException, path: str) -> int:
    """Return the line of a module that an error of its import is about."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno or 1
    lines = [frame[1] for frame in traceback.extract_tb(error.__traceback__) if frame[0] == path]
    return lines[-1] if lines else 1


def _said(error: BaseException) -> str:
    message = error.msg if isinstance(error, SyntaxError) else " ".join(str(error).split())
    return "{}: {}".format(type(error).__name__, message) if message else type(error).__name__


_KINDS: Tuple[Tuple[str, type, str], ...] = (
    ("CLAIM", str, "text"),
    ("FOUND", str, "text"),
    ("SOURCE", str, "text"),
    ("INSTEAD", str, "text"),
    ("SLOW", str, "text"),
    ("NEEDS", str, "text"),
    ("PLAN", Plan, "a Plan"),
    ("QUICK", Plan, "a Plan"),
    ("PLANS", dict, "a dict: a Plan for each case"),
    ("EXPECTED", dict, "a dict: what is measured, by behaviour and environment"),
    ("CHANGES", dict, "a dict: a Change for each release"),
)


def _check_kinds(module: ModuleType, path: str) -> None:
    """Raise InvalidExperiment for the first part that is of the wrong kind."""
    for part, kind, words in _KINDS:
        if hasattr(module, part) and not isinstance(getattr(module, part), kind):
            raise InvalidExperiment(path, line_of(path, part), "{} must be {}".format(part, words))
    for part, kind in (("PLANS", Plan), ("EXPECTED", dict), ("CHANGES", Change)):
        for key, value in getattr(module, part, {}).items():
            if not isinstance(key, str) or not isinstance(value, kind):
                reason = "{}[{!r}] must be a {}".format(part, key, kind.__name__)
                raise InvalidExperiment(path, line_of(path, part), reason)
    if getattr(module, "PLANS", None) == {}:
        raise InvalidExperiment(path, line_of(path, "PLANS"), "PLANS has no case")
    if not callable(module.run):
        raise InvalidExperiment(path, line_of(path, "run"), "run must be a function")


def _plans(module: ModuleType, path: str) -> Dict[str, Dict[str, Plan]]:
    if hasattr(module, "PLANS"):
        return {case: {"quick": _checked(plan, "PLANS", path)} for case, plan in module.PLANS.items()}
    plan = _checked(module.PLAN, "PLAN", path)
    if hasattr(module, "QUICK"):
        return {ONLY: {"full": plan, "quick": _checked(module.QUICK, "QUICK", path)}}
    return {ONLY: {"quick": plan}}


def _checked(plan: Plan, part: str, path: str) -> Plan:
    try:
        return check(plan)
    except InvalidPlan as error:
        raise InvalidExperiment(path, line_of(path, part), "{}: {}".format(part, error)) from error


def _expected(module: ModuleType, plans: Dict[str, Dict[str, Plan]], path: str) -> Dict[str, Dict[str, Dict[str, Any]]]:
    given = getattr(module, "EXPECTED", {})
    by_case = {case: given.get(case, {}) for case in plans} if hasattr(module, "PLANS") else {ONLY: given}
    strangers = set(given).difference(plans) if hasattr(module, "PLANS") else ()
    if strangers:
        raise InvalidExperiment(path, line_of(path, "EXPECTED"), "EXPECTED of {}: no such plan".format(min(strangers)))
    for expected in by_case.values():
        for behaviour, by_environment in expected.items():
            if not isinstance(by_environment, dict):
                reason = "EXPECTED of {}: must be a dict by environment".format(behaviour)
                raise InvalidExperiment(path, line_of(path, "EXPECTED"), reason)
    return by_case
