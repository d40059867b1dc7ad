"""What stands at a place of a scheme, told to who points at it: a key, a name, a function, an expression's type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from authoring.studio.cursor import spot
from authoring.studio.examined import examined
from authoring.studio.keys import description_at, sort_at
from authoring.studio.known import Name, is_yaml, known
from engine.feel import type_name
from engine.feel.builtins import BUILTINS
from engine.language.model import Expression
from engine.problems.catalogue import type_said

WORD = re.compile(r"[A-Za-z_][\w-]*")


@dataclass(frozen=True, slots=True)
class Told:
    """What is under the pointer, from `start` to `end` of its line (from 0). `note` is what the language's schema says of
    the key (in English), `name` what the word names, `function` a line per way to call it, `type` that of the expression
    it stands in."""

    start: int
    end: int
    word: str
    note: str = ""
    name: Name | None = None
    function: tuple[str, ...] = ()
    type: str = ""


def told(files: Mapping[str, str], file: str, line: int, column: int, language: str) -> Told | None:
    """What stands at a place (from 0); None where there is nothing to tell."""
    lines = files.get(file, "").split("\n")
    if not is_yaml(file) or not 0 <= line < len(lines):
        return None
    found = next((one for one in WORD.finditer(lines[line]) if one.start() <= column <= one.end()), None)
    if found is None:
        return None
    here = spot(files[file], line, found.end())
    is_key = lines[line][found.end() :].lstrip("\"'").startswith(":") and not here.is_value
    base = here.path if file == "scheme.yaml" else ("tests", *here.path)
    names = known(files, language)
    path = (*base, found[0]) if is_key else base
    note = description_at(path, names)
    made = Told(
        found.start(),
        found.end(),
        found[0],
        note,
        next((one for one in names.names if one.id == found[0]), None),
    )
    if is_key or sort_at(path, names) not in ("feel", "text"):
        return made if made.note or made.name else None
    return _in_expression(made, files, file, line, lines[line], language)


def _in_expression(
    made: Told, files: Mapping[str, str], file: str, line: int, text: str, language: str
) -> Told | None:
    """With the ways to call the word, when it is called, and the type of the expression it is in."""
    called = text[made.end :].lstrip().startswith("(")
    ways = _ways(made.word) if called else ()
    holds = _expression_at(files, file, line + 1, made.start + 1)
    kind = type_said(type_name(holds.type), language) if holds else ""
    if not (ways or kind or made.name or made.note):
        return None
    return Told(made.start, made.end, made.word, made.note, made.name, ways, kind)


def _ways(word: str) -> tuple[str, ...]:
    return tuple(
        f"{one.name}({', '.join(parameter.name for parameter in one.parameters)}): {one.result}"
        for one in BUILTINS.get(word, ())
    )


def _expression_at(files: Mapping[str, str], file: str, line: int, column: int) -> Expression | None:
    """The expression that begins last before a place, on its line; None in a scheme with errors."""
    # what proves a scheme stays out of processes that only serve pages
    from authoring.check.whole import expressions

    scheme = examined(files).scheme
    if scheme is None:
        return None
    before = [
        one
        for one in expressions(scheme)
        if one.place.file == file and one.place.line == line and one.place.column <= column
    ]
    return max(before, key=lambda one: one.place.column, default=None)
