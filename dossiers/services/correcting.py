"""One value corrected by the office, with its reason: another filing beside the applicant's, judged again, told to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dossiers import indexing, journal
from dossiers.access import Viewer
from dossiers.changes import amounts, claims, filing
from dossiers.changes.filing import OFFICE
from dossiers.services import facts, likeness, parties, verdicts
from dossiers.services.cases import Case, Entry, load
from dossiers.services.corrected import CORRECTED
from dossiers.services.correspondence import worded
from dossiers.services.desk import Work
from dossiers.services.filling import read
from dossiers.services.fired import FormRejected
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import current_draft, for_staff, roles_in
from dossiers.services.progress import follow_automatic
from dossiers.services.refusals import Refused
from dossiers.services.snapshot import currency
from dossiers.services.staff import actor_of, require
from engine.answers import read_form
from engine.award import compute
from engine.eligibility import judge
from engine.kinds import Json
from engine.language.model import Field
from engine.validation import validate_fields
from workflows.situation import Actor

CORRECT = "correct"
NEVER = frozenset({"file", "consent"})  # a document is sent again; nobody consents for somebody else


def is_correctable(case: Case, field: Field) -> bool:
    """Whether the office may ever correct the answer to a question: asked, of one value, and not decided upon yet."""
    state = case.scheme.workflow.states[case.dossier.state]
    open_ = state.kind == "middle" and state.decision is None
    return open_ and field.id in case.reading.asked and not field.fields and field.kind not in NEVER


def correct(
    work: Work, viewer: Viewer, public_id: str, field_id: str, *, form: Mapping[str, list[str]], reason: str
) -> FormRejected | None:
    """Put another value in the place of one that was filed; what was filed stays. The form's slips are returned.

    Raises NotFound, Refused: not_allowed, anonymised, at_applicants (the applicant is changing it now), not_editable,
    empty (no reason), unchanged, duplicate.
    """
    case = _permitted(work, viewer, public_id)
    field = case.scheme.fields.get(field_id)
    hidden = hidden_ids(case.scheme, roles_in(viewer, case.opened.slug))
    if field is None or field_id in hidden or not is_correctable(case, field):
        raise Refused("not_editable")
    answer, rejected = _read(case, field, form)
    if rejected is not None:
        return rejected
    why = worded(reason)
    if answer == case.filed.answers.get(field_id):
        raise Refused("unchanged")
    _file(work, case, field, answer, actor_of(viewer, case.opened.slug), why)
    return None


def _permitted(work: Work, viewer: Viewer, public_id: str) -> Case:
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    require(viewer, opened, CORRECT)
    if current_draft(work, opened) is not None:
        raise Refused("at_applicants")
    return load(work, opened)


def _read(case: Case, field: Field, form: Mapping[str, list[str]]) -> tuple[Json | None, FormRejected | None]:
    found = read_form((field,), form)
    answer = found.answers.get(field.id)
    problems = found.problems
    if not problems:
        given = {} if answer is None else {field.id: answer}
        problems = validate_fields({field.id: field}, given, case.reading)
    return answer, FormRejected(problems, found.typed, field.id) if problems else None


def _file(work: Work, case: Case, field: Field, answer: Json | None, actor: Actor, why: str) -> None:
    """The corrected answers as a filing of the office, with all that follows from a filing."""
    opened, row, session, vault = case.opened, case.dossier, work.session, work.office.vault
    answers = {**case.filed.answers, field.id: answer}
    reading = read(work, opened, answers, case.kept)
    by = f"{OFFICE}{actor.id}"
    before = filing.earlier(session, row)
    filed = filing.file(session, vault, row, reading, by=by, now=work.now, earlier=before)
    now = replace(case, filed=filed, reading=reading, verdict=judge(reading))
    claims.release(session, row)
    claims.claim(session, vault, case.scheme, row, filed.answers)
    indexing.forget(session, row.id)
    indexing.index(session, row, reading)
    likeness.write(work, now)
    parties.update_applicant(work, now)
    _judge_again(work, now, actor)
    facts.look_later(work, opened, reading, case.kept, filed.number)
    payload = {"field": field.id, "correction": filed.number, "comment": why}
    entry = Entry(work.now, CORRECTED, actor.kind, actor.id, actor.name, None, None, payload)
    journal.record(
        session,
        stream=opened.stream,
        actor=actor,
        action=CORRECTED,
        at=work.now,
        payload=payload,
        dossier_id=row.id,
    )
    follow_automatic(work, now.after(entry))


def _judge_again(work: Work, case: Case, actor: Actor) -> None:
    """The verdict and the amount beside those of the deposit; who has the dossier open is told that it changed."""
    assert case.verdict is not None
    amount = compute(case.reading, case.verdict).amount
    verdicts.keep(work, case, amount)
    case.dossier.revision += 1
    work.session.flush()
    link = amounts.Link(by=actor.name, why=CORRECTED, at=work.now, currency=currency(case))
    amounts.record_computed(work.session, case.dossier, amount, link)
