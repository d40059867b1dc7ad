"""Publishing from the studio, going back, adding and deleting files, bringing a whole scheme in and out."""

from __future__ import annotations

from flask import Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.documents import download
from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, sentence, told
from admin.studio.sent import draft, number_sent
from admin.studio.writing import show_studio
from authoring.studio.archive import packed, unpacked
from authoring.studio.diagnostics import diagnostics
from authoring.studio.files import UnfitFiles
from dossiers.services import draft_publishing, drafts, ledger, publication
from dossiers.services.drafts import DraftView
from dossiers.services.refusals import Refused
from dossiers.services.stranding import GONE
from dossiers.services.unheld import unheld
from dossiers.services.views import VersionView
from engine.language import Bundle
from engine.language.sharing import is_shared
from renderers.catalogues import marked
from renderers.words.differences import overdrawn_sentence

PUBLISHED = marked("Version %(number)s is published: new applications follow it.")
UNHELD = marked("Nobody holds yet: %(roles)s. Give roles under “Accounts”.")
BACK = marked("The text of %(source)s is back, as revision %(revision)s.")
REVISION = marked("revision")
BROUGHT_IN = marked("The scheme is brought in, as revision %(revision)s. Check it, then publish.")
NO_CHANGE = marked("No change: this is the text that stands already.")
ADDED, DELETED = marked("The file %(file)s is added."), marked("The file %(file)s is deleted.")


@blueprint.post("/dispositifs/<slug>/atelier/publication")
@open_to("administrator")
def publish_studio(slug: str) -> AnyResponse:
    """Publish the text as saved; or, with `_version`, that of an earlier version again.

    `_even_so`: though dossiers stand in a state that is gone, which was said before.
    """
    again = "_version" in request.form
    how = draft_publishing.publish_again if again else draft_publishing.publish
    number = number_sent("_version" if again else "_revision")
    try:
        made: VersionView = act(how, g.viewer, slug, number, even_so="_even_so" in request.form)
    except Refused as refused:
        return _not_published(slug, refused)
    notify("success", told(PUBLISHED, number=made.number))
    _notify_unheld(slug)
    _notify_overdrawn(slug)
    return redirect(LINKS.studio(slug, pane="historique"), 303)


def _notify_unheld(slug: str) -> None:
    """Say which roles nobody holds: what waits for them would wait for ever."""
    if labels := read(unheld, g.viewer, slug):
        notify("warning", told(UNHELD, roles=", ".join(label.plain(language()) for label in labels)))


def _notify_overdrawn(slug: str) -> None:
    """Say of which envelopes dossiers hold more than the version in force votes."""
    scheme = read(publication.current, slug).scheme
    currency = scheme.award.currency if scheme.award else "EUR"
    for one in read(ledger.overdrawn, scheme):
        notify("warning", overdrawn_sentence(one, language(), currency))


def _not_published(slug: str, refused: Refused) -> Response:
    """The studio again, with what stands in the way (422)."""
    stands = draft(slug)
    found = None
    if refused.code == "scheme_problems":
        found = diagnostics(refused.params["problems"], stands.files, language())  # type: ignore[arg-type]
    failed = refused.params["outcomes"] if refused.code == "tests_failed" else ()
    name = "_version" if "_version" in request.form else "_revision"
    confirm = (name, number_sent(name)) if refused.code in GONE else None
    problem = sentence(refused, None)
    return show_studio(stands, found=found, failed=failed, problem=problem, confirm=confirm, status=422)


@blueprint.post("/dispositifs/<slug>/atelier/retour")
@open_to("administrator")
def restore(slug: str) -> AnyResponse:
    """Bring back what a save held (`_to`), or a published version (`_version`), as a new save."""
    revision = number_sent("_revision")
    try:
        back: DraftView = (
            act(drafts.restore_version, g.viewer, slug, number_sent("_version"), revision)
            if "_version" in request.form
            else act(drafts.restore, g.viewer, slug, number_sent("_to"), revision)
        )
    except Refused as refused:
        return show_studio(draft(slug), problem=sentence(refused, None), status=409)
    source = back.last.source.replace("revision", told(REVISION)) if back.last else ""
    notify("success", told(BACK, source=source, revision=back.revision) if back.changed else told(NO_CHANGE))
    return redirect(LINKS.studio(slug, pane="historique"), 303)


@blueprint.post("/dispositifs/<slug>/atelier/fichiers")
@open_to("administrator")
def change_files(slug: str) -> AnyResponse:
    """Add an empty file, or delete one; not one shared with other schemes, which isn't written here."""
    add, delete = request.form.get("_add", "").strip(), request.form.get("_delete", "")
    name, said = (add, ADDED) if add else (delete, DELETED)
    if not name or is_shared(name) or (add and name in draft(slug).files):
        return redirect(LINKS.studio(slug, name), 303)
    try:
        act(drafts.save, g.viewer, slug, {name: "" if add else None}, number_sent("_revision"))
    except Refused as refused:
        return show_studio(draft(slug), problem=sentence(refused, None), status=422)
    notify("success", told(said, file=name))
    return redirect(LINKS.studio(slug, add), 303)


@blueprint.get("/dispositifs/<slug>/atelier/paquet")
@open_to("administrator")
def export_bundle(slug: str) -> Response:
    """The whole scheme as saved, in a zip."""
    return download(f"{slug}.zip", "application/zip", packed(draft(slug).files))


@blueprint.post("/dispositifs/<slug>/atelier/paquet")
@open_to("administrator")
def import_bundle(slug: str) -> AnyResponse:
    """Bring a whole scheme in, over this one: a new save, as any other."""
    try:
        brought: DraftView = act(drafts.bring_in, g.viewer, bundle_sent(), slug)
    except Refused as refused:
        return show_studio(draft(slug), problem=sentence(refused, None), status=422)
    notify(*said_of(brought))
    return redirect(LINKS.studio(slug), 303)


def bundle_sent() -> Bundle:
    """The scheme in the zip that was sent. Raises Refused: bundle_…; answers 400 without a file."""
    sent = request.files.get("bundle")
    if sent is None:
        abort(400)
    try:
        return unpacked(sent.read())
    except UnfitFiles as unfit:
        raise Refused(unfit.code, **unfit.params) from unfit


def said_of(brought: DraftView) -> tuple[str, str]:
    """What to say once a scheme was brought in."""
    if not brought.changed:
        return "info", told(NO_CHANGE)
    return "success", told(BROUGHT_IN, revision=brought.revision)
