"""Opinions staff may ask of somebody outside, who has no account: what may be shown to them, and until when they answer."""

from __future__ import annotations

from dataclasses import dataclass

from engine.language.expressions import Text
from engine.language.spans import Span

FAVOURABLE, WITH_RESERVATIONS, UNFAVOURABLE = "favourable", "with_reservations", "unfavourable"
ANSWERS = (FAVOURABLE, WITH_RESERVATIONS, UNFAVOURABLE)
AWAITED, RECEIVED = "awaited", "received"
WITHIN, REMIND = Span(15, "days"), Span(3, "days")


@dataclass(frozen=True, slots=True)
class OpinionKind:
    """An opinion that may be asked for by the roles `by` while the dossier is in one of the states `in_`.

    `shows`: the fields who gives it may be shown, and nothing else; `within`: the time they have, unless who asks says
    another last day; `remind`: how long before it they are reminded.
    """

    id: str
    label: Text
    in_: tuple[str, ...]
    by: tuple[str, ...]
    shows: tuple[str, ...] = ()
    within: Span = WITHIN
    remind: Span = REMIND
