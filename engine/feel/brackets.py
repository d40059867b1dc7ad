"""What stands in brackets: lists, ranges, contexts, and the unary tests of a cell."""

from __future__ import annotations

from dataclasses import replace

from engine.feel.cursor import KEY_WORDS, Cursor
from engine.feel.lexer import Token
from engine.feel.precedence import COMPARISON, COMPARISONS
from engine.feel.tree import Entries, Entry, Interval, Items, Node, Test, Tests


class Brackets(Cursor):
    """Reads from an opening bracket to its closing one."""

    def parenthesis(self, opening: Token) -> Node:
        """`(x)`, `(1..5)` or `(< 5)`."""
        if self.token.value in COMPARISONS and self.token.kind == "sign":
            test = self.comparison_test()
            return replace(test, start=opening.start, end=self.expect(")").end)
        node = self.nested()
        if self.accept(".."):
            return self.interval_end(opening, node)
        return replace(node, start=opening.start, end=self.expect(")").end)

    def comparison_test(self) -> Test:
        """`< 5`."""
        operator = self.take()
        operand = self.expression(COMPARISON)
        return Test(operator.value, operand, start=operator.start, end=operand.end)

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
        with self._known.scope():
            while not self.at("}"):
                if entries:
                    self.expect(",")
                entries.append(self.entry())
        return Entries(tuple(entries), start=opening.start, end=self.take().end)

    def entry(self) -> Entry:
        """`key: value`."""
        start = self.token.start
        key = self.key()
        self.expect(":")
        value = self.nested()
        return Entry(key, value, start=start, end=value.end)

    def key(self) -> str:
        """A key is a text or a name."""
        if self.token.kind == "text":
            key = str(self.take().value)
            self._known.declare(key)
            return key
        return str(self.new_name("a key", words=KEY_WORDS).value)


class Cells(Brackets):
    """Reads the unary tests of a cell."""

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
