"""A document that may come after the deposit (`blocks: payment`), sent from the page where the dossier is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.changes import filing
from dossiers.services import looking_again, uploads
from dossiers.services.cases import Case, awaited, load, without_infected
from dossiers.services.dating import dated
from dossiers.services.desk import Work, preceded_by
from dossiers.services.filling import read
from dossiers.services.opened import actor_of_party, current_draft, for_applicant
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Unkept as Unkept
from dossiers.services.uploads import Upload
from engine.asked import Reading
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.validation import validate_page

ADDED = "document_added"


@preceded_by(uploads.received_for, undo=uploads.take_back)
def supply(
    work: Work,
    viewer: Viewer,
    public_id: str,
    field: str,
    *,
    uploads: Sequence[Upload],
    form: Mapping[str, list[str]],
) -> None:
    """Add a document that was awaited: another filing of the same answers with it, and its receipt. As long as nothing is
    decided the rules judge again by it, and the system goes on from there.

    Raises Unkept when something is wrong with what was sent, NotFound, Refused("not_editable") while a correction is
    open: it is sent with that.
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    if opened.dossier.filed_at is None or current_draft(work, opened) is not None:
        raise Refused("not_editable")
    case = load(work, opened)
    if field not in awaited(work, case) or case.dossier.ended_at is not None:
        raise NotFound("field")
    asked = case.scheme.fields[field]
    if case.scheme.form[asked.page].asked_of != opened.party:
        raise NotFound("field")
    reading, problems = _with_documents(work, case, asked, form)
    if problems:
        raise Unkept(problems)
    _file(work, case, reading, field)


def _with_documents(
    work: Work, case: Case, asked: Field, form: Mapping[str, list[str]]
) -> tuple[Reading, tuple[AnswerProblem, ...]]:
    dossier_id, given = case.dossier.id, without_infected(work, case.dossier, case.filed.answers)
    found = _accept(work, dossier_id, asked, _kept(work, dossier_id), work.prepared[asked.id], given)
    answers = {**given, asked.id: found.answer or None}
    dates = dated((asked,), form, answers)
    reading = read(work, case.opened, {**answers, **dates.answers})
    problems = (*found.problems, *dates.problems)
    if not problems and not found.answer:
        problems = (AnswerProblem((asked.id,), "missing", {}),)
    here = validate_page(reading, asked.page) if not problems else ()
    return reading, problems or tuple(one for one in here if one.path[:1] == (asked.id,))


_accept, _kept = uploads.accept, uploads.kept


def _file(work: Work, case: Case, reading: Reading, field: str) -> None:
    session, dossier = work.session, case.dossier
    actor = actor_of_party(case.opened)
    before = filing.earlier(session, dossier)
    filed = filing.file(
        session, work.office.vault, dossier, reading, by=actor.id, now=work.now, earlier=before
    )
    journal.record(
        session,
        stream=case.opened.stream,
        actor=actor,
        action=ADDED,
        at=work.now,
        payload={"field": field, "filing": filed.number},
        dossier_id=dossier.id,
    )
    jobs.add(
        session,
        "receipt",
        key=f"receipt:{dossier.public_id}:{filed.number}",
        dossier_id=dossier.id,
        options={"number": filed.number, "language": dossier.language},
        run_at=work.now,
    )
    looking_again.judge_again(work, replace(case, filed=filed, reading=reading), ADDED)
