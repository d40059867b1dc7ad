"""Looking at one file: what it is by its bytes, then what its kind wants."""

from __future__ import annotations

import io
import zipfile

from dossiers.outside.contents import archives, images, pdfs
from dossiers.outside.contents.content import Content

UNKNOWN = "application/octet-stream"
SNIFFED = 8192  # bytes looked at; the longest signature filetype knows is far shorter
MIXED = "file_mixed"


def look(content: bytes) -> Content:
    """What a file is and how it is kept. Raises nothing, whatever it holds."""
    import filetype  # a module for each family of files: for the first one that is sent

    kind = filetype.guess(content[:SNIFFED])
    media_type = UNKNOWN if kind is None else kind.mime
    if media_type in images.TAKEN:
        return images.written_anew(content, media_type)
    if media_type in archives.TAKEN:
        return Content(media_type, media_type, content, archives.fault(content))
    if media_type == pdfs.MEDIA_TYPE:
        return Content(media_type, media_type, content, MIXED if is_archive(content) else pdfs.fault(content))
    return Content(media_type, media_type, content)


def is_archive(content: bytes) -> bool:
    """Whether a file can also be opened as a zip archive, which is read from its end."""
    return zipfile.is_zipfile(io.BytesIO(content))
