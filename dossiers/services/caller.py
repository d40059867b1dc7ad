"""What may be told of a dossier to who calls about it: where it stands and what comes next, nothing of its answers."""

from __future__ import annotations

from datetime import date

from dossiers.access import Viewer
from dossiers.changes.drafts import Drafted
from dossiers.services import calls, correspondence, opinions, outbox
from dossiers.services.call_views import CallerView, Step
from dossiers.services.cases import Case, awaited, load
from dossiers.services.desk import Work
from dossiers.services.in_force import Decided, decided, suspended_since
from dossiers.services.masking import hidden_ids, masked_text
from dossiers.services.opened import current_draft, for_staff, roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.snapshot import applicant_name, silence_on
from dossiers.services.staff import verbs
from dossiers.services.tracking import next_day
from engine.asked.cells import asked_again
from workflows.signing import signed_in

LAST = 5  # messages and mails shown


def told(work: Work, viewer: Viewer, slug: str, public_id: str) -> CallerView:
    """One dossier for who answers the telephone. Raises NotFound, Refused: not_allowed, anonymised."""
    opened = for_staff(work, viewer, public_id)
    if opened.slug != slug:
        raise NotFound("dossier")
    if calls.VERB not in verbs(viewer, opened):
        raise Refused("not_allowed", verb=calls.VERB)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    case, draft = load(work, opened), current_draft(work, opened)
    row = case.dossier
    decision = decided(work, opened, case.entries)
    step, on = _next(work, case, draft, decision)
    hidden = hidden_ids(case.scheme, roles_in(viewer, slug))
    lacking = (asked_again(case.scheme, id) for id in _lacking(work, case, draft))
    return CallerView(
        scheme=case.scheme,
        slug=slug,
        public_id=row.public_id,
        reference=row.reference or "",
        applicant=applicant_name(case),
        email=row.email,
        filed_at=row.filed_at or case.filed.filed_at,
        status=case.scheme.workflow.public_of(row.state),
        step=step,
        on=on,
        by_law=None if row.ended_at or decision else silence_on(work, opened, case.entries),
        lacking=tuple(masked_text(one.label, case.reading, hidden) for one in lacking),
        messages=correspondence.messages(work, row.id)[-LAST:],
        mails=outbox.mails_of(work, row.id, besides=opinions.LINK)[:LAST],
        calls=calls.of_dossier(work, row.id),
        may=verbs(viewer, opened),
    )


def _next(
    work: Work, case: Case, draft: Drafted | None, decision: Decided | None
) -> tuple[Step, date | None]:
    """What comes next, and the day it is expected by."""
    row = case.dossier
    if signed_in(case.scheme.workflow, row.state) is not None:
        return "sign", next_day(work, row, "do")
    if draft is not None and draft.reopened:
        return "correct", next_day(work, row, "do")
    if row.ended_at is not None:
        return "over", None
    if suspended_since(case.scheme, case.entries) is not None:
        return "suspended", None
    if decision is not None:
        return ("pay" if decision.outcome == "granted" and case.scheme.award else "decided"), None
    return ("send" if awaited(work, case) else "answer"), next_day(work, row, "due")


def _lacking(work: Work, case: Case, draft: Drafted | None) -> tuple[str, ...]:
    """What the applicant has still to correct or to send."""
    if case.dossier.ended_at is not None:
        return ()
    return tuple((draft.reopened or ()) if draft else ()) or awaited(work, case)
