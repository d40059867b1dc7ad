"""The options of a choice: buttons or boxes when they are few, a menu when they are some, a search when they are many.

Only what is shown is made: of a long list the page holds what was found, never the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from engine.asked.cells import cell_of, head_of
from engine.kinds import Slips, kind_of
from engine.kinds.choices import NONE, has_none, none_label
from engine.kinds.options import OTHER, codes_of, has_other, label_of
from engine.kinds.other import TYPED_OTHER
from engine.kinds.rating import steps_of
from engine.kinds.search import SETTLED, TYPED, proposals
from engine.language.model import Field, Text
from renderers.menus import menu_of
from renderers.options import Asked, Choice

BUTTONS_AT_MOST, BOXES_AT_MOST, MENU_AT_MOST = 7, 20, 50
BUTTONS_IN_A_CELL = 3  # they stand one below the other, and make the line of a table as high
SUFFIXES = ("", TYPED, SETTLED, TYPED_OTHER)


@dataclass(frozen=True, slots=True)
class Search:
    """A line to search in: the text in it, the code it stands for ("" while it stands for none), the options found.

    `more`: others were found as well; `source`: where the page's script asks, "" for nowhere.
    """

    text: str
    code: str
    found: tuple[Choice, ...]
    more: bool
    source: str


@dataclass(frozen=True, slots=True)
class Other:
    """The line for something else, in words: how it is called, what is typed, whether that is what is wrong."""

    label: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What a question offers: `buttons` (boxes, for several), a `menu` (ready HTML), or a `search`; beside them
    something `other` and the box that says that none fits.

    `follows`: the names of the controls its options change with; `waits`: the labels of those still to be answered.
    """

    buttons: tuple[Choice, ...] = ()
    menu: Markup | None = None
    search: Search | None = None
    other: Other | None = None
    none: Choice | None = None
    follows: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be chosen for now."""
        return not (self.buttons or self.menu or self.search or self.other)

    @property
    def is_scripted(self) -> bool:
        """Whether the page's script makes it more comfortable."""
        return bool(self.search or self.other or self.none or self.follows)

    def grouped(self) -> Iterator[tuple[str, tuple[Choice, ...]]]:
        """The buttons under their headings, in order."""
        for heading, under in groupby(self.buttons, lambda choice: choice.group):
            yield heading, tuple(under)


def offered(asked: Asked) -> Offered:
    """What a choice offers now."""
    way, other, none = way_of(asked), _other(asked), _none(asked)
    if way == "search":
        return Offered(_kept(asked), search=_search(asked), other=other, none=none)
    if way == "menu":
        return Offered(menu=menu_of(asked), other=other, none=none)
    buttons = tuple(asked.choice(code, code in asked.ticked) for code in asked.options())
    if other and buttons:
        buttons += (asked.choice(OTHER, OTHER in asked.ticked),)
    return Offered(buttons, other=other, none=none)


def way_of(asked: Asked) -> str:
    """How a choice is shown: as the scheme says, else by the number of options that fit now."""
    if (said := asked.field.options.get("shown_as")) is not None:
        return str(said)
    count = len(codes_of(asked.field)) if asked.fits is None else len(asked.fits)
    if asked.field.kind == "choices":
        return "boxes" if count <= BOXES_AT_MOST else "search"
    most = BUTTONS_IN_A_CELL if asked.in_table else BUTTONS_AT_MOST
    return "buttons" if count <= most else "menu" if count <= MENU_AT_MOST else "search"


def askable_boxes(askable: Iterable[Field], ticked: Collection[str], language: str) -> Offered:
    """The questions of a form as boxes: what a field of kind `fields` offers; those of rows under their repeat."""
    labels = {one.id: one.label.plain(language) for one in askable}
    return Offered(
        tuple(
            Choice(id, label, id in ticked, group=labels.get(head_of(id), "") if cell_of(id) else "")
            for id, label in labels.items()
        )
    )


def _kept(asked: Asked) -> tuple[Choice, ...]:
    """Of several that are searched, those chosen so far."""
    if asked.field.kind != "choices":
        return ()
    known = codes_of(asked.field)
    proposed = {choice.code for choice in _search(asked).found}
    return tuple(asked.choice(code, True) for code in known if code in asked.ticked - proposed)


def _search(asked: Asked) -> Search:
    many = asked.field.kind == "choices"
    code = "" if many else _settled(asked)
    text = asked.typed(TYPED)
    if TYPED not in asked.raw and code and code != OTHER:
        text = label_of(asked.field, code, asked.language)
    if code or not text.strip() or (many and _is_settled(asked)):
        return Search("" if many else text, code, (), False, asked.source)
    return searched(asked)


def searched(asked: Asked) -> Search:
    """What the text typed in the line of search finds."""
    text, fits = asked.typed(TYPED), asked.fits.__contains__ if asked.fits is not None else None
    found = list(proposals(asked.field, text, fits))
    shown = tuple(asked.choice(one, one in asked.ticked) for one, beyond in found if not beyond)
    return Search(text, "", shown, len(shown) < len(found), asked.source)


def _settled(asked: Asked) -> str:
    """The code its line stands for; "" for none yet."""
    answer = kind_of(asked.field).read(asked.field, asked.raw)
    if isinstance(answer, str):
        return answer
    return OTHER if isinstance(answer, Mapping) else ""


def _is_settled(asked: Asked) -> bool:
    return not isinstance(kind_of(asked.field).read(asked.field, asked.raw), Slips)


def _other(asked: Asked) -> Other | None:
    if not has_other(asked.field):
        return None
    wrong = any(OTHER in problem.path for problem in asked.problems)
    return Other(label_of(asked.field, OTHER, asked.language), asked.typed(TYPED_OTHER), wrong)


def _none(asked: Asked) -> Choice | None:
    if not has_none(asked.field):
        return None
    return Choice(NONE, none_label(asked.field, asked.language), NONE in asked.ticked)


# -- menus --------------------------------------------------------------------------------------------------


def marks_of(field: Field, language: str, ticked: Collection[str]) -> tuple[Choice, ...]:
    """The marks of a rating, the ends with the words the scheme has for them: `1 – Pas du tout`, `2` … `5`."""
    words = {1: field.options.get("low"), steps_of(field): field.options.get("high")}
    ends = {
        mark: f"{mark} – {text.plain(language)}" for mark, text in words.items() if isinstance(text, Text)
    }
    return tuple(
        Choice(str(mark), ends.get(mark, str(mark)), str(mark) in ticked)
        for mark in range(1, steps_of(field) + 1)
    )
