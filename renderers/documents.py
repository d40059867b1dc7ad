"""What a file question says of the documents it takes, and shows of those it has."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from engine.kinds import FieldView
from engine.kinds.file import accepted, largest, may_come_later
from engine.kinds.kind import constant
from engine.language.model import Span
from engine.problems import AnswerProblem
from renderers.catalogues import count, marked, plural, say
from renderers.words import problem_sentence, size
from renderers.words import span as span_words

EXTENSIONS = {"jpeg": (".jpg", ".jpeg"), "tiff": (".tif", ".tiff")}  # the others are named as their format
FORMATS = marked("%(formats)s, at most %(size)s each.")
RESERVED = marked("Copy for %(organisation)s only – application %(reference)s")
RECENT = marked("Dated less than %(span)s ago.")
LATER = marked("You may also send it after your application: the payment waits for it.")
MOST = plural("One document at most.", "%(count)s documents at most.")
OR = marked("%(first)s or %(last)s")


class DocumentLike(Protocol):
    """A document already sent."""

    @property
    def public_id(self) -> str:
        """Its name in addresses."""
        ...

    @property
    def name(self) -> str:
        """The name its sender gave."""
        ...

    @property
    def size(self) -> int:
        """Its size in bytes."""
        ...

    @property
    def media_type(self) -> str:
        """What it is, by its content."""
        ...

    @property
    def scan(self) -> str:
        """What the scanner said: "pending", "clean", "infected", "unscanned"."""
        ...

    @property
    def issued_on(self) -> date | None:
        """The date written on it, where it is asked."""
        ...

    @property
    def available(self) -> bool:
        """Whether it can be opened now."""
        ...


SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})  # browsers show these by themselves
PICTURES = frozenset({"image/jpeg", "image/png"})


def is_shown(document: DocumentLike) -> bool:
    """Whether a tab of its own can show it now."""
    return document.available and document.media_type in SHOWN


def is_picture(document: DocumentLike) -> bool:
    """Whether it can be shown in small now."""
    return document.available and document.media_type in PICTURES


def accepted_extensions(field: FieldView) -> str:
    """The value of the `accept` attribute: `.pdf,.jpg,.jpeg`."""
    return ",".join(ext for name in accepted(field) for ext in EXTENSIONS.get(name, (f".{name}",)))


def accepted_formats(field: FieldView, language: str) -> str:
    """What may be sent, for people: `PDF, JPEG ou PNG, 5 Mo au plus chacun.`"""
    names = [name.upper() for name in accepted(field)]
    formats = names[0]
    if len(names) > 1:
        formats = say(language, OR, {"first": ", ".join(names[:-1]), "last": names[-1]})
    said = say(language, FORMATS, {"formats": formats, "size": size(largest(field), language)})
    if isinstance(span := field.options.get("issued_within"), Span):
        said += f" {say(language, RECENT, {'span': span_words(span, language)})}"
    if may_come_later(field):
        said += f" {say(language, LATER)}"
    most = constant(field, "at_most")
    return said if most is None else f"{said} {count(language, *MOST, most, {'count': most})}"


def too_big(field: FieldView, language: str) -> str:
    """What the page's script says of a file too big to be sent, which stands as `%(name)s`."""
    problem = AnswerProblem((field.id,), "file_too_big", {"name": "%(name)s", "max": largest(field)})
    return problem_sentence(problem, field, language, labelled=False)


def reserved(organisation: str, reference: str, language: str) -> str:
    """What is written across the copy of an identity document."""
    return say(language, RESERVED, {"organisation": organisation, "reference": reference})
