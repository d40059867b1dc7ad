"""Writes a tree as standard FEEL, with the parentheses it needs and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from engine.feel import tree as t
from engine.feel.builtins.conversions import key_text, number_text, written
from engine.feel.lexer import NAMES_WITH_KEYWORDS, NUMBER_DIGITS
from engine.feel.precedence import AND, ATTACHED, BINDING, COMPARISON, NEGATION, OR, SUM

_AROUND_AND = [
    (re.compile(rf"\b{first}$"), re.compile(rf"{' '.join(others)}\b"))
    for names in NAMES_WITH_KEYWORDS.values()
    for first, _, *others in names
]


def unparse(node: t.Tree | t.Node) -> str:
    """The text of a tree; parsing it gives the same tree."""
    root = node.root if isinstance(node, t.Tree) else node
    return _write(root, 0)


def _write(node: t.Node, around: int) -> str:
    """The text of a node, in parentheses when it binds less tightly than what stands around it."""
    text, binding = _WRITERS[type(node)](node)
    return f"({text})" if binding < around else text


def _list(nodes: tuple[t.Node, ...]) -> str:
    return ", ".join(_write(node, 0) for node in nodes)


def _literal(node: t.Literal) -> tuple[str, int]:
    if isinstance(node.value, str):
        return text_literal(node.value), ATTACHED
    if isinstance(node.value, Decimal):
        return number_literal(node.value), ATTACHED
    return written(node.value), ATTACHED


def number_literal(number: Decimal) -> str:
    """A number as it can be read again: with an exponent when it has more digits than a number may have."""
    plain = number_text(number)
    return plain if len(plain) <= NUMBER_DIGITS else str(number)


def text_literal(text: str) -> str:
    """A text between quotes, its special characters escaped."""
    for sign, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(sign, escape)
    return f'"{text}"'


def _call(node: t.Call) -> tuple[str, int]:
    given = [_write(argument, 0) for argument in node.arguments]
    if node.names:
        given = [f"{name}: {text}" for name, text in zip(node.names, given, strict=True)]
    return f"{_write(node.function, ATTACHED)}({', '.join(given)})", ATTACHED


def _arithmetic(node: t.Arithmetic) -> tuple[str, int]:
    binding = BINDING[node.operator]
    return f"{_write(node.left, binding)} {node.operator} {_write(node.right, binding + 1)}", binding


def _comparison(node: t.Comparison) -> tuple[str, int]:
    return f"{_write(node.left, COMPARISON)} {node.operator} {_write(node.right, SUM)}", COMPARISON


def _between(node: t.Between) -> tuple[str, int]:
    ends = _conjunction([_write(node.low, SUM), _write(node.high, SUM)])
    return f"{_write(node.value, COMPARISON)} between {ends}", COMPARISON


def _and(node: t.And) -> tuple[str, int]:
    return _conjunction([_write(part, COMPARISON) for part in node.parts]), AND


def _conjunction(texts: list[str]) -> str:
    """Texts with `and` between them, none of which may be read as a piece of one name, `date and time`."""
    apart = [f"({right})" if _one_name(left, right) else right for left, right in pairwise(texts)]
    return " and ".join([texts[0], *apart])


def _one_name(left: str, right: str) -> bool:
    return any(begun.search(left) and ended.match(right) for begun, ended in _AROUND_AND)


def _in(node: t.In) -> tuple[str, int]:
    several = len(node.tests) > 1
    tests = f"({_bare(node.tests)})" if several else _write(node.tests[0], SUM)
    return f"{_write(node.value, COMPARISON)} in {tests}", COMPARISON


def _test(node: t.Test) -> tuple[str, int]:
    """A test that stands for a value is a range open on one side, in parentheses."""
    return f"({_bare((node,))})", ATTACHED


def _bare(tests: tuple[t.Node, ...]) -> str:
    """Tests with commas between them."""
    return ", ".join(
        f"{test.operator} {_write(test.operand, SUM)}" if isinstance(test, t.Test) else _write(test, 0)
        for test in tests
    )


def _tests(node: t.Tests) -> tuple[str, int]:
    texts = _bare(node.tests) or "-"
    return (f"not({texts})" if node.negated else texts), ATTACHED


def _if(node: t.If) -> tuple[str, int]:
    return f"if {_write(node.condition, 0)} then {_write(node.then, 0)} else {_write(node.otherwise, 0)}", 0


def _iterations(iterations: tuple[t.Iteration, ...]) -> str:
    return ", ".join(
        f"{i.name} in {_write(i.domain, 0)}" + (f"..{_write(i.last, 0)}" if i.last else "")
        for i in iterations
    )


def _quantified(node: t.Quantified) -> tuple[str, int]:
    return f"{node.quantifier} {_iterations(node.iterations)} satisfies {_write(node.condition, 0)}", 0


def type_text(node: t.TypeName) -> str:
    """A type as it is written after `instance of`."""
    if node.name == "function" and node.of:
        return f"function<{', '.join(type_text(of) for of in node.of[:-1])}> -> {type_text(node.of[-1])}"
    if not node.of:
        return node.name
    parts = [type_text(of) for of in node.of]
    if node.members:
        parts = [f"{name}: {text}" for name, text in zip(node.members, parts, strict=True)]
    return f"{node.name}<{', '.join(parts)}>"


def _declared(node: t.Declared) -> tuple[str, int]:
    named = [p.name + (f": {type_text(p.type)}" if p.type else "") for p in node.parameters]
    return f"function({', '.join(named)}) {_write(node.body, 0)}", 0


def _interval(node: t.Interval) -> tuple[str, int]:
    ends = "[" if node.low_included else "(", "]" if node.high_included else ")"
    high = _write(node.high, SUM)
    if any(isinstance(inner, t.Filter) for inner in t.walk(node.high)):
        high = f"({high})"  # its bracket could be taken for the end of the range, as in ]1..5[
    return f"{ends[0]}{_write(node.low, SUM)}..{high}{ends[1]}", ATTACHED


def _entries(node: t.Entries) -> tuple[str, int]:
    return "{" + ", ".join(f"{key_text(e.key)}: {_write(e.value, 0)}" for e in node.entries) + "}", ATTACHED


_WRITERS: dict[type[t.Node], Callable[..., tuple[str, int]]] = {
    t.Literal: _literal,
    t.At: lambda n: (f"@{text_literal(n.text)}", ATTACHED),
    t.Name: lambda n: (n.name, ATTACHED),
    t.Path: lambda n: (f"{_write(n.of, ATTACHED)}.{n.member}", ATTACHED),
    t.Filter: lambda n: (f"{_write(n.of, ATTACHED)}[{_write(n.condition, 0)}]", ATTACHED),
    t.Call: _call,
    t.Negate: lambda n: (f"-{_write(n.of, ATTACHED)}", NEGATION),
    t.Arithmetic: _arithmetic,
    t.Comparison: _comparison,
    t.Between: _between,
    t.In: _in,
    t.And: _and,
    t.Or: lambda n: (" or ".join(_write(part, AND) for part in n.parts), OR),
    t.Not: lambda n: (f"not({_write(n.of, 0)})", ATTACHED),
    t.If: _if,
    t.For: lambda n: (f"for {_iterations(n.iterations)} return {_write(n.body, 0)}", 0),
    t.Quantified: _quantified,
    t.Declared: _declared,
    t.InstanceOf: lambda n: (f"{_write(n.value, ATTACHED)} instance of {type_text(n.type)}", ATTACHED),
    t.Items: lambda n: (f"[{_list(n.items)}]", ATTACHED),
    t.Entries: _entries,
    t.Interval: _interval,
    t.Test: _test,
    t.Tests: _tests,
}
