"""The chain of amounts: requested, computed, proposed, granted, due, paid, returned, reversed; each link with who, when and why,
never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, case, func, insert, select
from sqlalchemy.orm import Session

from dossiers.changes.refusals import Refused
from dossiers.database import AmountStep, Dossier, core, table_of
from engine.kinds import Json
from engine.language import Scheme
from workflows import money
from workflows.instalments import Fallen
from workflows.lifecycle import Actor, Step

STEPS = table_of(AmountStep)
ADD = insert(STEPS)
CHAIN = (
    select(STEPS.c.kind, STEPS.c.cents).where(STEPS.c.dossier_id == bindparam("dossier")).order_by(STEPS.c.id)
)
OUTSTANDING = select(
    func.coalesce(
        func.sum(
            case(
                (STEPS.c.kind == "granted", STEPS.c.cents),
                (STEPS.c.kind == "reversed", -STEPS.c.cents),
                else_=0,
            )
        ),
        0,
    )
).where(STEPS.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class Link:
    """Who writes amounts, when and why: the same for all the links of one act."""

    by: str
    why: str
    at: datetime
    currency: str


def to_cents(amount: Decimal) -> int:
    """An amount in the smallest unit of its currency; raises ValueError when it has a fraction of it."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} has more than two decimals")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(cents).scaleb(-2)


def record_computed(
    session: Session, dossier: Dossier, amount: Decimal | None, link: Link, requested: Decimal | None = None
) -> None:
    """What the award computes for a filing, and what was asked for; nothing of what comes to no amount."""
    found = [("requested", requested), ("computed", amount)]
    _record(session, dossier, [(kind, to_cents(one)) for kind, one in found if one is not None], link)


def record_computed_anew(session: Session, dossier: Dossier, amount: Decimal | None, link: Link) -> None:
    """What the award computes for a filing judged again; nothing when it comes to the same."""
    if amount is not None and to_cents(amount) != computed(session, dossier):
        record_computed(session, dossier, amount, link)


def follow(
    session: Session,
    scheme: Scheme,
    dossier: Dossier,
    step: Step,
    actor: Actor,
    link: Link,
    form: Mapping[str, Json],
    *,
    reason: str = "",
    paid: int | None = None,
) -> None:
    """Write what an action means for the money. Called after the dossier's revision was raised.

    `form` holds the answers to the action's own form, `reason` the comment of who acts, `paid` what a payment
    comes to, all that is due when not said. Raises
    Refused("amount_unexplained") when another amount than the one that stands is written without a reason.
    """
    action = scheme.workflow.actions[step.action]
    if action.proposes is None and not money.moves(scheme, step, actor):
        return
    now = standing(session, dossier)
    written = money.given(action, step, form) if action.amount_field else None
    if written not in (None, now.offered) and not reason.strip():
        raise Refused("amount_unexplained", action=step.action)
    _record(session, dossier, money.links(scheme, step, actor, now, form, paid=paid), link)


def record_paid(session: Session, dossier: Dossier, cents: int, link: Link) -> None:
    """A payment made though the dossier no longer waited for it."""
    _record(session, dossier, [("paid", cents)], link)


def record_returned(session: Session, dossier: Dossier, cents: int, link: Link) -> None:
    """Money that was paid and came back: from the bank, or from who had too much."""
    _record(session, dossier, [("returned", cents)], link)


def fall_due(session: Session, dossier: Dossier, fallen: Iterable[Fallen], link: Link) -> None:
    """Write the instalments that fall due, each under a key of its own."""
    for one in fallen:
        found = [(kind, cents) for kind, cents in (("due", one.due), ("reversed", one.reversed)) if cents]
        _record(session, dossier, found, link, of=f"/{one.id}")


def standing(session: Session, dossier: Dossier) -> money.Standing:
    """Where the chain of a dossier stands."""
    rows = core(session).execute(CHAIN, {"dossier": dossier.id})
    return money.standing((kind, cents) for kind, cents in rows)


def outstanding(session: Session, dossier: Dossier) -> int:
    """Cents granted and not taken back."""
    return int(core(session).scalar(OUTSTANDING, {"dossier": dossier.id}) or 0)


def computed(session: Session, dossier: Dossier) -> int | None:
    """Cents the award came to at the last filing; None when it came to nothing."""
    found = select(AmountStep.cents).where(AmountStep.dossier_id == dossier.id, AmountStep.kind == "computed")
    return session.scalar(found.order_by(AmountStep.id.desc()).limit(1))


def _record(
    session: Session, dossier: Dossier, links: Iterable[tuple[str, int]], link: Link, *, of: str = ""
) -> None:
    """Some links; their key makes the same act write them once, whatever is tried again."""
    about = {
        "dossier_id": dossier.id,
        "currency": link.currency,
        "at": link.at,
        "by": link.by,
        "why": link.why,
    }
    key = f"{dossier.public_id}/{dossier.revision}"
    rows = [{**about, "kind": kind, "cents": cents, "key": f"{key}/{kind}{of}"} for kind, cents in links]
    if rows:
        core(session).execute(ADD, rows if len(rows) > 1 else rows[0])
