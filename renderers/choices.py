"""The options of a choice: radio buttons and boxes when they are few, the options of a select when they are many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from engine.kinds.choice import codes_of, label_of
from engine.kinds.rating import steps_of
from engine.language.model import Field, Text

RADIOS_AT_MOST = 7


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: what is sent, what is read, whether it is chosen."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a field, made only when they are shown one by one."""

    field: Field
    language: str
    ticked: Collection[str]
    askable: Sequence[Field]

    def __len__(self) -> int:
        return len(self.askable) if self.field.kind == "fields" else len(codes_of(self.field))

    def made(self) -> tuple[Choice, ...]:
        """Each option, in the order of the scheme."""
        return tuple(Choice(code, label, code in self.ticked) for code, label in self._labels().items())

    def _labels(self) -> Mapping[str, str]:
        if self.field.kind == "fields":
            return {one.id: one.label.plain(self.language) for one in self.askable}
        return {code: label_of(self.field, code, self.language) for code in codes_of(self.field)}


def choices_of(
    field: Field, language: str, ticked: Collection[str], askable: Sequence[Field] = ()
) -> Choices:
    """The options of a field; `askable` are the questions offered by a field of kind `fields`."""
    return Choices(field, language, ticked, askable)


def marks_of(field: Field, language: str, ticked: Collection[str]) -> tuple[Choice, ...]:
    """The marks of a rating, the ends with the words the scheme has for them: `1 – Pas du tout`, `2` … `5`."""
    words = {1: field.options.get("low"), steps_of(field): field.options.get("high")}
    ends = {
        mark: f"{mark} – {text.plain(language)}" for mark, text in words.items() if isinstance(text, Text)
    }
    return tuple(
        Choice(str(mark), ends.get(mark, str(mark)), str(mark) in ticked)
        for mark in range(1, steps_of(field) + 1)
    )


class _SameList:
    """A list of options as a key: the same object, kept alive by the key, gives the same options."""

    __slots__ = ("field", "identity")

    def __init__(self, field: Field) -> None:
        self.field = field
        self.identity = id(codes_of(field))

    def __hash__(self) -> int:
        return self.identity

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameList) and codes_of(other.field) is codes_of(self.field)


@lru_cache(maxsize=64)
def _all_options(options: _SameList, language: str) -> str:
    field = options.field
    return "".join(
        f'<option value="{escape(code)}">{escape(label_of(field, code, language))}</option>'
        for code in codes_of(field)
    )


def options_html(field: Field, language: str, chosen: str) -> Markup:
    """The <option> elements of a long list; written once, then only the chosen one is marked."""
    written = _all_options(_SameList(field), language)
    if chosen in codes_of(field):
        value = f'<option value="{escape(chosen)}"'
        written = written.replace(f"{value}>", f"{value} selected>", 1)
    return Markup(written)
