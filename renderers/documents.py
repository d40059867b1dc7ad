"""What a file question says of the documents it takes, and shows of those it has."""

from __future__ import annotations

from typing import Protocol

from engine.kinds import FieldView
from engine.kinds.file import accepted, largest
from renderers.catalogues import marked, say
from renderers.words import size

EXTENSIONS = {"jpeg": (".jpg", ".jpeg"), "tiff": (".tif", ".tiff")}  # the others are named as their format
FORMATS = marked("%(formats)s, at most %(size)s each.")
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
    def available(self) -> bool:
        """Whether it can be opened now."""
        ...


def accepted_extensions(field: FieldView) -> str:
    """The value of the `accept` attribute: `.pdf,.jpg,.jpeg`."""
    return ",".join(ext for name in accepted(field) for ext in EXTENSIONS.get(name, (f".{name}",)))


def accepted_formats(field: FieldView, language: str) -> str:
    """What may be sent, for people: `PDF, JPEG ou PNG, 5 Mo au plus chacun.`"""
    names = [name.upper() for name in accepted(field)]
    formats = names[0]
    if len(names) > 1:
        formats = say(language, OR, {"first": ", ".join(names[:-1]), "last": names[-1]})
    return say(language, FORMATS, {"formats": formats, "size": size(largest(field), language)})
