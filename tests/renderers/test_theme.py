"""The organisation's colour stays readable, whatever it is."""

from __future__ import annotations

import re

import pytest

from renderers import theme
from renderers.theme import NotAColour

GROUNDS = ((255, 255, 255), (0x18, 0x20, 0x27))


def rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@pytest.mark.parametrize("brand", ["#17505f", "#ffff00", "#000000", "#ffffff", "#f80", "8e1f5c"])
def test_every_colour_becomes_readable_on_both_grounds(brand):
    css = theme.theme({"brand": brand})
    shown = [rgb(found) for found in re.findall(r"--brand:(#[0-9a-f]{6})", css)]
    upon = [rgb(found) for found in re.findall(r"--on-brand:(#[0-9a-f]{6})", css)]
    for ground, colour, ink in zip(GROUNDS, shown, upon, strict=True):
        assert theme.contrast(colour, ground) >= 4.5
        assert theme.contrast(ink, colour) >= 4.5


def test_readable_colour_is_left_as_it_is():
    assert "--brand:#17505f;--on-brand:#ffffff" in theme.theme({"brand": "#17505f"})


@pytest.mark.parametrize("brand", ["red", "#12", "#17505f;}body{display:none", "url(x)"])
def test_what_is_no_colour_is_refused(brand):
    with pytest.raises(NotAColour):
        theme.theme({"brand": brand})
