"""A dossier's answers as the back office reads them: masked for who asks, with what sources say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossiers.services.source_views import SourceView
from dossiers.services.views import DocumentView
from engine.kinds import Json
from engine.language.model import Field, Page
from engine.words import Phrase


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One field and what was answered, for who may see it. `hidden`: it may not be shown to this viewer, and `answer`
    and `printed` are then empty. `changed`: it differs from the filing before. `label` by language, masked like the rest.
    `lines` says what each row of a matrix is called; `small`: its pictures may be shown in small; `erased`:
    the names of the documents whose content is gone; `source` what a source says of it."""

    field: Field
    label: Mapping[str, Phrase]
    answer: Json | None
    printed: Mapping[str, Phrase]
    hidden: bool
    changed: bool
    rows: tuple[tuple[AnswerView, ...], ...] = ()
    lines: tuple[Mapping[str, Phrase], ...] = ()
    documents: tuple[DocumentView, ...] = ()
    small: bool = False
    erased: tuple[str, ...] = ()
    source: SourceView | None = None


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of the form with its answers; its title by language, masked."""

    page: Page
    title: Mapping[str, Phrase]
    answers: tuple[AnswerView, ...]
