"""The amount of a dossier as lists know it: what is granted or, before, what was proposed or computed. Lists are narrowed by it,
and show it, as if it were an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from dossiers.changes.amounts import from_cents
from dossiers.database import AmountStep, Dossier
from dossiers.services.desk import Work
from engine.language import Scheme
from engine.language.model import Field, Text
from renderers.catalogues import marked, say

AWARD = "award"  # no field of a scheme may bear this name
AMOUNT = marked("Amount")
SAID = ("computed", "proposed", "granted")


def amount_field(scheme: Scheme) -> tuple[Field, ...]:
    """The amount as a question of a list would be; none where a scheme grants no money."""
    if scheme.award is None:
        return ()
    label = Text({language: (say(language, AMOUNT),) for language in scheme.languages})
    return (Field(id=AWARD, kind="money", label=label),)


def has_amount(least: int | None, most: int | None) -> ColumnElement[bool]:
    """The amount of a dossier is between two sums in cents, both included; None binds nothing."""
    step: Any = aliased(AmountStep)
    here = [step.kind.in_(SAID), ~_is_followed(step)]
    here += [step.cents >= least] if least is not None else []
    here += [step.cents <= most] if most is not None else []
    return Dossier.id.in_(select(step.dossier_id).where(*here))


def amounts_of(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """The amounts of these dossiers, as an answer would be kept (`1000.00`); nothing for one that has none."""
    step: Any = aliased(AmountStep)
    found = select(step.dossier_id, step.cents).where(
        step.dossier_id.in_(ids), step.kind.in_(SAID), ~_is_followed(step)
    )
    return {row.dossier_id: f"{from_cents(row.cents):f}" for row in work.session.execute(found)}


def _is_followed(step: Any) -> ColumnElement[bool]:
    """Whether a later step says the amount anew."""
    later: Any = aliased(AmountStep)
    return exists().where(later.dossier_id == step.dossier_id, later.kind.in_(SAID), later.id > step.id)
