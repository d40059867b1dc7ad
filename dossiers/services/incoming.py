"""The documents that came with a page: taken in by the fields that ask for them, the others discarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dossiers.database import Document
from dossiers.services import uploads
from dossiers.services.desk import Work
from dossiers.services.erasure import erase_documents
from dossiers.services.filling import Filling
from dossiers.services.row_documents import sent_for_rows
from dossiers.services.uploads import Stored
from engine.kinds import Json
from engine.language.model import Field
from engine.problems import AnswerProblem


@dataclass(frozen=True, slots=True)
class Incoming:
    """The answers of the file fields something was sent for, what was wrong with some of it, what was there already."""

    answers: Mapping[str, Json]
    problems: tuple[AnswerProblem, ...] = ()
    twice: tuple[str, ...] = ()


NOTHING = Incoming({})


def received(work: Work, before: Filling, presented: Iterable[Field], replacing: str = "") -> Incoming:
    """Take in what the act's preparation has stored, for the file fields among these; what rows take is not its business."""
    sent: Mapping[str, Sequence[Stored]] = work.prepared or {}
    if not any(sent.values()):
        return NOTHING
    of_rows = sent_for_rows(sent, presented)
    sent = {name: stored for name, stored in sent.items() if name not in of_rows}
    fields = {field.id: field for field in presented if field.kind == "file"}
    work.discarded.extend(
        one.store_key for id in sent.keys() - fields.keys() for one in sent[id] if one.store_key
    )
    dossier_id = before.opened.dossier.id
    kept = uploads.kept(work, dossier_id)
    found = {
        id: uploads.accept(work, dossier_id, fields[id], kept, stored, before.answers, replacing=replacing)
        for id, stored in sent.items()
        if id in fields
    }
    if any(one.replaced for one in found.values()):
        give_way(work, before, replacing)
    return Incoming(
        {id: one.answer or None for id, one in found.items()},
        tuple(problem for one in found.values() for problem in one.problems),
        tuple(name for one in found.values() for name in one.twice),
    )


def give_way(work: Work, before: Filling, document_id: str) -> None:
    """Erase a document no answer names any more, unless an earlier filing does."""
    if before.opened.dossier.filed_at is not None:
        return
    theirs = (Document.public_id == document_id, Document.dossier_id == before.opened.dossier.id)
    erase_documents(work, work.session.scalars(select(Document).where(*theirs)))
    work.session.flush()
