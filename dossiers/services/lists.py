"""Lists of decisions: prepared by one role, looked at as a whole and signed as one act by another; then a batch like any other.

The number, what the lines showed and who signed are fixed with the signature; what is printed is made of these (see
`effects.list_paper`). Each dossier is then judged again when its turn comes, in the name of who signed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.changes.numbering import next_reference
from dossiers.database import CampaignItem, CampaignRow, Dossier, SchemeRow
from dossiers.office import Office
from dossiers.services import batches, campaigns, publication
from dossiers.services.batches import Asked
from dossiers.services.campaign_views import Campaign
from dossiers.services.chosen import Choice, chosen
from dossiers.services.desk import Desk, Work, preceded_by
from dossiers.services.fired import FormRejected
from dossiers.services.foreseeing import Foreseen, foresee
from dossiers.services.list_lines import amounts_of, lines
from dossiers.services.opened import roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from engine.language import Scheme
from engine.language.model import Action
from workflows.lifecycle import Actor

PAPER = "list_paper"
NUMBER = "B{year}-{number:04}"  # of the site, whatever the scheme: one sequence a year
MOST = 2000  # lines of one list, which somebody looks at whole


@dataclass(frozen=True, slots=True)
class Prepared:
    """What stands before the act: what the action would come to on the dossiers chosen."""

    foreseen: Foreseen


def actions(scheme: Scheme, roles: frozenset[str]) -> tuple[Action, ...]:
    """The actions somebody with these roles may put on a list, in the scheme's order."""
    return tuple(one for one in scheme.workflow.actions.values() if roles & set(one.listed_by))


def ask(work: Work, viewer: Viewer, slug: str, action: str, choice: Choice) -> Asked:
    """What a list of these dossiers would come to. Raises NotFound, Refused: nothing_chosen, too_many_chosen."""
    scheme, found = _action(work, viewer, slug, action)
    foreseen = _foreseen(work, viewer, slug, found, choice)
    return batches.asked(work, viewer, scheme, found, foreseen)


def _prepare(
    office: Office, now: Any, viewer: Viewer, slug: str, action: str, choice: Choice, **asked: Any
) -> Prepared:
    """Opening so many dossiers is done before the transaction: signing judges them again."""
    return Prepared(Desk(office).read(ask, viewer, slug, action, choice).foreseen)


@preceded_by(_prepare)
def prepare(
    work: Work,
    viewer: Viewer,
    slug: str,
    action: str,
    choice: Choice,
    *,
    comment: str = "",
    form: Mapping[str, list[str]] | None = None,
    expected: int | None = None,
) -> Campaign | FormRejected:
    """Put the dossiers that may have it done now on a list, which waits for its signature.

    Raises NotFound, Refused: nothing_chosen, too_many_chosen, preview_changed, comment_missing.
    """
    _, found = _action(work, viewer, slug, action)
    foreseen: Foreseen = work.prepared.foreseen
    if expected is not None and expected != foreseen.total:
        raise Refused("preview_changed", expected=expected, found=foreseen.total)
    ids = [id for id in foreseen.able if id not in _listed(work, slug)]
    if len(ids) > MOST:
        raise Refused("too_many_chosen", max=MOST)
    options = batches.options_of(work, found, ids, comment, form or {})
    if isinstance(options, FormRejected):
        return options
    version, by = publication.current(work, slug).version_id, actor_of(viewer, slug)
    preview = {"chosen": len(ids)}
    return campaigns.begin(
        work, "list", slug, version, ids, by=by, options=options, preview=preview, waits=True
    )


def take_out(work: Work, viewer: Viewer, slug: str, public_id: str, dossiers: Collection[str]) -> int:
    """Take dossiers out of a list before it is signed; how many were. Raises NotFound, Refused("list_signed")."""
    found = _waiting(work, viewer, slug, public_id)
    named = select(Dossier.id).where(Dossier.public_id.in_(list(dossiers)))
    left = update(CampaignItem).where(
        CampaignItem.campaign_id == found.id,
        CampaignItem.state == "pending",
        CampaignItem.dossier_id.in_(named),
    )
    out = left.values(state="skipped", code="taken_out", at=work.now).returning(CampaignItem.id)
    count = len(work.session.scalars(out.execution_options(synchronize_session=False)).all())
    _note(work, found, viewer, "list_lines_out", {"dossiers": sorted(dossiers), "count": count})
    return count


def sign(work: Work, viewer: Viewer, slug: str, public_id: str, *, expected: int) -> Campaign:
    """Sign a list as one act; the worker then does its action on each dossier, in the signatory's name.

    `expected`: the lines they saw. Raises NotFound, Refused: not_yours, own_list, list_signed, preview_changed.
    """
    found = _waiting(work, viewer, slug, public_id)
    action = _scheme(work, slug).workflow.actions.get(str(found.options["action"]))
    if action is None or not roles_in(viewer, slug) & set(action.by):
        raise Refused("not_yours", action=found.options["action"], by=action.by if action else ())
    if found.asked_by.id == str(viewer.account_id):
        raise Refused("own_list")
    cents = amounts_of(work, found)
    if len(cents) != expected or not cents:
        raise Refused("preview_changed", expected=expected, found=len(cents))
    _fix(work, found, cents)
    number = _number(work, found, viewer)
    told = {"number": number, "lines": len(cents), "cents": sum(one or 0 for one in cents.values())}
    signed = campaigns.find(work, public_id)
    _note(
        work,
        signed,
        viewer,
        "list_signed",
        told | {"dossiers": [one.public_id for one in lines(work, signed)]},
    )
    campaigns.set_going(work, signed)
    return signed


def waiting(work: Work, viewer: Viewer, scheme: Scheme) -> int:
    """How many lists of a scheme wait for this viewer's signature; nothing is asked where no action is listed."""
    roles = roles_in(viewer, scheme.id)
    signable = {one.id for one in scheme.workflow.actions.values() if one.listed_by and roles & set(one.by)}
    if not signable:
        return 0
    query = (
        select(CampaignRow.options)
        .join(SchemeRow, SchemeRow.id == CampaignRow.scheme_id)
        .where(SchemeRow.slug == scheme.id, CampaignRow.kind == "list", CampaignRow.state == "waiting")
        .where(CampaignRow.asked_by_id != str(viewer.account_id))
    )
    return sum(options["action"] in signable for options in work.session.scalars(query))


def _foreseen(work: Work, viewer: Viewer, slug: str, action: Action, choice: Choice) -> Foreseen:
    """Judged as somebody would be who may sign: who that will be, and what they did before, isn't known yet."""
    signatory = Actor("staff", "", "", frozenset(action.by))
    ids, roles = chosen(work, viewer, slug, choice), roles_in(viewer, slug)
    return foresee(work, signatory, action.id, ids, shown_to=roles, listed=_listed(work, slug))


def _listed(work: Work, slug: str) -> frozenset[int]:
    """The dossiers of a scheme that wait on a list for a signature."""
    query = (
        select(CampaignItem.dossier_id)
        .join(CampaignRow, CampaignRow.id == CampaignItem.campaign_id)
        .where(CampaignRow.scheme_id == _id(work, slug), CampaignRow.kind == "list")
        .where(CampaignRow.state == "waiting", CampaignItem.state == "pending")
    )
    return frozenset(work.session.scalars(query))


def _waiting(work: Work, viewer: Viewer, slug: str, public_id: str) -> Campaign:
    """A list of the viewer's that waits for its signature, locked. Raises NotFound, Refused("list_signed")."""
    found = batches.find(work, viewer, slug, public_id)
    if found.kind != "list":
        raise NotFound("list")
    row = select(CampaignRow.state).where(CampaignRow.id == found.id).with_for_update()
    if work.session.scalar(row) != "waiting":
        raise Refused("list_signed")
    return found


def _fix(work: Work, found: Campaign, cents: Mapping[int, int | None]) -> None:
    """Write beside each line what the signatory saw of it."""
    for dossier_id, amount in cents.items():
        line = (CampaignItem.campaign_id == found.id, CampaignItem.dossier_id == dossier_id)
        work.session.execute(update(CampaignItem).where(*line).values(proposed_cents=amount))


def _number(work: Work, found: Campaign, viewer: Viewer) -> str:
    """Give it its number, and the signature; the counter stays locked until the act ends."""
    organisation = work.office.organisation
    day, rehearsal = organisation.local_date(work.now), bool(organisation.rehearsal)
    number = next_reference(work.session, NUMBER, day, rehearsal=rehearsal)
    signed = {"number": number, "state": "running", "signed_at": work.now}
    signed |= {"signed_by": viewer.name, "signed_by_id": str(viewer.account_id)}
    work.session.execute(update(CampaignRow).where(CampaignRow.id == found.id).values(signed))
    key = f"{PAPER}:{found.public_id}"
    jobs.add(work.session, PAPER, key=key, options={"id": found.id}, run_at=work.now)
    return number


def _note(work: Work, found: Campaign, viewer: Viewer, action: str, payload: Mapping[str, Any]) -> None:
    told = {"campaign": found.public_id, **payload}
    actor = actor_of(viewer, found.slug)
    journal.record(
        work.session, stream=f"scheme:{found.slug}", actor=actor, action=action, at=work.now, payload=told
    )


def _scheme(work: Work, slug: str) -> Scheme:
    return publication.current(work, slug).scheme


def _id(work: Work, slug: str) -> int | None:
    return work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug))


def _action(work: Work, viewer: Viewer, slug: str, action: str) -> tuple[Scheme, Action]:
    roles = roles_in(viewer, slug)
    if not roles:
        raise NotFound("scheme")
    scheme = _scheme(work, slug)
    found = next((one for one in actions(scheme, roles) if one.id == action), None)
    if found is None:
        raise NotFound("action")
    return scheme, found
