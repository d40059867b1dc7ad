"""A zip written straight to a stream that can't be sought in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from renderers.exports.tables import Out, Table

LEVEL = 1  # large files: three times quicker for a tenth more bytes
DAY = (1980, 1, 1, 0, 0, 0)  # the same rows make the same bytes


def opened(out: Out) -> ZipFile:
    """A zip on a stream."""
    return ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL)  # type: ignore[call-overload, no-any-return]


def info(name: str) -> ZipInfo:
    """What a zip says of one of its files."""
    found = ZipInfo(name, DAY)
    found.compress_type, found.external_attr = ZIP_DEFLATED, 0o600 << 16
    found._compresslevel = LEVEL  # type: ignore[attr-defined]  # what `compresslevel` of the zip is for plain names
    return found


def write(tables: Iterable[Table], out: Out, ending: str, one: Callable[[Table, Out], None]) -> None:
    """A file for each table."""
    with opened(out) as zip:
        for table in tables:
            with zip.open(info(f"{table.name}.{ending}"), "w", force_zip64=True) as member:
                one(table, member)
