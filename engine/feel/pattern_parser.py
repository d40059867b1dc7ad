"""Reads the regular expressions of XPath 2.0 (functions and operators, 7.6.1) into a small tree."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

NESTING = 20
REPETITIONS = 1000
Test = Callable[[str], bool]


class PatternError(ValueError):
    """A faulty or refused pattern; its text is the reason."""


class Part:
    """A piece of a pattern."""


@dataclass(frozen=True, slots=True)
class Characters(Part):
    """One character that passes a test."""

    accepts: Test


@dataclass(frozen=True, slots=True)
class Anchor(Part):
    """`^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Sequence(Part):
    """Parts after one another."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Alternatives(Part):
    """One of several parts, the first that fits."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group(Part):
    """A part in parentheses, counted from 1."""

    of: Part
    number: int


@dataclass(frozen=True, slots=True)
class Repeat(Part):
    """A part several times; `most` None is without end."""

    of: Part
    least: int
    most: int | None
    greedy: bool


def read_pattern(text: str, flags: str) -> tuple[Part, int]:
    """The tree of a pattern and how many groups it has; raises PatternError."""
    if set(flags) - set("smix"):
        raise PatternError("its flags are others than s, m, i and x")
    reader = _Reader(_without_spaces(text) if "x" in flags else text, flags)
    part = reader.alternatives(0)
    if reader.place < len(reader.text):
        raise PatternError("it has a ) too many")
    return part, reader.groups


def _without_spaces(text: str) -> str:
    """The pattern without its spaces, but those between [ and ]: the flag x."""
    kept, depth, place = [], 0, 0
    while place < len(text):
        sign = text[place]
        if sign == "\\" and place + 1 < len(text):
            following = text[place + 1 :].lstrip(" \t\r\n")
            kept.append(sign + following[:1])
            place = len(text) - len(following) + 1
            continue
        depth += (sign == "[") - (sign == "]")
        if depth > 0 or sign not in " \t\r\n":
            kept.append(sign)
        place += 1
    return "".join(kept)


_BLOCKS = {"IsBasicLatin": (0, 0x7F), "IsLatin-1Supplement": (0x80, 0xFF), "IsLatinExtended-A": (0x100, 0x17F),
           "IsLatinExtended-B": (0x180, 0x24F), "IsGreek": (0x370, 0x3FF), "IsCyrillic": (0x400, 0x4FF)}  # fmt: skip
_CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()  # noqa: SIM905
)


def _is_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "PZC"


def _is_name_start(sign: str) -> bool:
    return sign.isalpha() or sign in "_:"


def _is_name_part(sign: str) -> bool:
    return sign.isalnum() or sign in "_:.-·"


_CLASSES: dict[str, Test] = {
    "d": lambda sign: unicodedata.category(sign) == "Nd",
    "s": lambda sign: sign in " \t\n\r",
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name_part,
}
_SINGLE = {"n": "\n", "r": "\r", "t": "\t"}


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str, flags: str) -> None:
        self.text, self.flags, self.place, self.groups = text, flags, 0, 0

    def peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def take(self) -> str:
        sign = self.peek()
        if not sign:
            raise PatternError("it stops too early")
        self.place += 1
        return sign

    def alternatives(self, depth: int) -> Part:
        if depth > NESTING:
            raise PatternError("it is nested too deeply")
        parts = [self.sequence(depth)]
        while self.peek() == "|":
            self.place += 1
            parts.append(self.sequence(depth))
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def sequence(self, depth: int) -> Part:
        parts: list[Part] = []
        while self.peek() not in {"", "|", ")"}:
            parts.append(self.repeated(self.part(depth)))
        return Sequence(tuple(parts))

    def part(self, depth: int) -> Part:
        sign = self.take()
        if sign == "(":
            return self.group(depth)
        if sign in {"^", "$"}:
            return Anchor(sign)
        if sign == ".":
            return Characters((lambda _: True) if "s" in self.flags else (lambda s: s not in "\n\r"))
        if sign == "[":
            return Characters(self.character_class(depth))
        if sign == "\\":
            return Characters(self.escape())
        if sign in "?*+{}]":
            raise PatternError(f"{sign} stands where it has no meaning")
        return Characters(self.single(sign))

    def group(self, depth: int) -> Part:
        counted = self.text[self.place : self.place + 2] != "?:"
        if not counted:
            self.place += 2
        self.groups += counted
        number = self.groups
        inner = self.alternatives(depth + 1)
        if self.take() != ")":
            raise PatternError("a ) is missing")
        return Group(inner, number) if counted else inner

    def repeated(self, part: Part) -> Part:
        least, most = self.quantity()
        if (least, most) == (1, 1):
            return part
        greedy = self.peek() != "?"
        self.place += not greedy
        if self.peek() and self.peek() in "?*+{":
            raise PatternError("one repetition follows another")
        return Repeat(part, least, most, greedy)

    def quantity(self) -> tuple[int, int | None]:
        sign = self.peek()
        if sign and sign in "?*+":
            self.place += 1
            return {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        if sign != "{":
            return 1, 1
        end = self.text.find("}", self.place)
        low, comma, high = self.text[self.place + 1 : max(end, 0)].partition(",")
        numbers = (low, high) if high else (low,)
        if end < 0 or not all(n.isascii() and n.isdigit() and int(n[:9]) <= REPETITIONS for n in numbers):
            raise PatternError(f"its repetition is no number up to {REPETITIONS}")
        self.place = end + 1
        most = int(high) if high else (None if comma else int(low))
        if most is not None and most < int(low):
            raise PatternError("its repetition ends before it begins")
        return int(low), most

    def single(self, sign: str) -> Test:
        """The test for one character, or for its upper and lower case."""
        if "i" not in self.flags:
            return lambda other: other == sign
        cases = _cases(sign)
        return lambda other: bool(cases & _cases(other))

    def escape(self) -> Test:
        sign = self.take()
        if sign.lower() in _CLASSES:
            test = _CLASSES[sign.lower()]
            return test if sign.islower() else (lambda sign: not test(sign))
        if sign in "pP":
            test = self.category()
            return test if sign == "p" else (lambda sign: not test(sign))
        if sign.isdigit():
            raise PatternError("references to a group are not possible: they cannot be found in linear time")
        return self.single(_escaped(sign))

    def category(self) -> Test:
        end = self.text.find("}", self.place)
        name = self.text[self.place + 1 : max(end, 0)]
        if self.peek() != "{" or end < 0:
            raise PatternError("\\p wants a category in braces")
        self.place = end + 1
        if name in _BLOCKS:
            low, high = _BLOCKS[name]
            return lambda sign: low <= ord(sign) <= high
        if name not in _CATEGORIES:
            raise PatternError(f"there is no category {name}")
        return lambda sign: unicodedata.category(sign).startswith(name)

    def character_class(self, depth: int) -> Test:
        """`[a-z]`, `[^a-z]`, `[a-z-[aeiou]]`."""
        if depth > NESTING:
            raise PatternError("it is nested too deeply")
        negative = self.peek() == "^"
        self.place += negative
        tests: list[Test] = []
        without: Test | None = None
        while self.peek() != "]" or not tests:
            if self.text[self.place : self.place + 2] == "-[" and tests:
                self.place += 2
                without = self.character_class(depth + 1)
                break
            tests.append(self.class_item())
        if self.take() != "]":
            raise PatternError("a ] is missing")
        members = tuple(tests)

        def accepts(sign: str) -> bool:
            return any(test(sign) for test in members) != negative and not (
                without is not None and without(sign)
            )

        return accepts

    def class_item(self) -> Test:
        sign = self.take()
        if sign in "[]":
            raise PatternError(f"write \\{sign} for {sign} between brackets")
        if sign == "\\":
            if self.peek() not in set("nrt\\|.?*+(){}-[]^$"):
                return self.escape()
            sign = _escaped(self.take())
        if self.peek() != "-" or self.text[self.place + 1 : self.place + 2] in {"]", "[", ""}:
            return self.single(sign)
        self.place += 1
        last = self.take()
        if last == "\\":
            last = _escaped(self.take())
        if last < sign:
            raise PatternError(f"the range {sign}-{last} is the wrong way round")
        if "i" not in self.flags:
            return lambda other: sign <= other <= last
        return lambda other: any(sign <= case <= last for case in _cases(other))


def _escaped(sign: str) -> str:
    if sign in _SINGLE:
        return _SINGLE[sign]
    if sign not in "\\|.?*+(){}-[]^$":
        raise PatternError(f"\\{sign} has no meaning")
    return sign


def _cases(sign: str) -> frozenset[str]:
    """A character in upper and lower case, the Kelvin sign being a K."""
    return frozenset({sign, sign.lower(), sign.upper(), sign.casefold(), sign.lower().upper()})
