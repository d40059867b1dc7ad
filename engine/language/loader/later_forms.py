"""Forms asked later: their pages stand with those of the form, asked only once the dossier has come so far."""

from __future__ import annotations

from typing import Any

from engine import feel
from engine.feel import types
from engine.language.expressions import Expression
from engine.language.loader.loading import Loading
from engine.language.loader.names import form_fields, mapping, sketch
from engine.language.source import Source
from engine.problems import Path, Place

FORMS = "forms"


def put_into_form(source: Source) -> dict[str, str]:
    """Put the pages of later forms behind those of the form, with the places of all that stands there; page → its form.

    A page whose id is taken stays where it is: that is told by `check_later_forms`.
    """
    found: dict[str, str] = {}
    data = source.data
    if not isinstance(data, dict) or not isinstance(data.get(FORMS), dict):
        return found
    form = data.setdefault("form", {})
    for id, pages in data[FORMS].items():
        for page in list(pages) if isinstance(pages, dict) and isinstance(form, dict) else ():
            if page not in form:
                form[page] = pages.pop(page)
                found[page] = str(id)
                _place(source, (FORMS, id, page), ("form", page))
    return found


def _place(source: Source, old: Path, new: Path) -> None:
    for places in (source.keys, source.values):
        moved = {(*new, *path[len(old) :]): at for path, at in places.items() if path[: len(old)] == old}
        places.update(moved)


def check_later_forms(load: Loading) -> None:
    """Tell a form without pages, a page whose id is taken, a form named like something else."""
    names = load.scope.names
    for id, left in mapping(load.source.data, FORMS).items():
        path: Path = (FORMS, id)
        for page in left if isinstance(left, dict) else ():
            first = load.source.key_place(("form", page))
            load.report("id_twice", (*path, page), at_key=True, id=page, first=f"{first.line}:{first.column}")
        if id not in load.later.values() and not left:
            load.report("empty_value", path, at_key=True, key=id)
        if id in names and not isinstance(names[id], types.Context):
            load.report("id_twice", path, at_key=True, id=id, first=_first(load, str(id)))


def _first(load: Loading, id: str) -> str:
    for path, place in load.source.keys.items():
        if path and path[-1] == id and path[0] != FORMS:
            return f"{place.line}:{place.column}"
    return ""


def names_of(load: Loading) -> dict[str, types.Type]:
    """What each later form is called by elsewhere: its fields and its totals."""
    found: dict[str, dict[str, types.Type]] = {id: {} for id in load.later.values()}
    pages = mapping(load.data, "form")
    asked = dict(form_fields(load))
    for page, id in load.later.items():
        for name in mapping(pages.get(page), "fields"):
            drawn = sketch(load, name, asked[name])
            found[id] |= {name: drawn.type, **drawn.totals}
    return {id: types.Context(names) for id, names in found.items()}


def once_open(load: Loading, page: str) -> Expression | None:
    """The condition of a page of a later form: the dossier has come so far. None for a page of the first one."""
    form = load.later.get(page)
    return None if form is None else _is_open(form, load.source.key_place(("form", page)))


def _is_open(form: str, place: Place) -> Expression:
    text = f'list contains(dossier.forms, "{form}")'
    tree = feel.check(text, {"dossier": types.ANY}).tree
    assert tree is not None
    return Expression(text, feel.compile(tree), types.BOOLEAN, place)


def named_form(load: Loading, data: Any, path: Path) -> str:
    """The later form an action or a rule names; "" when it names none."""
    said = data.get("form")
    if not isinstance(said, str):
        return ""
    load.known("unknown_form", (*path, "form"), said, mapping(load.source.data, FORMS))
    return said if said in load.later.values() else ""
