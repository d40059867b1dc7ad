"""The options of a choice: written in the scheme or in a reference list, with what people read and may look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from engine.kinds.field import FieldView, ListView, TextView


def codes_of(field: FieldView) -> Mapping[str, object]:
    """The codes one may choose, in order (a mapping, so that asking for one stays fast)."""
    if (found := _list(field)) is not None:
        return found.rows
    return _texts(field)


OTHER = "other"  # the code the rules see for what is answered in words beside the options


def has_other(field: FieldView) -> bool:
    """Whether something beside the options may be answered, in words."""
    return OTHER in field.options


def known_codes(field: FieldView) -> frozenset[str]:
    """Every code the rules may see."""
    return frozenset(codes_of(field)) | ({OTHER} if has_other(field) else set())


def label_of(field: FieldView, code: str, language: str) -> str:
    """What people read for a code; the code itself when a later version dropped it."""
    if code == OTHER and has_other(field):
        return cast("TextView", field.options[OTHER]).plain(language)
    if code not in codes_of(field):
        return code
    if (found := _list(field)) is not None:
        return found.label(code, language)
    return _texts(field)[code].plain(language)


def hint_of(field: FieldView, code: str, language: str) -> str:
    """What stands beside a label where one searches: the column `hint` of the list, else the code, unless the label says
    it."""
    found = _list(field)
    if found is None:
        return ""
    return _cell(found, code, "hint", language) or ("" if code in found.label(code, language) else code)


def group_of(field: FieldView, code: str, language: str) -> str:
    """The heading an option stands under: the column `group` of the list; "" when there is none."""
    found = _list(field)
    return "" if found is None else _cell(found, code, "group", language)


def words_of(field: FieldView) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each code with its labels in every language, and what else it may be found by."""
    found = _list(field)
    if found is None:
        for code, text in _texts(field).items():
            labels = (text.plain(language) for language in getattr(text, "versions", ("",)))
            yield code, tuple(dict.fromkeys(labels)), ()
        return
    for code, row in found.rows.items():
        labels = (row[column] for column in row if _is(column, "label") and row[column])
        others = (row[column] for column in row if _is(column, "hint") and row[column])
        yield code, tuple(dict.fromkeys(labels)), tuple(others)


def _is(column: str, name: str) -> bool:
    """Whether a column is this one, or this one in a language (`label_en`)."""
    return column == name or (len(column) == len(name) + 3 and column.startswith(f"{name}_"))


def _cell(found: ListView, code: str, column: str, language: str) -> str:
    row = found.rows.get(code, {})
    return row.get(f"{column}_{language}") or row.get(column) or ""


def _list(field: FieldView) -> ListView | None:
    return cast("ListView | None", field.options.get("list"))


def _texts(field: FieldView) -> Mapping[str, TextView]:
    return cast("Mapping[str, TextView]", field.options.get("options") or {})
