"""The organisation's colour as a style sheet, made readable on light and on dark grounds (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
DEFAULT = "#17505f"
LIGHT, DARK = "#ffffff", "#182027"  # the grounds of the style sheet
READABLE = {LIGHT: 4.6, DARK: 6.5}  # contrast wanted on each; on a dark ground less looks dull
Rgb = tuple[int, int, int]


class NotAColour(ValueError):
    """A colour of the settings that isn't written as #17505f."""


def theme(colours: Mapping[str, str]) -> str:
    """The style sheet for the organisation's `brand` colour (the neutral one when there is none).

    The colour is darkened, or lightened in dark mode, just enough to be read. Raises NotAColour.
    """
    brand = _rgb(colours.get("brand") or DEFAULT)
    return f":root{{{_rules(brand, LIGHT)}}}@media screen and (prefers-color-scheme:dark){{:root{{{_rules(brand, DARK)}}}}}\n"


def _rules(brand: Rgb, ground: str) -> str:
    """The colour on this ground, and what is written upon it."""
    shown = _readable(brand, _rgb(ground), READABLE[ground])
    upon = max((_rgb("#ffffff"), _rgb("#0d1418")), key=lambda ink: contrast(ink, shown))
    return f"--brand:{_hex(shown)};--on-brand:{_hex(upon)}"


def _readable(colour: Rgb, ground: Rgb, wanted: float) -> Rgb:
    """The nearest shade of a colour that can be read on a ground."""
    target = (0, 0, 0) if _luminance(ground) > 0.5 else (255, 255, 255)
    for step in range(0, 101, 2):
        mixed = tuple(round(one + (end - one) * step / 100) for one, end in zip(colour, target, strict=True))
        if contrast((mixed[0], mixed[1], mixed[2]), ground) >= wanted:
            return mixed[0], mixed[1], mixed[2]
    return target


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _rgb(text: str) -> Rgb:
    found = COLOUR.fullmatch(text.strip())
    if not found:
        raise NotAColour(f"{text!r} is no colour: write it as #17505f")
    digits = found[1] if len(found[1]) == 6 else "".join(sign * 2 for sign in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)
