"""Texts for the fuzzing of expressions: well formed ones, damaged ones, soups of tokens and signs, and hostile ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from bench.random_feel import NAMES, PARTS, Expressions
from engine.feel.builtins import BUILTINS

_WORDS = ("if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not", "between",
          "instance of", "function", "true", "false", "null", "date", "time", "duration", "item", "partial", "external",
          "list<number>", "context<a: string>", "range<date>", "number", "Any", "90 days", "2 months")  # fmt: skip
_SIGNS = ("(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=",
          "->", "@", '"', '"a"', "//", "/*", "*/", "\\", "?", "'", "`", "#", "&&", "==", "<>", "\n", "\t")  # fmt: skip
_VALUES = ("0", "1", "-1", "1e999", "9" * 34, ".5", "1.", '@"2024-02-29"', '@"P1D"', '@"99999-01-01"', '"\\u00e9"', '"\\U10FFFF"',
           '""', '@"T10:00:00@Europe/Paris"', '@"-P999999999Y"', "1..3", "[1..2[", "(< 5)")  # fmt: skip
_ODD = "\x00\x01\u00a0\u2028\u200b\u202e\u0301\ufeff\ud7ffœ€𝒳😀\U000effff²٣Ⅷªʰ"
_MIDDLES = ("(", "[", "{a: ", "-", "not(", "if true then ", "for x in ", "[1, ", "x.", "1 + ", "1 and ", "1 = ", "f(",
            "function(x) ", "some y in [1] satisfies ", "1 ** ", "(1..", "]", '"a" + ', "x[", "1 in (", "if ", "@")  # fmt: skip
_HEAVY = (
    "count(for a in 1..{n}, b in 1..{n}, c in 1..{n} return a)",
    "(function(f, x) f(f, x))(function(f, x) f(f, x), {n})",
    'string join(for i in 1..{n} return "{long}", "")',
    'matches("{long}!", "(a*)*b")',
    'replace("{long}", "(a|aa)+$", "$1$1")',
    'split("{long}", "")',
    "{n} ** {n} ** {n}",
    "exp({n}) * log({n}) / sqrt({n})",
    "sort(for i in 1..{n} return modulo(i * 7919, 1009), function(a, b) a < b)",
    "for i in 1..{n} return partial",
    "flatten([[[[[[1..{n}]]]]]])",
    "distinct values(for i in 1..{n} return [i, [i]])",
    "(for i in 1..{n} return {{a: i}})[a = {n}].a",
    "every x in 1..{n} satisfies some y in 1..{n} satisfies x = y",
    'decimal({n}.123456789, 6000) + round up(1e-6000, 6100)',
    "1000000000000 in ({list})",
    "{list}",
    "{chain}",
    'string(@"P{n}Y") + string(@"P{n}D")',
    "date({n}, 1, 1) + @\"P999999999M\"",
)  # fmt: skip


class Soup:
    """A stream of texts, the same for the same seed; `known` are whole expressions to damage."""

    def __init__(self, seed: int, known: Sequence[str] = ()) -> None:
        self.random = Random(seed)
        self.known = known
        self._writer = Expressions(self.random)
        self._names = (*NAMES, *PARTS, *BUILTINS)
        self._last = "1"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Texts without end, each after the name of its sort."""
        sorts = list(self._SORTS)
        weights = [self._WEIGHTS[sort] for sort in sorts]
        while True:
            sort = self.random.choices(sorts, weights)[0]
            text = self._SORTS[sort](self)
            yield sort, text
            self._last = text or self._last

    def grammar(self) -> str:
        """A well formed expression."""
        return self._writer.any(self.random.choice((1, 2, 3, 4)))

    def tokens(self) -> str:
        """Tokens in any order."""
        kinds = (_WORDS, _SIGNS, _SIGNS, _VALUES, self._names)
        count = self.random.choice((1, 2, 3, 5, 8, 13, 30))
        gap = self.random.choice((" ", " ", ""))
        return gap.join(self.random.choice(self.random.choice(kinds)) for _ in range(count))

    def signs(self) -> str:
        """Any characters."""
        random = self.random
        pick: tuple[Callable[[], str], ...] = (
            lambda: chr(random.randrange(32, 127)),
            lambda: random.choice(_ODD),
            lambda: chr(random.randrange(0xD800)),
        )
        return "".join(random.choice(pick)() for _ in range(random.choice((1, 3, 8, 20, 60))))

    def damaged(self) -> str:
        """An expression with some pieces cut out, doubled, exchanged or put in."""
        text = self.random.choice(self.known) if self.known and self.random.random() < 0.5 else self.grammar()
        if self.random.random() < 0.1:
            text = self._last
        for _ in range(self.random.choice((1, 1, 2, 4))):
            text = self._hurt(text)
        return text[:9000]

    def _hurt(self, text: str) -> str:
        random = self.random
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((0, 1, 1, 2, 5, 20)))
        piece = text[start:end]
        put = random.choice(
            ("", piece + piece, random.choice(_SIGNS), f" {random.choice(_WORDS)} ", random.choice(_VALUES),
             random.choice(_ODD), f"({piece})", f"[{piece}]", random.choice(self._names))
        )  # fmt: skip
        return text[:start] + put + text[end:]

    def deep(self) -> str:
        """The same beginning over and over: brackets that never close, chains without end."""
        middle = self.random.choice(_MIDDLES)
        count = self.random.choice((10, 50, 60, 61, 150, 500, 2000))
        close = {"(": ")", "[": "]", "{a: ": "}", "not(": ")", "[1, ": "]", "f(": ")", "x[": "]"}.get(
            middle, ""
        )
        tail = close * count if self.random.random() < 0.6 else ""
        return (middle * count + self.random.choice(("1", "x", "")) + tail)[
            : self.random.choice((7900, 8000, 9000))
        ]

    def heavy(self) -> str:
        """Well formed texts that would take for ever without bounds."""
        n = self.random.choice((3, 50, 1000, 10**5, 10**9, 10**30))
        fill = {
            "n": str(n),
            "long": "a" * self.random.choice((10, 100, 3000)),
            "list": ", ".join(["1"] * self.random.choice((10, 500, 2600))),
            "chain": self.random.choice((" + ", " and ", " or ", " = ", ".", "**")).join(
                ["a"] * self.random.choice((20, 149, 1900))
            ),
        }
        template = self.random.choice(_HEAVY)
        return f"[{template.format(**fill)}]" if template == "{list}" else template.format(**fill)

    _SORTS: Mapping[str, Callable[[Soup], str]] = {
        "grammar": grammar,
        "damaged": damaged,
        "tokens": tokens,
        "signs": signs,
        "deep": deep,
        "heavy": heavy,
    }
    _WEIGHTS: Mapping[str, int] = {
        "grammar": 15,
        "damaged": 45,
        "tokens": 25,
        "signs": 13,
        "deep": 1,
        "heavy": 1,
    }


def kit_texts(path: Path) -> list[str]:
    """The expressions of the public kit's file."""
    return sorted({test["plan"]["expr"] for test in json.loads(path.read_text(encoding="utf-8"))})
