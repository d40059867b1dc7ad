"""Moving dossiers under way to the version in force, for administrators: a preview, one button, and how far it is."""

from __future__ import annotations

from flask import Response, g, redirect
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, sentence, show, told
from dossiers.services import campaigns, migration, publication
from dossiers.services.campaign_views import Campaign
from dossiers.services.migration import Figures, Preview
from dossiers.services.refusals import NotFound, Refused
from engine.language import Scheme
from renderers.catalogues import marked
from renderers.frame import Notice
from renderers.words.migrations import (
    amounts_sentence,
    drafts_sentence,
    flips_sentence,
    migration_lines,
)
from workflows.lifecycle import Actor

BEGUN = marked("The dossiers are being moved, one after another.")
STOPPED = marked("The campaign is stopped: what is done stays done.")


@blueprint.get("/dispositifs/<slug>/migration")
@open_to("administrator")
def migration_of(slug: str) -> Response:
    """What moving the dossiers would change; nothing is written."""
    return _show(slug)


@blueprint.post("/dispositifs/<slug>/migration")
@open_to("administrator")
def migrate(slug: str) -> AnyResponse:
    """Begin to move them."""
    try:
        campaign: Campaign = act(migration.begin, slug, _actor())
    except Refused as refused:
        return _show(slug, sentence(refused, None))
    notify("success", told(BEGUN))
    return redirect(LINKS.campaign(slug, campaign.public_id), 303)


@blueprint.get("/dispositifs/<slug>/campagnes/<campaign_id>")
@open_to("administrator")
def campaign(slug: str, campaign_id: str) -> Response:
    """How far a campaign is, what it has come to so far, and the dossiers it was refused or left out for."""
    found = _campaign(slug, campaign_id)
    scheme = read(publication.current, slug).scheme
    items = [one for one in read(campaigns.items, found.id) if one.state in ("refused", "skipped")]
    view: dict[str, object] = {"slug": slug, "scheme": scheme, "campaign": found, "items": items}
    if found.kind == "migration":
        view |= _figures(read(migration.applied, found), scheme)
    return show("admin/campaign.html", 200, (), progress=read(campaigns.progress, found.id), **view)


@blueprint.post("/dispositifs/<slug>/campagnes/<campaign_id>")
@open_to("administrator")
def stop_campaign(slug: str, campaign_id: str) -> AnyResponse:
    """Stop a campaign where it stands."""
    found = _campaign(slug, campaign_id)
    try:
        act(campaigns.cancel, found.public_id, by=_actor())
        notify("success", told(STOPPED))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.campaign(slug, found.public_id), 303)


def _actor() -> Actor:
    return Actor("staff", str(g.viewer.account_id), g.viewer.name, frozenset())


def _campaign(slug: str, campaign_id: str) -> Campaign:
    found: Campaign = read(campaigns.find, campaign_id)
    if found.slug != slug:
        raise NotFound("campaign")
    return found


def _show(slug: str, problem: str = "") -> Response:
    published = read(publication.current, slug)
    view: dict[str, object] = {"slug": slug, "scheme": published.scheme}
    view |= {"campaigns": read(campaigns.of_scheme, slug), "preview": None}
    try:
        found: Preview = read(migration.preview, slug)
        drafts = drafts_sentence(found.drafts, language()) if found.drafts else ""
        view |= {"preview": found, "drafts": drafts, **_figures(found.figures, published.scheme)}
    except Refused as refused:
        view["why"] = sentence(refused, None)
    notices = (Notice("warning", problem),) if problem else ()
    return show("admin/migration.html", 422 if problem else 200, notices, **view)


def _figures(figures: Figures, scheme: Scheme) -> dict[str, object]:
    """The figures in sentences."""
    award = scheme.award
    return {
        "lines": migration_lines(figures, scheme, language()),
        "flips": flips_sentence(figures, language()),
        "amounts": amounts_sentence(figures, award.currency, language()) if award else "",
    }
