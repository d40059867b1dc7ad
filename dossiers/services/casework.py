"""The office at work on one dossier: see it, act, note, write, tick, send again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import insert

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import ChecklistMark
from dossiers.services import correspondence, deadlines, messaging, outbox, seen
from dossiers.services.anonymised_views import AnonymisedCase
from dossiers.services.around import around
from dossiers.services.case_view import anonymised_case, case_view, next_in_state, note_reading
from dossiers.services.cases import Case, load, situation
from dossiers.services.desk import Work
from dossiers.services.fired import Fired, FormRejected
from dossiers.services.masking import hidden_ids, mask_refusal, mask_verdict
from dossiers.services.office_views import CaseView
from dossiers.services.opened import Opened, for_staff, roles_in
from dossiers.services.progress import advance
from dossiers.services.refusals import Refused
from dossiers.services.snapshot import Act
from dossiers.services.staff import CHECK, actor_of, kept, permitted
from dossiers.services.tracking import changed, require_fresh
from engine.answers import read_form
from engine.kinds import Json
from engine.language.model import Action
from engine.validation import validate_fields
from workflows import lifecycle
from workflows.lifecycle import Step

fire_deadline, message = deadlines.fire, messaging.from_office

__all__ = [
    "check",
    "dossier",
    "fire",
    "fire_deadline",
    "fire_on",
    "message",
    "note",
    "read_action_form",
    "resend",
]


def dossier(work: Work, viewer: Viewer, public_id: str) -> CaseView | AnonymisedCase:
    """One dossier, masked for the viewer; reading sensitive answers is journalled, so this is an act. Raises NotFound."""
    opened = for_staff(work, viewer, public_id)
    if opened.dossier.purged_at is not None:
        return anonymised_case(work, opened)
    case = load(work, opened)
    note_reading(work, viewer, case)
    before = seen.before(work, viewer, case)
    seen.mark(work, viewer, case, before)
    view = case_view(work, viewer, case)
    if any(one.direction == "in" and one.read_at is None for one in view.messages):
        messaging.seen_by_office(work, opened, view.may)
    return replace(
        view,
        news=seen.news(viewer, case, before),
        around=around(work, viewer, case, view.hidden, view.filings),
    )


def fire(
    work: Work,
    viewer: Viewer,
    public_id: str,
    action: str,
    *,
    comment: str = "",
    form: Mapping[str, list[str]] | None = None,
    revision: int | None = None,
) -> Fired | FormRejected:
    """Do an action of the workflow.

    `form` holds the controls of the action's own form; `revision` is that of the page shown. Of two rivals one acts,
    the other gets Refused("changed", who, kind, action, at). Other reasons are the workflow's own (see refusals).
    """
    opened = kept(work, viewer, public_id)
    fired = fire_on(work, viewer, opened, action, comment=comment, form=form, revision=revision)
    if isinstance(fired, FormRejected):
        return fired
    return replace(fired, next_id=next_in_state(work, viewer, opened, fired.source))


def fire_on(
    work: Work,
    viewer: Viewer,
    opened: Opened,
    action: str,
    *,
    comment: str = "",
    form: Mapping[str, list[str]] | None = None,
    revision: int | None = None,
    batch: Mapping[str, str] | None = None,
) -> Fired | FormRejected:
    """Do an action on a dossier that is locked, and within the viewer's reach; `batch` names the batch or the list it is done
    with, for the journal. What comes next isn't looked for."""
    case = load(work, opened)
    require_fresh(case, revision)
    found = _found(case, viewer, action)
    answers, rejected = read_action_form(case, found, form or {})
    if rejected is not None:
        return rejected
    who = actor_of(viewer, opened.slug)
    act = Act(who, viewer.account_id, comment.strip(), answers, batch=batch or {})
    source, public_id = case.dossier.state, case.dossier.public_id
    step = _step(work, case, found, act, revision)
    done = advance(work, case, step, act).entries[len(case.entries)].action
    effects = tuple(effect.name for effect in step.effects)
    return Fired(public_id, done, source, case.dossier.state, effects, None, exhausted=done != action)


def _found(case: Case, viewer: Viewer, action: str) -> Action:
    """An action people do one by one. Raises Refused: unknown_action, only_by_batch; not_yours before anything is said of
    its form."""
    found = case.scheme.workflow.actions.get(action)
    if found is None:
        raise Refused("unknown_action", action=action)
    if found.batch:
        raise Refused("only_by_batch", action=action)
    theirs = roles_in(viewer, case.opened.slug) & set(found.by)
    if case.dossier.state in found.sources and not theirs:
        raise Refused("not_yours", action=action, by=found.by)
    return found


def note(work: Work, viewer: Viewer, public_id: str, *, body: str, field: str = "") -> None:
    """Write a note among staff, about one answer when `field` names it. Raises NotFound, Refused: not_allowed, empty, too_long,
    no_such_item."""
    opened = permitted(work, viewer, public_id, "note")
    hidden = hidden_ids(opened.scheme, roles_in(viewer, opened.slug))
    if field and (field not in opened.scheme.fields or field in hidden):
        raise Refused("no_such_item", item=field)
    correspondence.note(work, opened, actor_of(viewer, opened.slug), body, field or None)


def check(work: Work, viewer: Viewer, public_id: str, item: str, *, done: bool) -> None:
    """Tick or untick an item of the present state's checklist. Raises NotFound, Refused: not_allowed, no_such_item."""
    opened = permitted(work, viewer, public_id, CHECK)
    row, actor = opened.dossier, actor_of(viewer, opened.slug)
    if item not in opened.scheme.workflow.states[row.state].checklist:
        raise Refused("no_such_item", item=item)
    mark = {"dossier_id": row.id, "item": item, "done": done, "by": actor.name, "at": work.now}
    work.session.execute(insert(ChecklistMark).values(mark))
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor,
        action="check" if done else "uncheck",
        at=work.now,
        payload={"item": item},
        dossier_id=row.id,
    )


def resend(work: Work, viewer: Viewer, public_id: str, mail_id: int) -> None:
    """Send one of the dossier's mails again, to the applicant's address. Raises NotFound, Refused("not_allowed")."""
    opened = permitted(work, viewer, public_id, "resend")
    outbox.send_again(work, opened, actor_of(viewer, opened.slug), mail_id)


def read_action_form(
    case: Case, action: Action, form: Mapping[str, list[str]]
) -> tuple[dict[str, Json], FormRejected | None]:
    """The answers to an action's own form, or what is wrong with them."""
    found = read_form(action.form.values(), form)
    answers = {id: answer for id, answer in found.answers.items() if answer is not None}
    told = {problem.path[0] for problem in found.problems}
    wrong = validate_fields(action.form, answers, case.reading)
    problems = (*found.problems, *(problem for problem in wrong if problem.path[0] not in told))
    return answers, FormRejected(problems, found.typed, action.id) if problems else None


def _step(work: Work, case: Case, action: Action, act: Act, revision: int | None) -> Step:
    """The step of an action. Who comes too late and didn't say which page they saw is told who came first."""
    hidden = hidden_ids(case.scheme, act.actor.roles)
    shown = mask_verdict(case.verdict, case.scheme, hidden) if case.verdict else None
    seen = situation(work, replace(case, verdict=shown))
    found = lifecycle.fire(seen, action.id, act.actor, comment=act.comment, form=act.form)
    if isinstance(found, Step):
        return found
    if found.code == "not_from_here" and revision is None and not act.batch:
        raise changed(case)
    told = mask_refusal(found, action, hidden)
    raise Refused(told.code, **told.params)
