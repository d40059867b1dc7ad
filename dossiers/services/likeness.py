"""By what one dossier is like another: same person, establishment, account, telephone, address or document.

What is compared is written after each filing, by the job that makes its receipt: of a value only a keyed digest is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from dossiers import search
from dossiers.database import Document, Dossier, Trait, core, table_of
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.opened import by_id
from engine.kinds import Json
from engine.kinds.kind import items, members
from engine.language.model import Field

ADD = insert(table_of(Trait))
SIREN = 9  # the first digits of a SIRET are the company's own number
DOCUMENT = "document"
Told = tuple[str, str]  # kind, value


def write_for(work: Work, dossier_id: int) -> None:
    """Write what a filed dossier may be recognised by; nothing for one that is anonymised, or isn't there."""
    opened = by_id(work, dossier_id)
    if opened is not None and opened.dossier.filed_at is not None and opened.dossier.purged_at is None:
        write(work, load(work, opened))


def write(work: Work, case: Case) -> None:
    """Write it anew, from the answers that stand."""
    row, vault = case.dossier, work.office.vault
    found = {*_answered(case), *_sent(work, row)}
    if row.email:
        found.add(("", "email", row.email.casefold()))
    work.session.execute(delete(Trait).where(Trait.dossier_id == row.id))
    rows: list[dict[str, Any]] = [
        {
            "dossier_id": row.id,
            "field": field,
            "kind": kind,
            "digest": vault.blind_index(f"trait/{kind}/{value}"),
        }
        for field, kind, value in sorted(found)
    ]
    if rows:
        core(work.session).execute(ADD, rows)


def _answered(case: Case) -> Iterator[tuple[str, str, str]]:
    """What the answers say, those in rows too: where, the kind, the value. A row's field is "repeat/field"."""
    for id, answer in case.reading.kept().items():
        field = case.scheme.fields[id]
        yield from ((id, *told) for told in _of(field, answer))
        for row in items(answer) if field.kind == "repeat" else ():
            for name, inner in field.fields.items():
                yield from ((f"{id}/{name}", *told) for told in _of(inner, members(row).get(name)))


def _of(field: Field, answer: Json | None) -> Iterator[Told]:
    read = READ.get(field.kind)
    return iter(()) if read is None or answer is None else read(answer)


def _sent(work: Work, row: Dossier) -> Iterator[tuple[str, str, str]]:
    query = select(Document.field, Document.sha256).where(
        Document.dossier_id == row.id, Document.origin == "answer", Document.purged_at.is_(None)
    )
    return ((field or "", DOCUMENT, sha) for field, sha in work.session.execute(query) if sha)


def _plain(kind: str) -> Callable[[Json], Iterator[Told]]:
    return lambda answer: iter(((kind, "".join(str(answer).split()).casefold()),))


def _siret(answer: Json) -> Iterator[Told]:
    digits = "".join(str(answer).split())
    yield "siret", digits
    yield "siren", digits[:SIREN]


def _person(answer: Json) -> Iterator[Told]:
    """With a day of birth, the person; without, the name alone."""
    told = members(answer)
    names = " ".join(sorted(search.tokens(f"{told.get('first_name', '')} {told.get('last_name', '')}")))
    if names:
        yield ("person", f"{names}/{told['born']}") if told.get("born") else ("name", names)


READ: Mapping[str, Callable[[Json], Iterator[Told]]] = {
    "siret": _siret,
    "person": _person,
    **{kind: _plain(kind) for kind in ("siren", "iban", "phone", "email", "nir", "rna")},
}
