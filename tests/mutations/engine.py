"""Mutants of the engine: in one of its functions an operator, a constant or a name is another.

The mutant's code is put into the living function in the place of its own, so that every module that
has imported the function runs the mutant.
"""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache, cached_property
from importlib import import_module
from inspect import getsource, unwrap
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from scoring.engine.ruleset import _rules_at

MODULES = (
    "scoring.rulefile.kinds.age_steps",
    "scoring.rulefile.kinds.base",
    "scoring.rulefile.kinds.between",
    "scoring.rulefile.kinds.deduction",
    "scoring.rulefile.kinds.flag",
    "scoring.rulefile.kinds.per_choice",
    "scoring.rulefile.kinds.per_count",
    "scoring.rulefile.kinds.per_unit",
    "scoring.rulefile.kinds.tier",
    "scoring.rulefile.kinds.unpublished",
    "scoring.engine.category_eval",
    "scoring.engine.row_eval",
    "scoring.engine.compile",
    "scoring.engine.estimate",
    "scoring.ages",
    "scoring.months",
)
"""Those that decide about points. Texts, papers and notices are made in others."""
TELLING = re.compile(
    r"OpenConflict\..*|ItemAt\._(outcome|citation|unsettled)|CategoryAt\._(outcome|unsettled)"
    r"|_(displaced|joint_results|conflict|citation|choice_labels)|compile_rules"
)
"""Their functions that only say why and for which papers: these have tests of their own."""

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "UNBOUNDED": "ZERO"}
ATTRIBUTES = {"least": "most", "most": "least"}


class Mutant(NamedTuple):
    """A function with an `other` thing in the place of this `number`. `name`: module, function,
    number, and what became of what."""

    name: str
    function: FunctionType
    original: ast.FunctionDef
    number: int
    other: ast.AST | None

    @property
    def code(self) -> CodeType:
        """The code of the mutant; that of the function itself where nothing is another."""
        if self.other is None:
            return _code(self.original)
        return _code(_changed(self.original, self.number, self.other))


@cache
def mutants() -> tuple[Mutant, ...]:
    """Every mutant of every function of the modules."""
    return tuple(
        one
        for module in MODULES
        for path, node in _functions(module)
        for one in _of_function(module, path, node)
    )


def controls() -> Iterator[Mutant]:
    """Every function compiled anew from its source, without a change."""
    for module in MODULES:
        for path, node in _functions(module):
            yield Mutant(f"{module}:{path}", _living(module, path), node, 0, None)


@contextmanager
def living(mutant: Mutant) -> Iterator[None]:
    """The engine with a mutant in it; rules are compiled anew before and after."""
    function: Any = mutant.function
    code, function.__code__ = function.__code__, mutant.code
    _rules_at.cache_clear()
    try:
        yield
    finally:
        function.__code__ = code
        _rules_at.cache_clear()


def _functions(module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    tree = ast.parse(getsource(import_module(module)))
    _each_its_own(tree)
    found = [("", node) for node in tree.body]
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found += [(f"{node.name}.", method) for method in node.body]
    for owner, function in found:
        if isinstance(function, ast.FunctionDef):
            path = owner + function.name
            if not TELLING.fullmatch(path):
                yield path, function


def _each_its_own(tree: ast.Module) -> None:
    """Python gives all places with the same operator one node: a change would be made in all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.BoolOp):
            node.op = type(node.op)()
        elif isinstance(node, ast.Compare):
            node.ops = [type(op)() for op in node.ops]


def _living(module: str, path: str) -> FunctionType:
    found: Any = import_module(module)
    for name in path.split("."):
        found = vars(found)[name]
    found = getattr(found, "fget", found)
    function: FunctionType = unwrap(found.func if isinstance(found, cached_property) else found)
    return function


def _code(node: ast.FunctionDef) -> CodeType:
    alone = deepcopy(node)
    alone.decorator_list = []
    tree = ast.fix_missing_locations(ast.Module([alone], []))
    constants = compile(tree, "<mutant>", "exec").co_consts
    return next(one for one in constants if isinstance(one, CodeType) and one.co_name == node.name)


def _of_function(module: str, path: str, node: ast.FunctionDef) -> Iterator[Mutant]:
    function, head = _living(module, path), f"{module.removeprefix('scoring.')}:{path}"
    for number, place in enumerate(_places(node)):
        for other in _others(place):
            name = f"{head} {number} {_said(place)} → {_said(other)}"
            yield Mutant(name, function, node, number, other)


def _places(node: ast.FunctionDef) -> list[ast.AST]:
    """Everything that is computed in a function: neither its docstring, its types, nor the
    `strict=True` of `zip`, which only speaks up where something else is wrong."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return [place for statement in body for place in _inside(statement)]


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns") and getattr(node, "arg", "") != "strict":
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, ast.AST):
                    yield from _inside(one)


def _others(place: ast.AST) -> Iterator[ast.AST]:
    """What a place could wrongly be."""
    if type(place) in OTHER:
        yield OTHER[type(place)]()
    yield from _other_values(place)
    match place:
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.If(test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.comprehension(target, source, [test], is_async):
            yield ast.comprehension(target, source, [ast.UnaryOp(ast.Not(), test)], is_async)


def _other_values(place: ast.AST) -> Iterator[ast.AST]:
    match place:
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Name("ZERO", ast.Load()):
            yield ast.BinOp(place, ast.Add(), ast.Constant(1))
        case ast.Name(name, ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Attribute(value, name, ast.Load()) if name in ATTRIBUTES:
            yield ast.Attribute(value, ATTRIBUTES[name], ast.Load())


def _changed(node: ast.FunctionDef, number: int, other: ast.AST) -> ast.FunctionDef:
    """A copy of a function with another thing in one place."""
    copied = deepcopy(node)
    old = _places(copied)[number]
    for parent in ast.walk(copied):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, deepcopy(other))
            elif isinstance(value, list) and any(one is old for one in value):
                value[:] = [deepcopy(other) if one is old else one for one in value]
    return copied


def _said(node: ast.AST) -> str:
    if isinstance(node, ast.If | ast.comprehension):
        test = node.test if isinstance(node, ast.If) else node.ifs[0]
        return f"if {ast.unparse(test)}"[:60]
    return ast.unparse(node)[:60] or type(node).__name__
