"""Lines that begin with the wrong blanks: tabs, no-break spaces, one blank too few or too many."""

from __future__ import annotations

import re
from collections import Counter

import yaml

from engine.language.slip import Slip
from engine.language.written import Edit, Written
from engine.problems import Problem

_KEY_ONLY = re.compile(r"\s*(?:- +)?[^\s:#][^:]*:\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?:- +)?[^\s:#][^:]*:(?:\s|$)")
_ODD_INDENT = re.compile(r" *[\t\u00a0\u202f\u2007\u2009\u3000][\s\u00a0\u202f]*")
_UNEVEN = "expected <block end>, but found '<block mapping start>'"
_IN_A_TEXT = "mapping values are not allowed here"
_LEVELS = 30  # lines looked at above a line that fits no level


def odd_indentation(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """A line indented with tabs or no-break spaces; the parser often stops at the line after it only."""
    return next(
        (slip for number in here_and_above(written, line) if (slip := _odd_indent(written, number))), None
    )


def _odd_indent(written: Written, line: int) -> Slip | None:
    text = written.lines[line]
    found = _ODD_INDENT.match(text)
    if not found:
        return None
    code = "tab_indentation" if "\t" in found[0] else "no_break_indentation"
    column = next(place for place, sign in enumerate(text) if sign != " ")
    indent = _wanted_indent(written, line)
    edit = Edit(0, found.end(), " " * indent)
    return Slip([Problem(code, {"blanks": indent}, written.place_of(line, column))], {line: [edit]})


def _wanted_indent(written: Written, line: int) -> int:
    """How many blanks were meant: as a line with the same signs before it, as the line above, or two more."""
    odd = _ODD_INDENT.match(written.original[line])
    for number in range(line - 1, -1, -1):
        alike = _ODD_INDENT.match(written.original[number])
        if odd and alike and alike[0] == odd[0]:
            return _indent(written.lines[number])
    above = next((text for text in reversed(written.lines[:line]) if says_something(text)), "")
    indent = _indent(above)
    return indent + 2 if _KEY_ONLY.match(above) else indent


def says_something(text: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(text.strip()) and not text.lstrip().startswith("#")


def here_and_above(written: Written, line: int) -> list[int]:
    """A line, and the next one above it that says something."""
    above = [number for number in range(line - 1, -1, -1) if says_something(written.lines[number])]
    return [line, *above[:1]]


def uneven(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """A key further in or out than its neighbours: the indent that is the rarer one in the file is the wrong one, be it
    that of the line where the parser stopped or that of the lines above it."""
    if not _is_uneven(written, error, line):
        return None
    indent = _indent(written.lines[line])
    often = Counter(_indent(text) for text in written.lines if says_something(text))
    found, group = _beside(written, line, often)
    rarer = group and often[found] < often[indent]
    if not rarer and (slip := bad_indentation(written, error, line)):
        return slip
    if not rarer and (not group or _KEY_ONLY.match(written.lines[group[0]])):
        return None
    params = {"found": found, "wanted": indent}
    problems = [Problem("bad_indentation", params, written.place_of(number, found)) for number in group]
    return Slip(problems, {number: [Edit(0, found, " " * indent)] for number in group})


def _is_uneven(written: Written, error: yaml.MarkedYAMLError, line: int) -> bool:
    """Whether the parser stopped because a key stands at no level; not at a second colon of its line."""
    key = _KEY.match(written.lines[line])
    if not key or not error.problem_mark:
        return False
    in_a_text = error.problem == _IN_A_TEXT and error.problem_mark.column == written.lines[line].index(":")
    return error.problem == _UNEVEN or in_a_text


def _beside(written: Written, line: int, often: Counter[int]) -> tuple[int, list[int]]:
    """The keys above that the line was perhaps to stand beside, and their indent: the outermost of those further in than
    the line, or the first one further out, when its indent is the rarer."""
    indent, group = _indent(written.lines[line]), list[int]()
    level = 0
    for number in range(line - 1, -1, -1):
        text = written.lines[number]
        if not says_something(text):
            continue
        found = _indent(text)
        if found < indent:
            return (found, [number]) if not group or often[found] < often[level] else (level, group)
        if not group or found < level:
            level, group = found, []
        if found == level and _KEY.match(text):
            group.insert(0, number)
    return level, group


def bad_indentation(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """A line further in than the value above it, or between two levels."""
    text = written.lines[line]
    if not _KEY.match(text):
        return None
    indent = _indent(text)
    levels = [_indent(above) for above in reversed(written.lines[:line]) if says_something(above)]
    below = next((_indent(after) for after in written.lines[line + 1 :] if says_something(after)), 0)
    if _KEY_ONLY.match(text) and below > indent:  # what stands under it must stay further in
        levels = [level for level in levels if level < below]
    wanted = min(levels[:_LEVELS], key=lambda level: (abs(level - indent), -level), default=0)
    if wanted == indent:
        return None
    place = written.place_of(line, indent)
    params = {"found": indent, "wanted": wanted}
    return Slip([Problem("bad_indentation", params, place)], {line: [Edit(0, indent, " " * wanted)]})


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
