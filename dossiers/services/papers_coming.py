"""The receipt and the letters that are still being made for a dossier."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from dossiers.database import Job
from dossiers.services.desk import Work

PAPERS = ("receipt", "letter")


WAITING = select(func.count()).where(
    Job.dossier_id == bindparam("dossier"),
    Job.kind.in_(PAPERS),
    Job.done_at.is_(None),
    Job.failed_at.is_(None),
)


def papers_coming(work: Work, dossier_id: int) -> int:
    """How many papers wait for the worker; those it gave up are told to administrators instead."""
    return int(work.session.scalar(WAITING, {"dossier": dossier_id}) or 0)
