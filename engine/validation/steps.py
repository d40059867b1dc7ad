"""The JSON Schema of one step: what the fields asked on it now must hold, put together of parts made once a version.

A form is asked in few ways: each set of fields (and of fields in the rows) has its schema built once, and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.asked.kept import Kept
from engine.asked.reading import Row
from engine.kinds import kind_of
from engine.kinds.file import may_come_later
from engine.kinds.kind import JsonSchema
from engine.kinds.matrix import lines_schema, typed_cells
from engine.kinds.repeat import rows_schema
from engine.language.model import Field
from engine.validation.schemas import Part

MOST = 512  # sets of fields remembered for one version
Rows = Mapping[str, Sequence[Row]]
Key = tuple[object, ...]


class Steps:
    """The schemas of the steps of one version."""

    def __init__(self) -> None:
        self._parts: dict[int, tuple[Field, Part]] = {}
        self._found: dict[Key, tuple[Sequence[Field], Part]] = {}

    def of(self, fields: Sequence[Field], rows: Rows) -> Part:
        """The schema of the answers to these fields; `rows` are those of each repeat, with what is asked in them.

        The fields are held beside what was made of them, so that none takes another's place in memory.
        """
        key = tuple(_key(field, rows) for field in fields)
        known = self._found.get(key)
        if known is None:
            known = (fields, self._object(fields, rows))
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[key] = known
        return known[1]

    def _object(self, fields: Sequence[Field], rows: Rows) -> Part:
        properties = {field.id: self._part(field, rows) for field in fields}
        required = [field.id for field in fields if not (field.optional or may_come_later(field))]
        return Part({"type": "object", "properties": properties, "required": required})

    def _part(self, field: Field, rows: Rows) -> Part:
        if field.lines:
            return Part(lines_schema(field) | self._lines(field))
        if field.fields:
            return Part(rows_schema(field) | self._rows(rows.get(field.id, ())))
        known = self._parts.get(id(field))
        if known is None:
            known = self._parts[id(field)] = (field, Part(kind_of(field).schema(field)))
        return known[1]

    def _lines(self, matrix: Field) -> JsonSchema:
        """One schema for all the lines that are typed: they have the same columns."""
        typed = typed_cells(matrix)
        line = self.of([matrix.fields[name] for name in next(iter(typed.values()), ())], {})
        return {"properties": dict.fromkeys(typed, line)}

    def _rows(self, rows: Sequence[Row]) -> JsonSchema:
        """One schema for all the rows, or one for each where they don't ask the same."""
        parts = [self.of(row.fields, row.rows) for row in rows]
        if all(part is parts[0] for part in parts):
            return {"items": parts[0]} if parts else {}
        return {"prefixItems": parts}


def _key(field: Field, rows: Rows) -> object:
    if not field.fields or field.lines:
        return id(field)
    shapes = [tuple(_key(inner, row.rows) for inner in row.fields) for row in rows.get(field.id, ())]
    return (id(field), *(shapes if len(set(shapes)) > 1 else shapes[:1]))


steps = Kept(lambda scheme: Steps())
