"""Filling in an application: begin, see, save a page, add and remove rows. Filing it is in submission."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from dossiers.access import Viewer
from dossiers.services import beginning, facts, row_changes, row_documents, uploads
from dossiers.services.conflicts import NOWHERE, Settled, Source, settled
from dossiers.services.dating import dated
from dossiers.services.desk import Work, preceded_by
from dossiers.services.draft_views import Autosaved
from dossiers.services.filling import Filling, filling, keep, read
from dossiers.services.filling_view import view_of
from dossiers.services.incoming import give_way, received
from dossiers.services.invitations import party_email
from dossiers.services.opened import for_applicant
from dossiers.services.references import unknown_references
from dossiers.services.refusals import Refused
from dossiers.services.refused_accounts import refused_again
from dossiers.services.reopened_pages import CHECK, onward_from
from dossiers.services.row_pages import Form, completed
from dossiers.services.seen_answers import own, shown_to
from dossiers.services.submission import submit
from dossiers.services.uploads import Uploads
from dossiers.services.views import ApplicationView, Rejected, Saved
from dossiers.services.visiting import is_stale, presented, resolved, visited
from engine.answers import read_form
from engine.asked import AskedPage, Reading
from engine.asked.parties import concerned
from engine.kinds import Json
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.validation import validate_page

start = beginning.start
add_row, remove_row, move_row = row_changes.add_row, row_changes.remove_row, row_changes.move_row

__all__ = [
    "CHECK",
    "Source",
    "add_row",
    "as_typed",
    "autosave",
    "form",
    "move_row",
    "remove_row",
    "save_page",
    "start",
    "submit",
]


def form(work: Work, viewer: Viewer, public_id: str) -> ApplicationView:
    """The application as it stands. Raises NotFound, and Refused("not_editable") once filed."""
    return view_of(work, filling(work, for_applicant(work, viewer, public_id)))


@preceded_by(uploads.received, undo=uploads.take_back)
def save_page(
    work: Work,
    viewer: Viewer,
    public_id: str,
    page_id: str,
    *,
    form: Mapping[str, list[str]],
    files: Uploads | None = None,
    asked: Collection[str] | None = None,
    source: Source = NOWHERE,
    replacing: str = "",
) -> Saved | Rejected:
    """Keep what was answered on one page. `replacing`: the document that gives way to the one sent.

    Of `asked` alone (by default the fields asked and those sent) is anything taken. What another tab answered otherwise since
    stands, and is told. What can't be read is kept as typed, and told. A page that asks more by its answers comes back. Raises Refused: no_such_page, incomplete, stopped, not_editable.
    """
    before, page = visited(work, viewer, public_id, page_id)
    fields = presented(before, page, asked, (*form, *(files or ())))
    taken = _taken(work, before, page, fields, completed(before, page, form), source, replacing)
    sent, reading, problems = taken.sent, taken.reading, taken.problems
    cells = page.cells(before.reading)
    if not sent.disputed:
        problems += _remaining(own(reading, before.opened.party), page, fields, problems, cells)
    seen = [] if problems or sent.disputed else [page_id]
    saved = keep(work, before, reading, seen, typed=sent.typed, tab=source.tab)
    wanted = facts.wanted(work, reading, before.kept, page_id)
    view = view_of(work, saved)
    if problems or sent.disputed:
        return Rejected(problems, sent.found.typed, view, taken.twice, wanted, sent.disputed)
    stale = is_stale(before, source.revision) and _given(reading.answers) != _given(before.answers)
    onward = page_id if _asks_more(saved, page_id, fields, cells) else onward_from(view, page_id)
    return Saved(view, onward, stale, taken.twice, wanted)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a page said: settled with other tabs, read with all the rest, what is wrong with it, documents sent twice."""

    sent: Settled
    reading: Reading
    problems: tuple[AnswerProblem, ...]
    twice: tuple[str, ...]


def _taken(
    work: Work,
    before: Filling,
    page: AskedPage,
    fields: tuple[Field, ...],
    form: Form,
    source: Source,
    replacing: str,
) -> _Taken:
    """Read what was sent: documents of rows, answers, documents, then the days they bear."""
    rows = row_documents.take_in(work, before.opened.dossier.id, fields, form, replacing=replacing)
    sent = settled(before, fields, resolved(rows, read_form(fields, rows.form)), source, page.row)
    papers = received(work, before, fields, replacing)
    if rows.replaced:
        give_way(work, before, replacing)
    answers = {**before.answers, **sent.found.answers, **papers.answers}
    dates = dated(fields, form, answers)
    reading = read(work, before.opened, {**answers, **dates.answers}, before.kept)
    problems = (*sent.found.problems, *rows.problems, *papers.problems, *dates.problems)
    problems += _unfounded(work, before, reading, fields)
    here = tuple(one for one in problems if not one.path or page.shows(one.path))
    return _Taken(sent, reading, here, (*papers.twice, *rows.twice))


def _unfounded(
    work: Work, before: Filling, reading: Reading, fields: tuple[Field, ...]
) -> tuple[AnswerProblem, ...]:
    """What is wrong with an answer for what it names: one's own address for another's, a dossier that isn't theirs, the
    account the bank refused."""
    named = unknown_references(work, before.opened.dossier, fields, reading.answers)
    asked = (before.reopened or frozenset()) & {field.id for field in fields}
    refused = refused_again(work, before.opened, asked, reading.answers)
    return (*_own_addresses(before, reading, fields), *named, *refused)


def autosave(
    work: Work,
    viewer: Viewer,
    public_id: str,
    page_id: str,
    *,
    form: Mapping[str, list[str]],
    asked: Collection[str],
    source: Source,
) -> Autosaved:
    """Keep what is being typed on a page: only the fields in `asked`, with nothing demanded and nothing told of slips.

    Raises Refused: no_such_page, incomplete, stopped, not_editable.
    """
    before, page = visited(work, viewer, public_id, page_id)
    fields = presented(before, page, asked, ())
    rows = row_documents.take_in(work, before.opened.dossier.id, fields, completed(before, page, form))
    sent = settled(before, fields, resolved(rows, read_form(fields, rows.form)), source, page.row)
    answers = {**before.answers, **sent.found.answers}
    unchanged = _given(answers) == _given(before.answers) and all(
        before.typed.get(id) == raw for id, raw in sent.typed.items()
    )
    if unchanged:  # sent twice, or nothing but conflicts
        return Autosaved(before.draft.updated_at, before.draft.revision, sent.disputed)
    reading = read(work, before.opened, answers, before.kept)
    saved = keep(work, before, reading, [], typed=sent.typed, tab=source.tab)
    return Autosaved(work.now, saved.draft.revision, sent.disputed)


def as_typed(
    work: Work, viewer: Viewer, public_id: str, page_id: str, form: Mapping[str, list[str]]
) -> ApplicationView:
    """The application as it would be with what is typed on a page; nothing is kept. Raises NotFound, Refused as `form`
    does, and Refused("no_such_page") for a page that may not be visited."""
    before = filling(work, for_applicant(work, viewer, public_id))
    page = own(before.reading, before.opened.party).page(page_id)
    if page is None or not before.journey.may_visit(page_id):
        raise Refused("no_such_page", page=page_id)
    found = read_form(presented(before, page, None, form), completed(before, page, form))
    reading = read(work, before.opened, {**before.answers, **found.answers})
    return replace(view_of(work, before), reading=shown_to(reading, before.opened))


def _asks_more(saved: Filling, page_id: str, shown: tuple[Field, ...], cells: AbstractSet[str]) -> bool:
    """Whether a question of the page that it didn't show is asked now and not answered, even one that may stay blank. `cells`:
    those shown of a row."""
    page, seen = saved.reading.page(page_id), {field.id for field in shown}
    if page is None or saved.journey.stopped is not None:
        return False
    if page.row is not None:
        row = saved.reading.row(page.fields[0].id, page.row)
        return any(row.values[id] is None for id in page.cells(saved.reading) - cells) if row else False
    return any(
        field.id not in seen and saved.answers.get(field.id) is None and saved.may_change(field)
        for field in page.fields
    )


def _given(answers: Mapping[str, Json]) -> dict[str, Json]:
    return {id: answer for id, answer in answers.items() if answer is not None}


def _own_addresses(before: Filling, reading: Reading, fields: tuple[Field, ...]) -> tuple[AnswerProblem, ...]:
    """Each party has an address of their own, by which one tells who they are."""
    parties, shown = reading.scheme.parties, {field.id for field in fields}
    taken = {before.opened.dossier.email}
    problems: list[AnswerProblem] = []
    for id in (id for id in parties if id in concerned(reading)):
        address = party_email(reading, id)
        if address in taken and parties[id].email in shown:
            problems.append(AnswerProblem((parties[id].email,), "address_taken", {}))
        taken |= {address} if address else set()
    return tuple(problems)


def _remaining(
    reading: Reading,
    page: AskedPage,
    fields: tuple[Field, ...],
    told: tuple[AnswerProblem, ...],
    cells: AbstractSet[str],
) -> tuple[AnswerProblem, ...]:
    """What else is wrong with what the page showed: a field newly asked is no fault of who answers."""
    shown = {field.id for field in fields}
    known = {problem.path[:1] for problem in told}
    new = page.cells(reading) - cells
    return tuple(
        problem
        for problem in validate_page(reading, page.id)
        if (not problem.path or problem.path[0] in shown)
        and problem.path[:1] not in known
        and not (problem.code == "missing" and problem.path[-1] in new)
    )
