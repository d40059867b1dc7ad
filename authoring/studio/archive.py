"""A whole scheme in one zip: the same files always make the same bytes; what is no scheme is refused, unread."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from authoring.studio.files import LARGEST, MOST, WHOLE, UnfitFiles, fitting, is_name, shown
from engine.language import Bundle

DAY = (1980, 1, 1, 0, 0, 0)  # of every file: an archive tells no time
FOLDER = re.compile(r"[A-Za-z0-9][\w .-]{0,80}")
# what reading a damaged archive raises, whichever part of it is damaged
DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, OverflowError, IndexError, struct.error, zlib.error,
)  # fmt: skip
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def packed(files: Mapping[str, str]) -> bytes:
    """The files as a zip. Stored, not compressed: compressing gives other bytes with other releases of zlib."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, text.encode("utf-8"))
    return buffer.getvalue()


def unpacked(data: bytes) -> Bundle:
    """The scheme in a zip, its files at the top or all in one folder. Raises UnfitFiles."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST:
                raise UnfitFiles("bundle_too_many", max=MOST)
            names = _names([entry.filename for entry in entries])
            found: dict[str, str] = {}
            for entry, name in zip(entries, names, strict=True):
                if name in found:
                    raise UnfitFiles("bundle_twice", file=name)
                found[name] = _text(archive, entry, name, WHOLE - sum(map(len, found.values())))
    except UnfitFiles:
        raise
    except DAMAGED as error:
        raise UnfitFiles("bundle_no_zip") from error
    return Bundle(fitting(found))


def _names(names: list[str]) -> list[str]:
    """The names without the one folder all of them may stand in, which archiving a folder makes."""
    tops = {name.partition("/")[0] for name in names}
    wrapped = len(tops) == 1 and FOLDER.fullmatch(next(iter(tops))) is not None
    if wrapped and all("/" in name for name in names) and not is_name(names[0]):
        names = [name.partition("/")[2] for name in names]
    for name in names:
        if not is_name(name):
            raise UnfitFiles("bundle_name", file=shown(name))
    return names


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: int) -> str:
    """The text of one file: never more is read than is allowed, whatever the archive says of its size."""
    if entry.flag_bits & 1 or entry.compress_type not in COMPRESSIONS:
        raise UnfitFiles("bundle_no_zip")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnfitFiles("bundle_name", file=shown(name))
    with archive.open(entry) as source:
        raw = source.read(min(LARGEST, room) + 1)
    if len(raw) > min(LARGEST, room):
        raise UnfitFiles("bundle_too_big", file=name, max=LARGEST // 1000)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnfitFiles("bundle_not_text", file=name) from error
