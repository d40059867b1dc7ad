"""The schemes that come with the program."""

from __future__ import annotations

from pathlib import Path

# `schemes` has no module of its own: it stands beside our packages, in the checkout as in an installation.
SCHEMES = Path(__file__).parents[1] / "schemes"


def shipped_scheme(name: str) -> Path:
    """The folder or file of a shipped scheme. Raises FileNotFoundError for an unknown name."""
    path = SCHEMES / name
    if not path.exists():
        raise FileNotFoundError(f"no shipped scheme is called {name!r}")
    return path
