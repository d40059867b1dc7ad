"""Input data as fields of a form: simple types, enumerations, structures taken apart, lists of structures as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from authoring.imports.dmn.names import Names, normal
from authoring.imports.dmn.reading import Element, Model, child, children, said, text_of
from engine import feel
from engine.feel import FeelError
from engine.feel.tree import Tests
from engine.language.structure import better_id
from engine.tables.as_feel import constant

KINDS = {"number": "decimal", "string": "text", "boolean": "yes_no", "date": "date"}


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field: its kind, the options of a choice, the fields of a row."""

    id: str
    label: str
    kind: str
    options: tuple[str, ...] = ()
    fields: tuple[AskedField, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A structure asked field by field, and the context that puts it together again."""

    id: str
    label: str
    origin: str
    feel: str


@dataclass(slots=True)
class Asked:
    """What is asked, and the structures made of it."""

    fields: list[AskedField] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The options of each field that is a choice."""
        return {one.id: one.options for one in self.fields if one.options}


@dataclass(frozen=True, slots=True)
class _Type:
    """A type of the model, resolved: a simple name, or parts; `values` are those of an enumeration."""

    name: str
    parts: tuple[Element, ...] = ()
    values: tuple[str, ...] = ()
    many: bool = False


def asked_fields(model: Model, names: Names) -> Asked:
    """The fields of all input data."""
    asked = Asked()
    reader = _Fields(model, names)
    for element in model.all("inputData"):
        reader.add(element, asked)
    return asked


class _Fields:
    def __init__(self, model: Model, names: Names) -> None:
        self.model, self.names = model, names
        self.items = {one.get("name"): one for one in model.all("itemDefinition")}

    def add(self, element: Element, asked: Asked) -> None:
        """The field or fields of one input."""
        name = normal(element.get("name") or "")
        variable = child(element, "variable")
        of = self._type(variable.get("typeRef") if variable is not None else None)
        id, origin = self.names.id(name), f'inputData "{name}"'
        if of.parts and not of.many:
            parts = [self._part(id, name, part, origin) for part in of.parts]
            asked.fields += [one for _, one in parts if one is not None]
            entries = ", ".join(f"{key}: {one.id if one else 'null'}" for key, one in parts)
            asked.groups.append(Group(id, name, origin, f"{{{entries}}}"))
        elif (found := self._field(id, name, of, element)) is not None:
            asked.fields.append(AskedField(found.id, name, found.kind, found.options, found.fields, origin))

    def _part(self, above: str, label: str, part: Element, origin: str) -> tuple[str, AskedField | None]:
        """A part of a structure: its key, and the field that asks for it."""
        key = self.names.id(part.get("name") or "")
        of = self._own_type(part)
        found = self._field(f"{above}_{key}", f"{label}: {part.get('name')}", of, part)
        if found is not None:
            found = AskedField(found.id, found.label, found.kind, found.options, found.fields, origin)
        return key, found

    def _field(self, id: str, label: str, of: _Type, element: Element) -> AskedField | None:
        if of.many and of.parts:
            rows = [self._field(self.names.id(one.get("name") or ""), one.get("name") or "", self._own_type(one), one)
                    for one in of.parts]  # fmt: skip
            return AskedField(id, label, "repeat", (), tuple(row for row in rows if row is not None))
        if of.many or of.parts or of.name not in KINDS:
            self.model.note("dmn_no_field", element, name=label, type=of.name or "?")
            return None
        if of.values and all(better_id(value) == value for value in of.values):
            return AskedField(id, label, "choice", of.values)
        if of.values:
            self.model.note("dmn_values_no_codes", element, name=label, values=of.values)
        return AskedField(id, label, KINDS[of.name])

    def _type(self, name: str | None, seen: frozenset[str] = frozenset()) -> _Type:
        plain = (name or "").rpartition(":")[2].removeprefix("feel.")
        item = self.items.get(name) if name not in seen else None
        return _Type(plain) if item is None else self._own_type(item, seen | {name or ""})

    def _own_type(self, item: Element, seen: frozenset[str] = frozenset()) -> _Type:
        """The type an item definition or component describes."""
        many = item.get("isCollection") == "true"
        parts = tuple(children(item, "itemComponent"))
        if parts:
            return _Type("context", parts, (), many)
        of = self._type(said(item, "typeRef") or None, seen)
        return _Type(of.name, of.parts, self._values(item) or of.values, many or of.many)

    def _values(self, item: Element) -> tuple[str, ...]:
        """The texts an enumeration allows; other constraints are noted."""
        allowed = child(item, "allowedValues", "typeConstraint")
        text = text_of(allowed)
        if allowed is None or not text:
            return ()
        try:
            root = feel.parse(text, unary=True).root
        except FeelError:
            root = Tests(())
        values = [constant(one) for one in root.tests] if isinstance(root, Tests) and not root.negated else []
        texts = tuple(value for value in values if isinstance(value, str))
        if not texts or len(texts) < len(values):
            self.model.note("dmn_constraint", item, name=item.get("name"), values=text)
            return ()
        return texts
