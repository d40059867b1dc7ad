"""Reads DMN XML safely: no document type, no entity, no network; what is set aside is noted with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.problems import Place, Problem

Element = etree._Element
SIZE = 5_000_000  # bytes of one file
VERSIONS = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
CARRIED = frozenset(
    ["inputData", "decision", "businessKnowledgeModel", "itemDefinition", "description", "extensionElements"]
)


class NotReadable(Exception):
    """A file which is no DMN: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class Model:
    """One file: the elements right below `definitions`, and the problems noted on the way."""

    file: str
    name: str
    version: str
    root: Element
    problems: list[Problem] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """The elements of a name right below `definitions`."""
        return list(children(self.root, tag))

    def note(self, code: str, element: Element, **params: object) -> None:
        """Note what is not carried over, or not entirely."""
        place = Place(self.file, line_of(element), 1)
        self.problems.append(Problem(code, params, place, (), "warning"))


def read_model(content: bytes, file: str) -> Model:
    """The model of a file; raises NotReadable."""
    if len(content) > SIZE:
        raise NotReadable(Problem("dmn_too_large", {"limit": SIZE}, Place(file, 1, 1)))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotReadable(Problem("dmn_no_xml", {}, Place(file, int(error.lineno or 1), 1))) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable(Problem("dmn_document_type", {}, Place(file, 1, 1)))
    namespace = etree.QName(root).namespace or ""
    if etree.QName(root).localname != "definitions" or namespace not in VERSIONS:
        params = {"found": f"{namespace}{etree.QName(root).localname}"}
        raise NotReadable(Problem("dmn_unknown", params, Place(file, line_of(root), 1)))
    model = Model(file, root.get("name") or "dmn", VERSIONS[namespace], root)
    _note_what_is_left(model)
    return model


def _note_what_is_left(model: Model) -> None:
    for element in children(model.root):
        if tag(element) not in CARRIED:
            name = element.get("name") or element.get("id") or ""
            model.note("dmn_left_out", element, what=f"{tag(element)} {name}".strip())


def line_of(element: Element) -> int:
    """The line an element begins on."""
    found = element.sourceline
    return found if isinstance(found, int) else 1


def tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements right below one, those of these names; comments are none."""
    for child in element:
        if isinstance(child.tag, str) and (not names or tag(child) in names):
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first element of these names right below one."""
    return next(children(element, *names), None)


def text_of(element: Element | None) -> str:
    """What the `text` of an expression says; "" when there is none."""
    if element is None:
        return ""
    found = child(element, "text", "typeRef")
    return "".join(str(part) for part in found.itertext()).strip() if found is not None else ""


def said(element: Element, name: str) -> str:
    """The plain text of a part: `description`, `typeRef`."""
    found = child(element, name)
    return " ".join("".join(str(part) for part in found.itertext()).split()) if found is not None else ""
