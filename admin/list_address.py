"""The address of a list: what its query asks for, read and written; nothing in it can break a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from dossiers.services.line_pages import Place
from dossiers.services.listing import Cursor
from dossiers.services.office_views import InboxRow
from dossiers.services.wanted import AnswerWanted, Turn, Wanted
from renderers.office_links import OfficeLinks

TURNS: dict[str, Turn] = {"moi": "mine", "autres": "others"}
WORDS = {turn: word for word, turn in TURNS.items()}
MOST_ANSWERS, MOST_COLUMNS, LONGEST = 6, 6, 200
EPOCH, MICRO = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
GREATEST = 2**53


@dataclass(frozen=True, slots=True)
class ListAddress:
    """The list somebody looks at; `to(...)` is the address of the same one with something else asked."""

    slug: str
    wanted: Wanted

    @property
    def asked(self) -> str:
        """What the address asks, without its page."""
        return urlencode(list(_asked(self.wanted)))

    def to(self, **changed: Any) -> str:
        """The address of this list but for what is changed, from its first page."""
        asked = list(_asked(replace(self.wanted, **changed)))
        return OfficeLinks().inbox(self.slug) + (f"?{urlencode(asked)}" if asked else "")

    def page(self, row: InboxRow, *, before: bool) -> str:
        """The address of the rows before one, or behind it."""
        place = f"{row.public_id}.{(row.since - EPOCH) // MICRO}"
        asked = [*_asked(self.wanted), ("avant" if before else "apres", place)]
        return f"{OfficeLinks().inbox(self.slug)}?{urlencode(asked)}"

    def dossier(self, public_id: str) -> str:
        """The address of a dossier, which leads to those beside it in this list."""
        return f"{OfficeLinks().dossier(self.slug, public_id)}?{urlencode({'liste': self.asked})}"


def wanted_of(args: MultiDict[str, str]) -> Wanted:
    """What an address asks for; what makes no sense asks nothing."""
    columns = tuple(dict.fromkeys(args.getlist("colonne")))[:MOST_COLUMNS]
    return Wanted(
        state=args.get("etat") or None,
        query=args.get("q", "")[:LONGEST],
        mine=args.get("a-moi") == "1",
        overdue=args.get("en-retard") == "1",
        due_by=_day(args.get("avant-le", "")),
        held=args.get("chez", "")[:LONGEST],
        tag=args.get("etiquette", "")[:LONGEST],
        turn=TURNS.get(args.get("pour", ""), ""),
        answers=tuple(_answers(args))[:MOST_ANSWERS],
        columns=columns,
    )


def cursor_of(args: MultiDict[str, str]) -> Cursor | None:
    """The place in the list an address names; None for its beginning."""
    for name in ("apres", "avant"):
        public_id, _, micros = args.get(name, "").partition(".")
        if public_id and micros.isascii() and micros.isdigit() and int(micros[:20]) < GREATEST:
            return Cursor(public_id, EPOCH + int(micros) * MICRO, name == "avant")
    return None


def place_of(args: MultiDict[str, str]) -> Place | None:
    """The place in a long list of lines an address names; None for its beginning."""
    for name in ("apres", "avant"):
        number = args.get(name, "")
        if number.isascii() and number.isdigit() and int(number[:20]) < GREATEST:
            return Place(int(number), name == "avant")
    return None


def _answers(args: MultiDict[str, str]) -> Iterator[AnswerWanted]:
    """`r-FIELD=text`, `r-FIELD-de=` and `r-FIELD-a=`: figures or days, as people type them."""
    fields = dict.fromkeys(
        name[2:].removesuffix("-de").removesuffix("-a") for name in args if name[:2] == "r-"
    )
    for field in fields:
        text = args.get(f"r-{field}", "")[:LONGEST].strip()
        least, most = (bound(args.get(f"r-{field}-{end}", "")[:LONGEST]) for end in ("de", "a"))
        if text or least is not None or most is not None:
            yield AnswerWanted(field, text, least, most)


def _day(typed: str) -> date | None:
    found = bound(typed[:LONGEST])
    return found if isinstance(found, date) else None


def bound(typed: str) -> int | date | None:
    """A day (`2020-05-05`) or a figure (`12 000,50`) in hundredths; None for anything else."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        pass
    try:
        figure = Decimal("".join(typed.split()).replace(",", "."))
    except InvalidOperation:
        return None
    return int(figure * 100) if figure.is_finite() and abs(figure) < GREATEST else None


def written(value: int | date | None) -> str:
    """A bound as it is typed again."""
    if value is None or isinstance(value, date):
        return value.isoformat() if value else ""
    return f"{Decimal(value) / 100:f}"


def _asked(wanted: Wanted) -> Iterator[tuple[str, str]]:
    plain = {
        "pour": WORDS.get(wanted.turn, ""),
        "etat": wanted.state or "",
        "q": wanted.query,
        "a-moi": "1" if wanted.mine else "",
        "en-retard": "1" if wanted.overdue else "",
        "avant-le": wanted.due_by.isoformat() if wanted.due_by else "",
        "chez": wanted.held,
        "etiquette": wanted.tag,
    }
    yield from ((name, value) for name, value in plain.items() if value)
    for one in wanted.answers:
        bounds = {"": one.text, "-de": written(one.least), "-a": written(one.most)}
        yield from ((f"r-{one.field}{end}", value) for end, value in bounds.items() if value)
    yield from (("colonne", column) for column in wanted.columns)
