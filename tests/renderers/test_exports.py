"""Files of tables: what stands in each kind, formulas inert, figures untouched, and never more than a part in memory."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from engine.language import Bundle, load_scheme
from engine.language.leaves import leaves
from renderers import exports
from renderers.exports import Head, NotInstalled, Table, sheets
from renderers.exports.cells import reader
from renderers.exports.tables import inert
from tests.fixtures.requirements import lacking

HEADS = (
    Head("name", "text"),
    Head("sum", "number"),
    Head("count", "whole"),
    Head("on", "day"),
    Head("at", "moment"),
    Head("yes", "yes_no"),
    Head("many", "list"),
)
EXPORTED = Path(__file__).parents[2] / "bench" / "exports.yaml"
AT = datetime(2020, 5, 5, 12, 30, tzinfo=UTC)
ROWS = (
    ("=1+1", Decimal("-12.50"), 3, date(2020, 5, 5), AT, True, ("a", "b")),
    ("<é> & _x0041_\nligne", None, None, None, None, None, None),
)


class Stream:
    """Takes bytes, knows no way back, and remembers the largest piece it was given."""

    closed = False

    def __init__(self):
        self.content, self.largest = bytearray(), 0

    def write(self, data):
        self.content += data
        self.largest = max(self.largest, len(data))
        return len(data)

    def flush(self):
        pass


def written(format, tables=1, rows=ROWS, **how):
    stream = Stream()
    made = (Table(f"t{number}", HEADS, exports.blocks(rows)) for number in range(tables))
    exports.write(made, format, stream, count=tables, **how)
    return bytes(stream.content)


def test_csv_for_machines_has_points_commas_and_no_mark():
    assert written("csv").decode().split("\r\n") == [
        "name,sum,count,on,at,yes,many",
        "'=1+1,-12.50,3,2020-05-05,2020-05-05T12:30:00+00:00,true,a; b",
        '"<é> & _x0041_\nligne",,,,,,',
        "",
    ]


TEXTS = st.one_of(st.none(), st.text(alphabet='a-=1,;"\r\n é', max_size=6))


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6), st.booleans())
def test_what_is_read_back_from_csv_is_what_was_written(rows, for_people):
    stream, heads = Stream(), (Head("one", "text"), Head('two, "2"', "text"))
    table = Table("t", heads, exports.blocks(rows, 2))
    exports.write([table], "csv", stream, count=1, for_people=for_people)
    text = io.StringIO(stream.content.decode("utf-8-sig"), newline="")
    told = [[inert(cell or "") for cell in row] for row in rows]
    assert list(csv.reader(text, delimiter=";" if for_people else ",")) == [["one", 'two, "2"'], *told]


ODD = {
    "person.last_name": [{"last_name": "Fictive"}, {"first_name": "Ada"}, None, "Ada", ["Ada"]],
    "income": ["12000.00", "1E+2", None, "beaucoup", 7],
    "since": ["2020-05-04", None, "mai", 2020],
    "reasons": [["food"], [], None, ["food", {"other": "loyer"}]],
    "phone": ["+33450000000", None],
}


@pytest.mark.parametrize("name", ODD)
def test_column_is_read_as_each_of_its_answers_is_whatever_stands_beside(name):
    """The quick way, for answers all alike, says the same as the way of one by one."""
    scheme = load_scheme(Bundle({"scheme.yaml": EXPORTED.read_text(encoding="utf-8")}))
    [leaf] = [one for one in leaves(scheme.fields[name.partition(".")[0]]) if one.name == name]
    read, answers = reader(leaf), ODD[name]
    alone = [read([answer])[0] for answer in answers]
    assert [*read(answers)] == alone
    assert [*read(answers[:1] * 3)] == alone[:1] * 3
    assert alone[0] is not None


def test_an_empty_cell_alone_is_a_row_of_csv_all_the_same():
    stream = Stream()
    exports.write([Table("t", HEADS[:1], exports.blocks([("a",), (None,)]))], "csv", stream, count=1)
    assert stream.content.decode() == 'name\r\na\r\n""\r\n'


@pytest.mark.parametrize(
    ("figure", "told"), [("1E+3", "1000"), ("-0.0000001", "-0.0000001"), ("1.50", "1.50")]
)
def test_a_figure_is_never_written_with_a_power_of_ten(figure, told):
    assert (
        written("csv", rows=(("a", Decimal(figure), *[None] * 5),)).decode().split("\r\n")[1]
        == f"a,{told},,,,,"
    )


def test_csv_for_people_opens_in_french_spreadsheets():
    told = written("csv", for_people=True)
    assert told.startswith(b"\xef\xbb\xbf")
    assert told.decode("utf-8-sig").split("\r\n")[1].startswith("'=1+1;-12,50;3;2020-05-05;")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("-2+3", "'-2+3"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-12,50", "-12,50"),
        ("+33450000000", "+33450000000"),
        ("-", "'-"),
        ("Lou", "Lou"),
        ("", ""),
    ],
)
def test_formulas_are_inert_and_figures_left_alone(text, safe):
    assert inert(text) == safe


def test_json_lines_keep_every_digit_and_texts_as_they_are():
    first, second = written("jsonl").splitlines()
    assert b'"sum": -12.50' in first and json.loads(first)["name"] == "=1+1"
    assert json.loads(first)["many"] == ["a", "b"] and json.loads(second)["sum"] is None


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_spreadsheets_are_typed_and_hold_a_sheet_for_each_table(format):
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(format, 2)))
    assert book.sheet_names == ["t0", "t1"]
    heads, first, second = book.get_sheet_by_name("t1").to_python()
    assert heads == [head.heading for head in HEADS]
    assert first == ["=1+1", -12.5, 3, date(2020, 5, 5), AT.replace(tzinfo=None), True, "a; b"]
    assert second[1:] == [""] * 6


def test_excel_finds_no_formula_and_the_very_texts():
    sheet = load_workbook(io.BytesIO(written("xlsx"))).active
    first, second = list(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in first] == ["s", "n", "n", "d", "d", "b", "s"]
    assert (first[3].number_format, first[1].value) == ("yyyy\\-mm\\-dd", -12.5)
    assert second[0].value == "<é> & _x005F_x0041_\nligne"  # openpyxl shows the escape as it stands


def test_ods_says_what_it_is_by_its_first_bytes():
    content = written("ods")
    assert (
        content[30:38] == b"mimetype" and content[38:84] == b"application/vnd.oasis.opendocument.spreadsheet"
    )
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None


def test_sheet_that_is_full_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", rows=ROWS * 2 + ROWS[:1])))
    assert book.sheet_names == ["t0", "t0 2", "t0 3"]
    assert [len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names] == [3, 3, 2]


def test_several_tables_of_other_kinds_travel_in_a_zip():
    with zipfile.ZipFile(io.BytesIO(written("csv", 2))) as file:
        assert file.namelist() == ["t0.csv", "t1.csv"]


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods", "jsonl"])
def test_rows_leave_as_they_come(format):
    stream = Stream()

    def rows():
        for number in range(5000):
            yield (f"{number:0200}", None, number, None, None, None, None)

    exports.write([Table("t", HEADS, exports.blocks(rows()))], format, stream, count=1)
    assert stream.largest < 250_000


def test_parquet_is_typed():
    try:
        from pyarrow import parquet
    except ImportError:
        with pytest.raises(NotInstalled):
            written("parquet")
        lacking("parquet", "pip install -e '.[parquet]'")
    table = parquet.read_table(io.BytesIO(written("parquet")))
    assert [str(field.type) for field in table.schema] == [
        "string",
        "decimal128(24, 6)",
        "int64",
        "date32[day]",
        "timestamp[ms, tz=UTC]",
        "bool",
        "list<element: string>",
    ]
    assert table.to_pylist()[0]["sum"] == Decimal("-12.5") and table.to_pylist()[0]["name"] == "=1+1"
