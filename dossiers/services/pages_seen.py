"""Which pages of a draft were sent, by their addresses: `school-2` is the page `school` of the second row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from engine.answers import read_form
from engine.kinds.kind import Controls
from engine.language import Scheme
from engine.language.model import Field


def pages_seen(scheme: Scheme, ids: Iterable[str]) -> list[str]:
    """These pages in the order of the form, those the scheme doesn't have any more left out."""
    places = {page: place for place, page in enumerate(scheme.form)}
    known = {id for id in ids if page_of(id) in places}
    return sorted(known, key=lambda id: (places[page_of(id)], len(id), id))


def page_of(id: str) -> str:
    """The page of the scheme an address leads to."""
    return id.partition("-")[0]


def done(scheme: Scheme, seen: Collection[str], typed: Mapping[str, Controls]) -> Collection[str]:
    """The pages sent that hold nothing unread."""
    if not typed:
        return seen
    unread = {page for id, raw in typed.items() if id in scheme.fields for page in _where(scheme, id, raw)}
    return [id for id in seen if page_of(id) in scheme.form and id not in unread]


def _where(scheme: Scheme, id: str, raw: Controls) -> set[str]:
    """The pages on which what can't be read of a field was typed."""
    field = scheme.fields[id]
    if id not in scheme.repeats_apart:
        return {field.page}
    problems = read_form([field], {name: list(values) for name, values in raw.items()}).problems
    return {_address(field, one.path) for one in problems}


def _address(repeat: Field, path: Sequence[str | int]) -> str:
    inner = repeat.fields.get(str(path[2])) if len(path) > 2 else None
    if inner is None or inner.page == repeat.page:
        return repeat.page
    return f"{inner.page}-{int(path[1]) + 1}"


def seen_without(scheme: Scheme, seen: Sequence[str], field: str, index: int) -> list[str]:
    """The pages sent once a row is gone: those of the rows after it move up."""
    return _renumbered(scheme, seen, field, lambda row: None if row == index else row - (row > index))


def seen_swapped(scheme: Scheme, seen: Sequence[str], field: str, index: int, other: int) -> list[str]:
    """The pages sent once two rows stand in each other's place."""
    rows = {index: other, other: index}
    return _renumbered(scheme, seen, field, lambda row: rows.get(row, row))


def _renumbered(
    scheme: Scheme, seen: Sequence[str], field: str, moved: Callable[[int], int | None]
) -> list[str]:
    found: list[str] = []
    for id in seen:
        page, _, number = id.partition("-")
        if not number or page not in scheme.form or scheme.form[page].for_each != field:
            found.append(id)
        elif (row := moved(int(number) - 1)) is not None:
            found.append(f"{page}-{row + 1}")
    return found
