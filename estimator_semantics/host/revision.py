"""A revision: a short hash of the code that measures. What two revisions measured is not compared.

The revision of an experiment covers each definition (function, class, constant) that its measurement depends on, and nothing
else of the modules that hold them. So a new instrument, or a new function beside the ones in use, makes no record stale.
Neither do docstrings and comments, what an experiment claims and expects, and the names of modules.
"""

import ast
import functools
import hashlib
import io
import tokenize
from pathlib import Path

from estimator_semantics.host.reach import Code

__all__ = ["Code", "of_folder"]


def of_folder(folder: Path) -> str:
    """Return the revision of all modules of a folder together.

    Args:
        folder: the folder.
    """
    hashed = hashlib.sha256()
    for path in sorted(folder.glob("*.py"), key=lambda path: path.name):
        hashed.update(path.name.encode() + b"\0" + measuring_code(path.read_text("utf-8")).encode() + b"\0")
    return hashed.hexdigest()[:12]


@functools.cache
def measuring_code(source: str) -> str:
    """Return a module's source without comments, docstrings and blank lines.

    Args:
        source: the whole source.
    """
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if _is_text(statement):
                # The keyword is kept, for a body that is a docstring alone.
                lines[statement.lineno - 1 : statement.end_lineno] = [""] * (
                    statement.end_lineno - statement.lineno + 1
                )
    without_text = "\n".join(lines) + "\n"
    comments = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.start[1]
    kept = [line[: comments.get(number)] for number, line in enumerate(without_text.splitlines(), start=1)]
    return "\n".join(line.rstrip() for line in kept if line.strip())


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
