"""The survey sheet as pages of questions: what is asked, under which id, and what can't be asked here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from authoring.imports.ids import free_id
from authoring.imports.xlsform.expressions import Known
from authoring.imports.xlsform.workbook import Cell, Row, Workbook
from engine.kinds import BY_NAME
from engine.language.checks.ids import PAGE_ADDRESSES
from engine.language.structure import better_id

NOTE = "note"  # asks nothing: it is said among the questions of its page
# type of XLSForm → kind here; those the language has no kind for yet are told as such
KINDS: Mapping[str, str] = {
    "text": "text", "string": "text", "barcode": "text", "integer": "integer", "int": "integer",
    "decimal": "decimal", "range": "decimal", "date": "date", "time": "time", "datetime": "date_time",
    "select_one": "choice", "select_multiple": "choices", "acknowledge": "consent", "trigger": "consent",
    "image": "file", "photo": "file", "file": "file", "geopoint": "geo_point", "note": NOTE,
    "calculate": "calculate",
}  # fmt: skip
METADATA = frozenset(
    ["start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email",
     "audit", "start-geopoint", "background-audio", "hidden"]
)  # fmt: skip
SELECTS = re.compile(r"(select_one|select_multiple|select one|select multiple)\s+(\S+)(\s+or_other)?")
BLOCK = re.compile(r"(begin|end)[ _](group|repeat)")
DEEPEST = 2  # rows in rows
CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(slots=True)
class Item:
    """One question, or a repeat with its own, or a note; `relevants` are the conditions of the groups around it and its own."""

    row: Row
    id: str
    kind: str
    options: str = ""
    repeat: str = ""
    relevants: tuple[Cell, ...] = ()
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One page: the group it was, None for questions that stood in none."""

    id: str
    row: Row | None
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """The whole form: its pages, the lists to choose from (code there → code here), the names expressions use."""

    pages: list[Sheet] = field(default_factory=list)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    choices: dict[str, list[Row]] = field(default_factory=dict)
    names: dict[str, Known] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Open:
    """A block begun and not ended: its relevant, whether it is left out."""

    block: str
    relevant: Cell | None
    left_out: bool = False


def read_survey(book: Workbook) -> Survey:
    """The form of a workbook; what is left out is noted."""
    reader = _Reader(book)
    reader.read_lists()
    for row in book.rows("survey"):
        reader.read(row)
    reader.survey.pages = [page for page in reader.survey.pages if page.items]
    return reader.survey


class _Reader:
    def __init__(self, book: Workbook) -> None:
        self.book, self.survey = book, Survey()
        self.open: list[_Open] = []
        self.page: Sheet | None = None
        self.repeats: list[Item] = []

    def read_lists(self) -> None:
        """The options of each list, with codes a scheme may use."""
        for row in self.book.rows("choices"):
            name, code = row.text("list_name"), row.text("name") or row.text("value")
            codes = self.survey.lists.setdefault(name, {})
            if not name or not code or code in codes:
                continue
            codes[code] = free_code(code, codes)
            self.survey.choices.setdefault(name, []).append(row)

    def read(self, row: Row) -> None:
        """One row of the survey."""
        type_ = " ".join(row.text("type").lower().split())
        if not type_ or row.text("disabled").lower() in ("yes", "true", "true()"):
            return
        if block := BLOCK.fullmatch(type_):
            (self._begin if block[1] == "begin" else self._end)(row, block[2])
        elif not any(one.left_out for one in self.open):
            self._question(row, type_)

    def _begin(self, row: Row, block: str) -> None:
        left_out = any(one.left_out for one in self.open)
        if block == "repeat" and not left_out:
            left_out = not self._begin_repeat(row)
        elif not self.open and not left_out:
            self.page = Sheet(self._page_id(row.text("name") or "page"), row)
            self.survey.pages.append(self.page)
        self.open.append(_Open(block, row.cells.get("relevant"), left_out))

    def _begin_repeat(self, row: Row) -> bool:
        """Begin a repeat; False, noted, for one inside two others."""
        if len(self.repeats) == DEEPEST:
            self.book.note("xls_nested_repeat", row.at("type"), name=row.text("name"))
            return False
        if row.text("repeat_count"):
            self.book.note(
                "xls_column", row.at("repeat_count"), column="repeat_count", text=row.text("repeat_count")
            )
        repeat = self._item(row, "repeat")
        self._items().append(repeat)
        self.repeats.append(repeat)
        return True

    def _items(self) -> list[Item]:
        """Where a question goes: the rows it stands in, or its page."""
        return self.repeats[-1].items if self.repeats else self._page().items

    def _end(self, row: Row, block: str) -> None:
        if not self.open or self.open[-1].block != block:
            self.book.note("xls_block", row.at("type"), type=row.text("type"))
            return
        ended = self.open.pop()
        if block == "repeat" and not ended.left_out:
            self.repeats.pop()
        if not self.open:
            self.page = None

    def _question(self, row: Row, type_: str) -> None:
        selects = SELECTS.fullmatch(type_)
        word = selects[1].replace(" ", "_") if selects else type_.split(" ")[0]
        name, kind = row.text("name"), KINDS.get(word, "")
        if word in METADATA and not kind:
            self.book.note("xls_metadata", row.at("type"), type=word)
            return
        if (
            not name
            or (kind not in BY_NAME and kind not in ("calculate", NOTE))
            or (kind == NOTE and self.repeats)
            or (selects is None and word.startswith("select"))
        ):
            self.book.note("xls_type", row.at("type"), type=type_, name=name)
            return
        if kind == "file" and len(self.repeats) == DEEPEST:
            self.book.note("xls_file_in_rows", row.at("type"), name=name)
            return
        options = self._list_name(row, selects[2]) if selects else ""
        if options is None:
            return
        if selects and selects[3]:
            self.book.note("xls_column", row.at("type"), column="type", text="or_other")
        kind = _narrowed(kind, word, row)
        item = self._item(row, kind, options)
        self._items().append(item)

    def _list_name(self, row: Row, name: str) -> str | None:
        found = next((one for one in self.survey.lists if one.lower() == name), None)
        if found is None:
            self.book.note("xls_unknown_list", row.at("type"), name=name)
        return found

    def _item(self, row: Row, kind: str, options: str = "") -> Item:
        name = row.text("name")
        id = free_id(better_id(name), self.survey.ids)
        self.survey.ids.add(id)
        if id != name:
            self.book.note("xls_renamed", row.at("name"), name=name, id=id)
        repeat = "/".join(one.id for one in self.repeats)
        self.survey.names.setdefault(name, Known(id, kind, self.survey.lists.get(options, {}), repeat))
        around = [one.relevant for one in self._around() if one.relevant is not None]
        own = [row.cells["relevant"]] if "relevant" in row.cells else []
        return Item(row, id, kind, options, repeat, (*around, *own))

    def _around(self) -> list[_Open]:
        """The groups whose conditions a question takes over: not its page's, nor those around the repeat it stands in."""
        if self.repeats:
            places = [
                number for number, one in enumerate(self.open) if one.block == "repeat" and not one.left_out
            ]
            return self.open[places[-1] + 1 :]
        return self.open[1:] if self.page is not None and self.page.row is not None else self.open

    def _page(self) -> Sheet:
        """The page a question stands on: its group's, or one for questions in no group."""
        if self.page is None:
            last = self.survey.pages[-1] if self.survey.pages else None
            if last is None or last.row is not None:
                last = Sheet(self._page_id("questions"), None)
                self.survey.pages.append(last)
            return last
        return self.page

    def _page_id(self, name: str) -> str:
        id = better_id(name)
        taken = {page.id for page in self.survey.pages} | set(PAGE_ADDRESSES)
        return free_id(id, taken)


def _narrowed(kind: str, word: str, row: Row) -> str:
    """The kind once its appearance and its parameters are looked at."""
    if kind == "text" and "multiline" in row.text("appearance"):
        return "long_text"
    if word == "range" and "." not in row.text("parameters"):
        return "integer"
    return kind


def free_code(code: str, taken: Mapping[str, str]) -> str:
    """A code of an option as a scheme may write it."""
    found = code if CODE.fullmatch(code) else better_id(code)
    number, plain = 2, found
    while found in taken.values():
        found, number = f"{plain}_{number}", number + 1
    return found
