"""What begins with a keyword: `if`, `for`, `some`, `every`, `function`."""

from __future__ import annotations

from engine.feel.brackets import Cells
from engine.feel.errors import FeelError
from engine.feel.tree import Declared, For, If, Iteration, Node, Parameter, Quantified
from engine.feel.type_names import read_type


class Constructs(Cells):
    """Reads from a keyword to the end of the expression it begins."""

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
        with self._known.scope():
            iterations = self.iterations()
            self.expect("return")
            body = self.expression()
        return For(iterations, body, start=start, end=body.end)

    def quantified(self) -> Node:
        """`some x in xs satisfies …` and `every …`."""
        token = self.take()
        with self._known.scope():
            iterations = self.iterations()
            self.expect("satisfies")
            condition = self.expression()
        return Quantified(token.value, iterations, condition, start=token.start, end=condition.end)

    def iterations(self) -> tuple[Iteration, ...]:
        """`x in xs, y in 1..10`."""
        found: list[Iteration] = []
        while not found or self.accept(","):
            name = self.new_name("the name of a variable")
            self.expect("in")
            domain = self.expression()
            last = self.expression() if self.accept("..") else None
            found.append(Iteration(name.value, domain, last, start=name.start, end=(last or domain).end))
        return tuple(found)

    def declared(self) -> Node:
        """`function(x: number, y) …`."""
        start = self.expect("function").start
        with self._known.scope():
            parameters = self.parameters()
            if self.token.value == "external" and self.peek().value == "{":
                raise FeelError("external_function", self.token.start, self.token.end)
            body = self.expression()
        return Declared(parameters, body, start=start, end=body.end)

    def parameters(self) -> tuple[Parameter, ...]:
        """`(x: number, y)`."""
        found: list[Parameter] = []
        self.expect("(")
        while not self.at(")"):
            if found:
                self.expect(",")
            name = self.new_name("the name of a parameter")
            written = read_type(self) if self.accept(":") else None
            found.append(Parameter(name.value, written, start=name.start, end=(written or name).end))
        self.take()
        return tuple(found)
