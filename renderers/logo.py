"""The organisation's logo: which pictures are accepted, and what each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["png", "jpg", "svg"]
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
LARGEST = 500_000  # bytes: it stands on every page


class NotALogo(ValueError):
    """A file that can't be the logo; the message says why, and what to give instead."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that browsers and Typst both show."""

    content: bytes
    kind: Kind

    @property
    def media_type(self) -> str:
        """As an answer names it."""
        return MEDIA_TYPES[self.kind]


def logo(content: bytes) -> Logo:
    """The logo a file holds, told by its content and never by its name. Raises NotALogo."""
    if len(content) > LARGEST:
        raise NotALogo(f"it has more than {LARGEST // 1000} kB; make it smaller")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Logo(content, "png")
    if content.startswith(b"\xff\xd8\xff"):
        return Logo(content, "jpg")
    if b"<svg" in content[:2000] and content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Logo(content, "svg")
    raise NotALogo("it is no PNG, JPEG or SVG picture")
