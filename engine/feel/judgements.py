"""Which operands the operators take, and what they give: the checker's half about arithmetic and comparison."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from typing import TypeAlias

from engine.feel import tree as t
from engine.feel.contradictions import is_upside_down
from engine.feel.known import Checks, Known, Scope
from engine.feel.members import PARTS
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    SIMPLE_NAMES,
    STRING,
    TIME,
    Boolean,
    Context,
    DaysDuration,
    List,
    MonthsDuration,
    Null,
    Number,
    Range,
    String,
    Type,
    type_name,
)
from engine.feel.types import Any as AnyType
from engine.feel.values import Value, kind_of
from engine.feel.written_days import day_meant

Side: TypeAlias = tuple[t.Node, Type]
TRUTH = {"oui": "true", "yes": "true", "vrai": "true", "true": "true",
          "non": "false", "no": "false", "faux": "false", "false": "false"}  # fmt: skip
_UNORDERED = (Boolean, List, Context, Range)

_DAYS, _MONTHS = "days and time duration", "years and months duration"
# What left and right must be, and what the operation gives.
_SUMS: dict[tuple[str, str], Type] = {
    ("string", "string"): STRING, (_DAYS, _DAYS): DAYS_DURATION, (_MONTHS, _MONTHS): MONTHS_DURATION,
    ("time", _DAYS): TIME, (_DAYS, "time"): TIME,
    ("date", _DAYS): DATE, (_DAYS, "date"): DATE, ("date", _MONTHS): DATE, (_MONTHS, "date"): DATE,
    ("date and time", _DAYS): DATE_TIME, (_DAYS, "date and time"): DATE_TIME,
    ("date and time", _MONTHS): DATE_TIME, (_MONTHS, "date and time"): DATE_TIME,
}  # fmt: skip
_DIFFERENCES: dict[tuple[str, str], Type] = {
    (_DAYS, _DAYS): DAYS_DURATION, (_MONTHS, _MONTHS): MONTHS_DURATION, ("time", "time"): DAYS_DURATION,
    ("time", _DAYS): TIME, ("date", _DAYS): DATE, ("date", _MONTHS): DATE,
    ("date and time", _DAYS): DATE_TIME, ("date and time", _MONTHS): DATE_TIME,
    ("date", "date"): DAYS_DURATION, ("date and time", "date and time"): DAYS_DURATION,
    ("date", "date and time"): DAYS_DURATION, ("date and time", "date"): DAYS_DURATION,
}  # fmt: skip
_PRODUCTS: dict[tuple[str, str], Type] = {
    (_DAYS, "number"): DAYS_DURATION, ("number", _DAYS): DAYS_DURATION,
    (_MONTHS, "number"): MONTHS_DURATION, ("number", _MONTHS): MONTHS_DURATION,
}  # fmt: skip
_QUOTIENTS: dict[tuple[str, str], Type] = {
    (_DAYS, "number"): DAYS_DURATION, (_MONTHS, "number"): MONTHS_DURATION,
    (_DAYS, _DAYS): NUMBER, (_MONTHS, _MONTHS): NUMBER,
}  # fmt: skip
_RESULTS = {"+": _SUMS, "-": _DIFFERENCES, "*": _PRODUCTS, "/": _QUOTIENTS, "**": {}}


def literal_unit(one: t.Node, first: Number, other: t.Node, second: Number) -> str | None:
    """The unit two numbers share; a number written in the text takes the unit of the other one."""
    for written, unit in ((one, second.unit), (other, first.unit)):
        if isinstance(written, t.Literal) and isinstance(written.value, Decimal):
            whole = written.value == written.value.to_integral_value()
            return None if unit == "integer" and not whole else unit
    return first.unit if first.unit == second.unit else None


def _product_unit(operator: str, left: Number, right: Number) -> str | None:
    """money * number and money / number are money; money / money is a plain number."""
    if left.unit == "money" and right.unit != "money":
        return "money"
    if operator == "*" and right.unit == "money" and left.unit != "money":
        return "money"
    return "integer" if operator == "*" and left.unit == right.unit == "integer" else None


def type_of_value(value: Value) -> Type:
    """The type of a date, time or duration written in the text."""
    return SIMPLE_NAMES.get(kind_of(value), NULL)


def part_type(of: Type, name: str) -> Type | None:
    """The type of a part; None when there is no such part."""
    if isinstance(of, List):
        inner = part_type(of.of, name)
        return None if inner is None else List(inner)
    if isinstance(of, AnyType | Null) or (isinstance(of, Context) and not of.members):
        return ANY
    if isinstance(of, Context):
        return of.members.get(name)
    if isinstance(of, Range):
        return of.of if name in {"start", "end"} else BOOLEAN if name in PARTS["range"] else None
    if name not in PARTS.get(type_name(of), {}):
        return None
    strange: dict[str, Type] = {"time offset": DAYS_DURATION, "timezone": STRING}
    return strange.get(name, NUMBER)


class Judgements(Checks):
    """The checks of operators."""

    def has_members(self, of: Type) -> bool:
        """Whether a part of it is a path of its own: `home.postcode` is, `created.year` is not."""
        return isinstance(of.of if isinstance(of, List) else of, Context | AnyType)

    def part_names(self, of: Type) -> list[str]:
        """The parts a type has."""
        if isinstance(of, List):
            return self.part_names(of.of)
        return sorted(of.members) if isinstance(of, Context) else list(PARTS.get(type_name(of), {}))

    # -- arithmetic -----------------------------------------------------------------------------------------

    def arithmetic(self, node: t.Arithmetic, scope: Scope) -> Known:
        left, right = self.infer(node.left, scope).type, self.infer(node.right, scope).type
        if isinstance(left, Number) and isinstance(right, Number):
            if node.operator in {"+", "-"}:
                return Known(Number(literal_unit(node.left, left, node.right, right)))
            return Known(Number(_product_unit(node.operator, left, right)))
        if isinstance(left, AnyType | Null) or isinstance(right, AnyType | Null):
            return Known(ANY)
        found = _RESULTS[node.operator].get((type_name(left), type_name(right)))
        if found is not None:
            return Known(found)
        if {type(left), type(right)} == {DaysDuration, MonthsDuration}:
            self.report("mixed_durations", node)
        else:
            self.wrong_operands(node, left, right)
        return Known(ANY)

    def wrong_operands(self, node: t.Arithmetic, left: Type, right: Type) -> None:
        """Blame the operand that fits no operation of this sign; the right one when only the pair is wrong."""
        lefts = {"number", *(pair[0] for pair in _RESULTS[node.operator])}
        blamed, found = (node.left, left) if type_name(left) not in lefts else (node.right, right)
        beside = left if blamed is node.right else right
        fitting = {"number"} if isinstance(beside, Number) else set()
        for one, other in _RESULTS[node.operator]:
            if blamed is node.right and one == type_name(beside):
                fitting.add(other)
            if blamed is node.left and other == type_name(beside):
                fitting.add(one)
        expected = " or ".join(sorted(fitting)) or " or ".join(sorted(lefts))
        self.report("wrong_type", blamed, operation=node.operator, expected=expected, found=type_name(found))

    def negate(self, node: t.Negate, scope: Scope) -> Known:
        found = self.infer(node.of, scope).type
        if not isinstance(found, Number | DaysDuration | MonthsDuration | AnyType | Null):
            self.report("wrong_type", node.of, operation="-", expected="number", found=type_name(found))
            return Known(ANY)
        return Known(found)

    # -- comparison -----------------------------------------------------------------------------------------

    def comparison(self, node: t.Comparison, scope: Scope) -> Known:
        left, right = self.infer(node.left, scope).type, self.infer(node.right, scope).type
        self.compared(node, node.operator, (node.left, left), (node.right, right))
        return Known(BOOLEAN)

    def compared(self, node: t.Node, operator: str, left: Side, right: Side) -> None:
        """Note a comparison of types that cannot be compared, or with a text that is no option."""
        one, other = left[1], right[1]
        if isinstance(one, AnyType | Null) or isinstance(other, AnyType | Null):
            return
        if {type(one), type(other)} == {DaysDuration, MonthsDuration}:
            self.report("mixed_durations", node)
        elif type(one) is not type(other):
            self.never_true(node, left, right, type_name(one), type_name(other))
        elif operator not in {"=", "!="} and isinstance(one, _UNORDERED):
            expected = "number, text, date or duration"
            self.report("wrong_type", left[0], operation=operator, expected=expected, found=type_name(one))
        elif operator == "=" and isinstance(one, String) and isinstance(other, String):
            self.options(node, left, right)
            self.options(node, right, left)

    def options(self, node: t.Node, choice: Side, text: Side) -> None:
        """A choice compared with a text written here: the text must be one of the options."""
        values = choice[1].values if isinstance(choice[1], String) else None
        written = text[0].value if isinstance(text[0], t.Literal) else None
        if values is None or written is None or written in values:
            return
        near = get_close_matches(written, sorted(values), 1, 0.5)
        options = ", ".join(f'"{value}"' for value in sorted(values))
        suggestion = f'"{near[0]}"' if near else None
        self.never_true(node, choice, text, f"one of {options}", "none of these", suggestion=suggestion)

    def never_true(
        self,
        node: t.Node,
        left: Side,
        right: Side,
        left_type: str,
        right_type: str,
        *,
        suggestion: str | None = None,
    ) -> None:
        """Note a comparison that is never true, with what may have been meant."""
        sides = {"left": self.source(left[0]), "right": self.source(right[0])}
        meant = suggestion or self.meant(left, right) or self.meant(right, left)
        self.report("never_true", node, meant, **sides, left_type=left_type, right_type=right_type)

    def meant(self, written: Side, beside: Side) -> str | None:
        """What a literal of the wrong type was meant to be: "74" for 74, or 74 for "74"."""
        node, wanted = written[0], beside[1]
        if type_name(wanted) == "date":
            text = node.value if isinstance(node, t.Literal) else self.source(node)
            return day_meant(str(text))
        if not isinstance(node, t.Literal):
            return None
        if isinstance(wanted, String) and isinstance(node.value, Decimal):
            return f'"{self.source(node)}"'
        if isinstance(wanted, Number) and isinstance(node.value, str) and node.value.isdecimal():
            return node.value
        if not isinstance(node.value, str):
            return None
        return TRUTH.get(node.value.lower()) if isinstance(wanted, Boolean) else None

    def between(self, node: t.Between, scope: Scope) -> Known:
        value = (node.value, self.infer(node.value, scope).type)
        for end in (node.low, node.high):
            self.compared(end, ">=", value, (end, self.infer(end, scope).type))
        if is_upside_down(node.low, node.high):
            self.report("upside_down", node, low=self.source(node.low), high=self.source(node.high))
        return Known(BOOLEAN)

    # -- unary tests ----------------------------------------------------------------------------------------

    def membership(self, node: t.In, scope: Scope) -> Known:
        value = (node.value, self.infer(node.value, scope).type)
        for test in node.tests:
            self.one_test(test, value, scope)
        return Known(BOOLEAN)

    def tests(self, node: t.Tests, scope: Scope) -> Known:
        value = (t.Name("?"), self.infer(t.Name("?"), scope).type)
        for test in node.tests:
            self.one_test(test, value, scope)
        return Known(BOOLEAN)

    def one_test(self, test: t.Node, value: Side, scope: Scope) -> None:
        """One test of a value: a comparison, a condition on `?`, a range, a list or an equal value."""
        if isinstance(test, t.Test):
            self.compared(test, test.operator, value, (test.operand, self.infer(test.operand, scope).type))
            return
        if isinstance(test, t.Items) and not isinstance(value[1], List):
            for item in test.items:
                self.one_test(item, value, scope)
            return
        if any(isinstance(inner, t.Name) and inner.name == "?" for inner in t.walk(test)):
            self.condition(test, scope)
            return
        found = self.infer(test, scope).type
        if isinstance(found, Range):
            self.compared(test, ">=", value, (test, found.of))
        elif isinstance(found, List) and not isinstance(value[1], List):
            self.compared(test, "=", value, (test, found.of.of if isinstance(found.of, Range) else found.of))
        else:
            self.compared(test, "=", value, (test, found))

    def lone_test(self, node: t.Test, scope: Scope) -> Known:
        return Known(Range(self.infer(node.operand, scope).type))
