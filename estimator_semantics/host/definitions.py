"""The definitions of a module: its functions, classes and constants, each with its text and with the names that it uses.

The text is taken from the source, because `ast.unparse` writes the same tree differently on different versions of Python. It
leaves out what does not affect a measurement: comments, docstrings, annotations, imports, blank lines and the width of lines.
"""

import ast
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

# Arguments of calls that hold texts for people: none of these changes a measurement.
_TEXTS = ("help", "label")

# Names that reach any other name of their module.
_OPAQUE = {"globals", "eval", "exec"}

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

# The nodes that have a place in the source.
_Placed: TypeAlias = ast.stmt | ast.expr | ast.arg

_TOKEN = re.compile(
    r"""[ \t\f]+ | \\\n | \#[^\n]* | \n
    | [rRbBuUfF]{0,2} (?: \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
    | \w+ | .""",
    re.DOTALL | re.VERBOSE,
)


class Import(NamedTuple):
    """The target to which an import binds a name.

    Attributes:
        dotted: the parts of its full name.
    """

    dotted: tuple[str, ...]


# The adapter, which a function receives as `tf` and whose members it uses.
ADAPTER = Import(())


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


class Definition:
    """One or more statements that define a name of a module, or a part of a class.

    Attributes:
        module: the module.
        nodes: the statements.
    """

    def __init__(
        self, module: "Module", nodes: list[ast.stmt], without: Iterable[ast.stmt] = (), bound: bool = False
    ) -> None:
        """Create a definition.

        Args:
            module: the module.
            nodes: the statements.
            without: statements inside a class that are not part of its definition.
            bound: whether the methods belong to the adapter, so that ``self`` is the adapter.
        """
        self.module = module
        self.nodes = nodes
        self._without = set(without)
        self._bound = bound

    @functools.cached_property
    def reading(self) -> "_Reader":
        """What the statements use, and which parts of their source are not part of their text."""
        reader = _Reader(self.module, self._without, self._bound)
        for node in self.nodes:
            reader.visit(node, {})
        return reader

    def text(self, cuts: Iterable[tuple[int, int]] = ()) -> str:
        """Return the text, one token after another.

        Args:
            cuts: further parts of the source to leave out, each from one place to another.
        """
        all_cuts = sorted([*self.reading.cuts, *cuts])
        return "\n".join(self._text_of(node, all_cuts) for node in self.nodes)

    def _text_of(self, node: ast.stmt, cuts: list[tuple[int, int]]) -> str:
        at, end = self.module.begin(node), self.module.end(node)
        kept = []
        for first, last in cuts:
            if at <= first < end:
                kept.append(self.module.source[at:first])
            if at < last <= end:
                at = last
        return _joined("".join([*kept, self.module.source[at:end]]), node.col_offset)


class Module:
    """A module's source, as definitions.

    Attributes:
        source: the source.
        names: what defines or imports each name of the module.
        nameless: the statements that define no name, such as calls: an import runs them.
        stars: the modules of which the module imports all names.
    """

    def __init__(self, source: str, package: tuple[str, ...]) -> None:
        """Create a module.

        Args:
            source: the source.
            package: the package it belongs to, for relative imports.
        """
        self.source = source
        self.names: dict[str, list[Definition | Import]] = {}
        self.nameless: list[Definition] = []
        self.stars: list[Import] = []
        self._package = package
        self._lines = source.split("\n")
        self._begins = [0]
        for line in self._lines:
            self._begins.append(self._begins[-1] + len(line) + 1)
        self._ascii = source.isascii()
        self._define(ast.parse(source).body)

    def place(self, line: int, column: int) -> int:
        """Return the position in the source of a place in the syntax tree, whose columns count bytes."""
        if not self._ascii:
            column = len(self._lines[line - 1].encode()[:column].decode())
        return self._begins[line - 1] + column

    def begin(self, node: _Placed) -> int:
        """Return where a node begins, decorators included."""
        decorators = getattr(node, "decorator_list", ())
        first: _Placed = decorators[0] if decorators else node
        return self.place(first.lineno, first.col_offset)

    def end(self, node: _Placed) -> int:
        """Return where a node ends."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self.place(node.end_lineno, node.end_col_offset)

    def imports(self, node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Import]]:
        """Yield each name that an import binds, and what it binds it to."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = tuple(alias.name.split("."))
                yield (alias.asname, Import(parts)) if alias.asname else (parts[0], Import(parts[:1]))
            return
        base = self._package[: len(self._package) - node.level + 1] if node.level else ()
        base += tuple(node.module.split(".")) if node.module else ()
        for alias in node.names:
            yield alias.asname or alias.name, Import((*base, alias.name))

    def texts(self) -> tuple[str, ...]:
        """Return the texts of all definitions, in an order that does not depend on theirs."""
        named = [each for found in self.names.values() for each in found if isinstance(each, Definition)]
        return tuple(sorted(each.text() for each in [*self.nameless, *named]))

    def _define(self, statements: list[ast.stmt]) -> None:
        named = [(node, _bound([node], roots=True)) for node in statements if not _is_text(node)]
        defined = set().union(*(names for _, names in named))
        defining: dict[str, list[ast.stmt]] = {}
        for node, names in named:
            for inner in _statements([node]):
                if isinstance(inner, (ast.Import, ast.ImportFrom)):
                    self._bind(inner)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                # Such a call may change what a name of this module stands for: PLANS.update(...).
                names = names | (defined & {_root(node.value.func)})
            for name in names:
                defining.setdefault(name, []).append(node)
            if not names and not isinstance(node, (ast.Import, ast.ImportFrom)):
                self.nameless.append(Definition(self, [node]))
        for name, nodes in defining.items():
            self.names.setdefault(name, []).append(Definition(self, nodes))

    def _bind(self, node: ast.Import | ast.ImportFrom) -> None:
        for name, imported in self.imports(node):
            if name == "*":
                self.stars.append(Import(imported.dotted[:-1]))
            else:
                self.names.setdefault(name, []).append(imported)


@functools.cache
def of_source(source: str, package: tuple[str, ...] = ()) -> Module:
    """Return the definitions of a module.

    Args:
        source: its source.
        package: the package it belongs to, for relative imports.
    """
    return Module(source, package)


_Split: TypeAlias = tuple[Definition, Mapping[str, Definition]]


@functools.cache
def fields(definition: Definition) -> _Split:
    """Return a named tuple without the fields that have a default, and those fields by name.

    Args:
        definition: its class.
    """
    return _split(definition, lambda each: isinstance(each, ast.AnnAssign) and each.value is not None, bound=False)


@functools.cache
def members(definition: Definition) -> _Split:
    """Return the adapter without its members, and the members by name.

    Methods that Python calls, like ``__getattr__``, do not count.

    Args:
        definition: its class.
    """
    return _split(definition, lambda each: isinstance(each, (*_FUNCTIONS, ast.Assign, ast.AnnAssign)), bound=True)


def _split(definition: Definition, apart: Callable[[ast.stmt], bool], bound: bool) -> _Split:
    (node,) = definition.nodes
    assert isinstance(node, ast.ClassDef)
    parts: dict[str, list[ast.stmt]] = {}
    for statement in node.body:
        names = _bound([statement]) if apart(statement) else set()
        if len(names) == 1 and not min(names).startswith("__"):
            parts.setdefault(min(names), []).append(statement)
    rest = Definition(definition.module, [node], [each for nodes in parts.values() for each in nodes], bound)
    return rest, {name: Definition(definition.module, nodes, bound=bound) for name, nodes in parts.items()}


class _Reader:
    """Reads what statements use.

    Attributes:
        uses: the names of the module, imports and members of the adapter that they use.
        words: all attributes, keywords and strings.
        strings: where each string is.
        cuts: the parts of the source that are not part of their text, each from one place to another.
        opaque: whether they may use any name of the module.
    """

    def __init__(self, module: Module, without: set[ast.stmt], bound: bool) -> None:
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
        elif isinstance(node, ast.stmt) and (node in self._without or _is_text(node)):
            self._cut(node)
        elif isinstance(node, _FUNCTIONS):
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
        inside = {**scope, **dict.fromkeys(_stored(generator.target for generator in node.generators))}
        # The first iterable is evaluated outside the comprehension.
        self.visit(node.generators[0].iter, scope)
        self._children(node, inside)

    def _cut(self, node: _Placed) -> None:
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
        scope.update(dict.fromkeys(_bound(node.body)))
        for statement in _statements(node.body):
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
        inside = {**scope, **dict.fromkeys(_bound(node.body))}
        for statement in node.body:
            if isinstance(statement, _FUNCTIONS) and statement not in self._without:
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


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt | ast.ExceptHandler]:
    """Yield the statements of a scope, including nested ones, but not those inside functions and classes."""
    for statement in body:
        yield statement
        if not isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            for part in ("body", "orelse", "handlers", "finalbody"):
                inner = getattr(statement, part, None)
                if inner:
                    yield from _statements(inner)


def _bound(body: Iterable[ast.stmt], roots: bool = False) -> set[str]:
    """Return the names that the statements of a scope bind, without imports.

    Args:
        body: the statements.
        roots: whether storing into an object, as in ``name[key] = value``, counts as well.
    """
    found: set[str] = set()
    for statement in _statements(body):
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef, ast.ExceptHandler)):
            found.update([statement.name] if statement.name else ())
        elif isinstance(statement, (ast.Assign, ast.Delete)):
            found |= _stored(statement.targets, roots)
        elif isinstance(statement, (ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
            found |= _stored([statement.target], roots)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            found |= _stored([item.optional_vars for item in statement.items if item.optional_vars], roots)
    return found


def _stored(targets: Iterable[ast.expr], roots: bool = False) -> set[str]:
    found: set[str] = set()
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif roots and isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
                found.update(filter(None, [_root(node)]))
    return found


def _root(node: ast.AST) -> str | None:
    """Return the name at the start of attributes and subscripts; None if there are none, or no name."""
    base = node
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        base = base.value
    return base.id if isinstance(base, ast.Name) and base is not node else None


def _is_text(node: ast.AST) -> bool:
    """Return whether a statement is a docstring, or sets one."""
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Attribute) and target.attr == "__doc__" for target in node.targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _joined(text: str, indentation: int) -> str:
    """Return the tokens of a text, without comments and layout.

    Args:
        text: the text; its first line begins at the first token.
        indentation: how far its other lines are indented more than they would be at the top level.
    """
    found: list[str] = []
    depth, blank, width = 0, True, indentation
    for token in _TOKEN.findall(text):
        first = token[0]
        if first == "\n":
            if depth == 0:
                blank, width = True, 0
        elif first in " \t\f":
            if blank:
                width = len(token)
        elif first not in "\\#":
            if blank:
                found.append(f"\n{width - indentation}")
                blank = False
            if first in "([{":
                depth += 1
            elif first in ")]}":
                depth = max(0, depth - 1)
            found.append(token)
    return "\0".join(found)
