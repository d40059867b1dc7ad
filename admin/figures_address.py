"""The address of a page of figures: its days and filters, so that a link shows somebody else the same page."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from dossiers.services.figure_views import FiguresAsked

SHOWN = timedelta(days=29)  # a month, today included
LONGEST = 80
LONGEST_PERIOD = timedelta(days=3660)
EARLIEST = date(1900, 1, 1)


def asked_of(args: MultiDict[str, str], today: date) -> FiguresAsked:
    """What an address asks for; days that make no sense are those of the last month, none is to come."""
    last = min(_day(args.get("jusqu", ""), today), today)
    first = _day(args.get("depuis", ""), last - SHOWN)
    first = max(min(first, last), last - LONGEST_PERIOD)
    names = ("groupe", "territoire", "etat")
    found = (args.get(name, "")[:LONGEST] for name in names)
    return FiguresAsked(first, last, *(text if text.isprintable() else "" for text in found))


def query(asked: FiguresAsked) -> str:
    """The same as the end of an address."""
    found = {"depuis": asked.first.isoformat(), "jusqu": asked.last.isoformat()}
    found |= {"groupe": asked.group, "territoire": asked.territory, "etat": asked.state}
    return urlencode({name: value for name, value in found.items() if value})


def _day(text: str, otherwise: date) -> date:
    try:
        return min(max(date.fromisoformat(text), EARLIEST), date(9000, 1, 1))
    except ValueError:
        return otherwise
