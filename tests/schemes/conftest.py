"""The schemes shipped with the house, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import Scheme, load_scheme

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def grant() -> Scheme:
    """The Haute-Savoie emergency grant."""
    return load_scheme(ROOT / "schemes" / "haute-savoie-emergency-grant")
