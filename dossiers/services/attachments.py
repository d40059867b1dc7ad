"""Files that are no answer of the form: sent for a document asked by name, or with a message, either way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from dossiers.office import Office
from dossiers.services import uploads
from dossiers.services.desk import Work
from dossiers.services.uploads import Stored, Unkept, Upload
from renderers.attached import ANY_FILE

NAME = ANY_FILE.id


def received(
    office: Office, now: datetime, *args: Any, files: Sequence[Upload] = (), **kwargs: Any
) -> uploads.Prepared:
    """What precedes an act that may bring such files."""
    return uploads.store_all(office, {NAME: files})


def attach(
    work: Work,
    dossier_id: int,
    sent: Sequence[Stored],
    *,
    origin: Literal["asked", "message", "opinion"],
    there: int = 0,
    **beside: int,
) -> None:
    """Record what was sent, `there` being already: looked at and scanned as answers' files are; `beside` names its
    message, point or opinion.

    Raises Unkept when one of them can't be taken: then nothing is.
    """
    before = uploads.kept(work, dossier_id)
    for number, one in enumerate(sent, there):
        present: list[Any] = [None] * number
        if wrong := uploads.refusals(work, ANY_FILE, one, present, before):
            raise Unkept(wrong)
        uploads.record(work, dossier_id, None, one, origin=origin, **beside)
        before.size += one.size
