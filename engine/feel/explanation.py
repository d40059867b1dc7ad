"""Why an expression has its result: its clauses, each with its own result and the values it used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import NamedTuple

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS
from engine.feel.closures import compile_node
from engine.feel.closures.iterations import compile_turns
from engine.feel.compiled import as_tree, compile
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.limits import EXPLAINING, Run
from engine.feel.reads import free_names, path_of
from engine.feel.scopes import Env, Levels
from engine.feel.values import Value

TURNS_SHOWN = 200  # turns of `some` and `every` that become clauses of their own

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """One value a clause read: its path, its piece of the text, what it was.

    The path of a call is the function's name, ("income_ceiling",); a built-in function has none, ().
    """

    path: Path
    text: str
    value: Value


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of a condition, with its result; `used` is filled where `clauses` is empty.

    `sides` are what a comparison compares, left to right: `x between 1 and 2` has three. `problem` says which bound
    an evaluation passed whose result is unknown for that reason.
    """

    source: str
    start: int
    end: int
    operator: str | None
    result: Value
    used: tuple[Used, ...] = ()
    clauses: tuple[Clause, ...] = ()
    sides: tuple[Used, ...] = ()
    problem: FeelProblem | None = None


class Decider(NamedTuple):
    """A leaf that decided a result, what it would have to be, and whether it is one of several that would do."""

    leaf: Clause
    wanted: bool
    alternative: bool


_JOINED = frozenset({"and", "or", "some", "every"})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node is evaluated: its levels, their values, and which path a loop's variable goes through."""

    text: str
    levels: Levels
    env: Env
    origins: Mapping[str, Path | None] = field(default_factory=dict)

    def value(self, node: t.Node) -> Value:
        """The value of a node here."""
        return compile_node(node, self.levels)(self.env)

    def source(self, node: t.Node) -> str:
        """The piece of text a node is written with."""
        return self.text[node.start : node.end]


def explain(
    source: str | t.Tree,
    values: Mapping[str, object],
    *,
    now: datetime | None = None,
    zone: tzinfo | None = None,
) -> Clause:
    """The result of an expression as a tree of clauses; raises FeelError when the text is no FEEL.

    `and`, `or`, `not`, `if`, `some` and `every` have clauses; a comparison or a call is a leaf with what it used.
    """
    tree = as_tree(source, names=values)
    root = tree.root
    noted: list[FeelProblem] = []
    result = compile(tree).run(values, now=now, zone=zone, noted=noted)
    whole = Clause(tree.text[root.start : root.end], root.start, root.end, None, result)
    if noted:
        return replace(whole, problem=noted[0])
    try:
        return _explain(root, _Place(tree.text, (), Env(values, None, Run(now, zone, limit=EXPLAINING))))
    except FeelError:
        return whole  # its parts, each evaluated on its own, are more work than the whole


def decisive(clause: Clause) -> tuple[Clause, ...]:
    """The leaves that decided the result.

    Those that are false in an `and` that is false, those that are unknown in one that is unknown, and so on.
    """
    return tuple(one.leaf for one in deciding(clause))


def deciding(clause: Clause, wanted: bool = True, alternative: bool = False) -> Iterator[Decider]:
    """The leaves that decided the result, each with what it would have to be for the whole to be `wanted`."""
    if not clause.clauses:
        yield Decider(clause, wanted, alternative)
        return
    deciders = clause.clauses
    if clause.operator in _JOINED:
        same = [inner for inner in clause.clauses if _truth(inner.result) is _truth(clause.result)]
        deciders = tuple(same) or clause.clauses
        one_is_enough = clause.operator in {"or", "some"} if wanted else clause.operator in {"and", "every"}
        alternative = alternative or (one_is_enough and len(deciders) > 1)
    for inner in deciders:
        yield from deciding(inner, wanted is not (clause.operator == "not"), alternative)


def _truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _explain(node: t.Node, place: _Place) -> Clause:
    operator, clauses = _clauses(node, place)
    used = () if clauses else tuple(_used(node, node, place))
    sides = tuple(_side(side, place) for side in _compared(node))
    return Clause(place.source(node), node.start, node.end, operator, place.value(node), used, clauses, sides)


def _compared(node: t.Node) -> tuple[t.Node, ...]:
    """What a comparison compares; a name or a path alone is compared with true."""
    match node:
        case t.Comparison(_, left, right):
            return left, right
        case t.Between(value, low, high):
            return value, low, high
        case t.In(value, tests):
            return value, *tests
        case t.Name() | t.Path():
            return (node,)
    return ()


def _side(node: t.Node, place: _Place) -> Used:
    path = _outside(path_of(node), place.origins) if path_of(node) else None
    if isinstance(node, t.Call) and isinstance(node.function, t.Name) and node.function.name not in BUILTINS:
        path = (node.function.name,)
    return Used(path or (), place.source(node), place.value(node))


def _clauses(node: t.Node, place: _Place) -> tuple[str | None, tuple[Clause, ...]]:
    """The operator of a node, and its clauses when it has any."""
    match node:
        case t.And(parts):
            return "and", tuple(_explain(part, place) for part in parts)
        case t.Or(parts):
            return "or", tuple(_explain(part, place) for part in parts)
        case t.Not(of):
            return "not", (_explain(of, place),)
        case t.If(condition, then, otherwise):
            judged = _explain(condition, place)
            return "if", (judged, _explain(then if judged.result is True else otherwise, place))
        case t.Quantified():
            return node.quantifier, tuple(_turns(node, place))
        case t.Tests(tests):
            return ("not" if node.negated else "or"), tuple(_test(test, place) for test in tests)
        case t.Comparison():
            return node.operator, ()
        case t.Test():
            return node.operator, ()
        case t.Between():
            return "between", ()
        case t.In():
            return "in", ()
        case t.Call():
            return "call", ()
    return None, ()


def _test(node: t.Node, place: _Place) -> Clause:
    """One of several unary tests, judged alone."""
    result = compile_node(t.Tests((node,)), place.levels)(place.env)
    operator = node.operator if isinstance(node, t.Test) else None
    judged = Used(("?",), "?", place.env.names.get("?"))
    used = (judged, *(one for one in _used(node, node, place) if one.path != ("?",)))
    return Clause(place.source(node), node.start, node.end, operator, result, used)


def _turns(node: t.Quantified, place: _Place) -> Iterator[Clause]:
    """A clause for each turn of `some` and `every`."""
    turns, levels = compile_turns(node.iterations, node.condition, place.levels)
    origins = dict(place.origins)
    for iteration in node.iterations:
        origins[iteration.name] = _origin(iteration, origins)
    for number, env in enumerate(turns(place.env) or ()):
        if number == TURNS_SHOWN:
            return
        yield _explain(node.condition, replace(place, levels=levels, env=env, origins=origins))


def _origin(iteration: t.Iteration, origins: Mapping[str, Path | None]) -> Path | None:
    """The path a variable goes through, ("partners",) in `p in partners`; None when it is no path."""
    path = path_of(iteration.domain)
    if not path or iteration.last is not None:
        return None
    return _outside(path, origins)


def _outside(path: Path, origins: Mapping[str, Path | None]) -> Path | None:
    """A path seen from outside the loops: `p.share` is ("partners", "share")."""
    if path[0] not in origins:
        return path
    origin = origins[path[0]]
    return None if origin is None else (*origin, *path[1:])


def _used(node: t.Node, root: t.Node, place: _Place) -> Iterator[Used]:
    """The values a leaf read: paths, and the results of the calls inside it."""
    if path := path_of(node):
        outside = _outside(path, place.origins)
        yield Used(outside or (), place.source(node), place.value(node))
        return
    if isinstance(node, t.Call) and isinstance(node.function, t.Name):
        yield from _used_by_call(node, node.function.name, root, place)
    elif isinstance(node, t.For | t.Quantified | t.Declared | t.Filter | t.Entries):
        # what is read inside changes from turn to turn: only what comes from outside is told
        for path in sorted(free_names(node) - {(name,) for name in place.origins}):
            if path[0] in place.env.names:
                yield Used(path, ".".join(path), place.value(_path_node(path)))
    else:
        for child in t.children(node):
            yield from _used(child, root, place)


def _used_by_call(node: t.Call, name: str, root: t.Node, place: _Place) -> Iterator[Used]:
    reads = bool(free_names(node)) or not node.arguments
    if node is not root and (name not in BUILTINS or reads):
        path = () if name in BUILTINS else (name,)
        yield Used(path, place.source(node), place.value(node))
    for argument in node.arguments:
        yield from _used(argument, root, place)


def _path_node(path: Path) -> t.Node:
    node: t.Node = t.Name(path[0])
    for member in path[1:]:
        node = t.Path(node, member)
    return node
