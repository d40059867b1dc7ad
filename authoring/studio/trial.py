"""The form of a scheme nobody has published, filled in for a trial: answers live in the page that is sent, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.answers import FormAnswers, read_form
from engine.asked import AskedPage, Reading, read_answers
from engine.journey import Journey, walk
from engine.kinds import Json
from engine.kinds.file import MEDIA_TYPES, accepted
from engine.language import Scheme
from engine.language.model import Field
from engine.organisation import Organisation
from engine.problems import AnswerProblem
from engine.validation import validate_page

Form = Mapping[str, list[str]]
END = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a trial stands: every control typed so far, the pages sent, the page shown (END: all is answered, or a rule
    stops), what is wrong with it, and how the answers read."""

    form: Form
    seen: frozenset[str]
    page: AskedPage | None
    problems: tuple[AnswerProblem, ...]
    reading: Reading
    journey: Journey
    presented: bool = False


def begin(
    scheme: Scheme, form: Form, seen: Collection[str], now: datetime, organisation: Organisation
) -> Trial:
    """A trial with what was typed before, at the first page that is not done. A page the text no longer has is forgotten."""
    seen = frozenset(id for id in seen if id.partition("-")[0] in scheme.form)
    reading = _read(scheme, read_form(scheme.fields.values(), form), seen, now, organisation)
    journey = walk(reading, seen)
    page = None if journey.stopped else reading.page(journey.first_incomplete or END)
    return Trial(form, seen, page, (), reading, journey)


def at_page(trial: Trial, page_id: str) -> Trial:
    """The same trial at a page, if it may be visited."""
    may = trial.journey.may_visit(page_id)
    return replace(trial, page=trial.reading.page(page_id)) if may else trial


def sent(
    scheme: Scheme,
    form: Form,
    seen: Collection[str],
    page_id: str,
    now: datetime,
    organisation: Organisation,
) -> Trial:
    """A page was sent: the next one, or the same one with what is wrong."""
    found = read_form(scheme.fields.values(), form)
    known = frozenset(seen)
    tried = begin(scheme, form, {*known, page_id}, now, organisation)
    problems = _problems(tried.reading, found, page_id)
    page = tried.reading.page(page_id)
    if problems and page is not None:
        return replace(
            begin(scheme, form, known, now, organisation), page=page, problems=problems, presented=True
        )
    following = tried.journey.after(page_id)
    return at_page(tried, following) if following and not tried.journey.stopped else tried


def with_row(form: Form, repeat: str) -> Form:
    """The controls with one more row of a repeat."""
    numbers = [
        int(found[1])
        for name in form
        if (found := re.match(rf"{re.escape(repeat)}-([0-9]{{1,4}})(?:-|$)", name))
    ]
    return {**form, f"{repeat}-{max(numbers, default=-1) + 1}": ["row"]}


def without_row(form: Form, row: str) -> Form:
    """The controls without those of a row (`partners-2`)."""
    return {name: values for name, values in form.items() if name != row and not name.startswith(f"{row}-")}


def _read(
    scheme: Scheme, found: FormAnswers, seen: Collection[str], now: datetime, organisation: Organisation
) -> Reading:
    answers = {
        id: answer
        for id, answer in found.answers.items()
        if answer is not None or scheme.fields[id].page in seen
    }
    papers = {
        one.id: [_paper(one)] for one in scheme.fields.values() if one.kind == "file" and one.page in seen
    }
    return read_answers(scheme, {**answers, **papers}, now=now, organisation=organisation)


def _paper(field: Field) -> Json:
    """A document that stands for those an applicant would send: a trial takes none."""
    kind = accepted(field)[0]
    return {"id": f"trial-{field.id}", "name": f"trial.{kind}", "size": 1, "media_type": MEDIA_TYPES[kind][0]}


def _problems(reading: Reading, found: FormAnswers, page_id: str) -> tuple[AnswerProblem, ...]:
    page = reading.page(page_id)
    asked = {one.id for one in page.fields} if page else set()
    slips = tuple(one for one in found.problems if page and page.shows(one.path) and one.path[0] in asked)
    slipped = {one.path[0] for one in slips}
    rest = (one for one in validate_page(reading, page_id) if not one.path or one.path[0] not in slipped)
    return (*slips, *rest)
