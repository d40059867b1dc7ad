"""What a variable of a text is: a text, a list, or a record whose members have names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Something to print, as it is written for people; it may be unknown."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several of the same shape, for `{% for %}`."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Record:
    """Members by name, read as `record.name`."""

    members: Mapping[str, Shape]


Shape: TypeAlias = "Text | ListOf | Record"
TEXT = Text()


class Members:
    """The values of a record. Jinja asks for an attribute before an item: here is none that a scheme could name, so
    that a field called `items` or `keys` is the field."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = known

    def __getitem__(self, name: str) -> object:
        return self._known[name]
