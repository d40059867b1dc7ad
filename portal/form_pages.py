"""What one page of a form shows, made from the application as services give it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossiers.services.draft_views import Conflict
from dossiers.services.views import ApplicationView, Rejected
from engine.answers import read_form
from engine.asked import AskedPage
from engine.asked.cells import head_of
from engine.journey import Journey
from engine.language.model import Field, Scheme
from engine.problems import AnswerProblem
from portal.sources import sources
from renderers import labels
from renderers.conflicts import ShownConflict, shown_conflict
from renderers.control_views import Control
from renderers.controls import Questions, controls, is_scripted, stored
from renderers.layout import Block, laid_out
from renderers.links import Links
from renderers.live import LivePage, live_page
from renderers.problem_list import ProblemLink, problem_list
from renderers.row_pages import shown_on
from renderers.row_titles import page_help, page_title
from renderers.summary import AnswerLine, Summary, lines_on

Typed = Mapping[str, Sequence[str]]
LINKS = Links()
OWN_KINDS = ("person", "phone", "email", "url", "address", "postal_code", "commune", "country")


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of questions.

    `fixed`: the answers shown but not open to change (a correction asks about some only); `place` of `total`; `back`:
    the page before, "" on the first; `live`: what the page's script is given, None when nothing on the page changes
    with what is typed; `choosing`: where the script of its options asks, "" when it needs none;
    `marks`: what the page sends besides what is typed, by name; `conflicts`: by field, what was answered otherwise in another tab.
    """

    public_id: str
    page_id: str
    scheme_title: str
    title: str
    help: str
    controls: tuple[Control, ...]
    layout: tuple[Block, ...]
    fixed: tuple[AnswerLine, ...]
    revision: int
    place: int
    total: int
    back: str
    correcting: bool
    has_files: bool
    problems: tuple[ProblemLink, ...]
    live: LivePage | None = None
    marks: tuple[tuple[str, str], ...] = ()
    choosing: str = ""
    conflicts: Mapping[str, ShownConflict] = field(default_factory=dict)
    channel: str | None = None

    @property
    def has_tables(self) -> bool:
        """Whether some questions stand in a table."""
        return any(one.columns for one in self.controls)


@dataclass(frozen=True, slots=True)
class Typing:
    """What was sent and not kept: the controls as typed, and what is wrong with them."""

    typed: Typed
    problems: tuple[AnswerProblem, ...]
    presented: frozenset[str]
    conflicts: tuple[Conflict, ...] = ()


def form_page(
    view: ApplicationView, asked: AskedPage, language: str, typing: Typing | None = None
) -> FormPage:
    """A page as stored, or as typed when it was sent and refused."""
    may_change = tuple(one for one in asked.fields if can_change(view, one))
    fixed = tuple(one for one in asked.fields if one not in may_change)
    live, presented = _with_script(view, asked, fixed, language)
    cells = {one.id: open for one in may_change if (open := view.open_cells(one)) is not None}
    questions = replace(_questions(view, presented, live, language, typing), page=asked, cells=cells)
    notes = live.notes if live else frozenset[str]()
    shown = shown_on(asked, controls(presented, questions), view.reading, language, notes)
    ids = view.journey.ids
    place = ids.index(asked.id) if asked.id in ids else 0
    return FormPage(
        public_id=view.public_id,
        page_id=asked.id,
        scheme_title=view.scheme.title.plain(language),
        title=page_title(asked, view.reading, language),
        help=page_help(asked, view.reading, language),
        controls=shown.controls,
        layout=shown.layout or laid_out(asked.page, shown.controls, view.reading, language, notes),
        marks=shown.marks,
        choosing=LINKS.choices(view.public_id, asked.id) if is_scripted(shown.controls) else "",
        fixed=lines_on(
            asked,
            tuple(one for one in asked.fields if one in fixed or one.id in cells),
            Summary(view.reading, language, view.documents),
        ),
        revision=view.draft_revision,
        place=place + 1,
        total=len(ids) + 1,  # checking the answers is a step too
        back=ids[place - 1] if place else "",
        correcting=view.reopened is not None,
        has_files=any(takes_documents(one) for one in presented),
        problems=_links(view, questions.problems, language),
        live=live,
        conflicts=_disputed(typing, language),
        channel=view.channel,
    )


def _links(
    view: ApplicationView, problems: Sequence[AnswerProblem], language: str
) -> tuple[ProblemLink, ...]:
    fields = labels.with_labels_said(view.scheme.fields, view.reading, language)
    return problem_list(problems, fields, language, view.reading)


def _disputed(typing: Typing | None, language: str) -> dict[str, ShownConflict]:
    return {one.field.id: shown_conflict(one, language) for one in typing.conflicts} if typing else {}


def _questions(
    view: ApplicationView,
    presented: tuple[Field, ...],
    live: LivePage | None,
    language: str,
    typing: Typing | None,
) -> Questions:
    typed = _typed(view, presented, typing)
    return Questions(
        language=language,
        typed=typed,
        problems=typing.problems if typing else _outdated(view, presented),
        reading=view.reading,
        documents=view.documents,
        own=_own(view.scheme),
        changing=live.changing if live else frozenset(),
        as_read=_is_read(view, presented) if typing is None else _is_kept(view, presented, typed),
        searched_at=LINKS.options(view.scheme.id, view.version),
        dossier=view.public_id,
        sources=sources(view, language),
        look_ups=view.look_ups,
        begun=frozenset(one.id for one in presented if _begins_with_a_row(view, one)),
        remarks=_remarks(view),
    )


def _remarks(view: ApplicationView) -> dict[str, str]:
    """What the office said of the fields it asks for again."""
    points = view.request.points if view.request else ()
    return {point.field.id: point.remark for point in points if point.field and point.remark}


def _with_script(
    view: ApplicationView, asked: AskedPage, fixed: Collection[Field], language: str
) -> tuple[LivePage | None, tuple[Field, ...]]:
    """What the page's script is given, and the fields on the page: those asked, and those the script may bring."""
    in_rows = tuple(one for one in asked.fields if one not in fixed)
    if any(view.open_cells(one) is not None for one in asked.fields):
        return None, in_rows
    if asked.row is not None:
        return live_page(view.reading, asked.page, in_rows, language, asked.row), in_rows
    may_change = [one for one in asked.page.fields.values() if one not in fixed and can_change(view, one)]
    live = live_page(view.reading, asked.page, may_change, language)
    brought = live.changing if live else frozenset[str]()
    return live, tuple(one for one in may_change if one in asked.fields or one.id in brought)


def _outdated(view: ApplicationView, presented: Sequence[Field]) -> tuple[AnswerProblem, ...]:
    """What was answered here under an older version of the scheme, and doesn't fit this one."""
    here = {one.id for one in presented}
    return tuple(problem for problem in view.outdated if problem.path[0] in here)


def takes_documents(one: Field) -> bool:
    """Whether documents are sent for a field, in its rows perhaps."""
    return one.kind == "file" or any(inner.kind == "file" for inner in one.fields.values())


def can_change(view: ApplicationView, one: Field) -> bool:
    """Whether a field is open: all are in a draft; in a correction those asked about, and those never answered."""
    return view.may_change(one)


def _typed(view: ApplicationView, fields: Sequence[Field], typing: Typing | None) -> Typed:
    """The controls as typed; those of fields that were not on the page sent, as stored."""
    if typing is None:
        return _as_kept(view, fields)
    unseen = [one for one in fields if one.id not in typing.presented]
    return {**_as_kept(view, unseen), **typing.typed}


def _as_kept(view: ApplicationView, fields: Sequence[Field]) -> dict[str, list[str]]:
    """The answers kept, and what can't be read as it was typed; a first row to fill in where one must be."""
    found = stored([one for one in fields if one.id not in view.typed], view.reading.answers)
    for one in fields:
        found |= view.typed.get(one.id, {})
        if _begins_with_a_row(view, one) and not any(name.startswith(f"{one.id}-") for name in found):
            found[f"{one.id}-0"] = ["row"]
    return found


def _begins_with_a_row(view: ApplicationView, one: Field) -> bool:
    """Whether rows that must be there open with the first one's questions, not with a button alone."""
    is_wanted = one.kind == "repeat" and not one.optional and one.id in view.reading.asked
    return is_wanted and view.reopened is None


def _is_read(view: ApplicationView, fields: Sequence[Field]) -> bool:
    return not any(one.id in view.typed for one in fields)


def _is_kept(view: ApplicationView, fields: Sequence[Field], typed: Typed) -> bool:
    """Whether all that is typed is what the draft holds."""
    found = read_form(fields, {name: list(values) for name, values in typed.items()})
    kept = view.reading.answers
    return not found.problems and all(
        kept.get(id) == answer or (answer in ([], {}) and kept.get(id) is None)
        for id, answer in found.answers.items()
    )


def _own(scheme: Scheme) -> frozenset[str]:
    """The first field of each kind that is about a person: the one who fills the form in, most likely."""
    found: dict[str, str] = {}
    for one in scheme.fields.values():
        if one.kind in OWN_KINDS:
            found.setdefault(one.kind, one.id)
    return frozenset(found.values())


def asked_page(view: ApplicationView, page_id: str) -> AskedPage | None:
    """A page that may be visited now; None otherwise."""
    return view.reading.page(page_id) if view.journey.may_visit(page_id) else None


def is_asked_about(view: ApplicationView, page: AskedPage) -> bool:
    """Whether a correction asks about something of this page."""
    asked = {head_of(id) for id in view.reopened or ()}
    return any(one.id in asked for one in page.fields)


def way_on(journey: Journey) -> str:
    """Where the journey stands: "stop", the id of the first incomplete page behind "page:", or "check"."""
    if journey.stopped is not None:
        return "stop"
    return f"page:{journey.first_incomplete}" if journey.first_incomplete else "check"


def has_bad_documents(kept: Rejected) -> bool:
    """Whether a document was refused: unlike what is typed, it is not kept."""
    fields = kept.view.scheme.fields
    return any(
        one.code not in ("missing", "not_accepted") and one.path and fields[str(one.path[0])].kind == "file"
        for one in kept.problems
    )
