"""The form of an unpublished text, as the applicant will see it. Nothing is stored: the page carries what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, g, request

from admin.doors import blueprint, open_to
from admin.showing import front, language, show
from admin.studio.sent import TEXT, draft, texts_sent, typed_over
from authoring.studio import trial
from authoring.studio.examined import examined
from authoring.studio.trial import Trial
from engine.asked import AskedPage
from engine.award import compute
from engine.eligibility import judge
from engine.language import Scheme
from renderers.controls import Questions, controls, is_scripted
from renderers.labels import with_labels_said
from renderers.layout import Block, laid_out
from renderers.live import LivePage, live_page
from renderers.problem_list import ProblemLink, problem_list
from renderers.row_pages import shown_on
from renderers.row_titles import page_help, page_title
from renderers.summary import AnswerPage, Summary, answer_pages
from renderers.words import phrase

ROW = re.compile(r"[a-z][a-z0-9_]*-[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of the trial as its template shows it; `carried` are the controls of the other pages."""

    title: str
    help: str
    page_id: str
    back: str
    place: int
    total: int
    layout: tuple[Block, ...]
    problems: tuple[ProblemLink, ...]
    live: LivePage | None
    carried: tuple[tuple[str, str], ...]
    has_files: bool
    choosing: bool


@blueprint.route("/dispositifs/<slug>/apercu", methods=["GET", "POST"])
@open_to("administrator")
def preview(slug: str) -> Response:
    """One page of the form: of the text as saved, or as typed when it is sent along."""
    g.policy = {"frame-ancestors": "'self'"}
    scheme = examined(typed_over(draft(slug))).scheme
    carried = tuple((TEXT + name, text) for name, text in texts_sent().items())
    if scheme is None:
        return show("admin/studio_preview.html", 422, slug=slug, scheme=None, carried=carried, problems=())
    tried = _tried(scheme)
    if tried.page is None:
        return _end(slug, scheme, tried, carried)
    page = _page(tried, language())
    status = 422 if page.problems else 200
    return show(
        "admin/studio_preview.html", status, slug=slug, scheme=scheme, page=page, carried=(*carried, *page.carried),
        seen=sorted(tried.seen), problems=page.problems,
    )  # fmt: skip


def _tried(scheme: Scheme) -> Trial:
    form = {
        name: values
        for name, values in request.form.lists()
        if not name.startswith(("_", TEXT, "csrf_token"))
    }
    now, organisation = front().desk.office.clock(), front().organisation
    seen, page = request.form.getlist("_seen"), request.form.get("_page", "")
    if "_add" in request.form:
        form = dict(trial.with_row(form, request.form["_add"]))
    elif "_remove" in request.form and ROW.fullmatch(request.form["_remove"]):
        form = dict(trial.without_row(form, request.form["_remove"]))
    elif request.form.get("_then") == "continue" and page.partition("-")[0] in scheme.form:
        return trial.sent(scheme, form, seen, page, now, organisation)
    begun = trial.begin(scheme, form, seen, now, organisation)
    return trial.at_page(begun, request.form.get("_back") or page)


def _page(tried: Trial, spoken: str) -> Shown:
    asked = tried.page
    assert asked is not None
    fields = list(asked.page.fields.values() if asked.row is None else asked.fields)
    live = live_page(tried.reading, asked.page, fields, spoken, asked.row)
    brought = live.changing if live else frozenset[str]()
    presented = tuple(one for one in fields if one in asked.fields or one.id in brought)
    questions = Questions(
        language=spoken,
        typed=tried.form,
        problems=tried.problems,
        reading=tried.reading,
        changing=brought,
        as_read=not tried.presented,
        page=asked,
    )
    notes = live.notes if live else frozenset[str]()
    shown = shown_on(asked, controls(presented, questions), tried.reading, spoken, notes)
    ids = tried.journey.ids
    place = ids.index(asked.id) if asked.id in ids else 0
    return Shown(
        page_title(asked, tried.reading, spoken),
        page_help(asked, tried.reading, spoken),
        asked.id,
        ids[place - 1] if place else "",
        place + 1,
        len(ids) + 1,
        shown.layout or laid_out(asked.page, shown.controls, tried.reading, spoken, notes),
        problem_list(
            tried.problems,
            with_labels_said(tried.reading.scheme.fields, tried.reading, spoken),
            spoken,
            tried.reading,
        ),
        live,
        tuple(_of_other_pages(tried.form, asked)),
        any(one.kind == "file" for one in presented),
        is_scripted(shown.controls),
    )


def _of_other_pages(form: Mapping[str, list[str]], page: AskedPage | None) -> Iterator[tuple[str, str]]:
    for name, values in form.items():
        place = tuple(int(step) if step.isdigit() else step for step in name.split("-")[:3])
        if page is None or not page.shows(place):
            yield from ((name, value) for value in values)


def _end(slug: str, scheme: Scheme, tried: Trial, carried: tuple[tuple[str, str], ...]) -> Response:
    """All is answered, or a rule stops: the answers, the verdict, the amount."""
    verdict = judge(tried.reading)
    spoken = language()
    failed = [rule for rule in verdict.rules if rule.id in verdict.because]
    computed = compute(tried.reading, verdict) if scheme.award else None
    pages: tuple[AnswerPage, ...] = answer_pages(Summary(tried.reading, spoken))
    return show(
        "admin/studio_preview.html",
        slug=slug,
        scheme=scheme,
        page=None,
        carried=(*carried, *_of_other_pages(tried.form, None)),
        seen=sorted(tried.seen),
        back=next(reversed(tried.journey.ids), "")
        if not tried.journey.stopped
        else tried.journey.stopped_after,
        pages=pages,
        reasons=[phrase(rule.phrase(spoken), spoken) for rule in failed],
        amount=computed.amount if computed else None,
        currency=computed.currency if computed else "",
        problems=(),
    )
