"""The law in JavaScript, for the page: translated from the Python of ``estimator_semantics/law``, so that there is one law.

``python -m estimator_semantics.host.translation`` writes templates/law.js; with ``--check`` it only reports whether the file is
out of date.

It translates the Python that the law uses: functions, named tuples with methods and properties, if, for and while,
comprehensions of one loop, integers of any size, strings, tuples, lists and dicts. It refuses everything else. ``and`` and
``or`` give a bool. Constants of a module are written as their values, however they are computed; a function that takes ``**``
only computes constants, and is left out. law_primitives.js holds what Python does differently from JavaScript.

Existing translators do not fit: PScript 0.8, Transcrypt 3.9 and JavaScripThon 0.13 all turn integers into numbers of 53 bits
(2**63 - 1 becomes 2**63), and none knows a NamedTuple. Python itself in the page (Pyodide, MicroPython) is larger than the
page and the records together.
"""

import ast
import importlib
import inspect
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

LAW = "estimator_semantics.law"
TEMPLATES = Path(__file__).parent / "templates"

# Each after the modules that it needs; law_primitives.js replaces primitives.py.
MODULES = [
    "wording",
    "turning_points",
    "schema",
    "refusal",
    "release",
    "plan",
    "bounds",
    "data",
    "fit",
    "prediction",
    "cluster",
    "sentence",
    "cluster_sentence",
    "absent",
    "typed",
    "answer",
]

WIDTH = 116
HEAD = """"use strict";
// The law, from estimator_semantics/law. Written by `python -m estimator_semantics.host.translation`; do not edit it.

const law = (() => {
"""
OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Pow: "**", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "===", ast.IsNot: "!==",
}  # fmt: skip
METHODS = {
    "append": "push", "pop": "pop", "lower": "toLowerCase", "strip": "trim", "split": "split", "replace": "replaceAll",
    "endswith": "endsWith",
}  # fmt: skip
FUNCTIONS = {"str": "String", "tuple": "list"}
TYPES = {"bool": "boolean", "str": "string", "int": "bigint"}
BUILTINS = ["len", "list", "range", "divmod", "min", "max", "sum", "all", "sorted", "int"]


class Untranslatable(Exception):
    """The law uses Python that cannot be translated."""


def translated() -> str:
    """Return the law as JavaScript."""
    return javascript([importlib.import_module(f"{LAW}.{name}") for name in MODULES])


def javascript(modules: Sequence[ModuleType]) -> str:
    """Return modules as JavaScript: an object ``law`` that holds each by its name.

    Args:
        modules: the modules, each after those that it imports.

    Raises:
        Untranslatable: one of them uses Python that cannot be translated.
    """
    parameters = {"sorted": ["values", "reverse"]}
    for value in (value for module in modules for value in vars(module).values()):
        if inspect.isfunction(value):
            parameters[value.__name__] = list(inspect.signature(value).parameters)
        elif inspect.isclass(value) and (fields := getattr(value, "_fields", None)):
            parameters |= {value.__name__: list(fields), **{name: [] for name in vars(value)}}
    primitives = (TEMPLATES / "law_primitives.js").read_text(encoding="utf-8")
    exported: dict[str, list[str]] = {}
    parts = [
        primitives,
        "const law = { InvalidPlan, grouped };",
        *(_Module(each, parameters, exported).written() for each in modules),
    ]
    lines = [f"  {line}".rstrip() for part in (*parts, "return law;") for line in ["", *part.splitlines()]]
    return HEAD + "\n".join(lines[1:]) + "\n})();\n"


class _Module:
    """A module, and its translation: a function of its own, so that no module sees the names of another."""

    def __init__(self, module: ModuleType, parameters: dict[str, list[str]], exported: dict[str, list[str]]) -> None:
        self._module = module
        self._called = module.__name__.rpartition(".")[2]
        self._parameters = parameters
        self._exported = exported

    def written(self) -> str:
        lines: list[str] = []
        names = self._exported.setdefault(self._called, [])
        for node in ast.parse(inspect.getsource(self._module)).body:
            if isinstance(node, ast.ImportFrom):
                lines += self._import(node)
            elif isinstance(node, ast.FunctionDef) and not node.args.kwarg:
                lines += self._function(node, f"function {node.name}")
                names.append(node.name)
            elif isinstance(node, ast.ClassDef) and hasattr(record := getattr(self._module, node.name), "_fields"):
                lines += self._record(node, record)
                names.append(node.name)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                for name in _names(node.target if isinstance(node, ast.AnnAssign) else node.targets[0]):
                    if (value := self._constant(getattr(self._module, name))) and name != "__all__":
                        lines.append(f"const {name} = {value};")
                        names.append(name)
        return "\n".join(
            [f"law.{self._called} = (() => {{", *_indented([*lines, _broken("return { ", names, " };")]), "})();"]
        )

    def _import(self, node: ast.ImportFrom) -> list[str]:
        module = (node.module or "").rpartition(".")[2]
        if node.module == LAW:
            return [f"const {name.name} = law.{name.name};" for name in node.names]
        names = [name.name for name in node.names if name.name in self._exported.get(module, ())]
        return [_broken("const { ", names, f" }} = law.{module};")] if names else []

    def _constant(self, value: Any) -> str:
        """Return a value in JavaScript; an empty string for a value that is not translated, such as a type."""
        if value is None or isinstance(value, bool):
            return "null" if value is None else str(value).lower()
        if isinstance(value, (int, str)):
            return f"{value}n" if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            return _broken("new Map([", [self._constant(pair) for pair in value.items()], "])")
        if isinstance(value, tuple):
            parts = [self._constant(each) for each in value]
            return (
                _broken(f"new {type(value).__name__}(", parts, ")")
                if hasattr(value, "_fields")
                else _broken("[", parts, "]")
            )
        return ""

    def _record(self, node: ast.ClassDef, record: Any) -> list[str]:
        defaults = [f"{name}: {self._constant(value)}" for name, value in record._field_defaults.items()]
        lines = [
            f"static fields = {self._constant(record._fields)};",
            f"{_broken('static defaults = { ', defaults, ' };')}",
        ]
        for each in node.body:
            if isinstance(each, ast.FunctionDef):
                lines += self._function(each, f"get {each.name}" if each.decorator_list else each.name, method=True)
        return [f"class {node.name} extends Record {{", *_indented(lines), "}"]

    def _function(self, node: ast.FunctionDef, head: str, method: bool = False) -> list[str]:
        given = [argument.arg for argument in node.args.args]
        defaults = dict(zip(reversed(given), map(self._expression, reversed(node.args.defaults)), strict=False))
        shown = [f"{name} = {defaults[name]}" if name in defaults else name for name in given[method:]]
        shown += [f"...{node.args.vararg.arg}"] if node.args.vararg else []
        assigned = {name for each in ast.walk(node) for name in _assigned(each)} - set(given)
        local = [f"let {', '.join(sorted(assigned))};"] if assigned else []
        return [f"{head}({', '.join(shown)}) {{", *_indented(local), *self._block(node.body), "}"]

    def _block(self, body: Iterable[ast.stmt]) -> list[str]:
        return _indented(line for statement in body for line in self._statement(statement))

    def _statement(self, node: ast.stmt) -> list[str]:
        match node:
            case ast.Assert() | ast.Expr(value=ast.Constant()):
                return []  # for people and for mypy
            case ast.Return(value=value):
                return [f"return {self._expression(value)};" if value else "return;"]
            case ast.Raise(exc=ast.expr() as raised):
                return [f"throw {self._expression(raised)};"]
            case ast.If(test=test, body=body, orelse=orelse):
                otherwise = ["} else {", *self._block(orelse)] if orelse else []
                return [f"if ({self._condition(test)}) {{", *self._block(body), *otherwise, "}"]
            case ast.For(target=target, iter=values, body=body, orelse=[]):
                return [
                    f"for ({self._expression(target)} of list({self._expression(values)})) {{",
                    *self._block(body),
                    "}",
                ]
            case ast.While(test=test, body=body, orelse=[]):
                return [f"while ({self._condition(test)}) {{", *self._block(body), "}"]
            case ast.Break():
                return ["break;"]
            case ast.Expr(value=value):
                return [f"{self._expression(value)};"]
            case ast.Assign(targets=[target], value=value):
                return [self._assign(target, value)]
            case ast.AugAssign(target=target, op=op, value=value):
                return [self._assign(target, ast.BinOp(left=target, op=op, right=value))]
        raise self._untranslatable(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> str:
        if isinstance(target, ast.Subscript):
            return f"put({self._all([target.value, target.slice, value])});"
        return f"{self._expression(target)} = {self._expression(value)};"

    def _condition(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=op, values=values):
                return f"({(' && ' if isinstance(op, ast.And) else ' || ').join(map(self._condition, values))})"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"!{self._condition(operand)}"
        return self._expression(node) if isinstance(node, ast.Compare) else f"truth({self._expression(node)})"

    def _all(self, nodes: Iterable[ast.expr]) -> str:
        return ", ".join(map(self._expression, nodes))

    def _expression(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return "this" if name == "self" else name
            case ast.Constant(value=value) if constant := self._constant(value):
                return constant
            case ast.Attribute(value=of, attr=name):
                return f"{self._expression(of)}.{name}"
            case ast.Tuple(elts=each) | ast.List(elts=each):
                return _broken("[", map(self._expression, each), "]")
            case ast.Starred(value=value):
                return f"...{self._expression(value)}"
            case ast.Dict(keys=keys, values=values):
                pairs = [f"[{self._all(filter(None, pair))}]" for pair in zip(keys, values, strict=True)]
                return _broken("new Map([", pairs, "])")
            case ast.IfExp(test=test, body=one, orelse=other):
                return f"({self._condition(test)} ? {self._expression(one)} : {self._expression(other)})"
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                return self._condition(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"-{self._expression(operand)}"
            case ast.BinOp(left=left, op=ast.FloorDiv() | ast.Mod() as op, right=right):
                return f"{'mod' if isinstance(op, ast.Mod) else 'floordiv'}({self._all([left, right])})"
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return f"({self._expression(left)} {OPERATORS[type(op)]} {self._expression(right)})"
            case ast.Compare(left=left, ops=ops, comparators=others):
                pairs = [self._compared(*each) for each in zip([left, *others[:-1]], ops, others, strict=True)]
                return pairs[0] if len(pairs) == 1 else f"({' && '.join(pairs)})"
            case ast.Subscript(value=of, slice=ast.Slice(lower=lower, upper=upper, step=None)):
                ends = ", ".join(self._expression(end) if end else "null" for end in (lower, upper))
                return f"slice({self._expression(of)}, {ends})"
            case ast.Subscript(value=of, slice=index):
                return f"at({self._all([of, index])})"
            case ast.ListComp(elt=element, generators=[loop]):
                return self._looped(loop, self._expression(element))
            case ast.DictComp(key=key, value=value, generators=[loop]):
                return f"new Map({self._looped(loop, f'[{self._all([key, value])}]')})"
            case ast.Call(func=ast.Name(id=name)):
                return self._call(node, name)
            case ast.Call(func=ast.Attribute(value=of, attr=name)):
                return self._method(node, of, name)
        raise self._untranslatable(node)

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        one, other = self._expression(left), self._expression(right)
        negated = "!" if isinstance(operator, (ast.NotIn, ast.NotEq)) else ""
        if isinstance(operator, (ast.In, ast.NotIn)):
            return f"{negated}has({other}, {one})"
        if not isinstance(operator, (ast.Eq, ast.NotEq)):
            return f"{one} {OPERATORS[type(operator)]} {other}"
        if isinstance(left, ast.Constant) or isinstance(right, ast.Constant):
            return f"{one} {negated or '='}== {other}"
        return f"{negated}equal({one}, {other})"

    def _looped(self, loop: ast.comprehension, element: str) -> str:
        head = f"({self._expression(loop.target)}) =>"
        chosen = "".join(f".filter({head} {self._condition(each)})" for each in loop.ifs)
        return f"list({self._expression(loop.iter)}){chosen}.map({head} {element})"

    def _call(self, node: ast.Call, name: str) -> str:
        called = getattr(self._module, name, None)
        if name == "getattr":
            return "{}[{}]".format(*map(self._expression, node.args))
        if name == "isinstance":
            value, of = map(self._expression, node.args)
            return (
                f'(typeof {value} === "{TYPES[of]}")'
                if of in TYPES
                else f"isInstance({value}, {'Array' if of == 'tuple' else of})"
            )
        if called is None and name not in (*BUILTINS, *FUNCTIONS):
            raise self._untranslatable(node)
        return _broken(
            f"{'new ' if inspect.isclass(called) else ''}{FUNCTIONS.get(name, name)}(", self._arguments(node, name), ")"
        )

    def _method(self, node: ast.Call, of: ast.expr, name: str) -> str:
        given = self._all(node.args)
        if name == "format" and isinstance(of, ast.Constant) and isinstance(of.value, str):
            first, *texts = of.value.split("{}")
            if len(texts) != len(node.args):
                raise self._untranslatable(node)
            filled = (f"${{{self._expression(each)}}}{text}" for each, text in zip(node.args, texts, strict=True))
            return f"`{first}{''.join(filled)}`"
        if name == "_replace":
            fields = [f"{each.arg}: " if each.arg else "...Object.fromEntries" for each in node.keywords]
            values = [self._expression(each.value) for each in node.keywords]
            written = [
                f"{field}({value})" if field.startswith("...") else field + value
                for field, value in zip(fields, values, strict=True)
            ]
            return _broken(f"{self._expression(of)}._replace({{ ", written, " })")
        if name == "join":
            return f"list({given}).join({self._expression(of)})"
        if name in ("items", "get", "count", "zfill"):
            return f"{name}({self._all([of, *node.args])})"
        if isinstance(of, ast.Name) and inspect.ismodule(getattr(self._module, of.id, None)):
            return _broken(f"{of.id}.{name}(", self._arguments(node, name), ")")
        if name in METHODS or name in self._parameters:
            return f"{self._expression(of)}.{METHODS.get(name, name)}({given})"
        raise self._untranslatable(node)

    def _arguments(self, node: ast.Call, name: str) -> list[str]:
        given = [self._expression(each) for each in node.args]
        named = {each.arg: self._expression(each.value) for each in node.keywords}
        rest = self._parameters[name][len(given) :] if named else []
        last = max((rest.index(each or "**") for each in named), default=-1)
        return [*given, *(named.get(each, "undefined") for each in rest[: last + 1])]

    def _untranslatable(self, node: ast.AST) -> Untranslatable:
        return Untranslatable(
            f"{self._module.__name__}, line {getattr(node, 'lineno', '?')}: {ast.unparse(node)} is not translated"
        )


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Tuple):
        return [name for each in node.elts for name in _names(each)]
    return [node.id] if isinstance(node, ast.Name) else []


def _assigned(node: ast.AST) -> list[str]:
    """Return the names that a statement assigns."""
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, (ast.AugAssign, ast.For))
        else []
    )
    return [name for target in targets for name in _names(target)]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for each in lines for line in each.split("\n")]


def _broken(start: str, parts: Iterable[str], end: str) -> str:
    """Return parts between a start and an end, on one line if it fits, otherwise one part per line."""
    listed = list(parts)
    line = f"{start}{', '.join(listed)}{end}"
    if not listed or (len(line) <= WIDTH and "\n" not in line):
        return line
    return "\n".join([start.rstrip(), *_indented(f"{part}," for part in listed), end.lstrip()])


def main() -> int:
    """Write templates/law.js, or with ``--check`` only check it; exit status 1 if it is out of date."""
    path, text = TEMPLATES / "law.js", translated()
    if sys.argv[1:] != ["--check"]:
        path.write_text(text, "utf-8", newline="\n")
    elif path.read_text(encoding="utf-8") != text:
        print(
            f"{path.name} does not match the law; regenerate it: python -m estimator_semantics.host.translation",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
