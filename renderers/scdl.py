"""The national form of published subsidies (SCDL "subventions" 2.1.1): its columns, and what may be wrong with a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from stdnum.fr import siret

VERSION = "2.1.1"
CASH, KIND = "aide en numéraire", "aide en nature"
YES, NO = "oui", "non"
AT_ONCE, IN_PARTS = "unique", "échelonné"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
LONGEST = 256


@dataclass(frozen=True, slots=True)
class ScdlColumn:
    """A column and what its cells must be."""

    name: str
    required: bool = False
    sort: Literal["text", "day", "number", "yes_no"] = "text"
    pattern: str = ""
    longest: int = 0
    among: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    is_siret: bool = False


COLUMNS: tuple[ScdlColumn, ...] = (
    ScdlColumn("nomAttribuant", True),
    ScdlColumn("idAttribuant", True, pattern="[0-9]{14}", is_siret=True),
    ScdlColumn("dateConvention", True, "day"),
    ScdlColumn("referenceDecision"),
    ScdlColumn("nomBeneficiaire", True),
    ScdlColumn("idBeneficiaire", is_siret=True),
    ScdlColumn("rnaBeneficiaire", pattern="W[0-9]{9}"),
    ScdlColumn("objet", True, longest=LONGEST),
    ScdlColumn("montant", True, "number"),
    ScdlColumn("nature", True, among=(CASH, KIND, f"{CASH};{KIND}", f"{KIND};{CASH}")),
    ScdlColumn("conditionsVersement", True, longest=LONGEST),
    ScdlColumn("datesPeriodeVersement", True, pattern=f"{DAY}(/{DAY})?"),
    ScdlColumn("idRAE", longest=5),
    ScdlColumn("notificationUE", True, "yes_no"),
    ScdlColumn("pourcentageSubvention", True, "number", least=Decimal("0.01"), most=Decimal(1)),
    ScdlColumn("dispositifAide"),
)
NAMES = tuple(column.name for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong: in which row (1 is the first under the heads, 0 the heads themselves), in which column.

    `code`: column_missing, column_unknown, column_misplaced, column_twice, row_too_short, row_too_long, missing, not_a_date,
    not_a_number, not_yes_no, wrong_form, too_long, not_one_of, too_small, too_great, bad_siret, no_number.
    """

    row: int
    column: str
    code: str


def check_file(text: str) -> list[Slip]:
    """Everything wrong with a CSV file."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    heads = next(rows, [])
    found = list(_heads(heads))
    for number, cells in enumerate(rows, start=1):
        if len(cells) != len(heads):
            found.append(Slip(number, "", "row_too_short" if len(cells) < len(heads) else "row_too_long"))
        found += check_row(dict(zip(heads, cells, strict=False)), number)
    return found


def check_row(row: Mapping[str, str], number: int) -> Iterator[Slip]:
    """Everything wrong with one row; a column that isn't there is told by the heads."""
    for column in COLUMNS:
        if column.name in row:
            code = _fault(column, row[column.name])
            if code is not None:
                yield Slip(number, column.name, code)
    if not row.get("idBeneficiaire") and not row.get("rnaBeneficiaire"):
        yield Slip(number, "idBeneficiaire", "no_number")


def _heads(heads: Iterable[str]) -> Iterator[Slip]:
    given = list(heads)
    yield from (Slip(0, name, "column_missing") for name in NAMES if name not in given)
    yield from (Slip(0, name, "column_unknown") for name in dict.fromkeys(given) if name not in NAMES)
    yield from (Slip(0, name, "column_twice") for name in dict.fromkeys(given) if given.count(name) > 1)
    known = list(dict.fromkeys(name for name in given if name in NAMES))
    wanted = [name for name in NAMES if name in known]
    yield from (
        Slip(0, name, "column_misplaced") for name, right in zip(known, wanted, strict=True) if name != right
    )


def _fault(column: ScdlColumn, cell: str) -> str | None:
    """What is wrong with a cell; None when nothing is."""
    if not cell:
        return "missing" if column.required else None
    if column.sort == "day":
        return None if _is_day(cell) else "not_a_date"
    if column.sort == "yes_no":
        return None if cell in (YES, NO) else "not_yes_no"
    if column.sort == "number":
        return _number_fault(column, cell)
    if column.pattern and not re.fullmatch(column.pattern, cell):
        return "wrong_form"
    if column.longest and len(cell) > column.longest:
        return "too_long"
    if column.among and cell not in column.among:
        return "not_one_of"
    return "bad_siret" if column.is_siret and not siret.is_valid(cell) else None


def _is_day(cell: str) -> bool:
    try:
        return bool(re.fullmatch(DAY, cell)) and date.fromisoformat(cell) is not None
    except ValueError:
        return False


def _number_fault(column: ScdlColumn, cell: str) -> str | None:
    try:
        figure = Decimal(cell)
    except InvalidOperation:
        return "not_a_number"
    if not figure.is_finite() or "_" in cell:
        return "not_a_number"
    if column.least is not None and figure < column.least:
        return "too_small"
    return "too_great" if column.most is not None and figure > column.most else None
