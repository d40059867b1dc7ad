"""Why YAML stopped: the slip a person made on that line, said in a sentence, and the line as it was meant."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from engine.language.flow_slips import closes, unquoted
from engine.language.indent_slips import bad_indentation, here_and_above, odd_indentation, uneven
from engine.language.quoting import begins_with_sign, quoted, without_outer_quotes
from engine.language.slip import Slip
from engine.language.written import Edit, Written
from engine.problems import Problem

_IN_BRACKETS = {"while parsing a flow mapping", "while parsing a flow sequence"}
LONGEST_LINE = 2000  # characters of a line whose braces are looked into
_KEY_LINE = re.compile(
    r"(?P<before>\s*(?:- +)?)(?P<key>[^\s:{}\[\]\"'#,][^:{}\[\]\"'#,]*?)\s*:\s+(?P<value>\S.*)$"
)
_GLUED = re.compile(
    r"(?P<key>\s*(?:- +)?[\w-]+):(?P<blank>[\u00a0\u202f\u2007\u2009]*)(?=[^\s/]|[\u00a0\u202f])"
)
_COMMENT = re.compile(r"\s+#.*$|\s+$")


def diagnose(written: Written, error: yaml.MarkedYAMLError) -> Slip:
    """The slip behind an error of the YAML parser."""
    line = error.problem_mark.line if error.problem_mark else 0
    line = min(line, len(written.lines) - 1)
    for rule in _RULES:
        slip = rule(written, error, line)
        if slip is not None and slip.edits:
            return slip
    return _left_out(written, line, error.problem_mark.column if error.problem_mark else 0)


Rule = Callable[[Written, yaml.MarkedYAMLError, int], Slip | None]


def _unclosed_quote(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    if error.context != "while scanning a quoted scalar" or not error.context_mark:
        return None
    start, column = error.context_mark.line, error.context_mark.column
    text = written.lines[start]
    sign, end = text[column], len(_COMMENT.sub("", text))
    inner = text[column + 1 : end]
    place = written.place_of(start, column)
    edit = Edit(column, end, quoted(inner))
    shown = (text[:column] + edit.text).strip()
    return Slip([Problem("unclosed_quote", {"sign": sign, "line": shown}, place)], {start: [edit]})


def _braces(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """A text in `{…}` without its quotes; or braces which are never closed."""
    text = written.lines[line]
    if len(text) > LONGEST_LINE:
        return None
    start = _first_brace(text)
    if start is not None and (spots := unquoted(text, start)):
        edits = [Edit(first, last, quoted(without_outer_quotes(text[first:last]))) for first, last in spots]
        shown = _edited(text, edits).strip()
        problems = [
            Problem("quote_text", {"line": shown}, written.place_of(line, first)) for first, _ in spots
        ]
        return Slip(problems, {line: edits})
    if error.context not in _IN_BRACKETS or not error.context_mark:
        return None
    opened, column = error.context_mark.line, error.context_mark.column
    sign, close = written.lines[opened][column], {"{": "}", "[": "]"}.get(written.lines[opened][column], "}")
    end = len(_COMMENT.sub("", written.lines[opened]))
    if opened == line and closes(text, column) is not None:
        return None
    params = {"sign": sign, "close": close}
    problem = Problem("unclosed_bracket", params, written.place_of(opened, column))
    return Slip([problem], {opened: [Edit(end, end, close)]})


def _first_brace(text: str) -> int | None:
    """Where a value in braces begins: after a key, after a dash, or at the beginning of the line."""
    found = re.match(r"\s*(?:- +)?(?:[^\s:{}\[\]\"'#][^:{}\[\]\"'#]*:\s+)?(?=[{\[])", text)
    if not found:
        return None
    end = closes(text, found.end())
    rest = text[end:].strip() if end is not None else ""
    return None if rest and not rest.startswith(("#", ",", "}", "]")) else found.end()


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _unquoted_value(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """`label: Attention : lisez`, `label: 'l'aide'`, `label: - tiret`: the whole value stands in quotes."""
    text = written.lines[line]
    found = _KEY_LINE.match(text) or re.match(r"(?P<before>\s*- )(?P<key>)(?P<value>\S.*)$", text)
    if not found:
        return None
    start = found.start("value")
    value = _COMMENT.sub("", text[start:])
    code, params = _why(value)
    if code is None:
        return None
    edit = Edit(start, start + len(value), quoted(without_outer_quotes(value)))
    params["line"] = _edited(_COMMENT.sub("", text), [edit]).strip()
    return Slip([Problem(code, params, written.place_of(line, start))], {line: [edit]})


def _why(value: str) -> tuple[str | None, dict[str, object]]:
    if closes(value, 0) == len(value):  # whole braces: what is wrong is elsewhere
        return None, {}
    if sign := begins_with_sign(value):
        return "begins_with_sign", {"sign": sign}
    if value[0] in "'\"" and not re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", value):
        return ("quote_whole" if without_outer_quotes(value) == value else "quote_inside"), {}
    if value[0] not in "'\"" and re.search(r":(?:\s|$)", value):
        return "quote_text", {}
    return None, {}


def _glued_colon(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """`label:Nom`, or a no-break space after the colon: YAML sees no key there."""
    for number in here_and_above(written, line):
        text = written.lines[number]
        found = _GLUED.match(text)
        if found:
            start, end = found.start("blank"), found.end("blank")
            edit = Edit(start, end, " ")
            shown = _edited(text, [edit]).strip()
            code = "no_break_after_colon" if end > start else "glued_colon"
            return Slip([Problem(code, {"line": shown}, written.place_of(number, start))], {number: [edit]})
    return None


def _missing_colon(written: Written, error: yaml.MarkedYAMLError, line: int) -> Slip | None:
    """`type text`: a line without its colon."""
    for number in here_and_above(written, line):
        text = written.lines[number]
        found = re.match(r"(\s*(?:- +)?)([a-z_][\w-]*)( +)([^\s:].*)?$", text) or re.match(
            r"(\s*)([a-z_][\w-]*)()()$", text
        )
        if found and not re.search(r":(?:\s|$)", _COMMENT.sub("", text)):
            start = found.end(2)
            edit = Edit(start, start, ":")
            params = {"line": _edited(text, [edit]).strip()}
            return Slip(
                [Problem("missing_colon", params, written.place_of(number, found.start(2)))], {number: [edit]}
            )
    return None


def _left_out(written: Written, line: int, column: int) -> Slip:
    """A fault without a name: tell the place, and leave the line out."""
    text = written.lines[line]
    if not text.strip():
        above = [number for number, known in enumerate(written.lines) if known.strip() and number <= line]
        line, column = (above[-1], 0) if above else (line, column)
        text = written.lines[line]
    place = written.place_of(line, column)
    return Slip([Problem("yaml_syntax", {}, place)], {line: [Edit(0, len(text), "")]}, blanked=True)


_RULES: tuple[Rule, ...] = (
    odd_indentation,
    _unclosed_quote,
    _braces,
    _glued_colon,
    _unquoted_value,
    _missing_colon,
    uneven,
    bad_indentation,
)
