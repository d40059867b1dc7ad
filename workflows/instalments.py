"""What falls due when a dossier reaches a state, and how it is shared between those who are paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal

from engine.award import rounded
from engine.language import Scheme
from engine.language.model import Award
from engine.language.payment_model import Instalment
from workflows.money import Standing


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is judged: the values the rules know, the instant, the zone."""

    values: Mapping[str, object]
    now: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Fallen:
    """An instalment that falls due, in cents; `reversed`: what of the grant goes back, since less was spent."""

    id: str
    due: int
    reversed: int = 0


class UnknownInstalment(Exception):
    """What an instalment comes to isn't known: something it reads is missing."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


def fallen(
    scheme: Scheme, state: str, standing: Standing, done: Collection[str], moment: Moment
) -> tuple[Fallen, ...]:
    """What falls due in a state, in order; `done` are the instalments that fell due before. Raises UnknownInstalment."""
    found: list[Fallen] = []
    award = scheme.award
    instalments = award.instalments.values() if award else ()
    for one in instalments:
        if award is None or state not in one.pay_on or one.id in done or not standing.held:
            continue
        others = award.instalments.keys() - {one.id, *done, *(other.id for other in found)}
        new = _fallen(award, one, standing, moment, is_last=not others)
        standing = replace(standing, due=standing.due + new.due, held=standing.held - new.reversed)
        found.append(new)
    return tuple(found)


def shared(cents: int, shares: Mapping[str, Decimal]) -> dict[str, int]:
    """An amount between those who are paid, by their shares; the last takes what doesn't divide."""
    total, left = sum(shares.values()), cents
    found: dict[str, int] = {}
    for number, (who, share) in enumerate(shares.items(), 1):
        part = left if number == len(shares) else int(cents * share / total)
        found[who], left = part, left - part
    return found


def _fallen(award: Award, one: Instalment, standing: Standing, moment: Moment, *, is_last: bool) -> Fallen:
    left = standing.held - standing.due
    if one.share is not None:
        share = _figure(one, moment, standing)
        whole = is_last and _is_whole(award, moment, standing)
        cents = left if whole else _cents(award, Decimal(standing.held).scaleb(-2) * share / 100)
        return Fallen(one.id, max(0, min(cents, left)))
    cents = _cents(award, _figure(one, moment, standing))
    if cents < 0:
        spent = max(0, standing.due + cents)
        return Fallen(one.id, 0, standing.held - spent if one.below_zero == "claim" else 0)
    due = min(cents, left)
    return Fallen(one.id, due, left - due if is_last else 0)


def _is_whole(award: Award, moment: Moment, standing: Standing) -> bool:
    """Whether the shares of all instalments make up the whole."""
    shares = [_figure(one, moment, standing) for one in award.instalments.values() if one.share is not None]
    return len(shares) == len(award.instalments) and sum(shares) == 100


def _figure(one: Instalment, moment: Moment, standing: Standing) -> Decimal:
    """What the share or amount comes to. `award.paid` is what fell due so far, paid or on its way."""
    award = {"computed": standing.computed, "granted": standing.held, "paid": standing.due}
    money = {name: None if cents is None else Decimal(cents).scaleb(-2) for name, cents in award.items()}
    expression = one.share or one.amount
    found = (
        expression.value({**moment.values, "award": money}, moment.now, moment.zone) if expression else None
    )
    if not isinstance(found, Decimal):
        raise UnknownInstalment(one.id)
    return found


def _cents(award: Award, amount: Decimal) -> int:
    return int(rounded(amount, *award.round) * 100)
