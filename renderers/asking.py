"""What staff tick and write to ask something of the applicant: a box a question, its remark, documents of other names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.kinds.fields import document_lines, takes_remarks
from engine.language.model import Field


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """One line to ask for a document the form doesn't ask for; `control` ends the names of its two controls."""

    control: str
    name: str
    remark: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What stands beside the boxes. `remarks`: by question, what is said of it; None when nothing may be said."""

    remarks: dict[str, str] | None
    documents: tuple[NamedDocument, ...]


def asking(asked: Field, name: str, typed: Mapping[str, Sequence[str]], ids: tuple[str, ...]) -> Asking:
    """The remarks and documents of a field of kind `fields`, as typed."""
    remarks = {id: _first(typed, f"{name}-remark-{id}") for id in ids} if takes_remarks(asked) else None
    lines = (str(line) for line in range(1, document_lines(asked) + 1))
    documents = tuple(
        NamedDocument(line, _first(typed, f"{name}-document-{line}"), _first(typed, f"{name}-said-{line}"))
        for line in lines
    )
    return Asking(remarks, documents)


def _first(typed: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(typed.get(name, ())), "")
