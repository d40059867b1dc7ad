"""What became of one file that was sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes as they are kept.

    `sent_as`: the media type of what was sent, by its bytes; `media_type`: that of what is kept, which may be another
    (a HEIC photo is kept as JPEG). `wrong`: the code of what is wrong with it ("file_locked"…), "" when nothing is.
    """

    sent_as: str
    media_type: str
    content: bytes
    wrong: str = ""
