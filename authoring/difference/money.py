"""What changes in the award: the amount, its bounds, its rounding, the money there is, who is paid where and in which parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from authoring.difference.change import Sides, text_of
from authoring.difference.rules import compare_value
from engine.language.model import Expression, Text
from engine.problems import Path

PATH: Path = ("award",)


def compare_money(sides: Sides) -> None:
    """The award of both versions."""
    was, now = sides.old.award, sides.new.award
    if was is None or now is None:
        if was is not now:
            sides.add("award_added" if now else "award_removed", PATH)
        return
    compare_value(sides, "award_amount", (*PATH, "amount"), was.amount, now.amount)
    for key in ("at_least", "at_most"):
        bounds = text_of(getattr(was, key)), text_of(getattr(now, key))
        sides.says(f"award_{key}", (*PATH, key), (*PATH, key), *bounds)
    rounding = tuple(f"{mode}, {decimals}" for mode, decimals in (was.round, now.round))
    sides.says("award_round", (*PATH, "round"), (*PATH, "round"), *rounding)
    sides.says("award_currency", (*PATH, "currency"), (*PATH, "currency"), was.currency, now.currency)
    if was.paid_to != now.paid_to:
        sides.add("award_paid_to", (*PATH, "paid_to"))
    for key in ("requested", "budget", "instalments", "paid_from", "vouchers"):
        if written(getattr(was, key)) != written(getattr(now, key)):
            sides.add(f"award_{key}", (*PATH, key))


def written(value: object) -> object:
    """What a part of a scheme says, without the places it stands at: to be compared."""
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, Text):
        return {language: value.plain(language) for language in value.versions}
    if isinstance(value, Mapping):
        return {name: written(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if is_dataclass(value):
        return {one.name: written(getattr(value, one.name)) for one in fields(value)}
    return value
