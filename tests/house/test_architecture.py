"""docs/architecture.md tells the rooms within the rooms as the walls of setup.cfg hold them."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def layers(room: str) -> list[set[str]]:
    found = ConfigParser()
    found.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = found[f"importlinter:contract:{room}"]["layers"].split("\n")
    return [set(re.split(r"\s*\|\s*", line.strip())) for line in lines if line.strip()]


@pytest.mark.parametrize("room", ["engine", "dossiers"])
def test_layers_told_are_those_that_are_held(room):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    [told] = re.findall(rf"Inside `{room}`:\s+`([^`]+)`", text)
    assert [set(layer.split(", ")) for layer in told.split(" > ")] == layers(room)
