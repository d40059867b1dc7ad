"""The documents a test gives: by name alone, or with the date written on them (`{name: bill.pdf, issued_on: 2020-05-01}`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.language.loader.loading import Loading
from engine.language.loader.names import form_fields, inner_fields
from engine.language.scalars import date_meant, read_date
from engine.problems import Path

NAME, ISSUED = "name", "issued_on"


def check_documents(load: Loading, given: Mapping[str, object], path: Path) -> None:
    """Tell the parts no document has, and what is no date; in the rows of a repeat too."""
    _check(load, dict(form_fields(load)), given, path)


def _check(load: Loading, fields: Mapping[str, object], given: Mapping[str, object], path: Path) -> None:
    for name, value in given.items():
        field, here = fields.get(name), (*path, name)
        if not isinstance(field, Mapping):
            continue
        several = value if isinstance(value, list) else [value]
        for number, one in enumerate(several):
            place: Path = (*here, number) if isinstance(value, list) else here
            if not isinstance(one, Mapping):
                continue
            if field.get("type") == "file":
                _document(load, field, one, place)
            elif field.get("type") == "repeat":
                _check(load, inner_fields(field), one, place)


def _document(load: Loading, field: Mapping[str, object], document: Mapping[str, object], path: Path) -> None:
    parts = (NAME, ISSUED) if "issued_within" in field else (NAME,)
    for part, value in document.items():
        if not load.known("unknown_document_part", (*path, part), str(part), parts, at_key=True):
            continue
        if part == ISSUED and read_date(str(value)) is None:
            instead = date_meant(str(value))
            params: dict[str, Any] = {"key": ISSUED, "wanted": "@sort_date", "found": f"`{value}`"}
            if instead is None:
                load.report("wrong_value", (*path, part), **params)
            else:
                load.report("write_instead", (*path, part), instead=instead, **params)
