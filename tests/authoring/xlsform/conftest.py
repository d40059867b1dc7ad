"""Workbooks made in place: sheets as lists of lines, the first one naming the columns."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook


@pytest.fixture(scope="session")
def workbook():
    """Makes the bytes of an .xlsx: `workbook(survey=[[…], …], choices=…)`."""

    def make(**sheets):
        book = Workbook()
        book.remove(book.active)
        for name, lines in sheets.items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        kept = BytesIO()
        book.save(kept)
        return kept.getvalue()

    return make
