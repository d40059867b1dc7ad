"""A decision table of DMN as a table of ours, its cells with ids for names."""

from __future__ import annotations

from dataclasses import dataclass

from authoring.imports.dmn.names import Names
from authoring.imports.dmn.reading import Element, Model, child, children, said, text_of
from engine import feel
from engine.feel import FeelError
from engine.tables import Cell, Hit, Output, Row, Table
from engine.tables.as_feel import constant

AGGREGATORS = {"SUM": Hit.SUM, "MIN": Hit.MIN, "MAX": Hit.MAX, "COUNT": Hit.COUNT}


@dataclass(frozen=True, slots=True)
class Read:
    """A table, what its outputs are called by people, and the annotation of each row."""

    table: Table
    labels: tuple[str, ...]
    annotations: tuple[str, ...]


def read_table(model: Model, names: Names, element: Element) -> Read | None:
    """The table; None, noted, when one of its cells is no FEEL."""
    try:
        return _Reading(model, names, element).table()
    except FeelError as error:
        model.note("dmn_no_feel", element, text=error.params.get("text", ""), reason=error.message)
        return None


class _Reading:
    def __init__(self, model: Model, names: Names, element: Element) -> None:
        self.model, self.names, self.element = model, names, element

    def table(self) -> Read:
        inputs = [self._input(one) for one in children(self.element, "input")]
        outputs = list(children(self.element, "output"))
        rows = [self._row(one, inputs, len(outputs)) for one in children(self.element, "rule")]
        hit = self._hit()
        named = tuple(self._output(one, len(outputs), hit) for one in outputs)
        defaults = [text_of(child(one, "defaultOutputEntry")) for one in outputs]
        otherwise = [self._cell(text or "null") for text in defaults] if any(defaults) else []
        labels = tuple(one.get("label") or one.get("name") or "" for one in outputs)
        table = Table(tuple(inputs), named, tuple(row for row, _ in rows), hit, tuple(otherwise))
        return Read(table, labels, tuple(annotation for _, annotation in rows))

    def _hit(self) -> Hit:
        policy = self.element.get("hitPolicy") or "UNIQUE"
        aggregator = self.element.get("aggregation")
        return AGGREGATORS[aggregator] if policy == "COLLECT" and aggregator else Hit(policy.lower())

    def _input(self, element: Element) -> Cell:
        if (values := text_of(child(element, "inputValues"))) and not self._is_type(values):
            self.model.note("dmn_input_values", element, values=values)
        return self._cell(text_of(child(element, "inputExpression")) or "null")

    def _is_type(self, values: str) -> bool:
        """Whether the type of some input already allows just these values."""
        allowed = (text_of(one) for one in self.model.root.iter("{*}allowedValues"))
        return any("".join(values.split()) == "".join(one.split()) for one in allowed)

    def _output(self, element: Element, count: int, hit: Hit) -> Output:
        name = self.names.id(element.get("name") or "") if count > 1 and element.get("name") else ""
        values = text_of(child(element, "outputValues"))
        if not values or not hit.wants_order:
            return Output(name)
        tests = feel.parse(values, unary=True).root
        return Output(name, tuple(constant(one) for one in getattr(tests, "tests", ())))

    def _row(self, element: Element, inputs: list[Cell], count: int) -> tuple[Row, str]:
        tests = [self._cell(text_of(one) or "-", unary=True) for one in children(element, "inputEntry")]
        tests += [self._cell("-", unary=True)] * (len(inputs) - len(tests))
        results = [self._cell(text_of(one) or "null") for one in children(element, "outputEntry")]
        results += [self._cell("null")] * (count - len(results))
        notes = [" ".join(text_of(one).split()) for one in children(element, "annotationEntry")]
        annotation = " ; ".join(note for note in [said(element, "description"), *notes] if note)
        return Row(tuple(tests), tuple(results)), annotation

    def _cell(self, text: str, *, unary: bool = False) -> Cell:
        written = self.names.written(text)
        try:
            return Cell(written, feel.parse(written, unary=unary).root)
        except FeelError as error:
            error.params["text"] = text
            raise
