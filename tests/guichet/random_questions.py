"""Questions made at random: what is typed in them, and what is to be stored of it; rows, with rows or a page in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Seen = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """FEEL for the scheme, and the same for the oracle; what is hidden or blank is None."""

    feel: str
    holds: Callable[[Seen], bool]


@dataclass(frozen=True)
class Question:
    """One field: its YAML keys, what is typed (by suffix of the control), and what is to be stored (None: nothing; of a file
    its name). `apart` are the fields of a repeat asked on a page of each row, `typed_apart` what is typed there, by row."""

    id: str
    kind: str
    keys: str
    typed: Mapping[str, str]
    stored: Any
    when: Condition | None = None
    optional: bool = False
    inner: tuple[Question, ...] = ()
    apart: tuple[Question, ...] = ()
    typed_apart: tuple[Mapping[str, str], ...] = ()

    @property
    def every(self) -> Iterator[Question]:
        """Itself, and all that is asked in its rows."""
        yield self
        for one in (*self.inner, *self.apart):
            yield from one.every

    @property
    def row_pages(self) -> Iterator[str]:
        """The pages asked for its rows, with the row each is about."""
        for number, row in enumerate(self.stored if self.apart else ()):
            if any(one.id in row for one in self.apart):
                yield f"{self.id}_each-{number + 1}"

    def yaml(self, indent: str) -> list[str]:
        """Its lines."""
        lines = [
            f"{indent}{self.id}:",
            f"{indent}  type: {self.kind}",
            f"{indent}  label: Question {self.id}",
        ]
        lines += [f"{indent}  when: '{self.when.feel}'"] if self.when else []
        lines += [f"{indent}  optional: true"] if self.optional else []
        lines += [f"{indent}  {key}" for key in self.keys.splitlines()]
        if self.inner:
            lines.append(f"{indent}  fields:")
            lines += [line for one in self.inner for line in one.yaml(indent + "    ")]
        return lines


# what is typed, and what is stored of it; `marker` stands for a word found nowhere else
PLAIN: dict[str, list[tuple[str, dict[str, str], Any]]] = {
    "text": [("", {"": " marker "}, "marker"), ("max_length: 40", {"": "marker é"}, "marker é")],
    "long_text": [("", {"": "marker\r\nligne"}, "marker\nligne")],
    "integer": [("", {"": "1 200"}, 1200), ("min: 0", {"": "7"}, 7)],
    "decimal": [("", {"": "12,50"}, "12.5")],
    "money": [("", {"": "12 000,50"}, "12000.50"), ("max: 50000", {"": "0"}, "0.00")],
    "percentage": [("", {"": "40 %"}, "40")],
    "date": [
        ("", {"-day": "1er", "-month": "mars", "-year": "2020"}, "2020-03-01"),
        ("max: today()", {"-day": "31/12/2019"}, "2019-12-31"),
    ],
    "choice": [("options: {a: Une, b: Deux}", {"": "b"}, "b")],
    "choices": [("options: {a: Une, b: Deux}", {"": "a"}, ["a"])],
    "email": [("", {"": "marker@fictif.example"}, "marker@fictif.example")],
    "phone": [("", {"": "04 50 00 00 00"}, "+33450000000")],
    "siret": [("", {"": "732 829 320 00074"}, "73282932000074")],
    "person": [
        ("", {"-first_name": "Ada", "-last_name": "marker"}, {"first_name": "Ada", "last_name": "marker"})
    ],
    "consent": [("", {"": "yes"}, True)],
    "file": [("", {"": "marker.pdf"}, ["marker.pdf"])],
}
TOWNS = "code,label,side\nt1,Ville une,a\nt2,Ville deux,b\n"  # the list that another answer narrows down


def marked(value: Any, marker: str) -> Any:
    """The same with a word of its own."""
    if isinstance(value, str):
        return value.replace("marker", marker)
    if isinstance(value, dict):
        return {key: marked(one, marker) for key, one in value.items()}
    return [marked(one, marker) for one in value] if isinstance(value, list) else value


def word_of(id: str) -> str:
    """The word typed in a question and nowhere else."""
    return f"zq{id.replace('_', '')}x"


@st.composite
def plain(
    draw: st.DrawFn, id: str, kind: str, when: Condition | None, *, optional: bool, blank: bool
) -> Question:
    keys, typed, stored = draw(st.sampled_from(PLAIN[kind]))
    marker = word_of(id)
    if blank:
        nothing: Any = [] if kind == "choices" else None
        return Question(
            id, kind, keys, {} if kind == "file" else dict.fromkeys(typed, ""), nothing, when, optional
        )
    return Question(id, kind, keys, marked(typed, marker), marked(stored, marker), when, optional)


def linked(id: str, side: Question) -> Question:
    """A choice of a list, of which an earlier answer leaves one line; asked only with that answer."""
    when = Condition(f'{side.id} = "b"', lambda seen: seen.get(side.id) == "b")
    return Question(id, "choice", f"list: towns\nwhere: side = {side.id}", {"": "t2"}, "t2", when)


IN_ROWS = ("text", "text", "integer", "money", "choice", "date")
ON_PAGES = ("text", "integer", "file")


@st.composite
def rows(draw: st.DrawFn, id: str, when: Condition | None, *, optional: bool) -> Question:
    """A repeat: its first column is a yes or no, on which the others may depend. A row may hold rows of its own, a text made
    from another, and questions asked on a page of its own."""
    ask = Question(f"{id}_ask", "yes_no", "", {"": "yes"}, True)
    on_ask = Condition(ask.id, lambda seen: seen.get(ask.id) is True)
    kinds = draw(st.lists(st.sampled_from(IN_ROWS), min_size=1, max_size=2))
    cells = [draw(_cell(f"{id}_c{place}", kind, on_ask)) for place, kind in enumerate(kinds)]
    if draw(st.booleans()):
        cells.append(draw(_inner_rows(f"{id}_in", draw(st.sampled_from([None, on_ask])))))
    apart = []
    if draw(st.booleans()):
        apart = [draw(_cell(f"{id}_p0", draw(st.sampled_from(ON_PAGES)), on_ask))]
    asks = [draw(st.booleans()) for _ in range(draw(st.integers(0 if optional else 1, 2)))]
    stored = [_stored_row(ask.id, said, (*cells, *apart)) for said in asks]
    typed = {
        f"-{number}{suffix}": text
        for number, said in enumerate(asks)
        for suffix, text in {"": "row", f"-{ask.id}": "yes" if said else "no", **_typed(cells)}.items()
    }
    typed_apart = tuple(
        {f"-{number}": "row", **{f"-{number}{suffix}": text for suffix, text in _typed(apart).items()}}
        for number in range(len(asks))
    )
    made = [_made(one) for one in cells if one.kind == "text"]
    inner = (ask, *cells, *made)
    return Question(id, "repeat", "", typed, stored, when, optional, inner, tuple(apart), typed_apart)


@st.composite
def _cell(draw: st.DrawFn, id: str, kind: str, on_ask: Condition) -> Question:
    when = draw(st.sampled_from([None, on_ask]))
    return draw(plain(id, kind, when, optional=False, blank=False))


@st.composite
def _inner_rows(draw: st.DrawFn, id: str, when: Condition | None) -> Question:
    """Rows in a row: one text in each."""
    cell = draw(plain(f"{id}_c", "text", None, optional=False, blank=False))
    count = draw(st.integers(1, 2))
    typed = {
        f"-{number}{suffix}": text
        for number in range(count)
        for suffix, text in {"": "row", **_typed([cell])}.items()
    }
    return Question(id, "repeat", "", typed, [{cell.id: cell.stored}] * count, when, False, (cell,))


def _made(cell: Question) -> Question:
    """A text nobody types, made from the one beside it."""
    return Question(f"{cell.id}_v", "text", f"value: '\"zqmade\" + {cell.id}'", {}, None)


def _typed(cells: Iterable[Question]) -> dict[str, str]:
    """What is typed in these fields of a row."""
    return {f"-{cell.id}{suffix}": text for cell in cells for suffix, text in cell.typed.items()}


def _stored_row(ask: str, said: bool, cells: Iterable[Question]) -> dict[str, Any]:
    """What is to be stored of a row: what is asked in it."""
    row: dict[str, Any] = {ask: said}
    for cell in cells:
        if cell.when is None or cell.when.holds(row):
            row[cell.id] = cell.stored
    return row
