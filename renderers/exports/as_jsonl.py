"""JSON Lines: an object a row, its keys the headings; figures are JSON numbers, days and moments ISO 8601."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

from renderers.exports.tables import Cell, Out, Table


def write(table: Table, out: Out) -> None:
    """One table; what isn't known is null."""
    keys = [json.dumps(head.heading, ensure_ascii=False) for head in table.heads]
    for row in table.rows:
        cells = ", ".join(f"{key}: {_written(cell)}" for key, cell in zip(keys, row, strict=True))
        out.write(f"{{{cells}}}\n".encode())


def _written(cell: Cell) -> str:
    """A decimal keeps its digits: a float would round it."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return f'"{cell.isoformat(timespec="seconds")}"'
    return json.dumps(cell.isoformat() if isinstance(cell, date) else cell, ensure_ascii=False)
