"""One option of a choice, and a question about options as it stands: what is typed, and which of them fit now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.kinds.options import codes_of, group_of, hint_of, label_of
from engine.language.model import Field, Text
from engine.problems import AnswerProblem
from renderers.foreign import in_its_language

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: what is sent, what is read, whether it is chosen; what stands beside it in a search; its heading."""

    code: str
    label: str
    chosen: bool
    hint: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about options: what is typed in its controls (`raw`, by suffix), which options fit (None: all).

    `in_table`: it stands in a cell of a table.
    """

    field: Field
    raw: Raw
    language: str
    fits: frozenset[str] | None = None
    problems: tuple[AnswerProblem, ...] = ()
    source: str = ""
    in_table: bool = False

    @property
    def ticked(self) -> set[str]:
        """The codes sent, or stored."""
        return set(self.raw.get("", ()))

    def typed(self, suffix: str) -> str:
        """What is typed in one of its lines."""
        return next(iter(self.raw.get(suffix, ())), "")

    def choice(self, code: str, chosen: bool) -> Choice:
        """One of its options."""
        field, language = self.field, self.language
        return Choice(
            code,
            _label(field, code, language),
            chosen,
            hint_of(field, code, language),
            group_of(field, code, language),
        )

    def options(self) -> Iterator[str]:
        """The codes that fit, in the order of the list."""
        return (code for code in codes_of(self.field) if self.fits is None or code in self.fits)


def _label(field: Field, code: str, language: str) -> str:
    """What people read for an option, marked when it is written in another language only."""
    said, texts = label_of(field, code, language), field.options.get("options")
    text = texts.get(code) if isinstance(texts, Mapping) else None
    return in_its_language(said, text, language) if isinstance(text, Text) else said
