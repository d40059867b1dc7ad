"""What a mail or a letter prints of a dossier is taken when it is decided (see `renderers.snapshot`): its parts that stand
in the database, and the act it goes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from dossiers.changes.amounts import from_cents
from dossiers.database import AmountStep, core, table_of
from dossiers.services.cases import Case, Entry, stays
from dossiers.services.desk import Work
from dossiers.services.masking import told_outside
from dossiers.services.opened import Opened
from engine.kinds import Json
from engine.language.model import Action
from renderers import snapshot
from workflows import legal_clock
from workflows.deadlines import Due
from workflows.lifecycle import Actor

STEPS = table_of(AmountStep)
AMOUNT = (
    select(STEPS.c.cents)
    .where(STEPS.c.dossier_id == bindparam("dossier"), STEPS.c.kind.in_(("granted", "computed")))
    .order_by(STEPS.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, and what they gave with it. `account_id` is the row of a member of staff; `filed` the number of the
    filing made with the act, `channel` how it came in when an agent typed it for somebody, `batch` what it was done with,
    `pays` the cents of the `payments` it notes as made (all that is due when not said)."""

    actor: Actor
    account_id: int | None = None
    comment: str = ""
    form: Mapping[str, Json] = field(default_factory=dict)
    filed: int | None = None
    channel: str = ""
    batch: Mapping[str, str] = field(default_factory=dict)
    pays: int | None = None
    payments: frozenset[int] | None = None


def values(work: Work, case: Case, act: Act, action: Action | None, dues: Sequence[Due]) -> dict[str, Any]:
    """The values, as JSON, in the dossier's language. Instants are told as local dates."""
    dossier = case.dossier
    moment = snapshot.Moment(
        reading=case.reading,
        verdict=told_outside(case.verdict, case.scheme) if case.verdict else None,
        language=dossier.language,
        reference=dossier.reference,
        public_id=dossier.public_id,
        email=dossier.email,
        action=action,
        comment=act.comment,
        form=act.form,
        amount=_amount(work, case),
        filed_on=_day(work, dossier.filed_at),
        decided_on=_day(work, dossier.decided_at),
        deadline_on=next((due.local_date for due in dues if due.kind == "do"), None),
        silence_on=silence_on(work, case.opened, case.entries),
    )
    return snapshot.snapshot(moment)


def applicant_name(case: Case) -> str:
    """The applicant in one line."""
    return snapshot.applicant_name(case.reading, case.dossier.email)


def currency(case: Case) -> str:
    """The currency of the award, or the organisation's."""
    return snapshot.currency(case.reading)


def silence_on(work: Work, opened: Opened, entries: Sequence[Entry]) -> date | None:
    """The last local day before silence speaks; None when the law says nothing, or while the clock stands still."""
    dossier, organisation = opened.dossier, work.office.organisation
    if dossier.filed_at is None:
        return None
    return legal_clock.silence_on(
        opened.scheme, organisation, dossier.state, dossier.filed_at, stays(entries, opened.scheme)
    )


asked_points = snapshot.asked_points


def _amount(work: Work, case: Case) -> str | None:
    """What was granted, else what is computed."""
    cents = core(work.session).scalar(AMOUNT, {"dossier": case.dossier.id})
    return None if cents is None else f"{from_cents(cents):f}"


def _day(work: Work, at: datetime | None) -> date | None:
    return None if at is None else work.office.organisation.local_date(at)
