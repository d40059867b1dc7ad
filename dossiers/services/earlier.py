"""What the other dossiers with an answer in common come to, as of this act: read inside its transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from dossiers import indexing
from dossiers.changes.amounts import from_cents
from dossiers.database import AmountStep, Dossier, SchemeRow, Searchable, Trait, core, lock_name
from dossiers.services import traits
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from engine.asked import Reading
from engine.asked.facts import keys_of
from engine.facts import OTHERS, Kept
from engine.kinds import Json
from engine.language import Scheme
from engine.language.expressions import as_json
from engine.language.facts_model import LATEST, DossiersFact
from workflows import calendar

MOST_NAMED = 50  # dossiers kept by name beside what they come to


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact with what it is found by: `keys` are digests, or the one answer as the index holds it."""

    fact: DossiersFact
    asked: Mapping[str, Json]
    keys: tuple[str, ...]
    indexed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Other:
    """Another dossier: `cents` granted to it within the span and not taken back."""

    public_id: str
    scheme: str
    state: str
    deposited_on: date
    decided_on: date | None
    cents: int

    @property
    def parts(self) -> Mapping[str, object]:
        """What is known of it, by name (see facts_model.OF_DOSSIER)."""
        names = ("scheme", "state", "deposited_on", "decided_on")
        return {**{name: getattr(self, name) for name in names}, "granted": from_cents(self.cents)}


def of_scheme(scheme: Scheme) -> tuple[DossiersFact, ...]:
    """The facts about other dossiers."""
    return tuple(fact for fact in scheme.facts.values() if isinstance(fact, DossiersFact))


def all_of(work: Work, opened: Opened, reading: Reading) -> dict[str, Kept]:
    """Every such fact of a scheme one of whose answers is given.

    An act waits for those that read the same until they are over: two decisions at once would each overlook the other. All
    it waits for is taken in one order, so that no two acts wait for each other.
    """
    compared = [one for fact in of_scheme(opened.scheme) if (one := _compared(work, fact, reading))]
    if opened.locked:
        for name in sorted({f"earlier:{key}" for one in compared for key in one.keys}):
            lock_name(work.session, name)
    return {one.fact.id: _kept(work, opened, one) for one in compared}


def is_compared_by_digest(scheme: Scheme) -> bool:
    """Whether dossiers of a scheme are to be found by their digests at once: its own facts look for them."""
    return any(fact.by_digest for fact in of_scheme(scheme))


def _compared(work: Work, fact: DossiersFact, reading: Reading) -> Compared | None:
    """What a fact is found by; None while nothing is answered."""
    asked, answers, fields = keys_of(fact, reading.values), reading.kept(), reading.scheme.fields
    if asked is None:
        return None
    if not fact.by_digest:
        [(id,)] = fact.match
        row = indexing.columns_of(fields[id], answers[id])
        return Compared(fact, asked, (f"{id}:{answers[id]}",), row)
    vault, found = work.office.vault, set[str]()
    for path, kind in zip(fact.match, fact.kinds, strict=True):
        values = traits.told(fields[path[0]], path, answers, kind)
        found |= {traits.digest(vault, kind, value) for value in values}
    return Compared(fact, asked, tuple(sorted(found)), {}) if found else None


def _kept(work: Work, opened: Opened, compared: Compared) -> Kept:
    """How many others there are, what was granted to them and not taken back, what the latest says.

    With a sum, a dossier counts when something was granted within the span; without, when it was deposited within it.
    """
    fact = compared.fact
    found = [one for one in _read(work, opened, compared) if _counts(work, fact, one)]
    values: dict[str, Json] = {"count": len(found), OTHERS: [one.public_id for one in found[:MOST_NAMED]]}
    if fact.sum:
        values["sum"] = f"{from_cents(sum(one.cents for one in found)):f}"
    if found:
        values |= {f"{LATEST}{name}": as_json(found[0].parts[name]) for name in fact.latest}
    return Kept(fact.id, "", "found", work.now, compared.asked, values)


def _counts(work: Work, fact: DossiersFact, one: Other) -> bool:
    if fact.sum and one.cents <= 0:
        return False
    award = {"granted": from_cents(one.cents)}
    organisation, scope = work.office.organisation, {"dossier": one.parts, "award": award}
    return fact.where is None or fact.where.holds(scope, work.now, organisation.zone)


def _since(work: Work, fact: DossiersFact) -> datetime | None:
    """The first instant that counts: the same day so long ago counts whole."""
    if fact.within is None:
        return None
    organisation = work.office.organisation
    today = organisation.local_date(work.now)
    return organisation.start_of(calendar.subtract(fact.within, today, organisation.holidays))


def _read(work: Work, opened: Opened, compared: Compared) -> Iterator[Other]:
    """The other dossiers, the one deposited last first."""
    fact, since = compared.fact, _since(work, compared.fact)
    others = _others(opened, compared)
    held = _granted(work, opened, others, since)
    query = (
        select(
            Dossier.public_id,
            SchemeRow.slug,
            Dossier.state,
            Dossier.filed_at,
            Dossier.decided_at,
            held.c.cents,
        )
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .outerjoin(held, held.c.dossier_id == Dossier.id)
        .where(Dossier.id.in_(others))
        .order_by(Dossier.filed_at.desc(), Dossier.id.desc())
    )
    if since is not None and not fact.sum:
        query = query.where(Dossier.filed_at >= since)
    day = work.office.organisation.local_date
    for public_id, slug, state, filed_at, decided_at, cents in core(work.session).execute(query):
        decided_on = None if decided_at is None else day(decided_at)
        yield Other(public_id, slug, state, day(filed_at), decided_on, int(cents or 0))


def _others(opened: Opened, compared: Compared) -> Any:
    """The other dossiers with an answer in common, kept and filed, in the schemes that count."""
    by_digest = compared.fact.by_digest
    of: Any = Trait if by_digest else Searchable
    query = (
        select(Dossier.id)
        .join(of, of.dossier_id == Dossier.id)
        .where(
            Dossier.id != opened.dossier.id,
            Dossier.purged_at.is_(None),
            Dossier.filed_at.is_not(None),
            *(_alike(opened, compared) if by_digest else _equal(compared)),
        )
    )
    if compared.fact.dossiers:
        schemes = select(SchemeRow.id).where(SchemeRow.slug.in_(compared.fact.dossiers))
        query = query.where(Dossier.scheme_id.in_(schemes))
    return query


def _alike(opened: Opened, compared: Compared) -> Iterator[Any]:
    """In its own scheme the same questions are compared; elsewhere, where they bear other names, any outside rows."""
    yield Trait.digest.in_(compared.keys)
    same = Trait.field.in_(["/".join(path) for path in compared.fact.match])
    elsewhere = and_(Dossier.scheme_id != opened.dossier.scheme_id, Trait.field.not_like("%/%"))
    yield or_(same, elsewhere)


def _equal(compared: Compared) -> Iterator[Any]:
    """The row of the index with the same answer."""
    for name, value in compared.indexed.items():
        if value is not None:
            yield getattr(Searchable, name) == value


def _granted(work: Work, opened: Opened, others: Any, since: datetime | None) -> Any:
    """Per dossier, what was granted within the span less all that was taken back since."""
    signed = case((AmountStep.kind == "granted", AmountStep.cents), else_=-AmountStep.cents)
    steps = select(AmountStep.dossier_id, func.sum(signed).label("cents")).where(
        AmountStep.dossier_id.in_(others),
        AmountStep.kind.in_(("granted", "reversed")),
        AmountStep.currency == _currency(opened, work),
    )
    if since is not None:
        steps = steps.where(AmountStep.at >= since)
    return steps.group_by(AmountStep.dossier_id).subquery()


def _currency(opened: Opened, work: Work) -> str:
    award = opened.scheme.award
    return award.currency if award else work.office.organisation.currency
