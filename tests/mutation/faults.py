"""The faults that are put into a module, one at a time: comparisons, arithmetic, constants, conditions, calls, answers.

A fault lies in a function, method or module-level table. Sentences for people (Chinese) and docstrings are left alone:
which words somebody reads is no rule.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SWAPPED: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitXor: ast.BitAnd,
}  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Fault:
    """One changed module. `line` is where its statement begins. `within` is the qualified name of the outermost function or method, or of the name that is
    assigned at module level (`is_table`), `derived` those that are computed from it at import."""

    module: str
    line: int
    what: str
    within: str
    is_table: bool
    tree: ast.Module
    derived: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.module}:{self.line} {self.within}: {self.what}"


def faults_of(module: str, source: str) -> list[Fault]:
    """Every fault of a module."""
    found: list[Fault] = []
    tree = ast.parse(source)
    for within, is_table, node in _places(tree):
        derived = _derived(tree, within) if is_table else ()
        for line, target in _inside(node, node.lineno):
            for what, change in _changes(target):
                found.append(Fault(module, line, what, within, is_table, _changed(tree, target, change), derived))
    return found


def _places(tree: ast.Module) -> Iterator[tuple[str, bool, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, _FUNCTIONS):
            yield node.name, False, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, _FUNCTIONS):
                    yield f"{node.name}.{inner.name}", False, inner
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and not _is_type(node.value):
                yield target.id, True, node


def _is_type(value: ast.AST) -> bool:
    """A name for a type, which nothing but a type checker reads."""
    if isinstance(value, ast.Subscript):
        return isinstance(value.value, ast.Name) and value.value.id in ("Literal", "Mapping", "Callable", "Annotated")
    return isinstance(value, ast.BinOp) and any(
        isinstance(one, ast.Constant) and one.value is None for one in ast.walk(value)
    )


def _derived(tree: ast.Module, name: str) -> tuple[str, ...]:
    """Names at module level whose value is computed from this one, directly or not."""
    found = {name}
    for node in tree.body:  # in the order in which they are computed
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            used = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
            if isinstance(target, ast.Name) and used & found:
                found.add(target.id)
    return tuple(sorted(found - {name}))


def _inside(node: ast.AST, line: int) -> Iterator[tuple[int, ast.AST]]:
    """The nodes of a body or value, and where their statement begins. Annotations, default values, decorators,
    docstrings and what only a type checker reads stay as they are."""
    if isinstance(node, _FUNCTIONS):
        for at, one in enumerate(node.body):
            if not (at == 0 and isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)):
                yield from _inside(one, one.lineno)
        return
    if isinstance(node, ast.stmt):
        line = node.lineno
    if isinstance(node, ast.Assert):
        return  # says to readers and to the type checker what holds
    yield line, node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST) and not isinstance(node, ast.JoinedStr):
                yield from _inside(one, line)


Change = Callable[[ast.AST], ast.AST]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for at, one in enumerate(node.ops):
            yield f"{type(one).__name__} → {SWAPPED[type(one)].__name__}", _with_operator(at)
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign) and type(node.op) in SWAPPED:
        yield f"{type(node.op).__name__} → {SWAPPED[type(node.op)].__name__}", _with_operator()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not", lambda one: one.operand  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition the other way", _other_way
    elif isinstance(node, ast.Return) and not (node.value is None or _is_none(node.value)):
        yield "returns None", lambda one: ast.copy_location(ast.Return(ast.Constant(None)), one)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", lambda one: ast.copy_location(ast.Pass(), one)
    elif isinstance(node, ast.Raise):
        yield "raise left out", lambda one: ast.copy_location(ast.Pass(), one)


def _constants(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} → {not value}", _with_value(not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", _with_value(value + 1)
    elif isinstance(value, str) and value.isascii() and value:
        yield f"{value!r} → {'X' + value!r}", _with_value("X" + value)
    elif isinstance(value, bytes) and value:
        yield f"{value!r} → another", _with_value(b"X" + value)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with_value(value: object) -> Change:
    return lambda one: ast.copy_location(ast.Constant(value), one)  # type: ignore[arg-type]


def _with_operator(at: int | None = None) -> Change:
    def change(node: ast.AST) -> ast.AST:
        changed = copy.copy(node)
        if at is None:
            changed.op = SWAPPED[type(node.op)]()  # type: ignore[attr-defined]
        else:
            ops = list(node.ops)  # type: ignore[attr-defined]
            ops[at] = SWAPPED[type(ops[at])]()
            changed.ops = ops  # type: ignore[attr-defined]
        return changed

    return change


def _other_way(node: ast.AST) -> ast.AST:
    changed = copy.copy(node)
    test = node.test  # type: ignore[attr-defined]
    changed.test = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)  # type: ignore[attr-defined]
    return changed


def _changed(tree: ast.Module, target: ast.AST, change: Change) -> ast.Module:
    """A copy of the tree with one node changed."""

    def copied(node: ast.AST) -> ast.AST:
        if node is target:
            return change(node)
        made = copy.copy(node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                setattr(made, name, [copied(one) if isinstance(one, ast.AST) else one for one in value])
            elif isinstance(value, ast.AST):
                setattr(made, name, copied(value))
        return made

    new = copied(tree)
    assert isinstance(new, ast.Module)
    return ast.fix_missing_locations(new)
