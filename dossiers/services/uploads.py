"""Documents on their way in: looked at by content, made safe, encrypted and stored before the act, recorded within it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import bindparam, insert, select

from dossiers import jobs
from dossiers.database import Document
from dossiers.office import Office
from dossiers.outside.contents import look
from dossiers.services.desk import Work
from engine.kinds import Json
from engine.kinds import file as files
from engine.kinds.kind import constant, items, members
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.words import Printed

LONGEST_NAME = 150
EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}  # of what may be kept as something else
SENT = ("answer", "asked", "message")  # what takes of the room a dossier has
KEPT = select(Document.public_id, Document.sha256, Document.size).where(
    Document.dossier_id == bindparam("dossier"), Document.origin.in_(SENT), Document.purged_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent: the name its sender gave, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """One file kept in the store, not yet part of any dossier.

    `sent_as` is the media type it came with; `wrong` the code of what is wrong with it, and then nothing is stored.
    """

    name: str
    sent_as: str
    media_type: str
    size: int
    sha256: str
    store_key: str
    wrong: str = ""


class Unkept(Exception):
    """What was sent can't be taken: the act leaves nothing behind."""

    def __init__(self, problems: tuple[AnswerProblem, ...]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


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
            if one.store_key:
                office.store.remove(one.store_key)


def _store(office: Office, upload: Upload) -> Stored:
    found = look(upload.content)
    return Stored(
        name=_named(_tidy(upload.name), found.media_type),
        sent_as=found.sent_as,
        media_type=found.media_type,
        size=len(found.content),
        sha256=hashlib.sha256(found.content).hexdigest(),
        store_key="" if found.wrong else office.store.put(found.content),
        wrong=found.wrong,
    )


def _tidy(name: str) -> str:
    """The last part of a name, printable and not too long; what its sender's machine called it, never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "document"


def _named(name: str, media_type: str) -> str:
    """The name with the ending of what is kept: a photo sent as HEIC is a JPEG here."""
    known = EXTENSIONS.get(media_type)
    if known is None or name.lower().endswith(known):
        return name
    return f"{PurePosixPath(name).stem}{known[0]}"


@dataclass(slots=True)
class Accepted:
    """A field after something was sent: its answer, what was wrong with some, and the names of those that were there
    already and are kept once. `replaced`: whether the document to replace gave way."""

    answer: list[Json]
    problems: list[AnswerProblem] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    replaced: bool = False


@dataclass(slots=True)
class Kept:
    """The documents of a dossier so far: the digest of each by its name in addresses, and their bytes together."""

    digests: dict[str, str]
    size: int


def kept(work: Work, dossier_id: int) -> Kept:
    """What the applicant has sent so far."""
    rows = work.session.execute(KEPT, {"dossier": dossier_id}).all()
    return Kept({row.public_id: row.sha256 for row in rows}, sum(row.size for row in rows))


def accept(
    work: Work,
    dossier_id: int,
    field: Field,
    before: Kept,
    sent: Sequence[Stored],
    answers: Mapping[str, Json],
    *,
    replacing: str = "",
    path: str = "",
) -> Accepted:
    """Record the documents a field takes beside those its answer has.

    Those refused, and those that are there already, are discarded: deleted from the store once the act is committed.
    `replacing`: the document that gives way to the first one taken; `path`: "repeat/field" for a field of a row.
    """
    found = Accepted(list(items(answers.get(field.id))))
    for one in sent:
        if any(before.digests.get(str(members(there).get("id"))) == one.sha256 for there in found.answer):
            found.twice.append(one.name)
            _discard(work, one)
            continue
        rest = [there for there in found.answer if members(there).get("id") != replacing]
        if wrong := refusals(work, field, one, rest, before):
            found.problems += wrong
            _discard(work, one)
            continue
        taken = record(work, dossier_id, path or field.id, one)
        before.digests[str(members(taken)["id"])] = one.sha256
        before.size += one.size
        found.replaced = found.replaced or len(rest) < len(found.answer)
        found.answer = [*rest, taken]
    return found


def refusals(
    work: Work, field: Field, one: Stored, present: Sequence[Json], before: Kept
) -> tuple[AnswerProblem, ...]:
    """Why a document can't be taken; () when it can."""
    wrong = files.refusals(field, one.name, one.sent_as, 0 if one.size == 0 else 1)
    if not wrong and one.wrong:
        return (AnswerProblem((field.id,), one.wrong, {"name": one.name}),)
    wrong = wrong or files.refusals(field, one.name, one.sent_as, one.size)
    if wrong:
        return wrong
    most, largest = constant(field, "at_most") or files.MOST, work.office.settings.max_dossier_bytes
    if len(present) >= most:
        return (AnswerProblem((field.id,), "too_many", {"max": Printed(most, "integer")}),)
    if before.size + one.size > largest:
        return (AnswerProblem((field.id,), "dossier_full", {"max": largest}),)
    return ()


def _discard(work: Work, one: Stored) -> None:
    if one.store_key:
        work.discarded.append(one.store_key)


def record(
    work: Work, dossier_id: int, field: str | None, one: Stored, *, origin: str = "answer", **beside: int
) -> Json:
    """Keep a document of the dossier, and let the scanner look at it; returns what an answer says of it.

    `beside`: the message or the point it goes with.
    """
    public_id = secrets.token_urlsafe(16)
    row: dict[str, Any] = {"public_id": public_id, "dossier_id": dossier_id, "field": field, "origin": origin}
    row |= beside
    row |= {"name": one.name, "media_type": one.media_type, "size": one.size, "sha256": one.sha256}
    row |= {"store_key": one.store_key, "at": work.now, "scan": work.office.scanner.first_state}
    work.session.execute(insert(Document).values(row))
    if row["scan"] == "pending":
        _queue_scan(work, dossier_id, public_id)
    return {"id": public_id, "name": one.name, "size": one.size, "media_type": one.media_type}


def _queue_scan(work: Work, dossier_id: int, public_id: str) -> None:
    jobs.add(
        work.session,
        "scan",
        key=f"scan:{public_id}",
        dossier_id=dossier_id,
        options={"document": public_id},
        run_at=work.now,
    )


def received(
    office: Office, now: datetime, *args: Any, files: Uploads | None = None, **kwargs: Any
) -> Prepared:
    """What precedes an act that may bring files."""
    return store_all(office, files)


def received_for(
    office: Office,
    now: datetime,
    viewer: Any,
    public_id: str,
    field: str,
    *,
    uploads: Sequence[Upload],
    **_: Any,
) -> Prepared:
    """What precedes an act that brings files for one question of a dossier."""
    return store_all(office, {field: uploads})
