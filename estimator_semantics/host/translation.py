"""The law in JavaScript, for the page: translated from the Python of ``estimator_semantics/law``, so that there is one law.

``python -m estimator_semantics.host.translation`` writes templates/law.js anew; ``--check`` says whether it would differ.

It takes the part of Python that the law is written in, and refuses the rest: functions, and named tuples with methods and properties;
if, for, while; whole numbers of any size, texts, tuples, lists and dicts; comprehensions of one loop. A constant of a module is written
down by its value, so that it may be made in any way. What Python does otherwise than JavaScript is in law_primitives.js.

Why not a translator that there is: PScript 0.8, Transcrypt 3.9 and JavaScripThon 0.13 all make numbers of 53 bits of whole numbers
(2**63 - 1 becomes 2**63), and none knows a NamedTuple; Transcrypt brings 69 kB to run on as well. Python itself in the page (Pyodide,
MicroPython) is a file that is larger than the page and all its records.
"""

import ast
import importlib
import inspect
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LAW = "estimator_semantics.law"
TEMPLATES = Path(__file__).parent / "templates"

# In the order in which they need one another.
MODULES = (
    "wording", "turns", "schema", "refusal", "release", "plan", "bounds", "data", "fit", "prediction", "cluster", "sentence",
    "cluster_sentence", "absent", "typed", "answer",
)  # fmt: skip

WIDTH = 116

# Of these JavaScript has its own.
_BY_HAND = ("primitives",)

_HEAD = '''"use strict";
// The law, from estimator_semantics/law. Written by `python -m estimator_semantics.host.translation`; do not edit it.

const law = (() => {
'''
_OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Pow: "**",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "===", ast.IsNot: "!==",
}  # fmt: skip
_METHODS = {
    "append": "push", "pop": "pop", "lower": "toLowerCase", "strip": "trim", "split": "split", "replace": "replaceAll",
    "endswith": "endsWith",
}  # fmt: skip
_FUNCTIONS = ("items", "get", "count")
_TYPES = {"bool": "boolean", "str": "string", "int": "bigint"}
_BUILTINS = ("len", "list", "range", "divmod", "min", "max", "sum", "all", "sorted", "int")
_RESERVED = {"case", "class", "const", "default", "delete", "function", "in", "new", "switch", "this", "typeof", "var", "void", "with"}


class Untranslatable(Exception):
    """The law uses what is not translated."""


def translated() -> str:
    """Return the law as JavaScript."""
    modules = [importlib.import_module(f"{LAW}.{name}") for name in MODULES]
    signatures = _signatures(modules)
    parts = [_indented((TEMPLATES / "law_primitives.js").read_text(encoding="utf-8").rstrip())]
    parts += ["  const law = { InvalidPlan, grouped };\n"]
    parts += [_indented(_Module(module, signatures).written()) for module in modules]
    return f"{_HEAD}{chr(10).join(parts)}\n  return law;\n}})();\n"


def _signatures(modules: Iterable[Any]) -> dict[str, list[str]]:
    """Returns the parameters of each function and each named tuple, for what is given by name."""
    found: dict[str, list[str]] = {"sorted": ["values", "reverse"]}
    for module in modules:
        for name, value in vars(module).items():
            if inspect.isclass(value) and hasattr(value, "_fields"):
                found[name] = list(value._fields)
                found.update({method: [] for method, each in vars(value).items() if inspect.isfunction(each)})
            elif inspect.isfunction(value):
                found[name] = list(inspect.signature(value).parameters)
    return found


def _indented(text: str) -> str:
    return "".join(f"  {line}".rstrip() + "\n" for line in text.splitlines())


class _Module:
    """A module, and its translation: a function of its own, so that names of one module are none of another."""

    def __init__(self, module: Any, signatures: dict[str, list[str]]) -> None:
        self._module = module
        self._name = module.__name__.rpartition(".")[2]
        self._signatures = signatures
        self._tree = ast.parse(inspect.getsource(module))

    def written(self) -> str:
        lines, names = [], []
        for node in self._tree.body:
            if isinstance(node, ast.ImportFrom):
                lines += self._import(node)
            elif isinstance(node, ast.FunctionDef) and not node.args.kwarg:  # one with makes constants
                lines += self._function(node, f"function {node.name}")
                names.append(node.name)
            elif isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in node.bases):
                lines += self._record(node)
                names.append(node.name)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                for name in _names(node.targets[0] if isinstance(node, ast.Assign) else node.target):
                    if name.startswith("__") or not self._is_plain(value := getattr(self._module, name)):
                        continue  # of no use at run time: a type, or what only Python reads
                    lines.append(f"const {name} = {self._constant(value)};")
                    names.append(name)
        body = "".join(f"  {line}\n" for line in lines)
        return f"// {self._name}.py\nlaw.{self._name} = (() => {{\n{body}  return {{ {', '.join(names)} }};\n}})();"

    def _import(self, node: ast.ImportFrom) -> list[str]:
        package, _, module = (node.module or "").rpartition(".")
        if node.module == LAW:
            return [f"const {name.name} = law.{name.name};" for name in node.names]
        if package != LAW or module in _BY_HAND:
            return []
        names = [name.name for name in node.names if self._is_there(module, name.name)]
        return [f"const {{ {', '.join(names)} }} = law.{module};"] if names else []

    def _is_there(self, module: str, name: str) -> bool:
        value = getattr(importlib.import_module(f"{LAW}.{module}"), name)
        return name != "InvalidPlan" and (inspect.isclass(value) or inspect.isfunction(value) or self._is_plain(value))

    def _is_plain(self, value: Any) -> bool:
        if isinstance(value, (tuple, list)):
            return all(map(self._is_plain, value))
        if isinstance(value, dict):
            return all(map(self._is_plain, (*value.keys(), *value.values())))
        return value is None or isinstance(value, (bool, int, str))

    def _constant(self, value: Any) -> str:
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, int):
            return f"{value}n"
        if isinstance(value, str):
            return _text(value)
        if hasattr(value, "_fields"):
            return f"new {type(value).__name__}({', '.join(map(self._constant, value))})"
        if isinstance(value, dict):
            pairs = [f"[{self._constant(key)}, {self._constant(each)}]" for key, each in value.items()]
            return _broken("new Map([", pairs, "])")
        return _broken("[", [self._constant(each) for each in value], "]")

    def _record(self, node: ast.ClassDef) -> list[str]:
        record = getattr(self._module, node.name)
        defaults = ", ".join(f"{name}: {self._constant(value)}" for name, value in record._field_defaults.items())
        lines = [f"class {node.name} extends Record {{", f"  static fields = {self._constant(record._fields)};"]
        lines.append(f"  static defaults = {{ {defaults} }};" if defaults else "  static defaults = {};")
        for each in node.body:
            if isinstance(each, ast.FunctionDef):
                get = "get " if each.decorator_list else ""
                lines += [f"  {line}" for line in self._function(each, f"{get}{each.name}", skip=1)]
        return [*lines, "}"]

    def _function(self, node: ast.FunctionDef, head: str, skip: int = 0) -> list[str]:
        given = node.args
        parameters = [argument.arg for argument in given.args]
        defaults = dict(zip(reversed(parameters), map(self._expression, reversed(given.defaults))))
        shown = [name + (f" = {defaults[name]}" if name in defaults else "") for name in parameters[skip:]]
        shown += [f"...{given.vararg.arg}"] if given.vararg else []
        assigned = {name for each in ast.walk(node) for target in _targets(each) for name in _names(target)} - set(parameters)
        local = [f"  let {', '.join(sorted(assigned))};"] if assigned else []
        for name in (*assigned, *parameters):
            if name in _RESERVED:
                raise Untranslatable(f"{self._name}.py, line {node.lineno}: {name} is a word of JavaScript")
        return [f"{head}({', '.join(shown)}) {{", *local, *self._block(node.body), "}"]

    def _block(self, body: Iterable[ast.stmt]) -> list[str]:
        return [f"  {line}" for statement in body for line in self._statement(statement)]

    def _statement(self, node: ast.stmt) -> list[str]:
        if isinstance(node, (ast.Assert, ast.Pass)) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return []  # for people and for mypy
        if isinstance(node, ast.Return):
            return [f"return {self._expression(node.value) if node.value else ''}".rstrip() + ";"]
        if isinstance(node, ast.Raise) and node.exc:
            return [f"throw {self._expression(node.exc)};"]
        if isinstance(node, ast.If):
            lines = [f"if ({self._condition(node.test)}) {{", *self._block(node.body), "}"]
            return [*lines[:-1], "} else {", *self._block(node.orelse), "}"] if node.orelse else lines
        if isinstance(node, ast.For) and not node.orelse:
            head = f"for ({self._target(node.target)} of list({self._expression(node.iter)})) {{"
            return [head, *self._block(node.body), "}"]
        if isinstance(node, ast.While) and not node.orelse:
            return [f"while ({self._condition(node.test)}) {{", *self._block(node.body), "}"]
        if isinstance(node, ast.Break):
            return ["break;"]
        if isinstance(node, ast.Expr):
            return [f"{self._expression(node.value)};"]
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return [self._assigned(node.targets[0], self._expression(node.value))]
        if isinstance(node, ast.AugAssign):
            value = ast.BinOp(left=node.target, op=node.op, right=node.value)
            return [self._assigned(node.target, self._expression(value))]
        raise self._untranslatable(node)

    def _assigned(self, target: ast.expr, value: str) -> str:
        if isinstance(target, ast.Subscript):
            return f"put({self._expression(target.value)}, {self._expression(target.slice)}, {value});"
        return f"{self._target(target)} = {value};"

    def _target(self, node: ast.expr) -> str:
        if isinstance(node, ast.Tuple):
            return f"[{', '.join(map(self._target, node.elts))}]"
        if isinstance(node, ast.Name):
            return node.id
        raise self._untranslatable(node)

    def _condition(self, node: ast.expr) -> str:
        if isinstance(node, ast.BoolOp):
            link = " && " if isinstance(node.op, ast.And) else " || "
            return f"({link.join(map(self._condition, node.values))})"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self._condition(node.operand)}"
        return self._expression(node) if isinstance(node, ast.Compare) else f"truth({self._expression(node)})"

    def _expression(self, node: ast.expr) -> str:
        write = getattr(self, f"_write_{type(node).__name__}", None)
        if write is None:
            raise self._untranslatable(node)
        return write(node)

    def _all(self, nodes: Iterable[ast.expr]) -> str:
        return ", ".join(map(self._expression, nodes))

    def _write_Name(self, node: ast.Name) -> str:
        return "this" if node.id == "self" else node.id

    def _write_Constant(self, node: ast.Constant) -> str:
        return self._constant(node.value)

    def _write_Attribute(self, node: ast.Attribute) -> str:
        return f"{self._expression(node.value)}.{node.attr}"

    def _write_Tuple(self, node: ast.Tuple | ast.List) -> str:
        return _broken("[", [self._expression(each) for each in node.elts], "]")

    _write_List = _write_Tuple

    def _write_Starred(self, node: ast.Starred) -> str:
        return f"...{self._expression(node.value)}"

    def _write_Dict(self, node: ast.Dict) -> str:
        pairs = [f"[{self._all((key, value))}]" for key, value in zip(node.keys, node.values) if key]
        return _broken("new Map([", pairs, "])")

    def _write_IfExp(self, node: ast.IfExp) -> str:
        return f"({self._condition(node.test)} ? {self._expression(node.body)} : {self._expression(node.orelse)})"

    def _write_UnaryOp(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.USub):
            return f"-{self._expression(node.operand)}"
        return self._condition(node)

    def _write_BoolOp(self, node: ast.BoolOp) -> str:
        if all(isinstance(each, (ast.Compare, ast.UnaryOp)) for each in node.values):
            return self._condition(node)
        name = "and" if isinstance(node.op, ast.And) else "or"
        *firsts, last = map(self._expression, node.values)
        for first in reversed(firsts):
            last = f"{name}({first}, () => {last})"
        return last

    def _write_BinOp(self, node: ast.BinOp) -> str:
        left, right = self._expression(node.left), self._expression(node.right)
        if isinstance(node.op, (ast.FloorDiv, ast.Mod)):
            return f"{'floordiv' if isinstance(node.op, ast.FloorDiv) else 'mod'}({left}, {right})"
        return f"({left} {self._operator(node.op, node)} {right})"

    def _write_Compare(self, node: ast.Compare) -> str:
        operands = [node.left, *node.comparators]
        pairs = [self._compared(*pair, node) for pair in zip(operands, node.ops, operands[1:])]
        return pairs[0] if len(pairs) == 1 else f"({' && '.join(pairs)})"

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr, node: ast.expr) -> str:
        one, other = self._expression(left), self._expression(right)
        if isinstance(operator, (ast.In, ast.NotIn)):
            return f"{'!' if isinstance(operator, ast.NotIn) else ''}has({other}, {one})"
        if isinstance(operator, (ast.Eq, ast.NotEq)):
            sign = "!" if isinstance(operator, ast.NotEq) else "="
            if isinstance(left, ast.Constant) or isinstance(right, ast.Constant):
                return f"{one} {sign}== {other}"
            return f"{'!' if sign == '!' else ''}equal({one}, {other})"
        return f"{one} {self._operator(operator, node)} {other}"

    def _operator(self, operator: ast.AST, node: ast.expr) -> str:
        if type(operator) not in _OPERATORS:
            raise self._untranslatable(node)
        return _OPERATORS[type(operator)]

    def _write_Subscript(self, node: ast.Subscript) -> str:
        if isinstance(node.slice, ast.Slice):
            ends = [self._expression(end) if end else "null" for end in (node.slice.lower, node.slice.upper)]
            return f"slice({self._expression(node.value)}, {', '.join(ends)})"
        return f"at({self._all((node.value, node.slice))})"

    def _write_ListComp(self, node: ast.ListComp) -> str:
        return self._looped(node, self._expression(node.elt))

    def _write_DictComp(self, node: ast.DictComp) -> str:
        return f"new Map({self._looped(node, f'[{self._all((node.key, node.value))}]')})"

    def _looped(self, node: ast.ListComp | ast.DictComp, element: str) -> str:
        (loop,) = node.generators
        head = f"({self._target(loop.target)}) =>"
        chosen = "".join(f".filter({head} {self._condition(each)})" for each in loop.ifs)
        return f"list({self._expression(loop.iter)}){chosen}.map({head} {element})"

    def _write_Call(self, node: ast.Call) -> str:
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func)
        if not isinstance(node.func, ast.Name):
            raise self._untranslatable(node)
        name = node.func.id
        if name in ("str", "tuple"):
            return f"{'String' if name == 'str' else 'list'}({self._all(node.args)})"
        if name == "getattr":
            return f"{self._expression(node.args[0])}[{self._expression(node.args[1])}]"
        if name == "isinstance":
            value, of = map(self._expression, node.args)
            if of in _TYPES:
                return f'(typeof {value} === "{_TYPES[of]}")'
            return f"Array.isArray({value})" if of == "tuple" else f"({value} instanceof {of})"
        called = getattr(self._module, name, None)
        if called is None and name not in _BUILTINS:
            raise self._untranslatable(node)
        return f"{'new ' if inspect.isclass(called) else ''}{name}({self._arguments(node, name)})"

    def _method(self, node: ast.Call, function: ast.Attribute) -> str:
        of, name, given = function.value, function.attr, node.args
        if name == "format" and isinstance(of, ast.Constant):
            texts = [text.replace("`", "\\`").replace("$", "\\$") for text in of.value.split("{}")]
            values = [f"${{{self._expression(value)}}}" for value in given]
            if len(texts) != len(values) + 1 or any(brace in text for text in texts for brace in "{}"):
                raise self._untranslatable(node)
            return f"`{''.join(part for pair in zip(texts, [*values, '']) for part in pair)}`"
        if name == "_replace":
            fields = [f"{each.arg}: {self._expression(each.value)}" for each in node.keywords if each.arg]
            fields += [f"...Object.fromEntries({self._expression(each.value)})" for each in node.keywords if not each.arg]
            return f"{self._expression(of)}._replace({{ {', '.join(fields)} }})"
        if name == "join":
            return f"list({self._all(given)}).join({self._expression(of)})"
        if name == "zfill":
            return f'{self._expression(of)}.padStart(Number({self._all(given)}), "0")'
        if name in _FUNCTIONS:
            return f"{name}({self._all((of, *given))})"
        if isinstance(of, ast.Name) and inspect.ismodule(getattr(self._module, of.id, None)):
            return f"{of.id}.{name}({self._arguments(node, name)})"
        if name in _METHODS:
            return f"{self._expression(of)}.{_METHODS[name]}({self._all(given)})"
        if name not in self._signatures or node.keywords:
            raise self._untranslatable(node)
        return f"{self._expression(of)}.{name}({self._all(given)})"

    def _arguments(self, node: ast.Call, name: str) -> str:
        given = [self._expression(each) for each in node.args]
        named = {each.arg: self._expression(each.value) for each in node.keywords}
        if named:
            if name not in self._signatures or None in named:
                raise self._untranslatable(node)
            rest = self._signatures[name][len(given) :]
            last = max(rest.index(each) for each in named)
            given += [named.get(each, "undefined") for each in rest[: last + 1]]
        return ", ".join(given)

    def _untranslatable(self, node: ast.AST) -> Untranslatable:
        return Untranslatable(f"{self._module.__name__}, line {getattr(node, 'lineno', '?')}: {ast.unparse(node)} is not translated")


def _names(node: ast.expr) -> list[str]:
    """Returns the names that an assignment gives a value."""
    if isinstance(node, ast.Tuple):
        return [name for each in node.elts for name in _names(each)]
    return [node.id] if isinstance(node, ast.Name) else []


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, (ast.AugAssign, ast.For)) else []


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _broken(start: str, parts: list[str], end: str) -> str:
    """Returns parts between a start and an end on one line, or where that is too long on one each."""
    line = f"{start}{', '.join(parts)}{end}"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    return "\n".join((start, *(f"  {part},".replace("\n", "\n  ") for part in parts), end))


def main() -> int:
    """Write templates/law.js, or with ``--check`` say whether it would differ: exit status 1."""
    path, text = TEMPLATES / "law.js", translated()
    if sys.argv[1:] == ["--check"]:
        if path.read_text(encoding="utf-8") == text:
            return 0
        print(f"{path.name} is not what the law says; write it anew: python -m estimator_semantics.host.translation", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
