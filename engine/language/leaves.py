"""The leaves of an answer: what of it fits in one cell. An address has four, a whole number one, a repeat those of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from engine.kinds import kind_of
from engine.kinds.address import PARTS as ADDRESS_PARTS
from engine.kinds.file import is_identity
from engine.kinds.kind import members
from engine.kinds.person import parts_of
from engine.language.form_model import Field

Sort = Literal["text", "number", "whole", "day", "moment", "yes_no", "list", "count"]
SORTS: dict[str, Sort] = {
    "money": "number",
    "decimal": "number",
    "percentage": "number",
    "integer": "whole",
    "year": "whole",
    "rating": "whole",
    "date": "day",
    "date_time": "moment",
    "yes_no": "yes_no",
    "consent": "yes_no",
    "choices": "list",
    "file": "count",
    "repeat": "count",
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What fits in one cell: the way to it inside an answer (of a row, when it stands in a `repeat`).

    `field`: the one that says what is there; `top`: the one on its page, whose answer is stored; `is_sensitive`: one of those
    on the way is.
    """

    path: tuple[str, ...]
    sort: Sort
    field: Field
    top: str
    repeat: str = ""
    is_sensitive: bool = False

    @property
    def name(self) -> str:
        """Its name for good: `address.postcode`, `children.first_name`."""
        return ".".join((self.repeat, *self.path) if self.repeat else self.path)

    @property
    def is_whole(self) -> bool:
        """Whether it is all that its field holds, so that the field may word it."""
        return self.path[-1] == self.field.id

    @property
    def ids(self) -> frozenset[str]:
        """Every field it tells something of."""
        return frozenset({self.top, self.field.id, *self.path})


def leaves(field: Field) -> Iterator[Leaf]:
    """The leaves of a field of a page, in order. Documents and rows in rows are counted; identity documents aren't there."""
    if field.kind == "repeat":
        for inner in field.fields.values():
            for leaf in _below(inner, (inner.id,), field.sensitive):
                yield replace(leaf, top=field.id, repeat=field.id)
    else:
        yield from (replace(leaf, top=field.id) for leaf in _below(field, (field.id,)))


def _below(field: Field, path: tuple[str, ...], secret: bool = False) -> Iterator[Leaf]:
    secret = secret or field.sensitive
    if field.value is not None or is_identity(field):
        return  # what is computed is stored nowhere
    if field.kind == "matrix":
        for id, line in field.lines.items():
            if line.is_typed:
                for inner in field.fields.values():
                    yield from _below(inner, (*path, id, inner.id), secret)
    elif field.kind == "fields":
        for inner in field.fields.values():
            yield from _below(inner, (*path, inner.id), secret)
    else:
        parts = _parts(field)
        for part in parts:
            yield Leaf((*path, part), parts[part], field, "", is_sensitive=secret)
        if not parts:
            yield Leaf(path, SORTS.get(field.kind, "text"), field, "", is_sensitive=secret)


def _parts(field: Field) -> dict[str, Sort]:
    """What an answer of several parts is made of; nothing for one that is a single value."""
    if field.kind == "person":
        return {part: "day" if part == "born" else "text" for part in parts_of(field)}
    if field.kind == "address":
        return dict.fromkeys(ADDRESS_PARTS, "text")
    if field.kind == "geo_point":
        return {"latitude": "number", "longitude": "number"}
    if field.kind == "choice_grid":
        return dict.fromkeys(members(kind_of(field).schema(field).get("properties")), "text")
    return {}
