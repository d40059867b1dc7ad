"""What the other dossiers with the same answer come to, as of this act: read inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from dossiers.changes.amounts import from_cents
from dossiers.database import AmountStep, Dossier, SchemeRow, Searchable, core, lock_name
from dossiers.search import LONGEST_TEXT
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from engine.facts import Kept
from engine.kinds import Json
from engine.language.facts_model import ANY_SCHEME, DossiersFact
from workflows import calendar


def earlier(work: Work, opened: Opened, fact: DossiersFact, answer: Json) -> Kept:
    """How many other dossiers there are, and what was granted to them and not taken back.

    With a sum, a dossier counts when something was granted within the span; without, when it was deposited within it. An
    act waits for those that read the same until they are over: two decisions at once would each overlook the other.
    """
    if opened.locked:
        lock_name(work.session, f"earlier:{fact.match}:{answer}")
    since = _since(work, fact)
    query = _granted(work, opened, fact, answer, since) if fact.sum else _filed(opened, fact, answer, since)
    row = core(work.session).execute(query).one()
    values: dict[str, Json] = {"count": int(row.found)}
    if fact.sum:
        values["sum"] = f"{from_cents(int(row.cents or 0)):f}"
    return Kept(fact.id, "", "found", work.now, {fact.match: answer}, values)


def all_of(work: Work, opened: Opened, answers: Mapping[str, Json]) -> dict[str, Kept]:
    """Every such fact of a scheme whose answer is given."""
    return {
        fact.id: earlier(work, opened, fact, answers[fact.match])
        for fact in opened.scheme.facts.values()
        if isinstance(fact, DossiersFact) and answers.get(fact.match) not in (None, "")
    }


def _since(work: Work, fact: DossiersFact) -> datetime | None:
    """The first instant that counts: the same day so long ago counts whole."""
    if fact.within is None:
        return None
    organisation = work.office.organisation
    today = organisation.local_date(work.now)
    return organisation.start_of(calendar.subtract(fact.within, today, organisation.holidays))


def _others(opened: Opened, fact: DossiersFact, answer: Json) -> Any:
    """The other dossiers of the same answer, kept and filed, in one scheme or in all."""
    column, value = _as_indexed(answer)
    query = (
        select(Dossier.id)
        .join(Searchable, Searchable.dossier_id == Dossier.id)
        .where(
            Searchable.field == fact.match,
            column == value,
            Dossier.id != opened.dossier.id,
            Dossier.purged_at.is_(None),
            Dossier.filed_at.is_not(None),
        )
    )
    if fact.dossiers != ANY_SCHEME:
        query = query.join(SchemeRow, SchemeRow.id == Dossier.scheme_id).where(
            SchemeRow.slug == fact.dossiers
        )
    return query


def _as_indexed(answer: Json) -> tuple[Any, object]:
    """The column of the index an answer stands in, and its value there (see dossiers.search)."""
    if isinstance(answer, bool):
        return Searchable.text, "yes" if answer else "no"
    if isinstance(answer, int | Decimal):
        return Searchable.number_cents, int(answer * 100)
    return Searchable.text, str(answer)[:LONGEST_TEXT]


def _filed(opened: Opened, fact: DossiersFact, answer: Json, since: datetime | None) -> Any:
    others = Dossier.id.in_(_others(opened, fact, answer))
    query: Any = select(func.count().label("found")).where(others)
    return query if since is None else query.where(Dossier.filed_at >= since)


def _granted(work: Work, opened: Opened, fact: DossiersFact, answer: Json, since: datetime | None) -> Any:
    """Per dossier, what was granted within the span less all that was taken back since."""
    signed = case((AmountStep.kind == "granted", AmountStep.cents), else_=-AmountStep.cents)
    steps = select(AmountStep.dossier_id, func.sum(signed).label("cents")).where(
        AmountStep.dossier_id.in_(_others(opened, fact, answer)),
        AmountStep.kind.in_(("granted", "reversed")),
        AmountStep.currency == _currency(opened, work),
    )
    if since is not None:
        steps = steps.where(AmountStep.at >= since)
    held = steps.group_by(AmountStep.dossier_id).subquery()
    sums = func.count().label("found"), func.sum(held.c.cents).label("cents")
    return select(*sums).select_from(held).where(held.c.cents > 0)


def _currency(opened: Opened, work: Work) -> str:
    award = opened.scheme.award
    return award.currency if award else work.office.organisation.currency
