"""A revision: short hash of the code that measures. What two revisions measured is not compared.

Text that measures nothing does not count: comments, docstrings, blank lines, and what an experiment claims and expects.
So a sentence can be made better, or an expectation corrected, and what was measured stays what it was.
"""

import ast
import functools
import hashlib
import io
import tokenize
from pathlib import Path

# The parts of an experiment that what it measures does not depend on.
SAID = {"CLAIM", "FOUND", "SOURCE", "EXPECTED", "CHANGES", "INSTEAD", "SLOW", "NEEDS"}

# What a revision measures is what these earlier ones measured, where a change did not touch it. To be written down here only
# where both were measured and agreed, if on some releases only, or where the change is in what is said alone.
SAME_AS: dict[str, tuple[str, ...]] = {}

# What experiments may be about, beside TensorFlow: folders of the package that are of use without them.
SUBJECTS = ("faster", "stop_reason")

# The adapter only says where a name lives: a wrong one fails aloud.
NOT_MEASURING = {"adapter", "experiment"}


def holds(measured: str, now: str) -> bool:
    """Says whether what one revision measured holds for another.

    Args:
        measured: the revision of a result.
        now: the revision of the experiment as it is.
    """
    return measured == now or measured in SAME_AS.get(now, ())


def of_experiment(path: Path, probe: Path) -> str:
    """Returns the revision of an experiment: of its module, of the watch, and of every instrument that it imports.

    One that is about a folder of this package (`SUBJECTS`) depends on all of that as well.

    Args:
        path: the experiment's module.
        probe: the folder of the probe side, where the instruments are.
    """
    instruments = _with_instruments(path, probe, {})
    # The watch of a fit takes the place of the watch of an Estimator.
    if probe / "fit_watch.py" not in instruments:
        instruments = _with_instruments(path, probe, {probe / "watch.py": None})
    for subject in _subjects(path.read_text("utf-8")):
        instruments.update(dict.fromkeys(sorted((probe.parent / subject).glob("*.py"))))
    return _hash(instruments)


def of_folder(folder: Path) -> str:
    """Returns the revision of all modules of a folder together."""
    return _hash(dict.fromkeys(sorted(folder.glob("*.py"))))


def _hash(paths: dict[Path, None]) -> str:
    hashed = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        hashed.update(path.name.encode() + b"\0" + measuring_code(path.read_text("utf-8")).encode() + b"\0")
    return hashed.hexdigest()[:12]


def _with_instruments(path: Path, probe: Path, found: dict[Path, None]) -> dict[Path, None]:
    waiting = [path, *found]
    seen: dict[Path, None] = {}
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen[module] = None
        names = _of_probe(module.read_text("utf-8"))
        instruments = (probe / f"{name}.py" for name in names if name not in NOT_MEASURING)
        waiting += [instrument for instrument in instruments if instrument.is_file()]
    return seen


def _subjects(source: str) -> list[str]:
    """Returns which of `SUBJECTS` a module imports."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            imported.update(f"{node.module}.{name}." for name in ["", *(alias.name for alias in node.names)])
    return [subject for subject in SUBJECTS if any(name.startswith(f"estimator_semantics.{subject}.") for name in imported)]


# Experiments share their instruments: each of these is looked at once.
@functools.cache
def _of_probe(source: str) -> tuple[str, ...]:
    """Returns the names of all that a module imports from the probe side, modules among them."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("estimator_semantics.probe"):
            names += [node.module.rpartition(".")[2], *(alias.name for alias in node.names)]
    return tuple(names)


@functools.cache
def measuring_code(source: str) -> str:
    """Returns a module's source without what measures nothing.

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
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
    return isinstance(statement, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id in SAID for target in statement.targets
    )
