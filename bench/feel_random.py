"""Random expressions of FEEL, of every kind of node and with every built-in function, and values for their names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any

from engine.feel import MonthsDuration, RangeValue
from engine.feel.builtins import BUILTINS, CLOCK_READERS
from engine.feel.signatures import Parameter, Signature

TEXTS = (
    "", "a", "abc", "Élodie", "élodie", "straße", "ÀÉÎ", "n° 5", "l'aide", "💶 1 000", "ab💶cd", "74000", "Σίσυφος", "ΟΔΟΣ",
    "aaa", "12,5", "1 234.50", "2020-02-29", "10:30:00", "P1Y2M", "İıſ", "\\n\"", "x\ny", "[1..5]", "ab-cd_ef", "𝒳𝒴",
)  # fmt: skip
PATTERNS = (
    "a", "a+", "(a|b)*c", "[a-z]+", "[^a-z]", "\\d+", "\\w+", "\\s", "^a", "c$", "(a+)(b+)?", "é", "[À-Ü]", ".", "a{2,3}",
    "(?:a|ab)(c|bcd)", "\\p{L}+", "\\P{Lu}", "[a-z-[aeiou]]", "a??b", "x*", "(", "[", "\\", "a**", "💶", "\\.", "-", ",",
)  # fmt: skip
FLAGS = ("", "i", "s", "m", "x", "ix", "q")
REPLACEMENTS = ("", "-", "$1", "[$0]", "\\$", "$", "$12", "é")
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "12",
    "0.5",
    "2.5",
    "0.1",
    "1.005",
    "2.675",
    "100",
    "19074.01",
    "365",
    "1e3",
)
DATES = ("2020-02-29", "2021-02-28", "2020-12-31", "2019-01-31", "2000-02-29", "1900-03-01", "2024-03-30", "9999-12-31",
         "0001-01-01", "-0044-03-15", "12020-02-29", "999999999-12-31", "2021-01-01", "2016-12-26")  # fmt: skip
CLOCKS = (
    "10:30:00",
    "00:00:00",
    "23:59:59",
    "23:59:59.999",
    "12:00:00Z",
    "12:00:00+02:00",
    "01:30:00-05:30",
    "24:00:00",
)
SPANS = (
    "P1D",
    "P90D",
    "PT12H",
    "-P1DT2H3M4.5S",
    "PT0S",
    "PT0.000001S",
    "P999999999D",
    "-P999999999D",
    "PT1439M",
)
MONTHS = ("P1M", "P1Y2M", "-P2Y", "P0M", "P11M", "P9998Y", "-P25M")
VARIABLES = {
    "number": ("n1", "n2", "n3", "row.amount"), "string": ("s1", "s2", "home.commune"), "boolean": ("b1", "b2"),
    "date": ("d1", "d2"), "time": ("t1",), "date and time": ("m1", "m2"), "days and time duration": ("p1",),
    "years and months duration": ("y1",), "list<number>": ("xs", "rows.amount"), "list<context>": ("rows",),
    "list<string>": ("words",), "context": ("home", "row"), "range": ("r1", "r2"), "any": ("nothing", "u1"),
}  # fmt: skip
SIMPLE = (
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)
KINDS = (*SIMPLE, "list<number>", "list<string>", "list<context>", "context", "range", "function")
PARTS = {
    "date": ("year", "month", "day", "weekday"), "date and time": ("year", "hour", "minute", "second", "weekday"),
    "time": ("hour", "minute", "second"), "days and time duration": ("days", "hours", "minutes", "seconds"),
    "years and months duration": ("years", "months"),
}  # fmt: skip
COMPARED = ("=", "!=", "<", "<=", ">", ">=")


def quoted(text: str) -> str:
    """A text as FEEL writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class Expressions:
    """Random expressions; `depth` bounds how far they nest."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.locals: list[tuple[str, str]] = []

    def one(self) -> str:
        """An expression of any kind."""
        return self.of(self.random.choice(KINDS), self.random.randint(1, 4))

    def tests(self) -> str:
        """The unary tests of a cell, which judge `?`."""
        of = self.random.choice(SIMPLE)
        tests = ", ".join(
            _test(self, of, self.random.randint(0, 2)) for _ in range(self.random.randint(1, 3))
        )
        return (
            f"not({tests})"
            if self.random.random() < 0.2
            else self.random.choice([tests, tests, "-", "? != null and n1 = ?"])
        )

    def of(self, kind: str, depth: int) -> str:
        """An expression meant to be of a kind; one in fifty is of another, so that ill-typed ones are met too."""
        if self.random.random() < 0.02:
            kind = self.random.choice(KINDS)
        if kind in {"any", "point", "same", "item", "list"} or kind not in KINDS:
            kind = self.random.choice(KINDS if kind == "any" else _MEANT.get(kind, SIMPLE))
        if depth <= 0 or self.random.random() < 0.15:
            return self.leaf(kind)
        makers = [*self.general(kind), *_MAKERS.get(kind, ())]
        return self.random.choice(makers)(self, kind, depth - 1)

    def leaf(self, kind: str) -> str:
        """A literal or a name."""
        chance = self.random.random()
        named = [name for name, of in self.locals if of == kind]
        if named and chance < 0.5:
            return self.random.choice(named)
        if chance < 0.55:
            return self.random.choice(VARIABLES.get(kind, VARIABLES["any"]))
        if chance < 0.6:
            return "null"
        return _LITERALS[kind](self)

    def general(self, kind: str) -> list[Maker]:
        """What gives any kind: a branch, an item, a part, a call."""
        return [_branch, _call, _call, _place, _parenthesised, *([_applied] if kind != "function" else [])]

    def with_local(self, name: str, kind: str, make: Callable[[], str]) -> str:
        """What `make` gives, where one more name is known."""
        self.locals.append((name, kind))
        made = make()
        self.locals.pop()
        return made


Maker = Callable[[Expressions, str, int], str]
_MEANT = {
    "list": ("list<number>", "list<string>", "list<context>"),
    "point": ("number", "string", "date", "time", "date and time"),
    "duration": ("days and time duration", "years and months duration"),
}


def _branch(e: Expressions, kind: str, depth: int) -> str:
    return f"(if {e.of('boolean', depth)} then {e.of(kind, depth)} else {e.of(kind, depth)})"


def _parenthesised(e: Expressions, kind: str, depth: int) -> str:
    return f"({e.of(kind, depth)})"


def _place(e: Expressions, kind: str, depth: int) -> str:
    inner = {"number": "list<number>", "string": "list<string>", "context": "list<context>"}.get(kind)
    items = e.of(inner, depth) if inner else f"[{e.of(kind, depth)}, {e.of(kind, depth)}]"
    return f"{_attached(items)}[{e.random.choice(['1', '2', '-1', 'n1', '0', '7'])}]"


def _attached(text: str) -> str:
    return text if text.replace("_", "").isalnum() or text.startswith(("[", "(")) else f"({text})"


def _applied(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(SIMPLE)
    name = f"v{len(e.locals)}"
    typed = f": {of}" if e.random.random() < 0.4 else ""
    body = e.with_local(name, of, lambda: e.of(kind, depth - 1))
    given = e.of(of, depth - 1)
    given = f"{name}: {given}" if e.random.random() < 0.2 else given
    return f"(function({name}{typed}) {body})({given})"


RESULTS: dict[str, list[Signature]] = {}
for _ways in BUILTINS.values():
    for _way in _ways:
        if _way.name not in CLOCK_READERS or _way.name == "today":
            RESULTS.setdefault(_way.result, []).append(_way)
_LOOSE = [
    *RESULTS.get("any", ()),
    *RESULTS.get("same", ()),
    *RESULTS.get("item", ()),
    *RESULTS.get("duration", ()),
]


def _call(e: Expressions, kind: str, depth: int) -> str:
    ways = RESULTS.get(kind, [])
    way = e.random.choice(ways if ways and e.random.random() < 0.85 else _LOOSE)
    given: list[tuple[str, str]] = []
    for parameter in way.parameters:
        if parameter.optional and e.random.random() < 0.5:
            break
        turns = e.random.randint(1, 3) if parameter.repeated else 1
        given += [(parameter.name, _argument(e, way, parameter, kind, depth)) for _ in range(turns)]
    names = len({name for name, _ in given}) == len(given) and e.random.random() < 0.1
    return f"{way.name}({', '.join(f'{name}: {text}' if names else text for name, text in given)})"


def _argument(e: Expressions, way: Signature, parameter: Parameter, kind: str, depth: int) -> str:
    if way.name in {"matches", "replace", "split"}:
        choices = {"pattern": PATTERNS, "delimiter": PATTERNS, "flags": FLAGS, "replacement": REPLACEMENTS}
        if parameter.name in choices:
            return quoted(e.random.choice(choices[parameter.name]))
    if parameter.name == "precedes":
        return e.random.choice(
            [
                "function(a, b) a < b",
                "function(a, b) a > b",
                "function(a, b) b = null",
                "function(a, b) a <= b",
            ]
        )
    if parameter.name == "match" and "function" in parameter.kinds:
        return "function(a, b) a " + e.random.choice(COMPARED) + " " + e.leaf("number")
    if parameter.name in {"scale", "start position", "position", "length", "exponent"}:
        return e.random.choice(["0", "1", "2", "-1", "3", "5", "-2", "33", "n1"])
    if way.name in {"exp", "**"}:
        return e.random.choice(["1", "0", "-1", "2.5", "10", "n1"])
    found = e.random.choice(parameter.kinds)
    if parameter.packed and found == "list" and kind in SIMPLE:
        found = {"number": "list<number>", "string": "list<string>"}.get(kind, "list")
    return e.of(found, depth)


# -- numbers ------------------------------------------------------------------------------------------------------


def _arithmetic(e: Expressions, kind: str, depth: int) -> str:
    operator = e.random.choice(["+", "-", "*", "/", "+", "-", "*", "**"])
    right = e.random.choice(["2", "3", "0.5", "-1", "n1"]) if operator == "**" else e.of("number", depth)
    return f"({e.of('number', depth)} {operator} {right})"


def _negated(e: Expressions, kind: str, depth: int) -> str:
    return f"-{_attached(e.of(kind, depth))}"


def _part(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(list(PARTS))
    return f"({e.of(of, depth)}).{e.random.choice(PARTS[of])}"


def _ratio(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(["days and time duration", "years and months duration"])
    return f"({e.of(of, depth)} / {e.of(of, depth)})"


# -- booleans -----------------------------------------------------------------------------------------------------


def _comparison(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(KINDS)
    return f"({e.of(of, depth)} {e.random.choice(COMPARED)} {e.of(of, depth)})"


def _logic(e: Expressions, kind: str, depth: int) -> str:
    word = e.random.choice([" and ", " or "])
    parts = [e.of("boolean", depth) for _ in range(e.random.randint(2, 3))]
    joined = word.join(parts)
    return f"not({joined})" if e.random.random() < 0.3 else f"({joined})"


def _between(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(SIMPLE)
    return f"({e.of(of, depth)} between {e.of(of, depth)} and {e.of(of, depth)})"


def _test(e: Expressions, of: str, depth: int) -> str:
    made = e.random.choice(
        [
            lambda: f"{e.random.choice(COMPARED)} {e.of(of, depth)}",
            lambda: _interval(e, of, depth),
            lambda: e.of(of, depth),
            lambda: f"[{e.of(of, depth)}, {e.of(of, depth)}]",
        ]
    )
    return made()


def _in(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(SIMPLE)
    tests = ", ".join(_test(e, of, depth) for _ in range(e.random.randint(1, 2)))
    return f"({e.of(of, depth)} in ({tests}))"


def _quantified(e: Expressions, kind: str, depth: int) -> str:
    of, items = e.random.choice(
        [("number", "list<number>"), ("string", "list<string>"), ("context", "list<context>")]
    )
    name = f"q{len(e.locals)}"
    domain = e.of(items, depth)
    condition = e.with_local(name, of, lambda: e.of("boolean", depth))
    return f"({e.random.choice(['some', 'every'])} {name} in {domain} satisfies {condition})"


TYPES = ("number", "string", "boolean", "date", "time", "date and time", "list<number>", "list<string>", "Any", "Null",
         "context<amount: number>", "range<number>", "function<number> -> number", "days and time duration", "list", "context")  # fmt: skip


def _instance(e: Expressions, kind: str, depth: int) -> str:
    return f"({e.of(e.random.choice(KINDS), depth)} instance of {e.random.choice(TYPES)})"


# -- dates, times, durations ----------------------------------------------------------------------------------------


def _moved(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(
        ["days and time duration", "years and months duration"]
        if "date" in kind
        else ["days and time duration"]
    )
    return f"({e.of(kind, depth)} {e.random.choice('+-')} {e.of(of, depth)})"


def _span(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(["date", "date and time", "time"])
    return f"({e.of(of, depth)} - {e.of(of, depth)})"


def _scaled(e: Expressions, kind: str, depth: int) -> str:
    return f"({e.of(kind, depth)} {e.random.choice('*/')} {e.of('number', depth)})"


def _summed(e: Expressions, kind: str, depth: int) -> str:
    return f"({e.of(kind, depth)} {e.random.choice('+-')} {e.of(kind, depth)})"


# -- texts, lists, contexts, ranges -----------------------------------------------------------------------------------


def _joined(e: Expressions, kind: str, depth: int) -> str:
    return f"({e.of('string', depth)} + {e.of('string', depth)})"


def _items(e: Expressions, kind: str, depth: int) -> str:
    of = kind[5:-1]
    return "[" + ", ".join(e.of(of, depth) for _ in range(e.random.randint(0, 4))) + "]"


def _filtered(e: Expressions, kind: str, depth: int) -> str:
    of = kind[5:-1]
    items = e.of(kind, depth)
    if of == "context":
        condition = e.random.choice(
            ["amount > n1", "ok", "name = s1", "item.amount != null", "on >= d1", "amount", "not(ok)"]
        )
    else:
        condition = e.with_local("item", of, lambda: e.of("boolean", depth))
    return f"{_attached(items)}[{condition}]"


def _loop(e: Expressions, kind: str, depth: int) -> str:
    of = kind[5:-1]
    name = f"f{len(e.locals)}"
    domain, inner = e.random.choice(
        [
            (f"{e.random.choice(['1', 'n1', '-2', '3'])}..{e.random.choice(['4', '2', '0'])}", "number"),
            (e.of("list<number>", depth), "number"),
            (e.of("list<string>", depth), "string"),
            (e.of("list<context>", depth), "context"),
            ("[1..4)", "number"),
            ('date("2020-02-27")..date("2020-03-02")', "date"),
        ]
    )
    body = e.with_local(name, inner, lambda: e.of(of, depth))
    more = ", z in [1, 2]" if e.random.random() < 0.2 else ""
    body = f"count(partial) + ({body})" if of == "number" and e.random.random() < 0.2 else body
    return f"(for {name} in {domain}{more} return {body})"


def _entries(e: Expressions, kind: str, depth: int) -> str:
    parts = []
    for name in e.random.sample(["amount", "name", "ok", "on", '"a key"', "é"], e.random.randint(0, 4)):
        of = {"amount": "number", "name": "string", "ok": "boolean", "on": "date"}.get(
            name, e.random.choice(SIMPLE)
        )
        parts.append(f"{name}: {e.of(of, depth)}")
    if e.random.random() < 0.3:
        parts.append("twice: " + e.with_local("amount", "number", lambda: e.of("number", depth)))
    return "{" + ", ".join(parts) + "}"


def _interval(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(["number", "date", "string", "number"]) if kind == "range" else kind
    return f"{e.random.choice('[(]')}{e.of(of, depth)}..{e.of(of, depth)}{e.random.choice('])[')}"


def _half_open(e: Expressions, kind: str, depth: int) -> str:
    return f"({e.random.choice(COMPARED)} {e.of(e.random.choice(['number', 'date']), depth)})"


def _function(e: Expressions, kind: str, depth: int) -> str:
    of = e.random.choice(SIMPLE)
    name = f"g{len(e.locals)}"
    return f"(function({name}) {e.with_local(name, of, lambda: e.of(e.random.choice(SIMPLE), depth))})"


def _member(e: Expressions, kind: str, depth: int) -> str:
    name = {"number": "amount", "string": "name", "boolean": "ok", "date": "on"}.get(kind, "amount")
    return f"({e.of('context', depth)}).{name}"


_SPAN, _MONTHS = "days and time duration", "years and months duration"
_MAKERS: dict[str, tuple[Maker, ...]] = {
    "number": (_arithmetic, _arithmetic, _arithmetic, _negated, _part, _ratio, _member),
    "string": (_joined, _member),
    "boolean": (_comparison, _comparison, _logic, _logic, _between, _in, _quantified, _instance, _member),
    "date": (_moved, _moved, _member),
    "time": (_moved,),
    "date and time": (_moved,),
    _SPAN: (_span, _scaled, _summed, _negated),
    _MONTHS: (_scaled, _summed, _negated),
    "list<number>": (_items, _filtered, _loop),
    "list<string>": (_items, _filtered, _loop),
    "list<context>": (_items, _filtered, _loop),
    "context": (_entries,),
    "range": (_interval, _interval, _half_open),
    "function": (_function,),
}


def _number_literal(e: Expressions) -> str:
    chance = e.random.random()
    if chance < 0.7:
        return e.random.choice(NUMBERS)
    digits = str(e.random.randint(1, 9)) + "".join(e.random.choices("0123456789", k=e.random.randint(0, 33)))
    place = e.random.randint(0, len(digits))
    plain = f"{digits[:place] or '0'}.{digits[place:] or '0'}"
    return plain[:35] if chance < 0.95 else f"{digits[0]}e{e.random.choice([-6176, -6143, -30, 30, 6143])}"


_LITERALS: dict[str, Callable[[Expressions], str]] = {
    "number": _number_literal,
    "string": lambda e: quoted(e.random.choice(TEXTS)),
    "boolean": lambda e: e.random.choice(["true", "false"]),
    "date": lambda e: f'@"{e.random.choice(DATES)}"',
    "time": lambda e: f'@"{e.random.choice(CLOCKS)}"',
    "date and time": lambda e: f'date and time("{e.random.choice(DATES)}T{e.random.choice(CLOCKS)}")',
    _SPAN: lambda e: f'@"{e.random.choice(SPANS)}"',
    _MONTHS: lambda e: f'@"{e.random.choice(MONTHS)}"',
    "list<number>": lambda e: e.random.choice(["[]", "[1, 2, 3]", "[3, null, 1]", "[0.1, 0.2]", "[5]"]),
    "list<string>": lambda e: e.random.choice(["[]", '["a", "b"]', '["é", null]', '["💶", "a"]']),
    "list<context>": lambda e: e.random.choice(["[]", "[{amount: 1, ok: true}, {amount: null}]"]),
    "context": lambda e: e.random.choice(["{}", '{amount: 2, name: "a"}', '{"a key": null}']),
    "range": lambda e: e.random.choice(["[1..5]", "(0..3)", '["a".."c"]', "(< 5)", "(>= 2)"]),
    "function": lambda e: e.random.choice(["abs", "function(a) a + 1", "function() null", "string length"]),
}


# -- values -------------------------------------------------------------------------------------------------------


class Values:
    """Random values for the names the expressions read."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def all(self) -> dict[str, Any]:
        """One value for each name; one in twelve is unknown."""
        made = {
            "n1": self.number, "n2": self.number, "n3": self.number, "s1": self.text, "s2": self.text, "b1": self.truth,
            "b2": self.truth, "d1": self.day, "d2": self.day, "t1": self.clock, "m1": self.moment, "m2": self.moment,
            "p1": self.span, "y1": self.months, "xs": self.numbers, "words": self.words, "rows": self.rows,
            "home": self.home, "row": self.row, "r1": self.range, "r2": self.range,
            "?": lambda: self.random.choice([self.number, self.text, self.day, self.truth])(),
            "u1": lambda: self.random.choice([self.number, self.text, self.rows, self.day])(),
        }  # fmt: skip
        return {name: self.maybe(make) for name, make in made.items()} | {"nothing": None}

    def maybe(self, make: Callable[[], Any]) -> Any:
        """A value, or nothing."""
        return None if self.random.random() < 1 / 12 else make()

    def number(self) -> Decimal:
        chance = self.random.random()
        if chance < 0.5:
            return Decimal(self.random.randint(-3, 12))
        if chance < 0.75:
            return Decimal(self.random.randint(-(10**6), 10**6)).scaleb(-2)
        digits = tuple(self.random.randint(0, 9) for _ in range(34))
        return Decimal((self.random.randint(0, 1), digits, self.random.choice([-34, -33, -20, -2, 0, 5])))

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def truth(self) -> bool:
        return self.random.random() < 0.5

    def day(self) -> date:
        if self.random.random() < 0.5:
            return date.fromisoformat(
                self.random.choice([day for day in DATES if len(day) == 10 and day[0] != "-"])
            )
        return date(1900, 1, 1) + timedelta(days=self.random.randint(0, 80_000))

    def clock(self) -> time:
        zone = self.random.choice(
            [None, None, UTC, timezone(timedelta(hours=2)), timezone(timedelta(minutes=-210))]
        )
        return time(
            self.random.randint(0, 23),
            self.random.choice([0, 59]),
            self.random.randint(0, 59),
            self.random.choice([0, 500_000]),
            zone,
        )

    def moment(self) -> datetime:
        return datetime.combine(self.day(), self.clock())

    def span(self) -> timedelta:
        return timedelta(
            self.random.randint(-800, 800),
            self.random.choice([0, 0, 3600, 86_399]),
            self.random.choice([0, 0, 1]),
        )

    def months(self) -> MonthsDuration:
        return MonthsDuration(self.random.randint(-40, 40))

    def numbers(self) -> list[Any]:
        return [self.maybe(self.number) for _ in range(self.random.randint(0, 5))]

    def words(self) -> list[Any]:
        return [self.maybe(self.text) for _ in range(self.random.randint(0, 4))]

    def row(self) -> dict[str, Any]:
        made = {"amount": self.number, "name": self.text, "ok": self.truth, "on": self.day}
        return {name: self.maybe(make) for name, make in made.items()}

    def rows(self) -> list[Any]:
        return [self.row() for _ in range(self.random.randint(0, 4))]

    def home(self) -> dict[str, Any]:
        return {"postcode": self.maybe(self.text), "commune": self.maybe(self.text)}

    def range(self) -> RangeValue:
        make = self.random.choice([self.number, self.day, self.text])
        low, high = make(), make()
        return RangeValue(low, high, self.truth(), self.truth())
