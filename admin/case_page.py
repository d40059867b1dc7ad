"""What a dossier's page shows besides the case itself: the actions offered, the form of one, the rules, the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import Response, g

from admin.case_votes import TypedBallot, shown_votes
from admin.showing import LINKS, language, show, zone
from admin.way import beside, list_of, piece
from dossiers.services.anonymised_views import AnonymisedCase
from dossiers.services.answer_views import AnswerView
from dossiers.services.around_views import Correction
from dossiers.services.document_views import DocumentView
from dossiers.services.draft_views import FilingView
from dossiers.services.office_views import CaseView
from engine.asked.cells import asked_again
from engine.language.model import Action, Field
from engine.problems import AnswerProblem
from renderers.conflicts import ShownChange, shown_change
from renderers.control_views import Control
from renderers.controls import Questions, controls, stored
from renderers.decided import shown_computation, shown_tables
from renderers.documents import is_shown
from renderers.explanation import shown_rules
from renderers.frame import Notice
from renderers.history import history_lines
from renderers.problem_list import ProblemLink, problem_list
from renderers.words import refusal_sentence
from workflows.lifecycle import Offer


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An action as a button. `reason`: why not yet, "" when it can be done; `asks`: it opens a form first, because it
    asks something or can't be taken back; `mails` and `letters`: how many leave with it."""

    id: str
    label: str
    reason: str
    asks: bool
    target: str
    decision: str | None
    ends: bool
    mails: int
    letters: int
    comment: str | None


@dataclass(frozen=True, slots=True)
class Typing:
    """What was typed, to be shown again: an action's form, a note, a message, a comment; and what is wrong with it.
    `kept`: its handle when it outlived its session; `ballot`: the vote whose `option` and form these are, `whose` the member it is of by proxy; `beforehand`: the
    name of the message written beforehand it began with."""

    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problems: tuple[AnswerProblem, ...] = ()
    comment: str = ""
    comment_problem: str = ""
    note: str = ""
    message: str = ""
    kept: str = ""
    ballot: str = ""
    option: str = ""
    whose: str = ""
    beforehand: str = ""


NOTHING_TYPED = Typing()


def _ballot(typing: Typing) -> TypedBallot:
    return TypedBallot(typing.ballot, typing.option, typing.whose, typing.typed, typing.problems)


@dataclass(frozen=True, slots=True)
class Panel:
    """The form of the action opened."""

    offer: ShownOffer
    controls: tuple[Control, ...]
    problems: tuple[ProblemLink, ...]
    comment: str
    comment_problem: str


@dataclass(frozen=True, slots=True)
class About:
    """The answer something may be done about: `control` to correct it by, when the viewer may; `wrong`: what was typed can't
    be kept."""

    id: str
    control: Control | None = None
    reason: str = ""
    wrong: bool = False


def about_answer(
    case: CaseView,
    id: str,
    typed: Mapping[str, Sequence[str]] | None = None,
    problems: tuple[AnswerProblem, ...] = (),
    reason: str = "",
) -> About | None:
    """What may be done about an answer; None for one that isn't there, or is hidden."""
    answers = (one for page in case.pages for one in page.answers)
    found = next((one for one in answers if one.field.id == id and not one.hidden), None)
    if found is None:
        return None
    if id not in case.around.correctable:
        return About(id)
    standing = typed if typed is not None else stored((found.field,), {id: found.answer})
    questions = Questions(language(), standing, problems)
    return About(id, controls((found.field,), questions)[0], reason, bool(problems))


def _reading(case: CaseView) -> DocumentView | None:
    """The document to be open beside the answers, if it is one of theirs that a browser shows."""
    asked = piece()
    every = (paper for page in case.pages for answer in page.answers for paper in _papers(answer))
    found = next((one for one in every if one.public_id == asked and one.available and is_shown(one)), None)
    if found is not None:
        g.policy = {"frame-src": "'self'"}
    return found


def _papers(answer: AnswerView) -> tuple[DocumentView, ...]:
    """The documents of an answer, and of its rows."""
    below = (paper for row in answer.rows for cell in row for paper in _papers(cell))
    return (*answer.documents, *below)


def show_case(
    case: CaseView,
    *,
    action: str = "",
    typing: Typing = NOTHING_TYPED,
    status: int = 200,
    notices: tuple[Notice, ...] = (),
    onward: str | None = None,
    about: About | None = None,
) -> Response:
    """The page of a dossier; `action` names the one whose form is open, `onward` the next dossier to take up, `about` the answer beside which it may be corrected or noted upon."""
    offers = tuple(_shown(case, offer) for offer in case.offers)
    votes = shown_votes(case, _ballot(typing))
    panel = _panel(case, next((one for one in offers if one.id == action), None), typing)
    return show(
        "admin/dossier.html",
        status,
        notices=notices,
        case=case,
        offers=offers,
        panel=panel,
        lost=_lost(case.scheme.workflow.actions.get(action), typing) if panel is None else (),
        votes=votes,
        voting=any(one.view.open and (one.view.votes or one.view.closes) for one in votes),
        typing=typing,
        problems=_is_wrong(panel, about) or any(one.problems for one in votes),
        rules=shown_rules(case.verdict, case.scheme, language()) if case.verdict else (),
        tables=shown_tables(case.decided, language()),
        computed=shown_computation(case.computation, language()),
        history=history_lines(case.history, case.scheme, language()),
        filings=tuple(_shown_filing(one) for one in case.filings),
        changed=_changed(case),
        onward=LINKS.dossier(case.slug, onward or case.next_id or "") if onward or case.next_id else "",
        moved_on=onward is not None,
        beside=beside(case.slug, case.public_id, onward),
        listed=address.asked if (address := list_of(case.slug)) else None,
        about=about,
        corrections=_corrections(case),
        reading=_reading(case),
    )


def _lost(action: Action | None, typing: Typing) -> tuple[str, ...]:
    """The texts typed for an action that can't be done any more, so that nobody has to find their words again."""
    form = action.form.values() if action else ()
    typed = (
        text for one in form if one.kind in ("text", "long_text") for text in typing.typed.get(one.id, ())
    )
    return tuple(text for text in (*typed, typing.comment) if text.strip()) if action else ()


def _is_wrong(panel: Panel | None, about: About | None) -> bool:
    """Whether something typed on the page is to be corrected."""
    return bool(panel and (panel.problems or panel.comment_problem)) or bool(about and about.wrong)


def _corrections(case: CaseView) -> dict[str, list[tuple[Correction, ShownChange]]]:
    """What the office corrected, by field, with its values as people read them."""
    return {
        id: [(one, shown_change(one.change, language())) for one in made]
        for id, made in case.around.corrections.items()
    }


@dataclass(frozen=True, slots=True)
class ShownFiling:
    """A filing after the first, and what it changed."""

    number: int
    at: datetime
    changes: tuple[ShownChange, ...]


def _shown_filing(one: FilingView) -> ShownFiling:
    changes = tuple(shown_change(change, language()) for change in one.changes)
    return ShownFiling(one.number, one.at, changes)


def _changed(case: CaseView) -> dict[int, ShownChange]:
    """What the answer to a request changed, by point."""
    points = (point for request in case.requests for point in request.points)
    return {point.id: shown_change(point.change, language()) for point in points if point.change is not None}


def show_anonymised(case: AnonymisedCase) -> Response:
    """The page of a dossier whose content was erased at the end of its keeping."""
    history = history_lines(case.history, case.scheme, language())
    return show("admin/anonymised.html", case=case, history=history)


def _shown(case: CaseView, offer: Offer) -> ShownOffer:
    action = offer.action
    target = case.scheme.workflow.states[action.to]
    reason = ""
    if offer.refusal is not None:
        reason = refusal_sentence(offer.refusal, case.scheme, language(), zone=zone())
    return ShownOffer(
        id=action.id,
        label=action.label.plain(language()),
        reason=reason,
        asks=_asks(action, case),
        target=target.label.plain(language()),
        decision=target.decision,
        ends=target.kind == "end",
        mails=sum(effect.kind == "mail" for effect in action.effects),
        letters=sum(effect.kind == "letter" for effect in action.effects),
        comment=action.comment,
    )


def _asks(action: Action, case: CaseView) -> bool:
    """Whether an action opens a form before it is done: it asks something, writes to people, decides or ends."""
    target = case.scheme.workflow.states[action.to]
    grave = target.kind == "end" or target.decision is not None
    return bool(action.form or action.comment or action.effects or grave)


def _panel(case: CaseView, offer: ShownOffer | None, typing: Typing) -> Panel | None:
    if offer is None or offer.reason:
        return None
    action = case.scheme.workflow.actions[offer.id]
    form, typed = action.form, typing.typed or _standing_amount(case, action)
    askable = tuple(one for page in case.pages for answer in page.answers for one in _asked_of(case, answer))
    questions = Questions(language(), typed, typing.problems, askable=askable)
    return Panel(
        offer=offer,
        controls=controls(form.values(), questions),
        problems=problem_list(typing.problems, form, language()),
        comment=typing.comment,
        comment_problem=typing.comment_problem,
    )


def _asked_of(case: CaseView, answer: AnswerView) -> tuple[Field, ...]:
    """What may be asked again of an answer: the whole, or one question of one row."""
    rows = answer.rows if answer.field.kind == "repeat" else ()
    names = (
        f"{answer.field.id}-{number}-{cell.field.id}"
        for number, row in enumerate(rows)
        for cell in row
        if cell.field.value is None
    )
    return (answer.field, *(asked_again(case.scheme, name) for name in names))


def _standing_amount(case: CaseView, action: Action) -> Mapping[str, Sequence[str]]:
    """The amount that stands, already written in the form of an action that may change it."""
    of = ("computed", "proposed", "granted") if action.amount else ("computed", "proposed")
    last = next((step.amount for step in reversed(case.amounts) if step.kind in of), None)
    field = action.amount_field
    if field is None or last is None:
        return {}
    return stored([action.form[field]], {field: f"{last:f}"})
