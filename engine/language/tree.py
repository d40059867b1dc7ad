"""Builds plain data from YAML's events; refuses equal keys, aliases, tags, and what YAML would cut or lose silently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from engine.language.frames import Frame, Scalar
from engine.language.scalars import plain_value
from engine.language.written import Written
from engine.problems import Path, Place, Problem

DEPTH = 40  # mappings and lists inside one another
BLANKS = "\u00a0\u202f\u2007\u2009\t \u3000\u200b"  # what looks like a blank around a key
_DECIMAL = re.compile(r"[0-9]+,[0-9]+")


class TooDeep(Exception):
    """More levels than anybody writes: reading on would only cost time."""


class Builder:
    """Fills `data`, `keys`, `values`, `scalars` and `problems` from the events of one document."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.reset()

    def reset(self) -> None:
        """Forget what was built."""
        self.data: object = None
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.scalars: dict[Path, Scalar] = {}
        self.problems: list[Problem] = []
        self.odd_lines: list[
            int
        ] = []  # indented with no-break spaces, which YAML takes for a part of the key
        self._stack: list[Frame] = []
        self._documents = 0
        self.cut_short = False  # what follows is not read: a second document, or too many levels
        self._skipping = 0  # inside a mapping or list used as a key: nothing of it is kept

    def build(self, events: Iterable[Any]) -> None:
        """Read all events; raises yaml.YAMLError where the text is no YAML."""
        try:
            self._read_all(events)
        except TooDeep:
            self.cut_short = True

    def _read_all(self, events: Iterable[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self.cut_short = True
                    self._report("second_document", event)
            elif self._documents <= 1:
                self._read(event)

    def _read(self, event: Any) -> None:
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._sign("*", event)
            self._keep(self._raw(event), event, None)

    # -- mappings and lists ---------------------------------------------------------------------------------

    def _open(self, event: Any) -> None:
        if len(self._stack) + self._skipping >= DEPTH:
            self._report("too_deep", event)
            raise TooDeep
        if self._skipping or self._wants_key():
            if not self._skipping:
                self._report("key_is_no_word", event)
            self._skipping += 1
            return
        self._decorations(event)
        into: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path, hidden = self._keep(into, event, None)
        self._stack.append(Frame(path, into, bool(event.flow_style), event.start_mark.index, hidden=hidden))

    def _close(self, event: Any) -> None:
        if self._skipping:
            self._skipping -= 1
            if not self._skipping and self._wants_key():
                self._stack[-1].key, self._stack[-1].key_scalar = "", None
            elif not self._skipping:
                self._take_key()
            return
        frame = self._stack.pop()
        self._finish_cut(frame)
        if frame.bare and not frame.into and self._stack:
            self._text_in_braces(frame, event.end_mark.index)
        else:
            self.problems += frame.bare

    def _text_in_braces(self, frame: Frame, end: int) -> None:
        """`row: {name}`: a text that begins with a brace, which YAML takes for a mapping."""
        params = {"sign": "{", "line": self.written.line_quoting(frame.start, end)}
        self.problems.append(Problem("begins_with_sign", params, self._place(frame.start)))
        above, text = self._stack[-1].into, self.written.text[frame.start : end]
        if isinstance(above, list):
            above[-1] = text
        elif not frame.hidden:
            above[str(frame.path[-1])] = text
        self.scalars[frame.path] = Scalar(frame.start, end, "", text)

    def _wants_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].into, dict) and self._stack[-1].key is None

    def _take_key(self) -> None:
        if self._stack:
            self._stack[-1].key = None

    # -- scalars --------------------------------------------------------------------------------------------

    def _scalar(self, event: Any) -> None:
        if self._skipping:
            return
        style = event.style or ""
        scalar = Scalar(event.start_mark.index, event.end_mark.index, style, event.value)
        self._decorations(event)
        if self._wants_key():
            self._key(scalar, event)
            return
        if self._was_cut(scalar):
            return
        value = event.value if style else plain_value(event.value)
        if isinstance(value, str) and not style:
            self._question_mark(scalar)
        self._keep(value, event, scalar)

    def _key(self, scalar: Scalar, event: Any) -> None:
        frame = self._stack[-1]
        key = scalar.value if scalar.style else scalar.value.strip(BLANKS)
        line, column = self.written.spot(scalar.start)
        if (
            key != scalar.value
            and not self.written.lines[line][:column].strip()
            and scalar.value[0] in BLANKS
        ):
            self.odd_lines.append(line)
        elif key != scalar.value:
            self.problems.append(Problem("blank_around_key", {"key": key}, self._place(scalar.start)))
        merge = key == "<<" and not scalar.style
        if merge:
            self._report("merge_key", event)
        frame.key, frame.key_scalar = key, None if merge else scalar

    def _was_cut(self, scalar: Scalar) -> bool:
        """A key of `{…}` without colon and value is the rest of a text which a comma has cut."""
        frame = self._stack[-1] if self._stack else None
        if frame is None or not frame.flow or frame.key_scalar is None or isinstance(frame.into, list):
            return False
        key = frame.key_scalar
        if (
            scalar.start != scalar.end
            or scalar.style
            or self.written.text[key.end : key.end + 20].lstrip()[:1] == ":"
        ):
            return False
        if glued := re.fullmatch(r"([\w-]+):(\S.*)", key.value):
            self._glued(frame, key, glued[1], glued[2])
        elif frame.last is None or frame.last[1].style:
            params = {"key": frame.key, "line": self.written.line_quoting(key.start, key.end)}
            frame.bare.append(Problem("key_without_value", params, self._place(key.start)))
        else:
            start = frame.cut[1] if frame.cut else frame.last[1].start
            frame.cut = (str(frame.last[0]), start, key.end)
        frame.key = None
        return True

    def _glued(self, frame: Frame, key: Scalar, name: str, value: str) -> None:
        """`{type:text}`: no blank after the colon."""
        line, column = self.written.spot(key.start)
        text = self.written.lines[line]
        shown = f"{text[: column + len(name) + 1]} {text[column + len(name) + 1 :]}".strip()
        self.problems.append(Problem("glued_colon", {"line": shown}, self._place(key.start)))
        if isinstance(frame.into, dict):
            frame.into[name] = plain_value(value)
            self.keys[(*frame.path, name)] = self.values[(*frame.path, name)] = self._place(key.start)

    def _finish_cut(self, frame: Frame) -> None:
        if frame.cut is None or not isinstance(frame.into, dict):
            return
        key, start, end = frame.cut
        whole = self.written.text[start:end]
        path = (*frame.path, key)
        self._cut(whole, start, end, path)
        frame.into[key] = whole.replace(",", ".") if _DECIMAL.fullmatch(whole) else whole
        self.scalars[path] = Scalar(start, end, "", whole)

    def _cut(self, whole: str, start: int, end: int, path: Path) -> None:
        if _DECIMAL.fullmatch(whole):
            params: dict[str, object] = {"found": whole, "instead": whole.replace(",", ".")}
            self.problems.append(Problem("decimal_comma", params, self._place(start), path))
        else:
            params = {"line": self.written.line_quoting(start, end)}
            self.problems.append(Problem("cut_at_comma", params, self._place(start), path))

    def _question_mark(self, scalar: Scalar) -> None:
        """`{label: Majeur ?}` is read by some YAML readers and stops others: refused by all of ours."""
        if self._stack and self._stack[-1].flow and "?" in scalar.value:
            params = {"line": self.written.line_quoting(scalar.start, scalar.end)}
            self.problems.append(Problem("quote_text", params, self._place(scalar.start)))

    # -- keeping --------------------------------------------------------------------------------------------

    def _keep(self, value: object, event: Any, scalar: Scalar | None) -> tuple[Path, bool]:
        """Put a value where it belongs; its path, and whether it is hidden by an equal key before it."""
        if not self._stack:
            self.data = value
            return self._note((), event, scalar, False), False
        frame = self._stack[-1]
        if isinstance(frame.into, list):
            return self._item(frame, frame.into, value, event, scalar)
        key, hidden = frame.key or "", frame.hidden
        path: Path = (*frame.path, key)
        if key in frame.into and frame.key_scalar is not None:
            frame.equal_keys += 1
            first = self.keys.get(path)
            params = {"key": key, "first": f"{first.line}:{first.column}" if first else ""}
            self.problems.append(Problem("duplicate_key", params, self._place(frame.key_scalar.start), path))
            path, hidden = (*frame.path, f"{key}\0{frame.equal_keys}"), True
        if not hidden and frame.key_scalar is not None:
            frame.into[key] = value
            self.keys[path] = self._place(frame.key_scalar.start)
        frame.key = None
        frame.last = (key, scalar) if scalar is not None else None
        return self._note(path, event, scalar, hidden), hidden

    def _item(
        self, frame: Frame, into: list[object], value: object, event: Any, scalar: Scalar | None
    ) -> tuple[Path, bool]:
        before = frame.last
        if scalar is not None and before is not None and frame.flow and self._is_decimal(before[1], scalar):
            path: Path = (*frame.path, before[0])
            whole = self.written.text[before[1].start : scalar.end]
            self._cut(whole, before[1].start, scalar.end, path)
            into[-1] = whole.replace(",", ".")
            frame.last = None
            return path, frame.hidden
        path = (*frame.path, len(into))
        into.append(value)
        frame.last = (len(into) - 1, scalar) if scalar is not None else None
        return self._note(path, event, scalar, frame.hidden), frame.hidden

    def _is_decimal(self, before: Scalar, now: Scalar) -> bool:
        """`1,5` in a list: two values without a blank after the comma."""
        between = self.written.text[before.end : now.start]
        plain = not before.style and not now.style
        return plain and between == "," and before.value.isdigit() and now.value.isdigit()

    def _note(self, path: Path, event: Any, scalar: Scalar | None, hidden: bool) -> Path:
        if not hidden:
            self.values[path] = self._place(event.start_mark.index)
            if scalar is not None:
                self.scalars[path] = scalar
        return path

    # -- telling --------------------------------------------------------------------------------------------

    def _decorations(self, event: Any) -> None:
        """Anchors and tags: always an accident in this language (`& truc`, `!important`)."""
        if event.anchor is not None:
            self._sign("&", event)
        elif event.tag is not None:
            self._sign("!", event)

    def _sign(self, sign: str, event: Any) -> None:
        start, end = event.start_mark.index, self._end(event)
        params = {"sign": sign, "line": self.written.line_quoting(start, end)}
        self.problems.append(Problem("begins_with_sign", params, self._place(start)))

    def _end(self, event: Any) -> int:
        flow = bool(self._stack) and self._stack[-1].flow
        return self.written.end_of_text(event.start_mark.index, inside_braces=flow)

    def _raw(self, event: Any) -> str:
        return self.written.text[event.start_mark.index : self._end(event)]

    def _report(self, code: str, event: Any) -> None:
        self.problems.append(Problem(code, {}, self._place(event.start_mark.index)))

    def _place(self, index: int) -> Place:
        return self.written.place(index)
