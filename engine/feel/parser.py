"""From tokens to the tree, by precedence climbing (DMN 1.5, 10.3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import count

from engine.feel.constructs import Constructs
from engine.feel.errors import FeelError
from engine.feel.lexer import Token
from engine.feel.limits import NESTING, TREE_HEIGHT
from engine.feel.precedence import AND, BINDING, COMPARISON, COMPARISONS, NEGATION
from engine.feel.temporal_texts import temporal
from engine.feel.tree import (
    And,
    Arithmetic,
    At,
    Between,
    Call,
    Comparison,
    Filter,
    In,
    InstanceOf,
    Literal,
    Name,
    Negate,
    Node,
    Not,
    Or,
    Path,
    Tree,
    height,
)
from engine.feel.type_names import read_type

SPANS = {
    "year": "P{}Y",
    "month": "P{}M",
    "day": "P{}D",
    "hour": "PT{}H",
    "minute": "PT{}M",
    "second": "PT{}S",
}
_CONSTANTS = {"true": True, "false": False, "null": None}
_CLOSING = frozenset({")", "]", "}", ",", "..", ":"})


def parse(text: str, *, unary: bool = False, names: Iterable[str] = ()) -> Tree:
    """The tree of an expression, or of the unary tests of a cell; raises FeelError with the place of the fault.

    Of `names`, those that hold signs or keywords (`Pre-bid ratio`) are read as one name where they stand.
    """
    parser = Parser(text, names)
    root = parser.unary_tests() if unary else parser.expression()
    parser.finish()
    if height(root) > TREE_HEIGHT:
        raise FeelError("too_deep", 0, len(text), limit=TREE_HEIGHT)
    return Tree(text, root, unary)


class Parser(Constructs):
    """Reads expressions; one method for each construct."""

    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators all bind tighter than `binding`."""
        self._nesting += 1
        if self._nesting > NESTING:
            raise FeelError("too_deep", self.token.start, self.token.end, limit=NESTING)
        left, chain = self.operand(), 0
        while self.token.kind in {"sign", "keyword"}:
            operator = self.token.value
            tightness = BINDING.get(operator, 0)
            if tightness <= binding:
                break
            self.take()
            left = self.operation(left, operator, tightness)
            chain = 0 if isinstance(left, And | Or) else chain + 1
            self.bound_chain(chain)
        self._nesting -= 1
        return left

    def operation(self, left: Node, operator: str, tightness: int) -> Node:
        """What an infix operator makes of the expression before it and the one after it."""
        if operator == "between":
            low = self.expression(COMPARISON)
            self.expect("and")
            high = self.expression(COMPARISON)
            return Between(left, low, high, start=left.start, end=high.end)
        if operator == "in":
            tests = self.in_tests()
            return In(left, tests, start=left.start, end=self._tokens[self._place - 1].end)
        right = self.expression(tightness)
        if operator in {"and", "or"}:
            kind: type[And | Or] = And if operator == "and" else Or
            # three-valued logic is associative: `(a and b) and c` is one node with three parts
            parts = left.parts if isinstance(left, And | Or) and type(left) is kind else (left,)
            return kind((*parts, right), start=left.start, end=right.end)
        if operator in COMPARISONS:
            return Comparison(operator, left, right, start=left.start, end=right.end)
        return Arithmetic(operator, left, right, start=left.start, end=right.end)

    def operand(self) -> Node:
        """An expression without infix operators, with what is attached to its end."""
        token = self.token
        if known := self.known_name():
            return self.attached(Name(known.value, start=known.start, end=known.end))
        if token.kind == "keyword":
            construct = {
                "if": self.conditional,
                "for": self.loop,
                "some": self.quantified,
                "every": self.quantified,
                "function": self.declared,
            }.get(token.value)
            if construct is not None:
                return construct()
            if token.value == "not" and self.peek().value != "(":
                self.take()
                of = self.expression(AND)  # sugar: `not x` is not(x)
                return Not(of, start=token.start, end=of.end)
        if self.accept("-"):
            of = self.expression(NEGATION)
            return Negate(of, start=token.start, end=of.end)
        return self.attached(self.atom())

    def attached(self, node: Node) -> Node:
        """Paths, filters, calls and `instance of` after an expression."""
        for chain in count():
            self.bound_chain(chain)
            if self.accept("."):
                member = self.known_name(part=True) or self.name("the name of a part")
                node = Path(node, member.value, start=node.start, end=member.end)
            elif self.at("[") and not self.closes_interval():
                self.take()
                with self._known.scope(of_item=True):
                    condition = self.nested()
                node = Filter(node, condition, start=node.start, end=self.expect("]").end)
            elif self.at("("):
                node = self.call(node)
            elif self.at("instance"):
                self.take()
                self.expect("of")
                written = read_type(self)
                node = InstanceOf(node, written, start=node.start, end=written.end)
            else:
                break
        return node

    def bound_chain(self, length: int) -> None:
        """Raise FeelError when operators or parts follow one another without end."""
        if length > TREE_HEIGHT:
            raise FeelError("too_deep", self.token.start, self.token.end, limit=TREE_HEIGHT)

    def closes_interval(self) -> bool:
        """Whether `[` here is the end of a range such as ]1..5[ rather than the start of a filter."""
        if not self._in_interval:
            return False
        after = self.peek()
        return (
            after.kind == "end"
            or (
                after.kind in {"sign", "keyword"}
                and (
                    after.value in _CLOSING
                    or (after.value in BINDING and after.value != "-")
                    or after.value == "["
                )
            )
            or (after.kind == "keyword" and after.value in {"then", "else", "return", "satisfies"})
        )

    def atom(self) -> Node:
        """A literal, a name, or something in brackets."""
        token = self.take()
        match token.kind, token.value:
            case "number", value:
                return self.span(token, value)
            case "text", value:
                return Literal(value, start=token.start, end=token.end)
            case "at", value:
                return At(value, temporal(value), start=token.start, end=token.end)
            case "name", value:
                return Name(value, start=token.start, end=token.end)
            case "keyword", ("true" | "false" | "null") as value:
                return Literal(_CONSTANTS[value], start=token.start, end=token.end)
            case "keyword", "not":
                return self.negation(token)
            case "sign", "(":
                return self.parenthesis(token)
            case "sign", "[" | "]":
                return self.bracket(token)
            case "sign", "{":
                return self.context(token)
        if token.kind != "end":
            self._place -= 1
        raise self.unexpected("an expression") if self._place or token.kind != "end" else FeelError("empty")

    def span(self, token: Token, value: Decimal) -> Node:
        """A number, or with a unit after it (`90 days`) the duration of that length."""
        unit = self.token
        if unit.kind != "name" or unit.value.removesuffix("s") not in SPANS:
            return Literal(value, start=token.start, end=token.end)
        self.take()
        if value != value.to_integral_value() or value.adjusted() > 9:
            found = f"{value} {unit.value}"
            raise FeelError("bad_unit", token.start, unit.end, found=found)
        length = Literal(
            SPANS[unit.value.removesuffix("s")].format(int(value)), start=token.start, end=unit.end
        )
        function = Name("duration", start=token.start, end=unit.end)
        return Call(function, (length,), start=token.start, end=unit.end)

    def negation(self, token: Token) -> Node:
        """`not(x)`; with any other number of arguments it is a call that gives null."""
        call = self.call(Name("not", start=token.start, end=token.end))
        if len(call.arguments) == 1 and call.names in {(), ("negand",)}:
            return Not(call.arguments[0], start=call.start, end=call.end)
        return call

    def call(self, function: Node) -> Call:
        """The arguments of a call, by position or by name."""
        self.expect("(")
        arguments: list[Node] = []
        names: list[str] = []
        while not self.at(")"):
            if arguments:
                self.expect(",")
            named = self.token.kind == "name" and self.peek().value == ":" and self.peek().kind == "sign"
            if arguments and named != bool(names):
                raise self.unexpected("either names for all values or for none")
            if named:
                names.append(self.take().value)
                self.take()
            arguments.append(self.list_item())
        end = self.take().end
        return Call(function, tuple(arguments), tuple(names), start=function.start, end=end)
