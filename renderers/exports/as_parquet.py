"""Parquet, by pyarrow (extra `parquet`): typed columns, for those who compute."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Any

from renderers.exports.tables import Cell, Head, NotInstalled, Out, Table

GROUP = 10_000  # rows in memory at once
DIGITS, DECIMALS = 24, 6
STEP = Decimal(1).scaleb(-DECIMALS)


def write(table: Table, out: Out) -> None:
    """One table. Raises NotInstalled."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise NotInstalled("parquet") from error
    schema = pyarrow.schema([(head.heading, _type(pyarrow, head)) for head in table.heads])
    rows = iter(table.rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while chunk := list(islice(rows, GROUP)):
            columns = [
                pyarrow.array([_cell(head, cell) for cell in column], type)
                for head, column, type in zip(
                    table.heads, zip(*chunk, strict=True), schema.types, strict=True
                )
            ]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))


def _type(pyarrow: Any, head: Head) -> Any:
    return {
        "text": pyarrow.string(),
        "number": pyarrow.decimal128(DIGITS, DECIMALS),
        "whole": pyarrow.int64(),
        "day": pyarrow.date32(),
        "moment": pyarrow.timestamp("ms", tz="UTC"),
        "yes_no": pyarrow.bool_(),
        "list": pyarrow.list_(pyarrow.string()),
    }[head.sort]


def _cell(head: Head, cell: Cell) -> Cell:
    if head.sort == "number" and isinstance(cell, Decimal):
        return cell.quantize(STEP, ROUND_HALF_UP)
    return cell.replace(microsecond=0) if isinstance(cell, datetime) else cell
