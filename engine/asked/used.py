"""The values an explanation names: which field, figure or total was read, under its label, printed by its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.asked.reading import Reading
from engine.feel import Clause, MonthsDuration
from engine.feel.explanation import Used
from engine.feel.types import ANY
from engine.kinds import kind_of
from engine.kinds.choice import label_of
from engine.kinds.kind import members
from engine.language.expressions import printed_type
from engine.language.facts_model import ConnectorFact
from engine.language.model import Field, Scheme, Text, Total
from engine.words import Printed


@dataclass(frozen=True, slots=True)
class UsedValue:
    """One value read: its path ("home.postcode"), its label and what is printed for it, by language.

    What wasn't known is Printed(None, …).
    """

    path: str
    labels: Mapping[str, str]
    printed: Mapping[str, Printed]

    def label(self, language: str) -> str:
        """The label in this language, or in the scheme's first one."""
        return self.labels.get(language) or next(iter(self.labels.values()))

    def value(self, language: str) -> Printed:
        """What is printed in this language, or in the scheme's first one."""
        return self.printed.get(language) or next(iter(self.printed.values()))

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        printed = {language: [found.value, found.type] for language, found in self.printed.items()}
        return {"path": self.path, "labels": dict(self.labels), "printed": printed}

    @staticmethod
    def from_json(data: object) -> UsedValue:
        """The value written by `to_json`."""
        found = members(data)
        labels = {language: str(label) for language, label in members(found["labels"]).items()}
        printed = {language: _printed_again(pair) for language, pair in members(found["printed"]).items()}
        return UsedValue(str(found["path"]), labels, printed)


def _printed_again(pair: object) -> Printed:
    value, type_name = pair if isinstance(pair, list) else (None, "text")
    return Printed(value, str(type_name))


def used_values(reading: Reading, used: Iterable[Used]) -> tuple[UsedValue, ...]:
    """The values read, each once, functions included (`income_ceiling(household)` → 50 511 €)."""
    return tuple({found.path: found for one in used if (found := used_value(reading, one))}.values())


def leaves(clause: Clause) -> tuple[Used, ...]:
    """Everything a clause read, in order, each once."""
    found = [*clause.used, *(one for part in clause.clauses for one in leaves(part))]
    return tuple({one.text: one for one in found}.values())


def used_value(reading: Reading, used: Used) -> UsedValue | None:
    """One value read; None for a function that is not called, and for a whole line of a list."""
    if callable(used.value):
        return None  # the figure itself, before it is called: its result follows
    if used.path and used.path[0] in reading.scheme.lists and isinstance(used.value, dict | None):
        return None  # the code it was looked up by is told, under its field's label
    languages = reading.scheme.languages
    labels = {language: _label(reading, used, language) for language in languages}
    printed = {language: _printed(reading, used, language) for language in languages}
    return UsedValue(used.text, labels, printed)


def _field(reading: Reading, path: tuple[str, ...]) -> Field | None:
    """The field a path begins with, or the row field it names (bare, where a row is explained)."""
    field = reading.scheme.fields.get(path[0]) if path else None
    scheme = reading.scheme
    if field is None and path and path[0] not in scheme.computed and path[0] not in scheme.facts:
        rows = (inner for one in reading.scheme.fields.values() for inner in one.below)
        field = next((inner for inner in rows if inner.id == path[0]), None)
    for part in path[2:3] if field and field.lines else path[1:]:
        if field is not None:
            field = None if part in field.row_totals else field.fields.get(part, field)
    return field


def _label(reading: Reading, used: Used, language: str) -> str:
    field = _field(reading, used.path)
    if field is not None:
        return _line(reading, used.path, language) + field.label.plain(language)
    name = used.path[0] if used.path else ""
    if (total := _total(reading.scheme, used.path)) is not None:
        return total.label.plain(language)
    label = _named(reading.scheme, name, used.path[-1] if used.path else "")
    said = label.plain(language) if label else used.text
    fact = reading.scheme.facts.get(name)
    return f"{said} ({fact.connector.title.plain(language)})" if isinstance(fact, ConnectorFact) else said


def _line(reading: Reading, path: tuple[str, ...], language: str) -> str:
    """The line of a matrix before its column: "60 – Achats – "."""
    matrix = reading.scheme.fields.get(path[0])
    line = matrix.lines.get(path[1]) if matrix is not None and len(path) > 1 else None
    return f"{line.label.plain(language)} – " if line else ""


def _named(scheme: Scheme, name: str, part: str) -> Text | None:
    """The label of a figure, of a computed value, or of one part of a table."""
    if (parameter := scheme.parameters.get(name)) is not None:
        return parameter.label
    if (fact := scheme.facts.get(name)) is not None:
        return fact.label(part)  # of what a source says, the source is told beside it
    computed = scheme.computed.get(name)
    return (computed.labels.get(part) or computed.label) if computed else None


def _printed(reading: Reading, used: Used, language: str) -> Printed:
    field = _field(reading, used.path)
    if field is not None:
        return printed_value(field, used.value, language)
    return printed(used.value, _unit(reading, used))


def printed_value(field: Field, value: object, language: str) -> Printed:
    """What the rules see of a field, as people read it."""
    if field.kind == "choice" and isinstance(value, str):
        return Printed(label_of(field, value, language), "choice")
    if field.kind == "commune" and isinstance(value, Mapping):
        return Printed(str(value["name"]), "text")
    return printed(value, kind_of(field).unit)


def _unit(reading: Reading, used: Used) -> str:
    name = used.path[0] if used.path else used.text.partition("(")[0].strip()
    if name in reading.scheme.parameters:
        return reading.scheme.parameters[name].type
    if name in reading.scheme.computed:
        return getattr(reading.scheme.computed[name].type, "unit", None) or "number"
    if (fact := reading.scheme.facts.get(name)) is not None:
        return fact.kind(used.path[-1]) if used.path[-1] in fact.members else "number"
    total = _total(reading.scheme, used.path)
    return getattr(total.type, "unit", None) or "number" if total else "number"


def _total(scheme: Scheme, path: tuple[str, ...]) -> Total | None:
    """The total a path leads to, `projects.cost` of the repeat in each row too."""
    name = (path[-1] if path[0] in scheme.fields else path[0]) if path else ""
    every = (one for field in scheme.fields.values() for one in (field, *field.below))
    return next((one.totals[name] for one in every if name in one.totals), None)


FIGURES = ("money", "percentage", "integer", "number", "year")
CODES = ("country", "department")  # printed by their names


def printed(value: object, unit: str) -> Printed:
    """A FEEL value as JSON with the type it is printed by; figures follow the unit."""
    if isinstance(value, bool):
        return Printed(value, "boolean")
    if isinstance(value, Decimal):
        return Printed(f"{value:f}", unit if unit in FIGURES else "number")
    if isinstance(value, datetime | date | time):
        return Printed(value.isoformat(), printed_type(ANY, value))
    if isinstance(value, timedelta | MonthsDuration):
        return Printed(str(value), "duration")
    if isinstance(value, list):
        return Printed([printed(one, unit).value for one in value], "list")
    if isinstance(value, Mapping):
        return Printed(
            ", ".join(str(printed(one, unit).value) for one in value.values() if one is not None), "text"
        )
    coded = value is None or unit in CODES
    return Printed(value if isinstance(value, str) else None, unit if coded else "text")
