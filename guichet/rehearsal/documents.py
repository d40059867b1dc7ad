"""Documents to send when a form asks for some: real files of their format, that say they are made up where they can."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from engine.kinds.file import MEDIA_TYPES, accepted
from engine.language.model import Field
from guichet.demo import papers


def _png() -> bytes:
    """One grey pixel (PNG, ISO/IEC 15948)."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\x80")),
        (b"IEND", b""),
    )
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


MADE: Mapping[str, bytes] = {"pdf": papers.page("Document"), "png": _png()}


def document(field: Field, number: int) -> tuple[str, str, str, bytes] | None:
    """A document for a field: control, file name, media type, content; None when no format we can make is taken."""
    for ending in MADE:
        if ending in accepted(field):
            return field.id, f"{field.id}-{number}.{ending}", MEDIA_TYPES[ending][0], MADE[ending]
    return None
