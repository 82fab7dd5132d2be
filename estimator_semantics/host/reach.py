"""The reach of an experiment: each definition that its measurement depends on, in the experiment, the probe side and the law.

A name leads to its definition, through imports and re-exports, and that definition leads to those it uses. Only the members of
the adapter and the fields of a plan that are used count. If the code does not tell which definition is meant, as with a star
import, the whole module counts.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from estimator_semantics.host import definitions
from estimator_semantics.host.bindings import ADAPTER, Import
from estimator_semantics.host.definitions import Definition, Module

# Folders of the package that experiments can test, besides TensorFlow. Each works without the rest and counts as a whole.
SUBJECTS = ("faster", "stop_reason")

_PACKAGE = "estimator_semantics"
_FOLLOWED = ("probe", "law")

# The names of its module that an experiment's measurement depends on. The others only hold texts and expectations.
_MEASURING = ("run", "PLAN", "QUICK", "PLANS")

# The function that calls `run`, and passes it the adapter and the watch.
_RUNNER, _MEASURE = "runner", "measure"


class _Subject(NamedTuple):
    """One of `SUBJECTS`."""

    name: str


class _Foreign(NamedTuple):
    """A name from outside: from Python, NumPy, TensorFlow, or the bridge, which has its own revision."""

    dotted: tuple[str, ...]


_Target: TypeAlias = Definition | _Subject | _Foreign


class _Reference(NamedTuple):
    """A name in a definition, with what it stands for.

    Attributes:
        name: the name, without the names of modules before it.
        targets: what it stands for.
        cut: where the source names modules; these names are not part of the text. None if there are none.
    """

    name: str
    targets: tuple[_Target, ...]
    cut: tuple[int, int] | None = None


class _Link(NamedTuple):
    """A definition with what it uses.

    Attributes:
        digest: hash of its text, and of what each name in it stands for.
        targets: what it uses.
        words: all attributes, keywords and strings in it.
    """

    digest: str
    targets: tuple[_Target, ...]
    words: frozenset[str]


class Code:
    """The code that measures, as it is when it is first read."""

    def __init__(self, package: Path) -> None:
        """Create the code of a package.

        Args:
            package: the folder of the package, with the probe side, the law and the `SUBJECTS`.
        """
        self._package = package
        self._modules: dict[Path, Module | None] = {}
        self._texts: dict[Definition, tuple[str, tuple[_Reference, ...]]] = {}
        self._links: dict[_Target, _Link] = {}
        self._adapter: Definition | None = None
        self._measure = _named(self._probe(_RUNNER), _MEASURE)
        self._adapter, self._watch = self._handed_over()
        self._kept = _kept(self._watch)
        self._adapter_class = _class_of(self._adapter)
        self._plan = self._definition((_PACKAGE, "law", "Plan"))

    def revision(self, path: Path) -> str:
        """Return the revision of an experiment.

        Args:
            path: the experiment's module.
        """
        module = definitions.of_source(path.read_text("utf-8"))
        roots: list[_Target] = [self._measure]
        for name in _MEASURING:
            roots += self._in_module(module, name, (), False)
        kept = self._kept_by_watch(_named(module, "run"))
        if kept is None:
            roots.append(self._watch)
        reached = self._reached(roots)
        digests = {self._link(each).digest for each in reached} | {_digest(text) for text in kept or ()}
        if self._plan in reached:
            # A field that keeps its default, and that none of this code reads, does not matter.
            words = set().union(*(self._link(each).words for each in reached))
            _, fields = definitions.fields(self._plan)
            digests |= {_digest(field.text()) for name, field in fields.items() if name in words}
        return _digest(*sorted(digests))[:12]

    def _reached(self, roots: Iterable[_Target]) -> set[_Target]:
        waiting = list(roots)
        reached: set[_Target] = set()
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting += self._link(each).targets
        return reached

    def _link(self, target: _Target) -> _Link:
        if target not in self._links:
            self._links[target] = self._linked(target)
        return self._links[target]

    def _linked(self, target: _Target) -> _Link:
        if not isinstance(target, Definition):
            return _Link(self._text_digest(target), (), frozenset())
        text, references = self._text(target)
        if target is self._measure:
            # Each experiment shows by itself which parts of the watch it uses.
            references = tuple(each for each in references if self._watch not in each.targets)
        stands_for = {(each.name, self._text_digest(used)) for each in references for used in each.targets}
        targets = dict.fromkeys(used for each in references for used in each.targets)
        # Importing a module runs its statements that define no name.
        targets.update(dict.fromkeys(target.module.nameless))
        digest = _digest(text, *(f"{name} {of_text}" for name, of_text in sorted(stands_for)))
        return _Link(digest, tuple(targets), frozenset(self._counted(target).reading.words))

    def _text_digest(self, target: _Target) -> str:
        if isinstance(target, _Foreign):
            return ".".join(target.dotted)
        if isinstance(target, _Subject):
            modules = (self._module(path) for path in (self._package / target.name).glob("*.py"))
            return _digest(*sorted(_digest(*module.texts()) for module in modules if module is not None))
        return _digest(self._text(target)[0])

    def _text(self, definition: Definition) -> tuple[str, tuple[_Reference, ...]]:
        """Return the text of a definition, without names of modules, and what each name in it stands for."""
        if definition not in self._texts:
            counted = self._counted(definition)
            module = definition.module
            references = list(self._used(counted)) + list(self._started(counted))
            references += [_Reference("*", tuple(self._imported(star.dotted, (), False)[0])) for star in module.stars]
            if counted.reading.opaque:
                references.append(_Reference("*", tuple(self._everything(module))))
            text = counted.text([each.cut for each in references if each.cut is not None])
            self._texts[definition] = text, tuple(references)
        return self._texts[definition]

    def _counted(self, definition: Definition) -> Definition:
        return definitions.fields(definition)[0] if definition is self._plan else definition

    def _used(self, definition: Definition) -> Iterator[_Reference]:
        for use in definition.reading.uses:
            depth = 0
            if use.binding is ADAPTER:
                targets = self._of_adapter(use.attributes, use.passed)
            elif use.binding is None:
                bindings = definition.module.names[use.name]
                targets = self._in_module(definition.module, use.name, use.attributes, use.passed)
                if len(bindings) == 1 and isinstance(bindings[0], Import):
                    _, depth = self._imported(bindings[0].dotted, use.attributes, use.passed)
            else:
                targets, depth = self._imported(use.binding.dotted, use.attributes, use.passed)
            name = use.attributes[depth - 1] if depth else use.name
            yield _Reference(name, tuple(targets), (use.places[0], use.places[depth]) if depth else None)

    def _started(self, definition: Definition) -> Iterator[_Reference]:
        """Yield what a definition names in strings: modules by their full names, and what other processes run.

        ``start.py name`` runs `main` of a module of the probe side.
        """
        strings = definition.reading.strings
        scripts = {name: script for name in strings if name.endswith(".py") and (script := self._probe(name[:-3]))}
        for name, script in scripts.items():
            for cut in strings[name]:
                yield _Reference("*", tuple(self._everything(script)), cut)
        for name in strings:
            if name.startswith(_PACKAGE + ".") and all(part.isidentifier() for part in name.split(".")):
                yield _Reference("*", tuple(self._imported(tuple(name.split(".")), (), False)[0]))
        for name in strings if scripts else ():
            module = self._probe(name) if name.isidentifier() else None
            if module is not None and "main" in module.names:
                for cut in strings[name]:
                    yield _Reference("main", tuple(self._in_module(module, "main", (), False)), cut)

    def _in_module(self, module: Module, name: str, attributes: tuple[str, ...], passed: bool) -> list[_Target]:
        targets: list[_Target] = []
        for binding in module.names.get(name, ()):
            if binding is self._adapter:
                targets += self._of_adapter(attributes, passed)
            elif isinstance(binding, Definition):
                targets.append(binding)
            else:
                targets += self._imported(binding.dotted, attributes, passed)[0]
        return targets

    def _imported(
        self, dotted: tuple[str, ...], attributes: tuple[str, ...], passed: bool
    ) -> tuple[list[_Target], int]:
        """Return what an imported name stands for, and how many of the attributes lead from modules to it."""
        path = (*dotted, *attributes)
        if path[0] == _PACKAGE and path[1:2] and path[1] in SUBJECTS:
            return [_Subject(path[1])], 0
        if path[0] != _PACKAGE or path[1:2] == () or path[1] not in _FOLLOWED:
            return [_Foreign(dotted)], 0
        module, at = self._module(self._package / path[1] / "__init__.py"), 2
        if path[2:3] and (module is None or path[2] not in module.names):
            inner = self._module(self._package / path[1] / f"{path[2]}.py")
            module, at = (inner, 3) if inner is not None else (module, 2)
        if module is None:
            return [_Foreign(dotted)], 0
        if at == len(path) or path[at] not in module.names:
            # The module as an object, or a name whose definition in it is not visible.
            return list(self._everything(module)), 0
        return self._in_module(module, path[at], path[at + 1 :], passed), max(0, at + 1 - len(dotted))

    def _of_adapter(self, attributes: tuple[str, ...], passed: bool) -> list[_Target]:
        core, members = definitions.members(self._adapter_class)
        if attributes:
            return [core, members[attributes[0]]] if attributes[0] in members else [core]
        # A function that receives the adapter calls it `tf` again, and shows by itself which members it uses.
        return [core] if passed else [core, *members.values()]

    def _everything(self, module: Module) -> Iterator[_Target]:
        for bindings in module.names.values():
            for binding in bindings:
                if isinstance(binding, Definition):
                    yield binding
                else:
                    yield from self._imported(binding.dotted, (), False)[0]
        yield from module.nameless

    def _handed_over(self) -> tuple[Definition, Definition]:
        """Return the adapter and the watch: the first and the third argument of ``run`` in `measure`."""
        (call,) = [
            node
            for node in ast.walk(self._measure.nodes[0])
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run"
        ]
        bindings = {use.name: use.binding for use in self._measure.reading.uses if use.binding is not None}
        adapter, _, watch = call.args
        assert isinstance(adapter, ast.Name)
        return self._definition(bindings[adapter.id].dotted), self._definition(bindings[_called(watch)].dotted)

    def _definition(self, dotted: tuple[str, ...]) -> Definition:
        """Return the one definition that an imported name stands for."""
        (target,), _ = self._imported(dotted, (), False)
        assert isinstance(target, Definition)
        return target

    def _kept_by_watch(self, run: Definition) -> list[str] | None:
        """Return the statements of the watch that an experiment depends on; None if it depends on the whole class.

        An attribute that only stores an argument of the watch depends on nothing else in the class.
        """
        (function,) = run.nodes
        if not isinstance(function, ast.FunctionDef) or len(function.args.args) != 3:
            return None
        uses = set(_uses(function.body, function.args.args[2].arg))
        return [self._kept[name] for name in sorted(uses)] if uses <= set(self._kept) else None

    def _probe(self, name: str) -> Module | None:
        return self._module(self._package / "probe" / f"{name}.py")

    def _module(self, path: Path) -> Module | None:
        if path not in self._modules:
            package = (_PACKAGE, *path.relative_to(self._package).parts[:-1])
            self._modules[path] = definitions.of_source(path.read_text("utf-8"), package) if path.is_file() else None
        return self._modules[path]


def _named(module: Module | None, name: str) -> Definition:
    """Return the one definition of a name in a module, both of which must be there."""
    assert module is not None
    (definition,) = module.names[name]
    assert isinstance(definition, Definition)
    return definition


def _class_of(instance: Definition) -> Definition:
    """Return the class of an object that its module makes: ``NAME = CLASS(...)``."""
    (statement,) = instance.nodes
    assert isinstance(statement, ast.Assign)
    return _named(instance.module, _called(statement.value))


def _called(expression: ast.expr) -> str:
    """Return the name that a call calls."""
    assert isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name)
    return expression.func.id


def _kept(definition: Definition) -> dict[str, str]:
    """Return the attributes of a class that only store an argument of ``__init__``, each with the statement that stores it."""
    (node,) = definition.nodes
    assert isinstance(node, ast.ClassDef)
    (begin,) = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
    arguments = [each.arg for each in begin.args.args[1:]]
    stored = [
        each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute) and not isinstance(each.ctx, ast.Load)
    ]
    return {
        statement.targets[0].attr: Definition(definition.module, [statement]).text()
        for statement in begin.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Attribute)
        and isinstance(statement.value, ast.Name)
        and statement.value.id in arguments
        and stored.count(statement.targets[0].attr) == 1
    }


def _uses(body: Iterable[ast.stmt], name: str) -> Iterator[str]:
    """Yield the attributes of a name that statements use, until a statement binds the name to something else.

    If the name is used by itself, the attribute is an empty string.
    """
    for statement in body:
        if isinstance(statement, (ast.If, ast.For, ast.While, ast.With, ast.Try)):
            for field, value in ast.iter_fields(statement):
                if field in ("body", "orelse", "finalbody"):
                    yield from _uses(value, name)
                elif field == "handlers":
                    for handler in value:
                        yield from _uses(handler.body, name)
                else:
                    for node in value if isinstance(value, list) else [value]:
                        yield from _uses_in(node, name)
            continue
        yield from _uses_in(statement, name)
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in statement.targets
        ):
            return


def _uses_in(node: object, name: str) -> Iterator[str]:
    nodes = list(ast.walk(node)) if isinstance(node, ast.AST) else []
    with_attribute = {
        each.value: each.attr for each in nodes if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)
    }
    for each in nodes:
        if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load):
            yield with_attribute.get(each, "")


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0\0".join(texts).encode()).hexdigest()
