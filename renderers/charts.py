"""Pictures of figures: bars drawn as SVG, each beside its number in a table, so that nothing is in the picture alone.

Nothing in them asks for a style of its own or a script; their colours stand in figures.css.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

TALLEST, WIDE, GAP = 100, 10, 2  # of a column chart, in units of its drawing
DECIMALS = 1


def bar(value: Decimal | float, greatest: Decimal | float) -> Markup:
    """One bar, as wide as its share of the greatest; a sliver for what is little, nothing for nothing."""
    share = float(value) / float(greatest) * 100 if greatest > 0 and value > 0 else 0.0
    width = f"{max(share, 0.5):.{DECIMALS}f}%" if share else "0"
    return Markup(
        '<svg class="chart-bar" width="100%" height="14" aria-hidden="true" focusable="false">'
        '<rect class="chart-track" width="100%" height="14"></rect>'
        '<rect class="chart-fill" width="{}" height="14"></rect></svg>'
    ).format(width)


def columns(points: Sequence[tuple[str, int]], title: str) -> Markup:
    """Columns side by side, one for each point (what is read of it, how many), under one title."""
    greatest = max((count for _, count in points), default=0)
    drawn = Markup("").join(
        _column(place, said, count, greatest) for place, (said, count) in enumerate(points)
    )
    width = max(len(points), 1) * WIDE
    return Markup(
        '<svg class="chart-columns" viewBox="0 0 {width} {tallest}" preserveAspectRatio="none" role="img" aria-label="{title}">'
        '<rect class="chart-track" width="{width}" height="{tallest}"></rect>{drawn}</svg>'
    ).format(width=width, tallest=TALLEST, title=title, drawn=drawn)


def _column(place: int, said: str, count: int, greatest: int) -> Markup:
    height = round(count / greatest * TALLEST, DECIMALS) if greatest > 0 and count > 0 else 0
    return Markup(
        '<rect class="chart-fill" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
    ).format(place * WIDE + GAP / 2, round(TALLEST - height, DECIMALS), WIDE - GAP, height, said)
