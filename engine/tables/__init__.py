"""Decision tables (DMN 1.5, chapter 8): what they say, as FEEL, which rows hit, gaps and overlaps."""

from engine.tables.as_feel import as_feel
from engine.tables.hits import RowHit, explain, rows_hit
from engine.tables.model import Cell, Hit, Output, Row, Table

__all__ = ["Cell", "Hit", "Output", "Row", "RowHit", "Table", "as_feel", "explain", "rows_hit"]
