"""Office documents, which are zip archives: nothing in front of them, no macro in them. None is ever unpacked here."""

from __future__ import annotations

import io
import zipfile

from engine.kinds.file import MEDIA_TYPES

TAKEN = frozenset(media for name in ("docx", "xlsx", "odt", "ods") for media in MEDIA_TYPES[name])
DAMAGED, MACROS = "file_damaged", "file_macros"
MOST_PARTS = 20_000
RUN = ("vbaproject.bin", "basic/script-lc.xml")  # what Word, Excel and LibreOffice keep their macros in


def fault(content: bytes) -> str:
    """The code of what is wrong with an office document; "" when nothing is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return DAMAGED
    if not names or len(names) > MOST_PARTS:
        return DAMAGED
    return MACROS if any(name.endswith(RUN) for name in names) else ""
