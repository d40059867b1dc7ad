"""Documents a scheme erases once a decision is taken (`erase_on: decision`): their content goes, their digest stays."""

from __future__ import annotations

from sqlalchemy import select

from dossiers import journal
from dossiers.database import Document
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.erasure import erase_documents
from engine.kinds.kind import items, members
from engine.language import Scheme
from workflows.lifecycle import SYSTEM


def erased_on_decision(scheme: Scheme) -> frozenset[str]:
    """The file fields, those in rows as "repeat/field", whose documents go with the decision."""
    found = {id for id, one in scheme.fields.items() if one.options.get("erase_on") == "decision"}
    found |= {
        f"{id}/{inner.id}"
        for id, one in scheme.fields.items()
        for inner in one.fields.values()
        if inner.options.get("erase_on") == "decision"
    }
    return frozenset(found)


def on_decision(work: Work, case: Case) -> None:
    """Erase them, and journal which: a copy kept elsewhere can still be told by its digest."""
    fields = erased_on_decision(case.scheme)
    if not fields:
        return
    theirs = (
        Document.dossier_id == case.dossier.id,
        Document.origin == "answer",
        Document.purged_at.is_(None),
    )
    named = _named(case, fields)
    rows = [
        row
        for row in work.session.scalars(select(Document).where(*theirs))
        if row.field in fields or row.public_id in named
    ]
    if not rows:
        return
    told = [{"document": row.public_id, "field": row.field, "sha256": row.sha256} for row in rows]
    erase_documents(work, rows)
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=SYSTEM,
        action="documents_erased",
        at=work.now,
        payload={"documents": told},
        dossier_id=case.dossier.id,
    )


def _named(case: Case, fields: frozenset[str]) -> set[str]:
    """What the answers name, whatever the field was called when the document was sent."""
    found: set[str] = set()
    for path in fields:
        id, _, inner = path.partition("/")
        answer = case.filed.answers.get(id)
        documents = (
            [one for row in items(answer) for one in items(members(row).get(inner))]
            if inner
            else items(answer)
        )
        found |= {str(members(one).get("id")) for one in documents}
    return found
