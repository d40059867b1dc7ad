"""Moving one filed dossier to a newer version, as the version itself declares: one step of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dossiers import indexing, journal
from dossiers.changes import amounts, claims, corrections, drafts, requests, schedule
from dossiers.changes.corrections import draft_context
from dossiers.changes.drafts import Drafted
from dossiers.changes.sealing import open_answers, seal_answers
from dossiers.services import likeness, older, polls, verdicts
from dossiers.services.campaign_views import Campaign, Happened
from dossiers.services.cases import Case, outer_since_of, stays
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from dossiers.services.progress import advance, attempt
from dossiers.services.refusals import Refused
from dossiers.services.snapshot import Act, currency
from dossiers.services.submission import submitting_action
from dossiers.services.weighing import Weighed, target_of, weigh
from engine.asked.cells import cell_of, head_of
from engine.kinds.fields import Point
from engine.language import Scheme
from workflows import legal_clock
from workflows.lifecycle import Actor

MOVED = "migrated"


def move_one(work: Work, campaign: Campaign, opened: Opened) -> Happened:
    """Move a dossier, if it still fits a line that moves it. Raises Refused: what the line's action is refused with,
    duplicate, not_editable (nothing lets the applicant answer what is asked)."""
    if opened.dossier.filed_at is None:
        return Happened(skipped="draft")  # drafts follow by themselves
    target = target_of(
        work, campaign.version_id, campaign.number, older.checksum_of(work, campaign.version_id)
    )
    if opened.version_id == target.version_id:
        return Happened(skipped="moved_already")
    weighed = weigh(work, target, opened)
    if not weighed.moves or weighed.case is None:
        return Happened(weighed.result(), skipped="keeps_its_version")
    source = (opened.version_id, opened.number, opened.dossier.state)
    case = _take(work, opened, weighed)
    _judge_anew(work, case, weighed)
    case = _tell(work, campaign, case, weighed, source)
    _follow_line(work, campaign, case, weighed)
    return Happened(weighed.result())


def _take(work: Work, opened: Opened, weighed: Weighed) -> Case:
    """The dossier under its new version: its state, its draft if a correction is open, its claims, what it is found by."""
    assert weighed.case is not None
    case, row = weighed.case, opened.dossier
    _carry_draft(work, opened, case)
    row.version_id, row.state = case.opened.version_id, weighed.state
    work.session.flush()
    claims.release(work.session, row)
    claims.claim(work.session, work.office.vault, case.scheme, row, case.filed.answers)
    indexing.forget(work.session, row.id)
    indexing.index(work.session, row, case.reading)
    outer_since = outer_since_of(case)
    polls.follow(work, case.scheme, row, outer_since)
    likeness.write(work, case)
    if case.scheme.workflow.states[row.state].kind != "end":
        clock = legal_clock.of_stays(
            case.scheme,
            work.office.organisation,
            row.filed_at or work.now,
            stays(case.entries, case.scheme),
        )
        schedule.cancel(work.session, row, work.now)  # what the older version awaited
        form = case.moves[-1].payload.get("form") if case.moves else None
        organisation = work.office.organisation
        schedule.arrive(work.session, case.scheme, row, organisation, clock, form, outer_since=outer_since)
    return case


def _judge_anew(work: Work, case: Case, weighed: Weighed) -> None:
    """Keep what the new version says beside what the older one said, which stays."""
    verdicts.keep(
        work, replace(case, filed=replace(case.filed, version_id=case.opened.version_id)), weighed.amount
    )
    if weighed.after.cents != weighed.before.cents:
        link = amounts.Link(by="system", why=MOVED, at=work.now, currency=currency(case))
        amounts.record_computed(work.session, case.dossier, weighed.amount, link)
    case.dossier.revision += 1  # a page of the older version, still open somewhere, is told so


def _tell(work: Work, campaign: Campaign, case: Case, weighed: Weighed, source: tuple[int, int, str]) -> Case:
    _, number, state = source
    renamed = state != weighed.state
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=campaign.asked_by,
        action=MOVED,
        at=work.now,
        source=state if renamed else None,
        target=None,  # it stands where it stood: only the name is another
        payload={
            "campaign": campaign.public_id,
            "versions": [number, case.opened.number],
            **weighed.result(),
        },
        dossier_id=case.dossier.id,
    )
    return case


def _follow_line(work: Work, campaign: Campaign, case: Case, weighed: Weighed) -> None:
    """What the line does and asks besides: an action of the workflow, in the name of who began the campaign."""
    assert weighed.line is not None
    if weighed.line.do is not None:
        act = Act(_doer(campaign, case, weighed.line.do), comment=f"{MOVED} {case.opened.number}")
        case = advance(work, case, attempt(work, case, weighed.line.do, act), act)
    if weighed.line.ask:
        submitting_action(case.scheme, case.dossier.state)
        vault, answers = work.office.vault, case.filed.answers
        row, asked = case.dossier, weighed.line.ask
        requests.close(work.session, row, work.now, None)
        corrections.reopen(work.session, vault, case.scheme, row, answers, asked, work.now)
        points, by = [Point(field=id) for id in asked], campaign.asked_by.name
        requests.ask(work.session, row, points, by=by, until=None, now=work.now)


def _doer(campaign: Campaign, case: Case, action: str) -> Actor:
    """Who does the action: the published text orders it, so the roles it names are lent; "system" for one of its own."""
    by = case.scheme.workflow.actions[action].by
    if set(by) == {"system"}:
        return Actor("system", "system", "")
    return replace(campaign.asked_by, roles=frozenset(by))


def _carry_draft(work: Work, opened: Opened, case: Case) -> None:
    """A correction that is open: what was typed in it follows its fields too."""
    row, vault = opened.dossier, work.office.vault
    draft = drafts.find(work.session, row.id)
    if draft is None:
        return
    given = open_answers(vault, draft.answers, draft.sealed, draft_context(row))
    versions = (opened.version_id, case.opened.version_id)
    answers = older.carry(work, row.scheme_id, given, versions, row.filed_at)
    migration = case.scheme.migration
    called = migration.renamed if migration else {}
    requests.rename(work.session, row, called)
    reopened = _asked_now(case.scheme, called, draft.reopened or ())
    if draft.reopened and not reopened:
        raise Refused("not_editable")
    plain, sealed = seal_answers(vault, case.scheme, answers, draft_context(row))
    drafts.save(
        work.session,
        row.id,
        Drafted(
            plain,
            sealed,
            list(case.scheme.form),
            draft.revision + 1,
            draft.updated_at,
            None if draft.reopened is None else reopened,
            set_aside=draft.set_aside,
        ),
    )


def _asked_now(scheme: Scheme, called: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """The questions of a correction under their names of now; one of a row whose question is gone is its whole repeat."""
    found: list[str] = []
    for name in names:
        head, cell = called.get(head_of(name), head_of(name)), cell_of(name)
        field = scheme.fields.get(head)
        if field is not None:
            there = cell is not None and cell.inner in field.fields
            found.append(f"{head}-{cell.row}-{cell.inner}" if cell and there else head)
    return found
