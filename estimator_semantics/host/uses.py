"""Uses: the names that statements use, with their attributes, and the parts of a source that are not part of its text."""

import ast
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from estimator_semantics.host.bindings import ADAPTER, FUNCTIONS, Import, bound_names, scope_statements, stored_names

if TYPE_CHECKING:
    from estimator_semantics.host.definitions import Module

# Arguments of calls that hold texts for people: none of these changes a measurement.
_TEXTS = ("help", "label")

# Names that reach any other name of their module.
_OPAQUE = {"globals", "eval", "exec"}

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


# The nodes that have a place in the source.
Placed: TypeAlias = ast.stmt | ast.expr | ast.arg


class Use(NamedTuple):
    """A name that a definition uses, with the attributes that follow it.

    Attributes:
        name: the name.
        binding: the import to which a function binds it; None if it is a name of the module.
        attributes: the attributes, as in ``name.first.second``.
        places: where the name and each of the attributes are in the source.
        passed: whether it is an argument of a call.
    """

    name: str
    binding: Import | None
    attributes: tuple[str, ...]
    places: tuple[int, ...]
    passed: bool


class Reader:
    """Reads what statements use.

    Attributes:
        uses: the names of the module, imports and members of the adapter that they use.
        words: all attributes, keywords and strings.
        strings: where each string is.
        cuts: the parts of the source that are not part of their text, each from one place to another.
        opaque: whether they may use any name of the module.
    """

    def __init__(self, module: "Module", without: set[ast.stmt], bound: bool) -> None:
        self.uses: list[Use] = []
        self.words: set[str] = set()
        self.strings: dict[str, list[tuple[int, int]]] = {}
        self.cuts: list[tuple[int, int]] = []
        self.opaque = False
        self._module = module
        self._without = without
        self._bound = bound

    def visit(self, node: ast.AST, scope: dict[str, Import | None], passed: bool = False) -> None:
        """Read a node.

        Args:
            node: the node.
            scope: the names that functions bind: to an import, or to something else (None).
            passed: whether the node is an argument of a call.
        """
        if isinstance(node, ast.Name):
            self._use(node, (), scope, passed)
        elif isinstance(node, ast.Attribute):
            self._attribute(node, scope, passed)
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                self.words.add(node.value)
                self.strings.setdefault(node.value, []).append((self._module.begin(node), self._module.end(node)))
        elif isinstance(node, ast.stmt) and (node in self._without or is_text(node)):
            self._cut(node)
        elif isinstance(node, FUNCTIONS):
            self._function(node, scope, scope, bound=self._bound and not scope)
        elif isinstance(node, ast.Lambda):
            self._function(node, scope, scope)
        elif isinstance(node, ast.ClassDef):
            self._class(node, scope)
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, scope)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            self._cut(node)
        elif isinstance(node, ast.AnnAssign):
            self._annotated(node, scope)
        elif isinstance(node, ast.Call):
            self._call(node, scope)
        else:
            self._children(node, scope)

    def _children(self, node: ast.AST, scope: dict[str, Import | None]) -> None:
        for field in node._fields:
            value = getattr(node, field, None)
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, ast.AST):
                    self.visit(child, scope)

    def _comprehension(self, node: Any, scope: dict[str, Import | None]) -> None:
        inside = {**scope, **dict.fromkeys(stored_names(generator.target for generator in node.generators))}
        # The first iterable is evaluated outside the comprehension.
        self.visit(node.generators[0].iter, scope)
        self._children(node, inside)

    def _cut(self, node: Placed) -> None:
        self.cuts.append((self._module.begin(node), self._module.end(node)))

    def _use(
        self, root: ast.Name, chain: tuple[ast.Attribute, ...], scope: dict[str, Import | None], passed: bool
    ) -> None:
        name = root.id
        if name in scope:
            binding = scope[name]
            if binding is None:
                return
        elif name in self._module.names:
            binding = None
        else:
            self.opaque = self.opaque or name in _OPAQUE
            return
        places = [self._module.begin(root), *(self._module.end(each) - len(each.attr) for each in chain)]
        self.uses.append(Use(name, binding, tuple(each.attr for each in chain), tuple(places), passed))

    def _attribute(self, node: ast.Attribute, scope: dict[str, Import | None], passed: bool) -> None:
        chain: list[ast.Attribute] = []
        base: ast.expr = node
        while isinstance(base, ast.Attribute):
            chain.insert(0, base)
            self.words.add(base.attr)
            base = base.value
        if isinstance(base, ast.Name):
            self._use(base, tuple(chain), scope, passed)
        else:
            self.visit(base, scope)

    def _call(self, node: ast.Call, scope: dict[str, Import | None]) -> None:
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0] if node.args else None
        literal = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
        if called in ("getattr", "hasattr") and isinstance(first, ast.Name) and isinstance(literal, str):
            self._use_literally(first, literal, scope)
            rest: list[ast.expr] = node.args[1:]
        else:
            self.visit(node.func, scope)
            rest = node.args
        # A function of this suite is a name of the module, a local name or an attribute: others are Python's own.
        ours = not called or called in scope or called in self._module.names
        for argument in rest:
            self.visit(argument, scope, passed=ours)
        for keyword in node.keywords:
            if keyword.arg:
                self.words.add(keyword.arg)
            if keyword.arg in _TEXTS and isinstance(keyword.value, ast.Constant):
                self._cut(keyword.value)
                continue
            self.visit(keyword.value, scope, passed=ours and keyword.arg == "tf")

    def _use_literally(self, root: ast.Name, attribute: str, scope: dict[str, Import | None]) -> None:
        before = len(self.uses)
        self._use(root, (), scope, passed=False)
        self.uses[before:] = [
            # The name of a module stays in the text, because no attribute follows it.
            use._replace(attributes=(attribute,), places=(use.places[0], use.places[0]))
            for use in self.uses[before:]
        ]
        self.words.add(attribute)

    def _function(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        outside: dict[str, Import | None],
        around: dict[str, Import | None],
        bound: bool = False,
    ) -> None:
        """Read a function.

        Args:
            node: the function.
            outside: the scope of its decorators and defaults.
            around: the scope of its body, without its own names; the scope of a class is not part of it.
            bound: whether its first argument is the adapter.
        """
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self.visit(default, outside)
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        starred = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
        scope: dict[str, Import | None] = {**around, **dict.fromkeys(each.arg for each in [*every, *starred])}
        for each in every:
            if each.arg == "tf":
                scope[each.arg] = ADAPTER
        for each in [*every, *starred]:
            if each.annotation is not None:
                self.cuts.append((self._module.begin(each) + len(each.arg), self._module.end(each)))
        if isinstance(node, ast.Lambda):
            self.visit(node.body, scope)
            return
        static = False
        for decorator in node.decorator_list:
            static = static or (isinstance(decorator, ast.Name) and decorator.id == "staticmethod")
            self.visit(decorator, outside)
        if bound and every and not static:
            scope[every[0].arg] = ADAPTER
        if node.returns is not None:
            begin = self._module.begin(node.returns)
            self.cuts.append((self._module.source.rindex("->", 0, begin), self._module.end(node.returns)))
        scope.update(dict.fromkeys(bound_names(node.body)))
        for statement in scope_statements(node.body):
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                scope.update(self._module.imports(statement))
            elif isinstance(statement, ast.Global):
                for name in statement.names:
                    scope.pop(name, None)
            elif isinstance(statement, ast.Nonlocal):
                scope.update((name, around[name]) for name in statement.names if name in around)
        for statement in node.body:
            self.visit(statement, scope)

    def _class(self, node: ast.ClassDef, scope: dict[str, Import | None]) -> None:
        for each in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self.visit(each, scope)
        inside = {**scope, **dict.fromkeys(bound_names(node.body))}
        for statement in node.body:
            if isinstance(statement, FUNCTIONS) and statement not in self._without:
                self._function(statement, inside, scope, bound=self._bound)
            else:
                self.visit(statement, inside)

    def _annotated(self, node: ast.AnnAssign, scope: dict[str, Import | None]) -> None:
        self.visit(node.target, scope)
        end = self._module.end(node)
        if node.value is not None:
            self.visit(node.value, scope)
            end = self._module.source.index("=", self._module.end(node.annotation))
        self.cuts.append((self._module.end(node.target), end))


def is_text(node: ast.AST) -> bool:
    """Return whether a statement is a docstring, or sets one."""
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Attribute) and target.attr == "__doc__" for target in node.targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
