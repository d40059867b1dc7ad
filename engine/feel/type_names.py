"""Types written in a text, after `instance of` and in the parameters of a function."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.feel.errors import FeelError
from engine.feel.limits import NESTING
from engine.feel.tree import TypeName
from engine.feel.types import SIMPLE_NAMES, Context, Function, List, Range, Type

if TYPE_CHECKING:
    from engine.feel.cursor import Cursor

KNOWN = (*SIMPLE_NAMES, "list", "range", "context", "function")


def read_type(parser: Cursor, depth: int = 0) -> TypeName:
    """The type at the parser's place; raises FeelError when there is none of that name."""
    token = parser.take()
    name = str(token.value)
    if depth > NESTING:
        raise FeelError("too_deep", token.start, token.end, limit=NESTING)
    if token.kind not in {"name", "keyword"} or name not in KNOWN:
        near = get_close_matches(name, KNOWN, 1)
        hint = f"did you mean {near[0]}" if near else "known are " + ", ".join(KNOWN)
        raise FeelError("unknown_type", token.start, token.end, name=name, hint=hint)
    of: list[TypeName] = []
    members: list[str] = []
    end = token.end
    if name in {"list", "range", "context", "function"} and parser.accept("<"):
        while not parser.at(">"):
            if of:
                parser.expect(",")
            if name == "context":
                members.append(parser.name("the name of a part").value)
                parser.expect(":")
            of.append(read_type(parser, depth + 1))
        end = parser.take().end
    if name == "function" and parser.accept("->"):
        of.append(read_type(parser, depth + 1))
        end = of[-1].end
    return TypeName(name, tuple(of), tuple(members), start=token.start, end=end)


def meant_type(written: TypeName) -> Type:
    """The type a written name stands for."""
    of = tuple(meant_type(part) for part in written.of)
    if written.name == "list":
        return List(of[0] if of else SIMPLE_NAMES["Any"])
    if written.name == "range":
        return Range(of[0] if of else SIMPLE_NAMES["Any"])
    if written.name == "context":
        return Context(dict(zip(written.members, of, strict=True)))
    if written.name == "function":
        return Function(of[:-1], of[-1] if of else SIMPLE_NAMES["Any"], max(len(of) - 1, 0))
    return SIMPLE_NAMES[written.name]
