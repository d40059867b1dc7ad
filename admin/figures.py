"""The figures of a scheme, for who heads the office and who pays; wished by mail in the morning."""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.figures_address import asked_of, query
from admin.showing import LINKS, act, front, language, notify, read, show, told
from dossiers.services import figure_mails
from dossiers.services import figures as service
from dossiers.services.figure_views import FiguresView
from renderers.catalogues import marked
from renderers.motives import motive_words
from renderers.words import counted
from workflows.parts import in_order

SENT = {
    "day": marked("These figures will be sent to you each morning."),
    "monday": marked("These figures will be sent to you on Monday mornings."),
    "": marked("These figures are no longer sent to you."),
}


@blueprint.get("/<slug>/chiffres")
@open_to("staff")
def figures(slug: str) -> Response:
    """The figures of a month, or of the days and filters the address names."""
    from admin.figures_page import currency, parts  # drawn only where it is asked for

    today = front().organisation.local_date(front().desk.office.clock())
    asked = asked_of(request.args, today)
    view: FiguresView = read(service.shown, g.viewer, slug, asked)
    return show(
        "admin/figures.html",
        view=view,
        slug=slug,
        parts=parts(view, language(), _motive),
        query=query(asked),
        by_mail=read(figure_mails.wished, g.viewer, slug),
        currency=currency(view),
        groups=[(id, view.scheme.groups[id].label.plain(language())) for id in view.groups],
        territories=[(code, counted.territory_words(code, language())) for code in view.places],
        states=[
            (id, counted.state_words(view.scheme, id, language()))
            for id in in_order(view.scheme.workflow)
            if view.scheme.workflow.states[id].kind != "start"
        ],
    )


@blueprint.post("/<slug>/chiffres/courriel")
@open_to("staff")
def figures_by_mail(slug: str) -> AnyResponse:
    """Have the figures sent in the morning, or no longer."""
    every = request.form.get("every", "")
    act(figure_mails.wish, g.viewer, slug, every)
    notify("success", told(SENT[every]))
    return redirect(LINKS.figures(slug), 303)


def _motive(code: str) -> str:
    return motive_words(code, front().settings.motives, language())
