"""What every page shows around its own content: whose site it is, who is signed in, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Notice:
    """One line on what has just happened: `kind` is "success", "info" or "warning"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Instead:
    """What is said, in the language somebody asked for, when a page isn't wholly in it."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The common values of a page.

    `path`: its own address, for the language switch to come back to; `csrf`: the token each form carries;
    `signed_in`: the name or e-mail of who is signed in, "" for nobody; `today`: the local day, shown while `demo`;
    `session_left`: the seconds an applicant's session still has, 0 for nobody's; `instead`: that the page is in another language than the one asked for.
    """

    organisation: Organisation
    path: str
    csrf: str
    today: date
    signed_in: str = ""
    staff: bool = False
    administrator: bool = False
    demo: bool = False
    notices: tuple[Notice, ...] = ()
    instead: Instead | None = None
    session_left: int = 0
