"""Fields as the kinds see them, made by hand: no scheme is needed to read one control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class OneLabel:
    """A text that says the same in every language."""

    text: str

    def plain(self, language: str) -> str:
        """The text."""
        return self.text


@dataclass(frozen=True)
class OneField:
    """A field with the keys a kind may read."""

    id: str
    kind: str
    label: OneLabel = OneLabel("Libellé d'essai")
    optional: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, OneField] = field(default_factory=dict)
    lines: Mapping[str, object] = field(default_factory=dict)


@pytest.fixture(scope="session")
def make_field():
    """Makes a field of a kind with its own keys: `make_field("text", max_length=5)`."""

    def make(
        kind: str, id: str = "it", optional: bool = False, fields=None, lines=None, **options: object
    ) -> OneField:
        held = {"fields": fields or {}, "lines": lines or {}}
        return OneField(id, kind, optional=optional, options=options, **held)

    return make


@pytest.fixture(scope="session")
def label():
    """Makes the label of an option."""
    return OneLabel
