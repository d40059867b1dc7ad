"""Ids: those FEEL reads as its own words, those that stand twice, those that would hide another name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.feel.builtins import BUILTINS
from engine.feel.lexer import KEYWORDS
from engine.language.loader.loading import Loading
from engine.language.loader.names import mapping
from engine.language.loader.row_pages import pages_with_fields, row_fields
from engine.problems import Path

# What FEEL or the language itself knows by this name, where a field may be read.
RESERVED = frozenset(
    [
        "item",
        "partial",
        "of",
        "mode",
        "number",
        "all",
        "is",
        "row",
        "dossier",
        "award",
        "eligible",
        "rules",
        "warnings",
        "checklist",
        "tasks",
        "opinions",
        "counted",
        "member",
        "before",
        "facts",
        "today",
        "now",
        "report",
        "hits",
    ]
)
# Where the site's own pages stand, beside those of a form and those of a scheme; a test compares them with the routes.
PAGE_ADDRESSES = frozenset(
    {
        "champs",
        "lien-de-reprise",
        "non-eligible",
        "pas-concerne",
        "pieces",
        "points",
        "recu",
        "recu.pdf",
        "reprise",
        "signer",
        "supprimer",
        "verifier",
    }
)
SCHEME_ADDRESSES = frozenset(
    {
        "comptes",
        "connexion",
        "courriels",
        "deconnexion",
        "dispositifs",
        "mot-de-passe",
        "repetition",
        "reprise",
        "taches",
    }
)


def check_ids(load: Loading) -> None:
    """Tell reserved, repeated and hiding ids."""
    first: dict[str, Path] = {}
    names = list(_names(load))
    for name, path in names:
        if name in KEYWORDS or name in BUILTINS or name in RESERVED:
            load.report("reserved_id", path, at_key=True, id=name, better=_better(name, path))
        elif name in first:
            place = load.source.key_place(first[name])
            load.report("id_twice", path, at_key=True, id=name, first=f"{place.line}:{place.column}")
        first.setdefault(name, path)
    for page, data in pages_with_fields(load):
        for id, field in mapping(data, "fields").items():
            _check_rows(load, field, ("form", page, "fields", id), first)
    for page in mapping(load.data, "form"):
        if page in PAGE_ADDRESSES:
            load.report("address_taken", ("form", page), at_key=True, id=page, better=f"{page}_page")
    if (scheme := load.data.get("scheme")) in SCHEME_ADDRESSES:
        load.report("address_taken", ("scheme",), id=scheme, better=f"aide-{scheme}")


def _better(name: str, path: Path) -> str:
    """A name nobody else bears: `date` on the page `closure` → `closure_date`."""
    above = [step for step in path[:-1] if isinstance(step, str) and step not in {"form", "fields", "totals"}]
    return f"{above[-1]}_{name}" if above and path[0] == "form" else f"the_{name}"


def _names(load: Loading) -> Iterator[tuple[str, Path]]:
    """Every name a rule may say: fields, totals, parameters, computed values, facts, votes."""
    for page, data in pages_with_fields(load):
        for id, field in mapping(data, "fields").items():
            path: Path = ("form", page, "fields", id)
            yield id, path
            for total in mapping(field, "totals"):
                yield total, (*path, "totals", total)
    for section in ("parameters", "computed", "facts"):
        for id in mapping(load.data, section):
            yield id, (section, id)
    for id in mapping(mapping(load.data, "workflow"), "votes"):
        yield id, ("workflow", "votes", id)


def _check_rows(load: Loading, field: object, path: Path, outer: Mapping[str, Path]) -> None:
    """Tell the ids in the rows of a field that are reserved, or that hide a name from around them."""
    own: dict[str, Path] = {}
    for name, here in _row_names(load, field, path):
        hidden = outer.get(name) or own.get(name)
        if name in KEYWORDS or name in BUILTINS or name in RESERVED:
            load.report("reserved_id", here, at_key=True, id=name, better=_better(name, here))
        elif hidden is not None:
            place = load.source.key_place(hidden)
            load.report("row_hides_name", here, at_key=True, id=name, first=f"{place.line}:{place.column}")
        own.setdefault(name, here)
    for name, inner in mapping(field, "fields").items():
        _check_rows(load, inner, _below(load, path, "fields", name), {**outer, **own})


def _row_names(load: Loading, field: object, path: Path) -> Iterator[tuple[str, Path]]:
    """What a row knows by itself: its fields, the lines of a table, and the totals of the repeats in it."""
    for key in ("fields", "columns", "rows"):
        yield from ((name, _below(load, path, key, name)) for name in mapping(field, key))
    for id, inner in mapping(field, "fields").items():
        here = _below(load, path, "fields", id)
        yield from ((name, (*here, "totals", name)) for name in mapping(inner, "totals"))


def _below(load: Loading, path: Path, key: str, name: str) -> Path:
    """Where what stands in the rows of a field is written: below it, or on a page asked for each row."""
    return row_fields(load, (*path, key), (str(path[-1]),), name)[0]
