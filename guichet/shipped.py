"""The schemes and examples that come with the program."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def shipped_scheme(name: str) -> Path:
    """The folder of a shipped scheme. Raises FileNotFoundError for an unknown name."""
    path = Path(str(resources.files("schemes"))) / name
    if not path.exists():
        raise FileNotFoundError(f"no shipped scheme is called {name!r}")
    return path
