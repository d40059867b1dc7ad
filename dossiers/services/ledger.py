"""The envelopes of a scheme in figures, and their recount from the dossiers: both are always equal to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from dossiers.access import Viewer
from dossiers.changes import amounts
from dossiers.database import AmountStep, Dossier, EnvelopeHold, EnvelopeRow, SchemeRow
from dossiers.services import publication
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.refusals import NotFound
from engine.language import Scheme
from engine.language.model import Budget, Text
from workflows import money
from workflows.funding import budget_of


@dataclass(frozen=True, slots=True)
class EnvelopeView:
    """One envelope in figures; what is committed holds what is paid too. `waiting`: how many dossiers wait for it."""

    name: str
    label: Text | None
    key: str
    voted: Decimal
    reserved: Decimal
    committed: Decimal
    paid: Decimal
    waiting: int

    @property
    def available(self) -> Decimal:
        """What may still be given."""
        return self.voted - self.reserved - self.committed


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not what the dossiers come to: `of` an envelope ("whole", "territory 74"), or of a dossier."""

    of: str
    what: str
    kept: Decimal
    counted: Decimal


def overview(work: Work, slug: str) -> tuple[Scheme, tuple[EnvelopeView, ...]]:
    """The envelopes of a scheme, those nobody draws on yet too. Raises NotFound for a scheme without a budget."""
    scheme = publication.current(work, slug).scheme
    budget = budget_of(scheme)
    if budget is None:
        raise NotFound("budget")
    return scheme, _in_figures(work, slug, budget)


def overdrawn(work: Work, scheme: Scheme) -> tuple[EnvelopeView, ...]:
    """The envelopes into which a text of a scheme votes less than is set apart and committed already."""
    budget = budget_of(scheme)
    found = _in_figures(work, scheme.id, budget) if budget is not None else ()
    return tuple(one for one in found if budget and one.name in budget.envelopes and one.available < 0)


def _in_figures(work: Work, slug: str, budget: Budget) -> tuple[EnvelopeView, ...]:
    day = work.office.organisation.local_date(work.now)
    kept = {(row.name, row.key): row for row in _envelopes(work, slug)}
    keys = {(one.id, key): None for one in budget.envelopes.values() for key in one.votes}
    lists = select(EnvelopeHold.envelope_id, func.count()).where(EnvelopeHold.stage == "waiting")
    rows = work.session.execute(lists.group_by(EnvelopeHold.envelope_id))
    waiting: dict[int, int] = dict(rows.all())
    found: list[EnvelopeView] = []
    for name, key in {**keys, **dict.fromkeys(kept)}:
        declared, row = budget.envelopes.get(name), kept.get((name, key))
        found.append(
            EnvelopeView(
                name,
                declared.label if declared else None,
                key,
                declared.voted(key, day) if declared else Decimal(0),
                *_as_money(row),
                waiting.get(row.id, 0) if row else 0,
            )
        )
    return tuple(found)


def _as_money(row: EnvelopeRow | None) -> tuple[Decimal, Decimal, Decimal]:
    if row is None:
        return Decimal(0), Decimal(0), Decimal(0)
    return (
        amounts.from_cents(row.reserved_cents),
        amounts.from_cents(row.committed_cents),
        amounts.from_cents(row.paid_cents),
    )


def for_staff(work: Work, viewer: Viewer, slug: str) -> tuple[Scheme, tuple[EnvelopeView, ...]]:
    """The same for who has a role in the scheme. Raises NotFound."""
    if not viewer.roles.get(slug):
        raise NotFound("scheme")
    return overview(work, slug)


@as_of_one_instant
def recount(work: Work, slug: str) -> tuple[Difference, ...]:
    """What is kept and is not the sum of the dossiers: nothing, unless something is broken.

    What each dossier holds must be what its own chain of amounts says, and the figures of an envelope the sum of those.
    """
    return (*_of_envelopes(work, slug), *_of_dossiers(work, slug))


def _of_envelopes(work: Work, slug: str) -> list[Difference]:
    sums: dict[int, dict[str, int]] = {}
    for envelope, stage, cents, paid in work.session.execute(
        select(EnvelopeHold.envelope_id, EnvelopeHold.stage, EnvelopeHold.cents, EnvelopeHold.paid_cents)
    ):
        mine = sums.setdefault(envelope, {"reserved": 0, "committed": 0, "paid": 0})
        mine["paid"] += paid
        if stage in mine:
            mine[stage] += cents
    found: list[Difference] = []
    for row in _envelopes(work, slug):
        kept = {"reserved": row.reserved_cents, "committed": row.committed_cents, "paid": row.paid_cents}
        counted = sums.get(row.id, {"reserved": 0, "committed": 0, "paid": 0})
        of = f"{row.name} {row.key}".strip()
        found += _differences(of, kept, counted)
    return found


def _of_dossiers(work: Work, slug: str) -> list[Difference]:
    """What a dossier holds firm is what its chain grants it, or paid it; to one that waits for money nothing is granted."""
    chains: dict[int, list[tuple[str, int]]] = {}
    steps = select(AmountStep.dossier_id, AmountStep.kind, AmountStep.cents).join(
        Dossier, Dossier.id == AmountStep.dossier_id
    )
    mine = Dossier.scheme_id == select(SchemeRow.id).where(SchemeRow.slug == slug).scalar_subquery()
    for dossier, kind, cents in work.session.execute(steps.where(mine).order_by(AmountStep.id)):
        chains.setdefault(dossier, []).append((kind, cents))
    held = select(
        Dossier.id, Dossier.reference, EnvelopeHold.stage, EnvelopeHold.cents, EnvelopeHold.paid_cents
    )
    held = held.join(Dossier, Dossier.id == EnvelopeHold.dossier_id).where(mine)
    found: list[Difference] = []
    for id, reference, stage, cents, paid in work.session.execute(held.order_by(EnvelopeHold.id)):
        now = money.standing(chains.get(id, ()))
        firm = max(now.held, now.paid) if stage in ("committed", "waiting") else 0
        kept = {"committed": cents if stage == "committed" else 0, "paid": paid}
        found += _differences(reference or str(id), kept, {"committed": firm, "paid": now.paid})
    return found


def _differences(of: str, kept: dict[str, int], counted: dict[str, int]) -> list[Difference]:
    return [
        Difference(of, what, amounts.from_cents(kept[what]), amounts.from_cents(counted[what]))
        for what in kept
        if kept[what] != counted[what]
    ]


def _envelopes(work: Work, slug: str) -> list[EnvelopeRow]:
    query = select(EnvelopeRow).join(SchemeRow, SchemeRow.id == EnvelopeRow.scheme_id)
    return list(
        work.session.scalars(query.where(SchemeRow.slug == slug).order_by(EnvelopeRow.name, EnvelopeRow.key))
    )
