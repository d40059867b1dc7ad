"""Giving an opinion asked outside: by a link, without an account."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dossiers.services import expertise
from dossiers.services.opinion_views import ExpertView
from dossiers.services.refusals import Refused
from dossiers.services.supplying import Unkept
from dossiers.services.uploads import Upload
from engine.language.opinion_model import ANSWERS
from portal.documents import download
from portal.doors import blueprint, open_to
from portal.showing import act, language, notify, organisation, show, speak, told
from renderers.attached import file_problems
from renderers.catalogues import marked
from renderers.links import Links
from renderers.opinion_answers import shown_answers
from renderers.words import refusal_sentence

LINKS = Links()
GIVEN = marked("Thank you: your opinion is in the application.")
FINAL = marked("Thank you: your opinion is in the application, which goes on with it.")
SENT, OVER = marked("Opinion sent"), marked("This link opens nothing any more")
NOT_AWAITED = marked(
    "Its last day is over, the opinion isn't awaited any more, or the address was cut on its way. Whoever asked you can send another one."
)
BESIDE = {"no_option": "answer", "empty": "body", "too_long": "body"}


@blueprint.get("/avis/<token>")
@open_to("anyone")
def opinion(token: str) -> Response:
    """What is asked, what may be read of the application, and where the opinion is given."""
    return _page(token)


def _page(token: str, wrong: str = "", problem: str = "") -> Response:
    try:
        view: ExpertView = act(expertise.page, token)
    except Refused as refused:
        return _over(refused)
    speak(view.scheme)
    asked, form = view.opinion, request.form
    return show(
        "portal/opinion.html",
        422 if problem else 200,
        view=view,
        token=token,
        lines=shown_answers(view, language()),
        options=ANSWERS,
        answer=form.get("answer", asked.answer or ""),
        body=form.get("body", asked.body),
        zone=organisation().zone,
        wrong=wrong,
        problem=problem,
        problems=bool(problem),
    )


@blueprint.post("/avis/<token>")
@open_to("anyone")
def give_opinion(token: str) -> AnyResponse:
    """Give the opinion, or correct it; slips come back with what was typed (422)."""
    files = tuple(Upload(one.filename or "", one.read()) for one in request.files.getlist("files"))
    given = {"answer": request.form.get("answer", ""), "body": request.form.get("body", "")}
    try:
        is_open = act(expertise.give, token, **given, files=files)
    except Unkept as unkept:
        return _page(token, "files", file_problems(unkept, language()))
    except Refused as refused:
        if refused.code not in BESIDE:
            return _over(refused)
        said = refusal_sentence(refused, None, language(), zone=organisation().zone)
        return _page(token, BESIDE[refused.code], said)
    if not is_open:
        return show("portal/opinion_final.html", title=told(SENT), sentence=told(FINAL))
    notify("success", told(GIVEN))
    return redirect(LINKS.opinion(token), 303)


def _over(refused: Refused) -> Response:
    """A link that opens nothing any more says so."""
    if refused.code != "link_expired":
        raise refused
    return show("portal/opinion_final.html", 410, title=told(OVER), sentence=told(NOT_AWAITED))


@blueprint.get("/avis/<token>/pieces/<document_id>")
@open_to("anyone")
def opinion_file(token: str, document_id: str) -> Response:
    """A document of the application that who is asked is shown, or one they sent."""
    return download(act(expertise.open_file, token, document_id))
