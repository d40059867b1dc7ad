"""Tables of dossiers as files: CSV, XLSX, ODS, JSON Lines, Parquet, each written row after row, in memory that doesn't grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from renderers.exports.tables import Block, Cell, Head, NotInstalled, Out, Sort, Table, TooLarge, blocks

__all__ = [
    "FORMATS",
    "Block",
    "Cell",
    "Format",
    "Head",
    "NotInstalled",
    "Out",
    "Sort",
    "Table",
    "TooLarge",
    "blocks",
    "write",
]

ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `holds_several`: several tables fit in one file; else they travel in a zip, a file each."""

    name: str
    media_type: str
    holds_several: bool = False


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "text/csv"),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
        Format("ods", "application/vnd.oasis.opendocument.spreadsheet", True),
        Format("jsonl", "application/x-ndjson"),
        Format("parquet", "application/vnd.apache.parquet"),
    )
}


def write(tables: Iterable[Table], format: str, out: Out, *, count: int, for_people: bool = False) -> None:
    """Write the tables (`count` of them, each read once and in order) to a stream that is never sought in.

    `for_people`: a CSV as French spreadsheets open it. Raises NotInstalled before anything is read, TooLarge.
    """
    module = import_module(f"renderers.exports.as_{format}")
    if FORMATS[format].holds_several:
        module.write(tables, out)
        return
    one = cast("Callable[..., None]", module.write)
    given = {"for_people": for_people} if format == "csv" else {}
    if count == 1:
        for table in tables:
            one(table, out, **given)
        return
    packed = import_module("renderers.exports.packed")
    packed.write(tables, out, format, lambda table, member: one(table, member, **given))


def name_of(format: str, count: int) -> str:
    """The ending of the name of the file."""
    return format if count == 1 or FORMATS[format].holds_several else "zip"


def media_type_of(format: str, count: int) -> str:
    """Its media type."""
    return FORMATS[format].media_type if name_of(format, count) == format else ZIP
