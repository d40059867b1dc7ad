"""The studio's page, and saving: nobody's newer text is overwritten, nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, sentence, show, told
from admin.studio.panes import PANES, Pane, made_pane
from admin.studio.sent import TEXT, draft, number_sent, style_nonce, texts_sent, typed_over
from admin.studio.words import editor_words
from authoring.studio.diagnostics import Diagnostic, diagnostics
from authoring.studio.examined import examined
from authoring.studio.files import is_own, order, with_line_feeds
from authoring.studio.merging import Merged, merge
from dossiers.services import drafts, publication
from dossiers.services.drafts import DraftView
from dossiers.services.refusals import Refused
from engine.language import Bundle
from engine.language.sharing import is_shared
from renderers.catalogues import marked
from renderers.frame import Notice

SAVED = marked("Saved: revision %(revision)s.")
UNCHANGED = marked("Nothing has changed since the last save.")
MINE = "mine:"
SET_ASIDE = marked("Done. Your own text is kept in the history too, as revision %(revision)s.")


@dataclass(frozen=True, slots=True)
class Rival:
    """A file two people changed: what each has, and both together."""

    name: str
    mine: str
    theirs: str
    merged: Merged


@blueprint.get("/dispositifs/<slug>/atelier")
@open_to("administrator")
def studio(slug: str) -> Response:
    """The scheme, one file open, one pane beside."""
    return show_studio(draft(slug))


@blueprint.post("/dispositifs/<slug>/atelier")
@open_to("administrator")
def save_studio(slug: str) -> AnyResponse:
    """Save what is typed; or only check it; or settle what two people saved."""
    then = request.form.get("_then", "save")
    stands = draft(slug)
    if then == "check":
        files = typed_over(stands)
        return show_studio(stands, files, checked(files))
    if "_base" in request.form:
        return _settle(slug, then)
    return _save(slug, texts_sent())


def checked(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Every problem, proofs included."""
    # what proves a scheme stays out of processes that only serve pages
    from authoring.check import check_bundle

    return diagnostics(
        check_bundle(Bundle(files).with_library(), examined(files)).problems, files, language()
    )


def _save(slug: str, changes: Mapping[str, str]) -> AnyResponse:
    revision = number_sent("_revision")
    quietly = request.accept_mimetypes.best == "application/json"
    try:
        saved: DraftView = act(drafts.save, g.viewer, slug, changes, revision)
    except Refused as refused:
        why, changed = sentence(refused, None), refused.code == "draft_changed"
        if quietly:  # of a conflict the script sends the form itself, to come to the page that settles it
            return _json({"problem": why}, 409 if changed else 422)
        if changed:
            return _conflict(slug, revision, changes, why)
        stands = draft(slug)
        return show_studio(stands, {**stands.files, **changes}, problem=why, status=422)
    said = told(SAVED, revision=saved.revision) if saved.changed else told(UNCHANGED)
    if quietly:
        return _json({"revision": saved.revision, "said": said})
    notify("success" if saved.changed else "info", said)
    return redirect(_here(slug), 303)


def _json(data: Mapping[str, object], status: int = 200) -> Response:
    response = Response(_dumped(data), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _settle(slug: str, then: str) -> AnyResponse:
    """What was chosen between two texts: both together, one's own ("mine"), the other ("theirs")."""
    mine, revision = texts_sent(MINE), number_sent("_revision")
    kept = {"mine": mine, "theirs": {}}.get(then, texts_sent())
    try:
        aside: DraftView = act(drafts.settle, g.viewer, slug, mine, kept, revision)
    except Refused as refused:
        why = sentence(refused, None)
        if refused.code != "draft_changed":
            return show_studio(draft(slug), {**draft(slug).files, **kept}, problem=why, status=422)
        # somebody saved once more: what was brought together is now one's own text, over what was seen
        return (
            _conflict(slug, revision, kept, why) if kept else _conflict(slug, number_sent("_base"), mine, why)
        )
    notify("success", told(SET_ASIDE if then != "mine" else SAVED, revision=aside.revision))
    return redirect(_here(slug), 303)


def _conflict(slug: str, base: int, mine: Mapping[str, str], why: str) -> AnyResponse:
    """Both texts, and three ways on (409)."""
    stands = draft(slug)
    before = read(drafts.at_revision, g.viewer, slug, base).files
    names = (g.viewer.name, stands.last.saved_by if stands.last else slug)
    rivals = tuple(
        Rival(name, text, theirs, merge(before.get(name, ""), text, theirs, names))
        for name, text in mine.items()
        if (theirs := stands.files.get(name, "")) != text and text != before.get(name, "")
    )
    if not rivals:  # what was sent is what was opened, or what stands
        notify("info", told(UNCHANGED))
        return redirect(LINKS.studio(slug), 303)
    return show(
        "admin/studio_conflict.html", 409, slug=slug, draft=stands, base=base, rivals=rivals, problems=why
    )


def show_kept(slug: str, form: Sequence[tuple[str, str]], notices: tuple[Notice, ...]) -> Response:
    """The studio with what was typed when a session ended, still over the revision it was typed over."""
    stands, sent = draft(slug), dict(form)
    changes = {name.removeprefix(TEXT): text for name, text in form if name.startswith(TEXT)}
    revision = sent.get("_revision", "")
    seen = int(revision) if revision.isascii() and revision.isdigit() else stands.revision
    files = {
        **stands.files,
        **{name: with_line_feeds(text) for name, text in changes.items() if is_own(name)},
    }
    return show_studio(replace(stands, revision=seen), files, file=sent.get("_file", ""), notices=notices)


def _here(slug: str) -> str:
    return LINKS.studio(slug, request.form.get("_file", ""), request.form.get("_pane", ""))


def show_studio(
    stands: DraftView,
    files: Mapping[str, str] | None = None,
    found: tuple[Diagnostic, ...] | None = None,
    *,
    failed: object = (),
    confirm: tuple[str, int] | None = None,
    problem: str = "",
    status: int = 200,
    file: str = "",
    notices: tuple[Notice, ...] = (),
) -> Response:
    """The page, with the files as saved or as typed; `found`: the problems, None when nobody asked for them;
    `failed`: the outcomes of tests in the way of publishing; `confirm`: the name and number to publish all the same."""
    given = stands.files if files is None else files
    shown = {name: given[name] for name in sorted(given, key=order)}
    asked = file or request.values.get("fichier", "") or request.form.get("_file", "")
    name = asked if asked in shown else next(iter(shown))
    wanted = request.values.get("volet", "") or request.form.get("_pane", "")
    pane: Pane = made_pane(stands, shown, wanted if wanted in PANES else "apercu")
    return show(
        "admin/studio.html",
        status,
        notices,
        draft=stands,
        published=bool(read(publication.versions, stands.slug)),
        files=shown,
        shared=read(drafts.sharing, g.viewer, [one for one in shown if is_shared(one)]),
        file=name,
        found=found,
        failed=failed,
        confirm=confirm,
        pane=pane,
        panes=PANES,
        problems=problem,
        nonce=style_nonce(),
        words=_dumped(editor_words(language())),
        texts=_dumped(dict(stands.files)),
        typed=_dumped({name: text for name, text in shown.items() if stands.files.get(name) != text}),
    )
