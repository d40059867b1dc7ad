"""A dossier made into a test of its scheme: what is personal is invented before anything leaves the house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from dossiers import journal
from dossiers.access import Viewer
from dossiers.changes import amounts
from dossiers.database import Dossier
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import Opened, by_id, for_staff, roles_in
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of
from workflows.lifecycle import Actor

ACTION = "read_as_test"


def as_test(work: Work, viewer: Viewer, public_id: str) -> str:
    """The YAML of a test, for an administrator who serves the scheme; the reading is journalled.

    Answers hidden from their roles are invented whatever they are. Raises NotFound, Refused("anonymised").
    """
    if not viewer.administrator:
        raise NotFound("dossier")
    opened = for_staff(work, viewer, public_id)
    hidden = hidden_ids(opened.scheme, roles_in(viewer, opened.slug))
    text = _test(work, opened, hidden, viewer.language)
    _note(work, opened, f"account:{viewer.account_id}", actor_of(viewer, opened.slug))
    return text


def as_test_by_reference(work: Work, reference: str, by: str, language: str) -> str:
    """The same for who runs the site, by the dossier's reference. Raises NotFound, Refused("anonymised")."""
    id = work.session.scalar(select(Dossier.id).where(Dossier.reference == reference.strip()))
    opened = None if id is None else by_id(work, id, lock=False)
    if opened is None:
        raise NotFound("dossier")
    text = _test(work, opened, frozenset(), language)
    _note(work, opened, f"scheme:{opened.slug}", Actor("staff", "", by))
    return text


def _test(work: Work, opened: Opened, hidden: frozenset[str], language: str) -> str:
    # what makes tests stays out of processes that only serve pages
    from authoring.walkthrough.recorded import Recorded, as_scenario, named

    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    case, organisation = load(work, opened), work.office.organisation
    cents = amounts.computed(work.session, case.dossier)
    recorded = Recorded(
        scheme=case.scheme,
        organisation=organisation,
        filed_on=organisation.local_date(case.dossier.filed_at or work.now),
        answers=case.filed.answers,
        verdict=case.verdict,
        amount=None if cents is None else amounts.from_cents(cents),
        deeds=tuple(_deeds(work, case)),
        state=case.dossier.state,
        hidden=hidden,
    )
    return as_scenario(recorded, named(recorded.filed_on, language), language)


def _deeds(work: Work, case: Case) -> Iterator[Any]:
    """What was done, up to an action the scheme doesn't have (any more)."""
    from authoring.walkthrough.recorded import Deed

    for entry in case.moves:
        if entry.action not in case.scheme.workflow.actions:
            return
        day = work.office.organisation.local_date(entry.at)
        kind: Any = entry.actor_kind
        yield Deed(entry.action, kind, entry.actor_id, day, entry.payload.get("form") or {})


def _note(work: Work, opened: Opened, stream: str, actor: Actor) -> None:
    journal.record(
        work.session,
        stream=stream,
        actor=actor,
        action=ACTION,
        at=work.now,
        dossier_id=opened.dossier.id,
    )
