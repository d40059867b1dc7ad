"""Random expressions and random values, the same for the same seed: what two evaluators are compared with.

Expressions are of every construct and every built-in function, mostly of fitting types, sometimes not; values are
null, wrong, or at the edges of their type as often as they are ordinary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from engine.feel import MonthsDuration
from engine.feel.builtins import BUILTINS
from engine.feel.builtins import CLOCK_READERS as CLOCK
from engine.feel.signatures import Parameter, Signature

DAYS, MONTHS = "days and time duration", "years and months duration"
# The names an expression may read, and the type of their values.
NAMES: Mapping[str, str] = {
    "income": "number", "rent": "number", "share": "number", "net worth": "number",
    "owner": "boolean", "student": "boolean",
    "town": "string", "note": "string",
    "born": "date", "moved": "date", "sent": "date and time", "hour": "time",
    "stay": DAYS, "loan": MONTHS,
    "rows": "rows", "amounts": "numbers", "home": "context", "nobody": "string",
}  # fmt: skip
PARTS: Mapping[str, str] = {"amount": "number", "eligible": "boolean", "label": "string", "day": "date"}
COLUMNS_OF_HOME: Mapping[str, str] = {"rooms": "number", "postcode": "string", "heated": "boolean"}

WRONG_TYPE, NULL, EDGE = 0.04, 0.12, 0.25
_NUMBERS = ("0", "1", "2", "-1", "10", "0.5", "0.1", "-0.0", "100", "12.50", "1e3", "33.333", "1000000",
            "1234567890123456789012345678901234", "0.0000000000000000000000000000000001", "-9.9999e20",
            "9.99E+6144", "1E-6143", "99999999999999999999.99", "0.30", "7", "3")  # fmt: skip
_TEXTS = ("", "a", "Annecy", "74000", "é", "œuvre", "a b", "2024-02-29", "P1D", "12", "true", "\U0001f600x", "A,b;c",
          "ligne\nligne", "Zürich", "a.c", "[a-z]+")  # fmt: skip
_DAYS = (
    date(1, 1, 1),
    date(9999, 12, 31),
    date(2024, 2, 29),
    date(2023, 2, 28),
    date(1970, 1, 1),
    date(2024, 12, 31),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One expression and the values it is evaluated with."""

    text: str
    values: Mapping[str, Any]


def cases(seed: int, count: int, *, per_text: int = 4) -> Iterator[Case]:
    """So many random cases; each expression comes with several sets of values."""
    random = Random(seed)
    writer = Expressions(random)
    for number in range(count):
        if number % per_text == 0:
            text = writer.any(random.choice((1, 2, 3, 3, 4, 4)))
        yield Case(text, values(random))


def values(random: Random) -> dict[str, Any]:
    """A value for each name, some left out."""
    return {name: value(random, kind) for name, kind in NAMES.items() if random.random() > 0.05}


def value(random: Random, kind: str) -> Any:
    """A value of a type; null and values of another type come too."""
    chance = random.random()
    if chance < NULL:
        return None
    if chance < NULL + WRONG_TYPE:
        kind = random.choice(list(_VALUES))
    return _VALUES[kind](random)


def _number(random: Random) -> Decimal:
    if random.random() < EDGE:
        return Decimal(random.choice(_NUMBERS))
    if random.random() < 0.1:
        return Decimal(random.randint(-(10**34) + 1, 10**34 - 1)).scaleb(random.randint(-30, 10))
    return Decimal(random.randint(-500, 300_000)).scaleb(random.choice((0, 0, -1, -2)))


def _day(random: Random) -> date:
    if random.random() < EDGE:
        return random.choice(_DAYS)
    return date(2000, 1, 1) + timedelta(days=random.randint(0, 9500))


def _moment(random: Random) -> datetime:
    zone = random.choice((None, UTC))
    return datetime.combine(_day(random), _time(random).replace(tzinfo=None), zone)


def _time(random: Random) -> time:
    zone = random.choice((None, None, UTC))
    return time(random.randint(0, 23), random.randint(0, 59), random.choice((0, 0, 59)), 0, zone)


def _span(random: Random) -> timedelta:
    return timedelta(days=random.choice((0, 1, 90, -3, 400_000)), seconds=random.choice((0, 0, 3600, 86_399)))


def _row(random: Random) -> Any:
    if random.random() < 0.03:
        return random.choice((None, Decimal(3), "a", [], {}))
    return {name: value(random, kind) for name, kind in PARTS.items() if random.random() > 0.03}


_VALUES: Mapping[str, Callable[[Random], Any]] = {
    "number": _number,
    "boolean": lambda random: random.random() < 0.6,
    "string": lambda random: random.choice(_TEXTS),
    "date": _day,
    "date and time": _moment,
    "time": _time,
    DAYS: _span,
    MONTHS: lambda random: MonthsDuration(random.choice((0, 1, 12, -5, 30, 120_000))),
    "rows": lambda random: [_row(random) for _ in range(random.choice((0, 1, 2, 3, 6)))],
    "numbers": lambda random: [value(random, "number") for _ in range(random.choice((0, 1, 2, 5)))],
    "context": lambda random: {name: value(random, kind) for name, kind in COLUMNS_OF_HOME.items()},
}


class Expressions:
    """Writes random expressions: for each type, the productions that give it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._variables: list[tuple[str, str]] = []
        self._calls = _calls_by_result()

    def any(self, depth: int) -> str:
        """An expression of some type, most often a condition as rules have."""
        kinds = ("boolean", "boolean", "boolean", "number", "number", *_VALUES, "list", "point")
        return self.of(self.random.choice(kinds), depth)

    def of(self, kind: str, depth: int) -> str:
        """An expression of a type, or now and then of another one."""
        if self.random.random() < WRONG_TYPE:
            kind = self.random.choice(("number", "boolean", "string", "date", "rows"))
        if depth <= 0 or self.random.random() < 0.12:
            return self._leaf(kind)
        productions = self._PRODUCTIONS.get(kind, self._EVERYWHERE)
        if self.random.random() < 0.08:
            productions = self._EVERYWHERE
        return self.random.choice(productions)(self, kind, depth - 1)

    # -- leaves ---------------------------------------------------------------------------------------------

    def _leaf(self, kind: str) -> str:
        names = [name for name, of in (*NAMES.items(), *self._variables) if of == kind]
        if names and self.random.random() < 0.65:
            return self.random.choice(names)
        if self.random.random() < 0.03:
            return "null"
        return self._literal(kind)

    def _literal(self, kind: str) -> str:
        made = self.random
        match kind:
            case "number":
                return made.choice(_NUMBERS) if made.random() < 0.4 else str(made.randint(0, 50_000))
            case "boolean":
                return made.choice(("true", "false"))
            case "string" | "point":
                return _quoted(made.choice(_TEXTS))
            case "date":
                return f'date("{_day(made).isoformat()}")'
            case "date and time":
                return f'@"{_day(made).isoformat()}T{made.randint(10, 23)}:05:00{made.choice(("", "Z", "+02:00"))}"'
            case "time":
                return f'@"{made.randint(10, 23)}:30:00{made.choice(("", "Z"))}"'
            case "days and time duration":
                return made.choice(('@"P90D"', "90 days", '@"-PT36H"', 'duration("P1DT2H")'))
            case "years and months duration":
                return made.choice(('@"P1Y"', "2 months", '@"-P14M"'))
            case "rows":
                return "[{amount: 12.5, eligible: true}, {amount: null, eligible: owner}]"
            case "context":
                return '{rooms: 3, postcode: "74000", heated: rooms > 2}'
            case "range":
                return made.choice(
                    ("[1..10]", "(0..5]", '["a".."n")', "]1..2[", '[@"2020-01-01"..@"2024-12-31"]')
                )
            case "function":
                return made.choice(("function(a, b) a < b", "function(a) a", "min"))
        return "[1, 2, 2, null, 10]"

    # -- productions ----------------------------------------------------------------------------------------

    def _arithmetic(self, kind: str, depth: int) -> str:
        operator = self.random.choice("++--**/")
        if self.random.random() < 0.04:
            return f"({self.of('number', depth)} ** {self.random.choice(('2', '-1', '0.5', 'share'))})"
        return f"({self.of('number', depth)} {operator} {self.of('number', depth)})"

    def _shifted(self, kind: str, depth: int) -> str:
        span = self.random.choice((DAYS, MONTHS))
        return f"({self.of(kind, depth)} {self.random.choice('+-')} {self.of(span, depth)})"

    def _between_days(self, kind: str, depth: int) -> str:
        day = self.random.choice(("date", "date", "date and time", "time"))
        return f"({self.of(day, depth)} - {self.of(day, depth)})"

    def _scaled(self, kind: str, depth: int) -> str:
        return f"({self.of(kind, depth)} {self.random.choice('*/')} {self.of('number', depth)})"

    def _summed(self, kind: str, depth: int) -> str:
        return f"({self.of(kind, depth)} {self.random.choice('+-')} {self.of(kind, depth)})"

    def _joined(self, kind: str, depth: int) -> str:
        return f"({self.of('string', depth)} + {self.of('string', depth)})"

    def _negated(self, kind: str, depth: int) -> str:
        return f"(-{self.of(kind, depth)})"

    def _comparison(self, kind: str, depth: int) -> str:
        of = self.random.choice(
            ("number", "number", "number", "date", "string", DAYS, MONTHS, "date and time", "time")
        )
        operator = self.random.choice(("=", "!=", "<", "<=", ">", ">="))
        return f"({self.of(of, depth)} {operator} {self.of(of, depth)})"

    def _equality(self, kind: str, depth: int) -> str:
        of = self.random.choice((*_VALUES, "range"))
        return f"({self.of(of, depth)} {self.random.choice(('=', '!='))} {self.of(of, depth)})"

    def _logic(self, kind: str, depth: int) -> str:
        operator = self.random.choice((" and ", " or "))
        parts = [self.of("boolean", depth) for _ in range(self.random.choice((2, 2, 3, 4)))]
        return f"({operator.join(parts)})"

    def _not(self, kind: str, depth: int) -> str:
        return f"not({self.of('boolean', depth)})"

    def _between(self, kind: str, depth: int) -> str:
        of = self.random.choice(("number", "number", "date", "string"))
        return f"({self.of(of, depth)} between {self.of(of, depth)} and {self.of(of, depth)})"

    def _in(self, kind: str, depth: int) -> str:
        of = self.random.choice(("number", "number", "date", "string"))
        tests = [self._test(of, depth) for _ in range(self.random.choice((1, 2, 3)))]
        return f"({self.of(of, depth)} in ({', '.join(tests)}))"

    def _test(self, of: str, depth: int) -> str:
        shape = self.random.random()
        low, high = (self._literal(of) if shape < 0.5 else self.of(of, depth - 1) for _ in "lh")
        form = self.random.choice(
            ("{0}", "< {0}", ">= {0}", "[{0}..{1}]", "({0}..{1})", "[{0}, {1}]", "null")
        )
        return form.format(low, high)

    def _quantified(self, kind: str, depth: int) -> str:
        quantifier = self.random.choice(("some", "every"))
        return f"({quantifier} {self._with_variable('boolean', depth, 'satisfies')})"

    def _loop(self, kind: str, depth: int) -> str:
        return f"(for {self._with_variable(self.random.choice(('number', 'boolean')), depth, 'return')})"

    def _with_variable(self, body: str, depth: int, word: str) -> str:
        domain, of = self.random.choice((("numbers", "number"), ("rows", "context"), ("span", "number")))
        name = f"x{len(self._variables)}"
        over = "1..4" if domain == "span" else self.of(domain, depth - 1)
        self._variables.append((name, of))
        text = f"{name} in {over} {word} {self.of(body, depth - 1)}"
        self._variables.pop()
        return text

    def _instance(self, kind: str, depth: int) -> str:
        wanted = self.random.choice(
            ("number", "string", "date", "list<number>", DAYS, "Any", "context<amount: number>")
        )
        return f"({self.of(self.random.choice(list(_VALUES)), depth)} instance of {wanted})"

    def _filtered(self, kind: str, depth: int) -> str:
        if kind == "numbers" and self.random.random() < 0.5:
            return f"({self.of('numbers', depth)})[item {self.random.choice(('<', '>='))} {self.of('number', depth - 1)}]"
        return f"{self._kept(depth)}.amount" if kind == "numbers" else self._kept(depth)

    def _kept(self, depth: int) -> str:
        parts = [(name, of) for name, of in PARTS.items()]
        self._variables += parts
        condition = self.random.choice(("eligible", self.of("boolean", depth)))
        del self._variables[-len(parts) :]
        return f"rows[{condition}]"

    def _part(self, kind: str, depth: int) -> str:
        found = [
            f"rows[{number}].{name}" for name, of in PARTS.items() if of == kind for number in (1, -1, 2)
        ]
        found += [f"home.{name}" for name, of in COLUMNS_OF_HOME.items() if of == kind]
        if kind == "number":
            found += [
                f"{self.of('date', depth)}.year",
                f"{self.of(DAYS, depth)}.days",
                "loan.months",
                "sent.hour",
            ]
        return self.random.choice(found) if found else self._leaf(kind)

    def _list(self, kind: str, depth: int) -> str:
        of = "number" if kind == "numbers" else self.random.choice(("number", "string", "date"))
        return f"[{', '.join(self.of(of, depth) for _ in range(self.random.choice((0, 1, 2, 3))))}]"

    def _if(self, kind: str, depth: int) -> str:
        return f"(if {self.of('boolean', depth)} then {self.of(kind, depth)} else {self.of(kind, depth)})"

    def _let(self, kind: str, depth: int) -> str:
        return f"{{a: {self.of('number', depth)}, b: {self.of(kind, depth)}}}.b"

    def _applied(self, kind: str, depth: int) -> str:
        self._variables.append(("z", "number"))
        body = self.of(kind, depth)
        self._variables.pop()
        return f"(function(z) {body})({self.of('number', depth)})"

    def _call(self, kind: str, depth: int) -> str:
        chosen = [
            signature for result in (kind, "same", "item", "any") for signature in self._calls.get(result, ())
        ]
        return self.call(self.random.choice(chosen), kind, depth) if chosen else self._leaf(kind)

    def call(self, signature: Signature, kind: str, depth: int) -> str:
        """A call of a built-in function, by position or by name."""
        given = [p for p in signature.parameters if not p.optional or self.random.random() < 0.5]
        texts = [self._argument(parameter, kind, depth) for parameter in given]
        if given and self.random.random() < 0.1:
            return (
                f"{signature.name}({', '.join(f'{p.name}: {x}' for p, x in zip(given, texts, strict=True))})"
            )
        return f"{signature.name}({', '.join(texts)})"

    def _argument(self, parameter: Parameter, kind: str, depth: int) -> str:
        wanted = self.random.choice(parameter.kinds)
        if wanted in {"list", "list<number>"}:
            return self.of(self.random.choice(("numbers", "numbers", "rows", "list")), depth)
        if wanted in {"any", "point"}:
            wanted = kind if self.random.random() < 0.6 else "number"
        return self.of(wanted, depth - 1)

    _PRODUCTIONS: Mapping[str, tuple[Callable[[Expressions, str, int], str], ...]] = {
        "number": (_arithmetic, _arithmetic, _arithmetic, _negated, _part, _call, _call),
        "boolean": (_comparison, _comparison, _comparison, _logic, _logic, _not, _between, _in, _in, _quantified,
                    _instance, _equality, _part, _call),
        "string": (_joined, _part, _call),
        "date": (_shifted, _part, _call),
        "date and time": (_shifted, _call),
        "time": (_call,),
        DAYS: (_between_days, _scaled, _summed, _negated, _call),
        MONTHS: (_scaled, _summed, _negated, _call),
        "rows": (_filtered, _filtered, _call),
        "numbers": (_filtered, _filtered, _list, _loop, _call),
        "list": (_filtered, _list, _loop, _call),
    }  # fmt: skip
    _EVERYWHERE: tuple[Callable[[Expressions, str, int], str], ...] = (_if, _let, _applied)


def _calls_by_result() -> Mapping[str, list[Signature]]:
    """Every way to call every built-in function that reads no clock, by the type it gives."""
    found: dict[str, list[Signature]] = {}
    for name, signatures in BUILTINS.items():
        if name not in CLOCK:
            for signature in signatures:
                found.setdefault(signature.result, []).append(signature)
    found["numbers"] = found.get("list", []) + found.get("list<number>", [])
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace("\n", "\\n") + '"'
