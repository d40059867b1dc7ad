"""Where a cursor stands in a YAML text that is being typed, so most often faulty: by indentation, not by parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Step = str | int
KEY = re.compile(r"""(?P<key>[A-Za-z_][\w-]*|"[^"]*"|'[^']*')\s*:(?=\s|$)""")
WORD = re.compile(r"[\w-]*$")
FOLDED = re.compile(r":\s*[|>][+-]?[0-9]?\s*$")


@dataclass(frozen=True, slots=True)
class Spot:
    """`path` holds the keys above; with `is_value` its last step is the key whose value is being typed. `before` is what
    stands of that value, or of the key, before the cursor; `column` (from 0) where the word being typed begins."""

    path: tuple[Step, ...]
    is_value: bool
    before: str
    column: int

    @property
    def word(self) -> str:
        """The word being typed, up to the cursor."""
        found = WORD.search(self.before)
        return found[0] if found else ""


def spot(text: str, line: int, column: int) -> Spot:
    """The spot of a cursor; lines and columns count from 0."""
    lines = text.split("\n")
    line = min(max(line, 0), len(lines) - 1)
    typed = lines[line][:column]
    indent = _indent(typed) if typed.strip() else len(typed)
    if owner := _folded_owner(lines, line, indent):
        number, path = owner
        before = "\n".join([*lines[number + 1 : line], typed])
        return Spot(path, True, before.lstrip(), _word_start(typed))
    above = list(_above(lines[:line], indent, typed.lstrip().startswith("- ")))
    return _on_line(typed.lstrip(), tuple(reversed(above)), typed)


def _on_line(rest: str, path: tuple[Step, ...], typed: str) -> Spot:
    while rest.startswith("- "):
        path, rest = (*path, 0), rest[2:].lstrip()
    found = KEY.match(rest)
    if found is None and not rest.startswith(("{", "[")):
        return Spot(path, False, rest, _word_start(typed))
    if found is not None:
        path, rest = (*path, _bare(found["key"])), rest[found.end() :].lstrip()
    return _in_flow(rest, path, typed)


def _in_flow(rest: str, path: tuple[Step, ...], typed: str) -> Spot:
    """Inside `{…}` and `[…]` on one line: the brackets still open say where one is."""
    kinds: list[str] = []  # of the brackets open
    depths: list[int] = []  # how long the path was before each
    begin, quote = 0, ""
    for place, sign in enumerate(rest):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not rest[begin:place].strip():
            quote = sign
        elif sign in "{[":
            if not rest[begin:place].strip():
                kinds.append(sign)
                depths.append(len(path))
                path = (*path, 0) if sign == "[" else path
                begin = place + 1
        elif sign in "}]" and kinds:
            path, begin = path[: depths.pop()], place + 1
            kinds.pop()
        elif sign == "," and kinds:
            path, begin = path[: depths[-1]] + ((0,) if kinds[-1] == "[" else ()), place + 1
        elif sign == ":" and kinds and kinds[-1] == "{" and rest[place + 1 : place + 2] in {" ", ""}:
            path, begin = (*path[: depths[-1]], _bare(rest[begin:place].strip())), place + 1
    is_key = bool(kinds) and kinds[-1] == "{" and len(path) == depths[-1]
    before = rest[begin:].lstrip()
    return Spot(path, not is_key, before, _word_start(typed))


def _above(lines: Sequence[str], indent: int, is_item: bool) -> Iterator[Step]:
    """The keys a line of this indentation stands under, the nearest first."""
    for line in reversed(lines):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        here = _indent(line)
        dashes = here
        item = False
        while bare.startswith("- "):
            item = True
            here += len(bare) - len(bare[2:].lstrip())
            bare = bare[2:].lstrip()
        if item and here == indent and not is_item:
            yield 0  # a further key of the same item
            indent = dashes + 1
            is_item = True
            continue
        found = KEY.match(bare)
        if found is None:
            continue
        if here < indent or (is_item and here == indent and not item):
            yield _bare(found["key"])
            indent = here
            is_item = False
            if item:
                yield 0
                indent, is_item = dashes + 1, True


def _folded_owner(lines: Sequence[str], line: int, indent: int) -> tuple[int, tuple[Step, ...]] | None:
    """The line and path of the key whose text goes on over several lines (`|` or `>`) up to here."""
    for number in range(line - 1, -1, -1):
        above = lines[number]
        if not above.strip():
            continue
        if _indent(above) < indent:
            if not FOLDED.search(above):
                return None
            owner = spot("\n".join(lines[: number + 1]), number, len(above))
            return number, owner.path
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _bare(key: str) -> str:
    return key.strip("\"'")


def _word_start(typed: str) -> int:
    found = WORD.search(typed)
    return found.start() if found else len(typed)
