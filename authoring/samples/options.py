"""Invented answers to questions about options: linked ones fit one another."""

from __future__ import annotations

from decimal import Decimal

from authoring.samples.draw import NEAR, Draw, words
from engine.asked.fitting import fitting
from engine.kinds import Json
from engine.kinds.choice_grid import lines_of
from engine.kinds.choices import has_none
from engine.kinds.options import OTHER, codes_of, has_other
from engine.language.model import Field

FEW = 12  # options that chance comes by soon enough
BESIDE = 0.1  # how often something else, or none of the options, is answered


def choice(field: Field, draw: Draw) -> Json:
    """Of a few options, any; of a long list, one that a rule speaks of more often than not."""
    if has_other(field) and draw.random.random() < BESIDE:
        return {OTHER: words(draw.random)}
    codes, texts = _fitting(field, draw), draw.hints(field.id).texts
    known = [code for code in codes if code in texts] if len(codes) > FEW else []
    return draw.random.choice(known if known and draw.random.random() < NEAR else codes)


def choices(field: Field, draw: Draw) -> Json:
    """Some of the options, as many as may be; at times none, or something else among them."""
    if has_none(field) and draw.random.random() < BESIDE:
        return []
    codes = _fitting(field, draw)
    least, most = draw.bound(field, "at_least"), draw.bound(field, "at_most")
    low = int(least) if isinstance(least, Decimal) else 1
    high = min(len(codes), int(most) if isinstance(most, Decimal) else max(low, 3))
    chosen = set(draw.random.sample(codes, draw.random.randint(min(low, high), high)))
    found: list[Json] = [code for code in codes if code in chosen]
    if has_other(field) and found and draw.random.random() < BESIDE:
        found[-1] = {OTHER: words(draw.random)}
    return found


def _fitting(field: Field, draw: Draw) -> list[str]:
    """The options that may be chosen by the other answers so far; any while none may."""
    fits = fitting(field, draw.reading.values, draw.reading)
    return [code for code in codes_of(field) if fits is None or code in fits] or list(codes_of(field))


def grid(field: Field, draw: Draw) -> Json:
    """Any option in each line."""
    return {line: draw.random.choice(list(codes_of(field))) for line in lines_of(field)}
