"""Calls of built-in functions: straight to the Python function when the values have the types it takes."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import islice

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS, RUN_TAKERS
from engine.feel.closures.calls import LONG_TEXT
from engine.feel.generated.known import is_known, known_value
from engine.feel.generated.lists import spend, summed
from engine.feel.generated.python import call, compared, either, every, load, of_type, when
from engine.feel.generated.writer import Wording, Writer
from engine.feel.scopes import is_local
from engine.feel.signatures import Signature

_PYTHON: Mapping[tuple[str, ...], str] = {
    ("number",): "Decimal",
    ("string",): "str",
    ("boolean",): "bool",
    ("list",): "list",
}


def _call(writer: Writer, node: t.Call) -> ast.expr:
    """A call by position of a built-in function; any other one is left to the closure."""
    if is_known(node):
        return writer.constant(known_value(node))
    function = node.function
    named = isinstance(function, t.Name) and function.name in BUILTINS
    if node.names or not isinstance(function, t.Name) or not named:
        return writer.by_closure(node)
    if is_local(function.name, writer.place.levels):
        return writer.by_closure(node)
    match function.name, node.arguments:
        case "sum", (t.Path(t.Filter() as rows, member),):
            return summed(writer, node, rows, member)
    given = [writer.held(argument) for argument in node.arguments]
    for value in given:
        _spend(writer, value)
    return _called(writer, function.name, given)


def _spend(writer: Writer, value: ast.expr) -> None:
    """A list costs as many steps as it has items, a long text some too."""
    if isinstance(value, ast.Constant):
        return
    length = call("len", value)
    is_long = every([of_type(value, "str"), compared(length, ast.Gt(), ast.Constant(LONG_TEXT))])
    for_text = when(is_long, [spend(ast.BinOp(length, ast.FloorDiv(), ast.Constant(LONG_TEXT)))])
    writer.add(when(of_type(value, "list"), [spend(length)], [for_text]))


def _called(writer: Writer, name: str, given: list[ast.expr]) -> ast.expr:
    signatures = BUILTINS[name]
    before = [load("run")] if name in RUN_TAKERS else []
    slow = call("call_builtin", writer.constant(signatures), ast.List(given, ast.Load()), *before)
    first = next((signature for signature in signatures if signature.takes(len(given))), None)
    kinds = _plain_kinds(first, len(given)) if first else None
    if first is None or kinds is None:
        return slow
    fitting = every([of_type(value, kind) for value, kind in zip(given, kinds, strict=True)])
    # a list is copied, as it is for every function: what is given stays what it was
    taken = [
        call("list", value) if kind == "list" else value for value, kind in zip(given, kinds, strict=True)
    ]
    return either(fitting, call(writer.constant(first.run), *before, *taken), slow)


def _plain_kinds(signature: Signature, given: int) -> list[str] | None:
    """The Python types of the parameters; None when one takes several types, or several values."""
    parameters = signature.parameters
    if given > len(parameters) or any(parameter.repeated for parameter in parameters):
        return None
    kinds = [_PYTHON.get(parameter.kinds) for parameter in islice(parameters, given)]
    found = [kind for kind in kinds if kind is not None]
    return found if len(found) == given else None


TABLE: Mapping[type[t.Node], Wording] = {t.Call: _call}
