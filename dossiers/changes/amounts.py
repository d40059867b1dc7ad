"""The chain of amounts: computed, granted, due, paid, reversed; each link with who, when and why, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, case, func, insert, select
from sqlalchemy.orm import Session

from dossiers.database import AmountStep, Dossier, core, table_of
from engine.language import Scheme
from workflows import money
from workflows.lifecycle import Actor, Step

STEPS = table_of(AmountStep)
ADD = insert(STEPS)
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


def record_computed(session: Session, dossier: Dossier, amount: Decimal | None, link: Link) -> None:
    """What the award computes for a filing; nothing when it comes to no amount."""
    if amount is not None:
        _record(session, dossier, "computed", to_cents(amount), link)


def record_computed_anew(session: Session, dossier: Dossier, amount: Decimal | None, link: Link) -> None:
    """What the award computes for a filing judged again; nothing when it comes to the same."""
    if amount is not None and to_cents(amount) != computed(session, dossier):
        record_computed(session, dossier, amount, link)


def follow(session: Session, scheme: Scheme, dossier: Dossier, step: Step, actor: Actor, link: Link) -> None:
    """Write what an action means for the money. Called after the dossier's revision was raised."""
    match money.meaning(scheme, step, actor):
        case "pay":
            _record(session, dossier, "paid", outstanding(session, dossier), link)
        case "grant" if outstanding(session, dossier) == 0:
            _grant(session, dossier, step, link)
        case "take_back" if held := outstanding(session, dossier):
            _record(session, dossier, "reversed", held, link)


def outstanding(session: Session, dossier: Dossier) -> int:
    """Cents granted and not taken back."""
    return int(core(session).scalar(OUTSTANDING, {"dossier": dossier.id}) or 0)


def computed(session: Session, dossier: Dossier) -> int | None:
    """Cents the award came to at the last filing; None when it came to nothing."""
    found = select(AmountStep.cents).where(AmountStep.dossier_id == dossier.id, AmountStep.kind == "computed")
    return session.scalar(found.order_by(AmountStep.id.desc()).limit(1))


def _grant(session: Session, dossier: Dossier, step: Step, link: Link) -> None:
    """What the action says it grants, else what the award computes."""
    cents = computed(session, dossier) if step.amount is None else to_cents(step.amount)
    if cents is not None:
        _record(session, dossier, "granted", cents, link)
        _record(session, dossier, "due", cents, link)


def _record(session: Session, dossier: Dossier, kind: str, cents: int, link: Link) -> None:
    """One link; its key makes the same act write it once, whatever is tried again."""
    row = {"dossier_id": dossier.id, "kind": kind, "cents": cents, "currency": link.currency, "at": link.at}
    row |= {"by": link.by, "why": link.why, "key": f"{dossier.public_id}/{dossier.revision}/{kind}"}
    core(session).execute(ADD, row)
