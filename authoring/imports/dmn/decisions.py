"""Decisions and business knowledge models as computed values, those that are read first."""

from __future__ import annotations

from dataclasses import dataclass

from authoring.imports.dmn.boxed import EXPRESSIONS, Boxes, parameters
from authoring.imports.dmn.fields import Asked
from authoring.imports.dmn.names import Names, normal
from authoring.imports.dmn.reading import Element, Model, child, children, said, tag
from authoring.imports.dmn.tables import Read, read_table
from engine import feel
from engine.feel import FeelError
from engine.feel.reads import free_paths


@dataclass(frozen=True, slots=True)
class Definition:
    """One computed value: FEEL, or a table; `origin` says where it stood in the model, `note` what was said of it."""

    id: str
    label: str
    origin: str
    by: tuple[str, ...]
    value: str | Read
    note: str = ""


def definitions(model: Model, names: Names, asked: Asked) -> tuple[Definition, ...]:
    """Every decision and knowledge model with logic; what is no FEEL is noted and left out."""
    knowledge = model.all("businessKnowledgeModel")
    logic = [(one, child(one, "encapsulatedLogic")) for one in knowledge]
    functions = {
        names.id(one.get("name") or ""): parameters(inner, names) for one, inner in logic if inner is not None
    }
    boxes = Boxes(model, names, functions)
    found = [
        _of(_inside(boxes, inner), one, inner, parameters(inner, names))
        for one, inner in logic
        if inner is not None
    ]
    found += [_of(boxes, one, one, ()) for one in model.all("decision")]
    known = [one for one in found if one is not None]
    groups = [Definition(group.id, group.label, group.origin, (), group.feel) for group in asked.groups]
    return _in_order([*groups, *known])


def _inside(boxes: Boxes, function: Element) -> Boxes:
    given = (one.get("name") or "" for one in children(function, "formalParameter"))
    return Boxes(boxes.model, boxes.names.within(given), boxes.functions)


def _of(boxes: Boxes, named: Element, holder: Element, by: tuple[str, ...]) -> Definition | None:
    model, names = boxes.model, boxes.names
    name = normal(named.get("name") or "")
    inner = child(holder, *EXPRESSIONS)
    if inner is None:
        model.note("dmn_no_logic", named, name=name)
        return None
    if tag(holder) == "encapsulatedLogic" and holder.get("kind", "FEEL") != "FEEL":
        model.note("dmn_other_language", holder, language=holder.get("kind"))
        return None
    value = read_table(model, names, inner) if tag(inner) == "decisionTable" else _feel(boxes, inner, name)
    if value is None:
        return None
    origin = f'{tag(named)} "{name}"'
    return Definition(names.id(name), name, origin, by, value, said(named, "description"))


def _feel(boxes: Boxes, element: Element, name: str) -> str | None:
    """The expression, when it can be read as FEEL; one that is nothing has been noted."""
    text = boxes.written(element)
    if text == "null":
        return None
    try:
        feel.parse(text)
    except FeelError as error:
        boxes.model.note("dmn_no_feel", element, text=name, reason=error.message)
        return None
    return text


def _in_order(found: list[Definition]) -> tuple[Definition, ...]:
    """Those that are read before those that read them; as they stand where that makes no difference."""
    by_id = {one.id: one for one in found}
    ordered: dict[str, Definition] = {}

    def add(one: Definition, above: frozenset[str]) -> None:
        for name in sorted(reads(one) & by_id.keys() - above - ordered.keys()):
            add(by_id[name], above | {name})
        ordered[one.id] = one

    for one in found:
        if one.id not in ordered:
            add(one, frozenset({one.id}))
    return tuple(ordered.values())


def reads(one: Definition) -> frozenset[str]:
    """The first names of what a definition reads."""
    if isinstance(one.value, str):
        return frozenset(path[0] for path in free_paths(feel.parse(one.value)))
    table = one.value.table
    cells = [*table.inputs, *table.otherwise]
    for row in table.rows:
        cells += [*row.tests, *row.results]
    return frozenset(path[0] for cell in cells for path in free_paths(feel.Tree("", cell.node)))
