"""What a field kind may know of a field: the kinds stand below the language, so they see it through this window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class TextView(Protocol):
    """A text of the scheme in its languages."""

    def plain(self, language: str) -> str:
        """The text in this language, or in the scheme's first one."""
        ...


class ListView(Protocol):
    """A reference list: one row of columns per code."""

    @property
    def rows(self) -> Mapping[str, Mapping[str, str]]:
        """The columns of each code."""
        ...

    def label(self, code: str, language: str) -> str:
        """What people read for a code."""
        ...


class LineView(Protocol):
    """A line of a table with fixed lines."""

    @property
    def label(self) -> TextView:
        """What it is called."""
        ...

    @property
    def heading(self) -> bool:
        """Whether it only names what follows."""
        ...

    @property
    def is_typed(self) -> bool:
        """Whether its cells are typed: it is no heading and isn't computed."""
        ...


class FieldView(Protocol):
    """A field of a form, as its kind sees it."""

    @property
    def id(self) -> str:
        """Its name in the scheme, and the first part of the names of its form controls."""
        ...

    @property
    def kind(self) -> str:
        """The name of its kind (`type` in YAML)."""
        ...

    @property
    def label(self) -> TextView:
        """What people read beside it."""
        ...

    @property
    def optional(self) -> bool:
        """Whether it may stay blank."""
        ...

    @property
    def messages(self) -> Mapping[str, TextView]:
        """The author's own sentences on what is wrong, by code; `{max}` in one is a figure of the problem."""
        ...

    @property
    def options(self) -> Mapping[str, object]:
        """The kind's own keys, loaded: `min` an Expression, `options` texts by code, `list` a ReferenceList…"""
        ...

    @property
    def fields(self) -> Mapping[str, FieldView]:
        """The fields of one row, for a repeat; the columns of a matrix."""
        ...

    @property
    def lines(self) -> Mapping[str, LineView]:
        """The fixed lines of a matrix, by id."""
        ...


FIGURES = frozenset({"integer", "decimal", "money", "percentage"})


def figure_columns(field: FieldView) -> tuple[str, ...]:
    """The columns of a matrix that hold figures: those a computed line has."""
    return tuple(name for name, inner in field.fields.items() if inner.kind in FIGURES)
