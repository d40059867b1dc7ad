"""Facts about other dossiers: which ones, by which answers they are found, what is told of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types
from engine.language.expressions import Expression
from engine.language.facts_model import ANY_SCHEME, KEYS, KINDS, OF_DOSSIER, DossiersFact
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping, sketch
from engine.language.loader.rules import words
from engine.language.spans import Span, read_span
from engine.problems import Path, near

OF_DOSSIERS = frozenset(
    {"match", "same", "within", "where", "sum", "latest"}
)  # what is said of such facts alone
COMPANY = "siren"
# What search keeps no column for, so that dossiers can't be found by it.
UNMATCHED = frozenset({"file", "repeat", "fields", "long_text", "address", "choices"})
OTHER = Scope(
    {
        "dossier": types.Context(
            {name: KINDS[kind] for name, kind in OF_DOSSIER.items() if name != "granted"}
        ),
        "award": types.Context({"granted": KINDS["money"]}),
    }
)
Fields = Mapping[str, Data]
Answer = tuple[str, ...]  # the path of one: ("group", "siren")


def of_dossiers(
    load: Loading, id: str, data: Data, fields: Fields, hidden: frozenset[str]
) -> DossiersFact | None:
    """The fact, or None when nothing says by which answers dossiers are found. `fields` are the top-level ones."""
    path: Path = ("facts", id)
    if data.get("match") is None:
        load.report("missing_key", path, at_key=True, key="match")
        return None
    match = tuple(tuple(one.split(".")) for one in words(data["match"]))
    kinds = _kinds(load, data, path, match, fields)
    if kinds is None:
        return None
    return DossiersFact(
        id,
        _schemes(load, data, path),
        match,
        _span(load, data, path),
        str(data["sum"]) if data.get("sum") else None,
        hidden,
        title=load.text(data, "label", path),
        where=_where(load, data, path),
        latest=words(data.get("latest")),
        kinds=kinds,
    )


def _schemes(load: Loading, data: Data, path: Path) -> tuple[str, ...]:
    """The schemes counted, none standing for all of them."""
    named = words(data["dossiers"])
    for number, one in enumerate(named):
        close = near(one, [ANY_SCHEME]) if one != ANY_SCHEME else None
        if close:
            here = (*path, "dossiers", number) if isinstance(data["dossiers"], list) else (*path, "dossiers")
            load.report("unknown_word", here, suggestion=close, key="dossiers", found=one)
    return () if ANY_SCHEME in named else named


def _span(load: Loading, data: Data, path: Path) -> Span | None:
    span = read_span(str(data.get("within", "")))
    if span is not None and span.unit in ("hours", "working days"):
        load.report("span_in_days", (*path, "within"), found=str(data["within"]))
    return span


def _where(load: Loading, data: Data, path: Path) -> Expression | None:
    return load.expression(data, "where", path, OTHER, types.BOOLEAN)


# -- by which answers ---------------------------------------------------------------------------------------


def _kinds(
    load: Loading, data: Data, path: Path, match: tuple[Answer, ...], fields: Fields
) -> tuple[str, ...] | None:
    """What each answer is compared as; None, with a problem, when dossiers can't be found by one."""
    company = data.get("same") == "company"
    found: list[str] = []
    for number, answer in enumerate(match):
        here = (*path, "match", number) if isinstance(data["match"], list) else (*path, "match")
        field = _answer(load, answer, here, fields)
        if field is None:
            return None
        kind = _key(load, answer, field, single=len(match) == 1)
        if kind is None:
            load.report("match_not_indexed", here, field=".".join(answer))
            return None
        found.append(COMPANY if company and kind == "siret" else kind)
    if company and set(found) != {COMPANY}:
        load.report("same_of_no_company", (*path, "same"))
        return None
    if len(set(found)) > 1:
        load.report("match_unlike", (*path, "match"))
        return None
    return tuple(found)


def _answer(load: Loading, answer: Answer, here: Path, fields: Fields) -> Data | None:
    """The field an answer is given to: one of the form, or one in the rows of one."""
    first, *rest = answer
    if not load.known("unknown_field", here, first, fields):
        return None
    field = fields[first]
    for name in rest:
        inner = mapping(field, "fields")
        if not load.known("unknown_field", here, name, inner) or not isinstance(inner[name], Mapping):
            return None
        field = dict(inner[name])
    return field


def _key(load: Loading, answer: Answer, field: Data, *, single: bool) -> str | None:
    """What an answer is compared as: what people and companies are known by, or ("") whatever stands in the index."""
    kind = str(field.get("type"))
    if len(answer) > 2:
        return None
    if kind == "person":
        return kind if field.get("born") is True else None  # a name alone is shared by too many
    if kind in KEYS:
        return kind
    several = isinstance(sketch(load, answer[-1], field).type, types.Context | types.List)
    secret = field.get("sensitive") or field.get("hide_from") or kind in UNMATCHED
    return None if secret or several or len(answer) > 1 or not single else ""
