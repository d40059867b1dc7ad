"""The rows of a repeat in a posted form: one more, one less with the later ones renumbered, or two in each other's place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dossiers.services.refusals import Refused

MOST = 200  # rows in one form, whatever a scheme says: nobody types more by hand

Form = Mapping[str, list[str]]


def with_row(form: Form, field: str) -> dict[str, list[str]]:
    """The form with one empty row added after the last one."""
    count = max((index + 1 for index in map(_index(field), form) if index is not None), default=0)
    if count >= MOST:
        raise Refused("too_many", field=field, max=MOST)
    return {**form, f"{field}-{count}": [""]}


def without_row(form: Form, field: str, index: int) -> dict[str, list[str]]:
    """The form without one row (counted from 0); those after it move up."""
    place = _index(field)
    kept: dict[str, list[str]] = {}
    for name, values in form.items():
        row = place(name)
        if row is None or row < index:
            kept[name] = values
        elif row > index:
            rest = name[len(f"{field}-{row}") :]
            kept[f"{field}-{row - 1}{rest}"] = values
    return kept


def with_rows_swapped(form: Form, field: str, index: int, other: int) -> dict[str, list[str]]:
    """The form with two rows in each other's place, when both are there."""
    place = _index(field)
    rows = {index: other, other: index}
    if not rows.keys() <= {place(name) for name in form}:
        return dict(form)
    swapped: dict[str, list[str]] = {}
    for name, values in form.items():
        row = place(name)
        rest = name[len(f"{field}-{row}") :]
        swapped[name if row not in rows else f"{field}-{rows[row]}{rest}"] = values
    return swapped


def _index(field: str) -> Callable[[str], int | None]:
    """Which row a control belongs to; None for a control of another field."""
    pattern = re.compile(rf"{re.escape(field)}-([0-9]{{1,4}})(?:-|\Z)")

    def place(name: str) -> int | None:
        found = pattern.match(name)
        return int(found[1]) if found else None

    return place
