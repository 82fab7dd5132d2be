"""Bindings: the names that the statements of a scope bind, and what an import binds a name to."""

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Import(NamedTuple):
    """The target to which an import binds a name.

    Attributes:
        dotted: the parts of its full name.
    """

    dotted: tuple[str, ...]


# The adapter, which a function receives as `tf` and whose members it uses.
ADAPTER = Import(())


def scope_statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt | ast.ExceptHandler]:
    """Yield the statements of a scope, including nested ones, but not those inside functions and classes."""
    for statement in body:
        yield statement
        if not isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            for part in ("body", "orelse", "handlers", "finalbody"):
                inner = getattr(statement, part, None)
                if inner:
                    yield from scope_statements(inner)


def bound_names(body: Iterable[ast.stmt], roots: bool = False) -> set[str]:
    """Return the names that the statements of a scope bind, without imports.

    Args:
        body: the statements.
        roots: whether storing into an object, as in ``name[key] = value``, counts as well.
    """
    names: set[str] = set()
    for statement in scope_statements(body):
        if isinstance(statement, (*FUNCTIONS, ast.ClassDef, ast.ExceptHandler)):
            names.update([statement.name] if statement.name else ())
        elif isinstance(statement, (ast.Assign, ast.Delete)):
            names |= stored_names(statement.targets, roots)
        elif isinstance(statement, (ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
            names |= stored_names([statement.target], roots)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            names |= stored_names([item.optional_vars for item in statement.items if item.optional_vars], roots)
    return names


def stored_names(targets: Iterable[ast.expr], roots: bool = False) -> set[str]:
    """Return the names that these targets store into.

    Args:
        targets: what is assigned, deleted or counted through.
        roots: see `bound_names`.
    """
    names: set[str] = set()
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                names.add(node.id)
            elif roots and isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
                names.update(filter(None, [root_name(node)]))
    return names


def root_name(node: ast.AST) -> str | None:
    """Return the name at the start of attributes and subscripts; None if there are none, or no name."""
    base = node
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        base = base.value
    return base.id if isinstance(base, ast.Name) and base is not node else None
