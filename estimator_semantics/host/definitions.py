"""The definitions of a module: its functions, classes and constants, each with its text and with the names that it uses.

The text is taken from the source, because `ast.unparse` writes the same tree differently on different versions of Python. It
leaves out what does not affect a measurement: comments, docstrings, annotations, imports, blank lines and the width of lines.
"""

import ast
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from estimator_semantics.host.bindings import FUNCTIONS, Import, bound_names, root_name, scope_statements
from estimator_semantics.host.uses import Placed, Reader, is_text

# The nodes that have a place in the source.
_Placed: TypeAlias = ast.stmt | ast.expr | ast.arg

_TOKEN = re.compile(
    r"""[ \t\f]+ | \\\n | \#[^\n]* | \n
    | [rRbBuUfF]{0,2} (?: \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
    | \w+ | .""",
    re.DOTALL | re.VERBOSE,
)


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
    def reading(self) -> "Reader":
        """What the statements use, and which parts of their source are not part of their text."""
        reader = Reader(self.module, self._without, self._bound)
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

    def begin(self, node: Placed) -> int:
        """Return where a node begins, decorators included."""
        decorators = getattr(node, "decorator_list", ())
        first: Placed = decorators[0] if decorators else node
        return self.place(first.lineno, first.col_offset)

    def end(self, node: Placed) -> int:
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
        named = [each for defining in self.names.values() for each in defining if isinstance(each, Definition)]
        return tuple(sorted(each.text() for each in [*self.nameless, *named]))

    def _define(self, statements: list[ast.stmt]) -> None:
        named = [(node, bound_names([node], roots=True)) for node in statements if not is_text(node)]
        defined = set().union(*(names for _, names in named))
        defining: dict[str, list[ast.stmt]] = {}
        for node, names in named:
            for inner in scope_statements([node]):
                if isinstance(inner, (ast.Import, ast.ImportFrom)):
                    self._bind(inner)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                # Such a call may change what a name of this module stands for: PLANS.update(...).
                names = names | (defined & {root_name(node.value.func)})
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
    return _split(definition, lambda each: isinstance(each, (*FUNCTIONS, ast.Assign, ast.AnnAssign)), bound=True)


def _split(definition: Definition, apart: Callable[[ast.stmt], bool], bound: bool) -> _Split:
    (node,) = definition.nodes
    assert isinstance(node, ast.ClassDef)
    parts: dict[str, list[ast.stmt]] = {}
    for statement in node.body:
        names = bound_names([statement]) if apart(statement) else set()
        if len(names) == 1 and not min(names).startswith("__"):
            parts.setdefault(min(names), []).append(statement)
    rest = Definition(definition.module, [node], [each for nodes in parts.values() for each in nodes], bound)
    return rest, {name: Definition(definition.module, nodes, bound=bound) for name, nodes in parts.items()}


def _joined(text: str, indentation: int) -> str:
    """Return the tokens of a text, without comments and layout.

    Args:
        text: the text; its first line begins at the first token.
        indentation: how far its other lines are indented more than they would be at the top level.
    """
    tokens: list[str] = []
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
                tokens.append(f"\n{width - indentation}")
                blank = False
            if first in "([{":
                depth += 1
            elif first in ")]}":
                depth = max(0, depth - 1)
            tokens.append(token)
    return "\0".join(tokens)
