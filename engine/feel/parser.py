"""From tokens to the tree, by precedence climbing (DMN 1.5, 10.3.1.2)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from engine.feel.errors import FeelError
from engine.feel.lexer import Token, tokens
from engine.feel.limits import NESTING, TREE_HEIGHT
from engine.feel.temporal import temporal
from engine.feel.tree import (
    And,
    Arithmetic,
    At,
    Between,
    Call,
    Comparison,
    Declared,
    Entries,
    Entry,
    Filter,
    For,
    If,
    In,
    InstanceOf,
    Interval,
    Items,
    Iteration,
    Literal,
    Name,
    Negate,
    Node,
    Not,
    Or,
    Parameter,
    Path,
    Quantified,
    Test,
    Tests,
    Tree,
    height,
)
from engine.feel.type_names import read_type

# The higher, the tighter. Operators of one line are read from left to right.
OR, AND, COMPARISON, SUM, PRODUCT, POWER, NEGATION = range(1, 8)
BINDING = {
    "or": OR, "and": AND,
    "=": COMPARISON, "!=": COMPARISON, "<": COMPARISON, "<=": COMPARISON, ">": COMPARISON, ">=": COMPARISON,
    "between": COMPARISON, "in": COMPARISON,
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER,
}  # fmt: skip
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
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


def parse(text: str, *, unary: bool = False) -> Tree:
    """The tree of an expression, or of the unary tests of a cell; raises FeelError with the place of the fault."""
    parser = Parser(tokens(text))
    root = parser.unary_tests() if unary else parser.expression()
    parser.finish()
    if height(root) > TREE_HEIGHT:
        raise FeelError("too_deep", 0, len(text), limit=TREE_HEIGHT)
    return Tree(text, root, unary)


class Parser:
    """Reads tokens from left to right; one method for each construct."""

    def __init__(self, read: list[Token]) -> None:
        self._tokens = read
        self._place = 0
        self._nesting = 0
        self._in_interval = False  # `[` may close a range: ]1..5[

    # -- tokens ---------------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self._tokens[self._place]

    def peek(self, distance: int = 1) -> Token:
        """A token farther on; the last one when there is none."""
        return self._tokens[min(self._place + distance, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The token here; the next call gives the one after it."""
        token = self.token
        if token.kind != "end":
            self._place += 1
        return token

    def at(self, *values: str) -> bool:
        """Whether a sign or keyword among these stands here."""
        return self.token.kind in {"sign", "keyword"} and self.token.value in values

    def accept(self, value: str) -> bool:
        """Take this sign or keyword if it stands here."""
        if not self.at(value):
            return False
        self._place += 1
        return True

    def expect(self, value: str) -> Token:
        """Take this sign or keyword, or raise FeelError."""
        if not self.at(value):
            raise self.unexpected(f"'{value}'")
        return self.take()

    def name(self, what: str) -> Token:
        """Take a name, or raise FeelError."""
        if self.token.kind != "name":
            raise self.unexpected(what)
        return self.take()

    def unexpected(self, expected: str) -> FeelError:
        """What stands here instead of what was expected."""
        token = self.token
        if token.kind == "end":
            return FeelError("unexpected_end", token.start, token.end, expected=expected)
        found = f"'{token.value}'" if token.kind != "text" else f'"{token.value}"'
        return FeelError("unexpected", token.start, token.end, found=found, expected=expected)

    def finish(self) -> None:
        """Nothing may follow the expression."""
        token = self.token
        if token.kind == "end":
            return
        before = self._tokens[self._place - 1]
        if token.kind == before.kind == "number":
            found = f"{before.value} {token.value}"
            together = f"{before.value}{token.value}"
            raise FeelError("spaced_number", before.start, token.end, found=found, instead=together)
        raise self.unexpected("an operator or the end of the expression")

    # -- expressions ----------------------------------------------------------------------------------------

    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators all bind tighter than `binding`."""
        self._nesting += 1
        if self._nesting > NESTING:
            raise FeelError("too_deep", self.token.start, self.token.end, limit=NESTING)
        left = self.operand()
        while self.token.kind in {"sign", "keyword"}:
            operator = self.token.value
            tightness = BINDING.get(operator, 0)
            if tightness <= binding:
                break
            self.take()
            left = self.operation(left, operator, tightness)
        self._nesting -= 1
        return left

    def nested(self, binding: int = 0) -> Node:
        """An expression inside brackets, where `[` is never the end of a range around them."""
        outer, self._in_interval = self._in_interval, False
        node = self.expression(binding)
        self._in_interval = outer
        return node

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
        while True:
            if self.accept("."):
                member = self.name("the name of a part")
                node = Path(node, member.value, start=node.start, end=member.end)
            elif self.at("[") and not self.closes_interval():
                self.take()
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
                return node

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
        place = {"start": token.start, "end": unit.end}
        length = Literal(SPANS[unit.value.removesuffix("s")].format(int(value)), **place)
        return Call(Name("duration", **place), (length,), **place)

    # -- brackets -------------------------------------------------------------------------------------------

    def parenthesis(self, opening: Token) -> Node:
        """`(x)`, `(1..5)` or `(< 5)`."""
        if self.token.value in COMPARISONS and self.token.kind == "sign":
            test = self.comparison_test()
            return replace(test, start=opening.start, end=self.expect(")").end)
        node = self.nested()
        if self.accept(".."):
            return self.interval_end(opening, node)
        return replace(node, start=opening.start, end=self.expect(")").end)

    def bracket(self, opening: Token) -> Node:
        """A list `[1, 2]`, or a range `[1..5]`, `]1..5]`."""
        if opening.value == "[" and self.at("]"):
            return Items((), start=opening.start, end=self.take().end)
        first = self.list_item()
        if self.accept(".."):
            return self.interval_end(opening, first)
        if opening.value == "]":
            raise self.unexpected("'..'")
        items = [first]
        while self.accept(","):
            items.append(self.list_item())
        return Items(tuple(items), start=opening.start, end=self.expect("]").end)

    def list_item(self) -> Node:
        return self.comparison_test() if self.at(*COMPARISONS) else self.nested()

    def interval_end(self, opening: Token, low: Node) -> Node:
        """The second half of a range, after its two dots."""
        outer, self._in_interval = self._in_interval, True
        high = self.expression(COMPARISON)
        self._in_interval = outer
        if not self.at(")", "]", "["):
            raise self.unexpected("the end of the range, ] or )")
        closing = self.take()
        included = opening.value == "[", closing.value == "]"
        return Interval(low, high, *included, start=opening.start, end=closing.end)

    def context(self, opening: Token) -> Node:
        """`{a: 1, "b c": 2}`."""
        entries: list[Entry] = []
        while not self.at("}"):
            if entries:
                self.expect(",")
            start = self.token.start
            key = self.key()
            self.expect(":")
            value = self.nested()
            entries.append(Entry(key, value, start=start, end=value.end))
        return Entries(tuple(entries), start=opening.start, end=self.take().end)

    def key(self) -> str:
        """A key is a text or a name; a name there may hold signs, `foo+bar`."""
        token = self.take()
        if token.kind == "text":
            return str(token.value)
        if token.kind not in {"name", "keyword"}:
            self._place -= token.kind != "end"
            raise self.unexpected("a key")
        key = str(token.value)
        while not self.at(":") and (
            self.at("+", "-", "*", "/", ".") or self.token.kind in {"name", "number"}
        ):
            key += str(self.take().value)
        return key

    # -- constructs -----------------------------------------------------------------------------------------

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

    def conditional(self) -> Node:
        """`if … then … else …`."""
        start = self.expect("if").start
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return If(condition, then, otherwise, start=start, end=otherwise.end)

    def loop(self) -> Node:
        """`for x in xs, y in ys return …`."""
        start = self.expect("for").start
        iterations = self.iterations()
        self.expect("return")
        body = self.expression()
        return For(iterations, body, start=start, end=body.end)

    def quantified(self) -> Node:
        """`some x in xs satisfies …` and `every …`."""
        token = self.take()
        iterations = self.iterations()
        self.expect("satisfies")
        condition = self.expression()
        return Quantified(token.value, iterations, condition, start=token.start, end=condition.end)

    def iterations(self) -> tuple[Iteration, ...]:
        """`x in xs, y in 1..10`."""
        found: list[Iteration] = []
        while not found or self.accept(","):
            name = self.name("the name of a variable")
            self.expect("in")
            domain = self.expression()
            last = self.expression() if self.accept("..") else None
            found.append(Iteration(name.value, domain, last, start=name.start, end=(last or domain).end))
        return tuple(found)

    def declared(self) -> Node:
        """`function(x: number, y) …`."""
        start = self.expect("function").start
        self.expect("(")
        parameters: list[Parameter] = []
        while not self.at(")"):
            if parameters:
                self.expect(",")
            name = self.name("the name of a parameter")
            written = read_type(self) if self.accept(":") else None
            parameters.append(Parameter(name.value, written, start=name.start, end=(written or name).end))
        self.take()
        body = self.expression()
        return Declared(tuple(parameters), body, start=start, end=body.end)

    # -- unary tests ----------------------------------------------------------------------------------------

    def unary_tests(self) -> Node:
        """The whole text of a cell: `-`, tests with commas, or `not(` tests `)`."""
        start = self.token.start
        if self.at("-") and self.peek().kind == "end":
            return Tests((), start=start, end=self.take().end)
        if self.at("not") and self.peek().value == "(" and self.closing_place() == len(self._tokens) - 2:
            self.take()
            self.take()
            tests = self.test_list()
            return Tests(tests, True, start=start, end=self.expect(")").end)
        tests = self.test_list()
        return Tests(tests, start=start, end=tests[-1].end)

    def closing_place(self) -> int:
        """Where the parenthesis closes that opens after this token; -1 when nowhere."""
        open_now = 0
        for place in range(self._place + 1, len(self._tokens)):
            if self._tokens[place].kind == "sign":
                open_now += {"(": 1, ")": -1}.get(self._tokens[place].value, 0)
            if open_now == 0:
                return place
        return -1

    def test_list(self) -> tuple[Node, ...]:
        """Tests with commas between them."""
        tests = [self.positive_test()]
        while self.accept(","):
            tests.append(self.positive_test())
        return tuple(tests)

    def positive_test(self) -> Node:
        return self.comparison_test() if self.at(*COMPARISONS) else self.nested()

    def comparison_test(self) -> Test:
        """`< 5`."""
        operator = self.take()
        operand = self.expression(COMPARISON)
        return Test(operator.value, operand, start=operator.start, end=operand.end)

    def in_tests(self) -> tuple[Node, ...]:
        """What stands after `in`: one test, or several in parentheses."""
        if self.at("(") and (several := self.several_tests()):
            return several
        if self.at(*COMPARISONS):
            return (self.comparison_test(),)
        return (self.expression(COMPARISON),)

    def several_tests(self) -> tuple[Node, ...]:
        """`(1, < 5, [7..9])`; nothing when the parenthesis is an expression or a range of its own."""
        if not self.has_comma_inside():
            return ()
        self.take()
        outer, self._in_interval = self._in_interval, False
        tests = self.test_list()
        self._in_interval = outer
        self.expect(")")
        return tests

    def has_comma_inside(self) -> bool:
        """Whether a comma stands directly inside the parenthesis that opens here."""
        depth = 0
        for token in self._tokens[self._place :]:
            if token.kind == "sign":
                depth += (token.value in "([{") - (token.value in ")]}")
                if depth <= 0 or (token.value == "," and depth == 1):
                    return bool(token.value == ",")
        return False
