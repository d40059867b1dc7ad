"""Documents on their way in: looked at by content, encrypted and stored before the act, recorded within it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import filetype
from sqlalchemy import insert

from dossiers.database import Document
from dossiers.office import Office
from dossiers.services.desk import Work
from engine.kinds import Json
from engine.kinds import file as files
from engine.kinds.kind import constant, items
from engine.language.model import Field
from engine.problems import AnswerProblem

LONGEST_NAME = 150
UNKNOWN = "application/octet-stream"
SNIFFED = 8192  # bytes looked at; the longest signature filetype knows is far shorter


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent: the name its sender gave, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """One file kept in the store, not yet part of any dossier."""

    name: str
    media_type: str
    size: int
    sha256: str
    store_key: str


Uploads = Mapping[str, Sequence[Upload]]
Prepared = Mapping[str, tuple[Stored, ...]]


def store_all(office: Office, uploads: Uploads | None) -> Prepared:
    """Put every upload in the store, by field; an empty control of a form (no name, no byte) is none."""
    return {
        field: tuple(_store(office, upload) for upload in found if upload.name or upload.content)
        for field, found in (uploads or {}).items()
    }


def take_back(office: Office, prepared: Any) -> None:
    """Delete what was stored for an act that failed."""
    for found in (prepared or {}).values():
        for one in found:
            office.store.remove(one.store_key)


def _store(office: Office, upload: Upload) -> Stored:
    kind = filetype.guess(upload.content[:SNIFFED])
    return Stored(
        name=_tidy(upload.name),
        media_type=UNKNOWN if kind is None else kind.mime,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        store_key=office.store.put(upload.content),
    )


def _tidy(name: str) -> str:
    """The last part of a name, printable and not too long; what its sender's machine called it, never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "document"


def accept(
    work: Work, dossier_id: int, field: Field, present: Json | None, sent: Sequence[Stored]
) -> tuple[list[Json], tuple[AnswerProblem, ...]]:
    """Record the documents a field takes; returns the answer with them added, and what is wrong with the others.

    Those refused are discarded: deleted from the store once the act is committed.
    """
    answer = list(items(present))
    problems: list[AnswerProblem] = []
    most = constant(field, "at_most") or files.MOST
    for one in sent:
        wrong = files.refusals(field, one.media_type, one.size)
        if not wrong and len(answer) >= most:
            wrong = (AnswerProblem((field.id,), "too_many", {"max": _count(most)}),)
        if wrong:
            problems += wrong
            work.discarded.append(one.store_key)
        else:
            answer.append(_record(work, dossier_id, field.id, one))
    return answer, tuple(problems)


def _count(most: int) -> object:
    from engine.words import Printed

    return Printed(most, "integer")


def _record(work: Work, dossier_id: int, field: str, one: Stored) -> Json:
    public_id = secrets.token_urlsafe(16)
    row = {"public_id": public_id, "dossier_id": dossier_id, "field": field, "origin": "answer"}
    row |= {"name": one.name, "media_type": one.media_type, "size": one.size, "sha256": one.sha256}
    row |= {"store_key": one.store_key, "at": work.now, "scan": work.office.scanner.first_state}
    work.session.execute(insert(Document).values(row))
    return {"id": public_id, "name": one.name, "size": one.size, "media_type": one.media_type}


def received(
    office: Office, now: datetime, *args: Any, files: Uploads | None = None, **kwargs: Any
) -> Prepared:
    """What precedes an act that may bring files."""
    return store_all(office, files)
