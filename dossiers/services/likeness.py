"""By what one dossier is like another: same person, establishment, account, telephone, address or document.

What is compared is written after each filing, by the job that makes its receipt: of a value only a keyed digest is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, select

from dossiers.database import Document, Dossier, Trait, core, table_of
from dossiers.services import earlier
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.opened import by_id
from dossiers.services.traits import digest, values_of
from engine.kinds.kind import items, members

ADD = insert(table_of(Trait))
DOCUMENT = "document"


def write_for(work: Work, dossier_id: int) -> None:
    """Write what a filed dossier may be recognised by; nothing for one that is anonymised, or isn't there."""
    opened = by_id(work, dossier_id)
    if opened is not None and opened.dossier.filed_at is not None and opened.dossier.purged_at is None:
        write(work, load(work, opened))


def write_at_once(work: Work, case: Case) -> None:
    """Write it with the act itself where the scheme's own facts look for it: a rival must not overlook this one."""
    if earlier.is_compared_by_digest(case.scheme):
        write(work, case)


def write_if_missing(work: Work, case: Case) -> None:
    """Write it where the job of the receipt hasn't yet: at a decision that follows the deposit at once, or while jobs wait."""
    if not earlier.is_compared_by_digest(case.scheme):
        here = select(Trait.dossier_id).where(Trait.dossier_id == case.dossier.id).limit(1)
        if core(work.session).scalar(here) is None:
            write(work, case)


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
            "digest": digest(vault, kind, value),
        }
        for field, kind, value in sorted(found)
    ]
    if rows:
        core(work.session).execute(ADD, rows)


def _answered(case: Case) -> Iterator[tuple[str, str, str]]:
    """What the answers say, those in rows too: where, the kind, the value. A row's field is "repeat/field"."""
    for id, answer in case.reading.kept().items():
        field = case.scheme.fields[id]
        yield from ((id, *told) for told in values_of(field, answer))
        for row in items(answer) if field.kind == "repeat" else ():
            for name, inner in field.fields.items():
                yield from ((f"{id}/{name}", *told) for told in values_of(inner, members(row).get(name)))


def _sent(work: Work, row: Dossier) -> Iterator[tuple[str, str, str]]:
    query = select(Document.field, Document.sha256).where(
        Document.dossier_id == row.id, Document.origin == "answer", Document.purged_at.is_(None)
    )
    return ((field or "", DOCUMENT, sha) for field, sha in work.session.execute(query) if sha)
