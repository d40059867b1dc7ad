"""Boxed expressions as one FEEL expression: contexts, invocations, lists, relations, conditionals, loops, functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from authoring.imports.dmn.names import Names
from authoring.imports.dmn.reading import Element, Model, child, children, tag, text_of
from authoring.imports.dmn.tables import read_table
from engine import feel
from engine.feel.tree import Tree
from engine.tables import as_feel
from engine.tables.coverage import grid, may_overlap
from engine.tables.regions import Domain

EXPRESSIONS = frozenset(
    ["literalExpression", "decisionTable", "invocation", "context", "list", "relation", "functionDefinition",
     "conditional", "filter", "for", "some", "every"]
)  # fmt: skip


class Boxes:
    """Writes the boxed expressions of one model; `functions` are the parameters of those that are invoked by name."""

    def __init__(self, model: Model, names: Names, functions: Mapping[str, tuple[str, ...]]) -> None:
        self.model, self.names, self.functions = model, names, functions

    def below(self, element: Element | None) -> str:
        """The expression that stands right below an element; `null`, noted, when there is none."""
        found = None if element is None else child(element, *EXPRESSIONS)
        if found is None:
            if element is not None:
                self.model.note("dmn_no_logic", element, name=element.get("name") or tag(element))
            return "null"
        return self.written(found)

    def written(self, element: Element) -> str:
        """One boxed expression."""
        write: Callable[[Boxes, Element], str] = _WRITERS[tag(element)]
        return write(self, element)

    def literal(self, element: Element) -> str:
        """FEEL as it stands, with ids for names."""
        language = element.get("expressionLanguage")
        if language and "FEEL" not in language.upper():
            self.model.note("dmn_other_language", element, language=language)
            return "null"
        return self.names.written(text_of(element)) or "null"

    def table(self, element: Element) -> str:
        """A table inside something else: the FEEL it stands for."""
        found = read_table(self.model, self.names, element)
        if found is None:
            return "null"
        self.model.note("dmn_table_inside", element, name=_named(element))
        sets = grid(found.table, [Domain()] * len(found.table.inputs))
        return feel.unparse(Tree("", as_feel(found.table, disjoint=not may_overlap(sets))))

    def invocation(self, element: Element) -> str:
        """A call, its arguments in the order of the function's parameters."""
        called = child(element, "literalExpression")
        function = self.written(called) if called is not None else "null"
        given: dict[str, str] = {}
        for binding in children(element, "binding"):
            parameter = child(binding, "parameter")
            name = self.names.id(parameter.get("name") or "") if parameter is not None else ""
            given[name] = self.below(binding)
        if (wanted := self.functions.get(function)) is not None:
            return f"{function}({', '.join(given.get(name, 'null') for name in wanted)})"
        return f"{function}({', '.join(f'{name}: {value}' for name, value in given.items())})"

    def context(self, element: Element) -> str:
        """Entries, and the result the last one may give."""
        entries: list[str] = []
        result = ""
        for entry in children(element, "contextEntry"):
            variable = child(entry, "variable")
            if variable is None:
                result = self.below(entry)
            else:
                entries.append(f"{self.names.id(variable.get('name') or '')}: {self.below(entry)}")
        if not result:
            return f"{{{', '.join(entries)}}}"
        return f"{{{', '.join([*entries, f'result: {result}'])}}}.result"

    def items(self, element: Element) -> str:
        """A list."""
        return f"[{', '.join(self.written(one) for one in children(element, *EXPRESSIONS))}]"

    def relation(self, element: Element) -> str:
        """A list of contexts with the same entries."""
        columns = [self._column(one) for one in children(element, "column")]
        rows = [
            [self.written(cell) for cell in children(row, *EXPRESSIONS)] for row in children(element, "row")
        ]
        contexts = (
            ", ".join(f"{name}: {value}" for name, value in zip(columns, row, strict=False)) for row in rows
        )
        return f"[{', '.join(f'{{{one}}}' for one in contexts)}]"

    def _column(self, column: Element) -> str:
        name = column.get("name") or ""
        return self.names.written(name)

    def function(self, element: Element) -> str:
        """A function of FEEL; other kinds are noted."""
        if element.get("kind", "FEEL") != "FEEL":
            self.model.note("dmn_other_language", element, language=element.get("kind"))
            return "null"
        return f"function({', '.join(parameters(element, self.names))}) {self.below(element)}"

    def conditional(self, element: Element) -> str:
        """`if … then … else …`."""
        parts = (self.below(child(element, name)) for name in ("if", "then", "else"))
        return "(if {} then {} else {})".format(*parts)

    def filter(self, element: Element) -> str:
        """Some items of a list."""
        return f"({self.below(child(element, 'in'))})[{self.below(child(element, 'match'))}]"

    def loop(self, element: Element) -> str:
        """`for … return …`, `some … satisfies …`, `every … satisfies …`."""
        name = self.names.id(element.get("iteratorVariable") or "")
        words = {"for": "return"}.get(tag(element), "satisfies")
        body = child(element, words)
        return f"({tag(element)} {name} in {self.below(child(element, 'in'))} {words} {self.below(body)})"


def _named(element: Element) -> str:
    """What a boxed expression is called: its label, or the entry it stands in."""
    above = element.getparent()
    variable = child(above, "variable") if above is not None else None
    return element.get("outputLabel") or (variable.get("name") if variable is not None else None) or "?"


def parameters(element: Element, names: Names) -> tuple[str, ...]:
    """The ids of a function's formal parameters."""
    return tuple(names.id(one.get("name") or "") for one in children(element, "formalParameter"))


_WRITERS: Mapping[str, Callable[[Boxes, Element], str]] = {
    "literalExpression": Boxes.literal,
    "decisionTable": Boxes.table,
    "invocation": Boxes.invocation,
    "context": Boxes.context,
    "list": Boxes.items,
    "relation": Boxes.relation,
    "functionDefinition": Boxes.function,
    "conditional": Boxes.conditional,
    "filter": Boxes.filter,
    "for": Boxes.loop,
    "some": Boxes.loop,
    "every": Boxes.loop,
}
