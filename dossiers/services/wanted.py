"""Which dossiers a list asks for: the conditions of each filter, and counts that stop at a thousand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, literal, or_, select

from dossiers import indexing, search
from dossiers.access import Viewer
from dossiers.changes.numbering import numbered
from dossiers.database import Account, DeadlineRow, Dossier, SchemeRow, Searchable, Tag
from dossiers.services import publication
from dossiers.services.amount_wanted import AWARD, amount_field, has_amount
from dossiers.services.desk import Work
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import roles_in
from dossiers.services.perimeters import within
from dossiers.services.refusals import NotFound
from engine.language import Scheme
from engine.language.model import Field
from workflows.expected import expected_of, expected_of_others, expected_whoever_holds

LONGEST_NUMBER, YEARS = 9, 10  # a number typed alone, and the years back in which its reference is looked for
COUNTED = 1000  # beyond it people are told "more than"
Turn = Literal["mine", "others", ""]
NOBODY = "personne"
FILED = (Dossier.filed_at.is_not(None),)  # those anonymised too: figures stay


@dataclass(frozen=True, slots=True)
class AnswerWanted:
    """One answer a list is narrowed by: a text as it is kept, or figures (hundredths) or days, both ends included."""

    field: str
    text: str = ""
    least: int | date | None = None
    most: int | date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list. `turn`: whose turn it is; `mine`: taken by the viewer; `due_by`: to
    be dealt with by that day; `held`: by an account (its public id) or "personne"; `tag`: a word on them; `columns`: answers shown besides."""

    state: str | None = None
    query: str = ""
    mine: bool = False
    overdue: bool = False
    due_by: date | None = None
    turn: Turn = ""
    held: str = ""
    tag: str = ""
    answers: tuple[AnswerWanted, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted(columns=self.columns)


def served(work: Work, viewer: Viewer, slug: str) -> tuple[Scheme, int]:
    """A scheme the viewer serves, in its version in force, and its row id. Raises NotFound."""
    scheme_id = work.session.scalar(select(SchemeRow.id).where(SchemeRow.slug == slug))
    if scheme_id is None or not roles_in(viewer, slug):
        raise NotFound("scheme")
    return publication.current(work, slug).scheme, scheme_id


def states_wanted(wanted: Wanted, scheme: Scheme, roles: frozenset[str]) -> frozenset[str] | None:
    """The states a list is about; None for all of them."""
    if wanted.state is not None:
        return frozenset(scheme.workflow.inside(wanted.state))
    if not wanted.turn:
        return None
    states = expected_of if wanted.turn == "mine" else expected_of_others
    return states(scheme.workflow, roles)


def conditions(
    work: Work,
    viewer: Viewer,
    scheme: Scheme,
    scheme_id: int,
    wanted: Wanted,
    *,
    on_a_page: bool = False,
    words: search.Sought | None = None,
) -> list[Any]:
    """What the rows must meet, their state apart; `on_a_page`: few of them are wanted, in order; `words`: what the query asks,
    when it was looked up before (see words_sought)."""
    found: list[Any] = [*seen_by(viewer, scheme, scheme_id)]
    if wanted.turn == "mine":
        found.append(in_turn(viewer, scheme))
    if wanted.mine:
        found.append(Dossier.assigned_to == viewer.account_id)
    if wanted.held:
        found.append(_held_by(wanted.held))
    if wanted.tag:
        found.append(Dossier.id.in_(select(Tag.dossier_id).where(Tag.word == wanted.tag)))
    if wanted.overdue:
        found.append(is_overdue(work))
    if wanted.due_by is not None:
        found.append(_due(DeadlineRow.local_date <= wanted.due_by))
    if wanted.query.strip():
        asked = words or words_sought(work, scheme, wanted)
        found.append(asked.matches(on_a_page=on_a_page))
    known = {field.id for field in listed_fields(scheme, roles_in(viewer, scheme.id))}
    return found + [_answered(one) for one in wanted.answers if one.field in known]


def words_sought(work: Work, scheme: Scheme, wanted: Wanted) -> search.Sought:
    """What a list's query asks, once looked up how common its words are."""
    return search.sought(work.session, wanted.query, _numbered(work, scheme, wanted.query))


def _numbered(work: Work, scheme: Scheme, query: str) -> list[str]:
    """The references of the scheme that bear a number typed alone, of the last years."""
    typed, organisation = query.strip(), work.office.organisation
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
        return []
    year = organisation.local_date(work.now).year
    years = range(year, year - YEARS, -1)
    return numbered(scheme.reference, int(typed), years, rehearsal=organisation.rehearsal)


def seen_by(viewer: Viewer, scheme: Scheme, scheme_id: int) -> tuple[Any, ...]:
    """The filed dossiers of a scheme that a viewer may know of."""
    return (Dossier.scheme_id == scheme_id, *FILED, *within(viewer, scheme))


def listed_fields(scheme: Scheme, roles: frozenset[str]) -> tuple[Field, ...]:
    """The fields by whose answers these roles may narrow a list, or see in one; the amount last, as if it were one."""
    hidden = hidden_ids(scheme, roles)
    return *(
        field for field in scheme.fields.values() if indexing.is_listed(field) and field.id not in hidden
    ), *amount_field(scheme)


def counted(*conditions: Any) -> Any:
    """How many dossiers meet these conditions, at most a thousand and one, as a part of a select."""
    some = select(literal(1)).select_from(Dossier).where(*conditions).limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def turns(work: Work, viewer: Viewer, scheme: Scheme, scheme_id: int) -> dict[str, int]:
    """How many dossiers wait for the viewer ("mine") and for somebody else ("others"), up to a thousand and one."""
    here, roles = seen_by(viewer, scheme, scheme_id), roles_in(viewer, scheme.id)
    mine = counted(*here, Dossier.state.in_(expected_of(scheme.workflow, roles)), in_turn(viewer, scheme))
    others = counted(*here, Dossier.state.in_(expected_of_others(scheme.workflow, roles)))
    row = work.session.execute(select(mine, others)).one()
    return {"mine": row[0], "others": row[1]}


def in_turn(viewer: Viewer, scheme: Scheme) -> ColumnElement[bool]:
    """Who holds a dossier doesn't keep it from the viewer's turn: it is free, theirs, or waits for what its holder can't do."""
    whoever = expected_whoever_holds(scheme.workflow, roles_in(viewer, scheme.id))
    return or_(free_or_mine(viewer), Dossier.state.in_(whoever)) if whoever else free_or_mine(viewer)


def free_or_mine(viewer: Viewer) -> ColumnElement[bool]:
    """Nobody has taken it, or the viewer has."""
    return or_(Dossier.assigned_to.is_(None), Dossier.assigned_to == viewer.account_id)


def _held_by(held: str) -> ColumnElement[bool]:
    if held == NOBODY:
        return Dossier.assigned_to.is_(None)
    return Dossier.assigned_to == select(Account.id).where(Account.public_id == held).scalar_subquery()


def is_overdue(work: Work) -> ColumnElement[bool]:
    """Its stage should be over by now."""
    return _due(DeadlineRow.due_at <= work.now)


def _due(when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Its stage should be over at a time that meets a condition."""
    due = select(DeadlineRow.id).where(
        DeadlineRow.dossier_id == Dossier.id,
        DeadlineRow.kind == "due",
        DeadlineRow.cancelled_at.is_(None),
        when,
    )
    return due.exists()


def _answered(one: AnswerWanted) -> ColumnElement[bool]:
    """The answer is in the narrow table; one that is not kept there matches nothing."""
    if one.field == AWARD:
        least, most = (end if isinstance(end, int) else None for end in (one.least, one.most))
        return has_amount(least, most)
    asked: list[Any] = [Searchable.field == one.field]
    if one.text:
        asked.append(Searchable.text == one.text)
    for bound, column in ((one.least, "least"), (one.most, "most")):
        if bound is not None:
            kept: Any = Searchable.date if isinstance(bound, date) else Searchable.number_cents
            asked.append(kept >= bound if column == "least" else kept <= bound)
    return Dossier.id.in_(select(Searchable.dossier_id).where(*asked))
