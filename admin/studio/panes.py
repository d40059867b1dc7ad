"""What stands beside the editor: the form to try, the workflow and the form drawn, the tests, what changed, the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, g

from admin.doors import blueprint, open_to
from admin.showing import language, read, show
from admin.studio.sent import draft, typed_over
from admin.versions import told_changes, told_overdrawn
from authoring.difference import Side
from authoring.studio.examined import examined
from authoring.studio.merging import compared
from dossiers.services import differences, drafts, publication
from dossiers.services.drafts import DraftView
from dossiers.services.refusals import NotFound
from engine.language import Scheme, SchemeError
from renderers import pictures
from renderers.catalogues import marked

PANES: Mapping[str, str] = {
    "apercu": marked("Form"),
    "circuit": marked("Workflow"),
    "carte": marked("Map of the form"),
    "essais": marked("Tests"),
    "ecart": marked("Changes"),
    "historique": marked("History"),
}


@dataclass(frozen=True, slots=True)
class Pane:
    """A pane: its name, and what its template shows; `faulty` when the text must be corrected first."""

    name: str
    faulty: bool = False
    view: Mapping[str, Any] = field(default_factory=dict)


@blueprint.post("/dispositifs/<slug>/atelier/volet/<pane>")
@open_to("administrator")
def pane_of(slug: str, pane: str) -> Response:
    """One pane alone, from the text as it is typed."""
    if pane not in PANES:
        abort(404)
    stands = draft(slug)
    return show("admin/studio_pane.html", draft=stands, pane=made_pane(stands, typed_over(stands), pane))


def made_pane(stands: DraftView, files: Mapping[str, str], name: str) -> Pane:
    """A pane of these files."""
    if name == "ecart":
        return Pane(name, view=_changes(stands.slug, files))
    if name == "historique":
        return Pane(name, view=_history(stands.slug))
    if name == "apercu":
        return Pane(name)  # a frame with an address of its own
    scheme = examined(files).scheme
    return Pane(name, view=DRAWN[name](scheme)) if scheme is not None else Pane(name, faulty=True)


def _workflow(scheme: Scheme) -> Mapping[str, Any]:
    return {
        "picture": pictures.workflow_svg(scheme, language()),
        "steps": pictures.steps(scheme, language(), {}),
    }


def _map(scheme: Scheme) -> Mapping[str, Any]:
    return {"picture": pictures.form_svg(scheme, language()), "scheme": scheme}


def _tests(scheme: Scheme) -> Mapping[str, Any]:
    from authoring.walkthrough import run  # what proves a scheme stays out of processes that only serve pages

    return {"outcomes": run(scheme)}


DRAWN: Mapping[str, Callable[[Scheme], Mapping[str, Any]]] = {
    "circuit": _workflow,
    "carte": _map,
    "essais": _tests,
}


def _changes(slug: str, files: Mapping[str, str]) -> Mapping[str, Any]:
    """What changed since the version in force."""
    try:
        in_force = read(publication.current, slug)
    except NotFound:
        return {"number": 0, "changes": ()}
    before = read(drafts.version_files, g.viewer, slug).files
    return {"number": in_force.number, "changes": compared(before, files), **_told(files)}


def _told(files: Mapping[str, str]) -> Mapping[str, Any]:
    """What changes for people (None while the text must be corrected first, or the version in force is not understood), and
    the envelopes that would be too small."""
    found = examined(files)
    nothing = {"told": None, "overdrawn": ()}
    if found.scheme is None:
        return nothing
    try:
        compared = read(differences.with_text, Side(found.scheme, found.source))
    except (NotFound, SchemeError):
        return nothing
    return {"told": told_changes(compared), "overdrawn": told_overdrawn(compared)}


def _history(slug: str) -> Mapping[str, Any]:
    return {"saves": read(drafts.history, g.viewer, slug), "versions": read(publication.versions, slug)}
