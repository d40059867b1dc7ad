"""Beginning a scheme: from one that comes with the program, from a copy of another, from a zip."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, sentence, show
from admin.studio.publishing import bundle_sent, said_of
from admin.studio.sent import draft
from authoring.studio.files import renamed
from dossiers.services import drafts, publication
from dossiers.services.drafts import DraftView
from dossiers.services.refusals import Refused
from engine.language import Bundle
from engine.language.source import read_source

ID = re.compile(r"[a-z][a-z0-9_-]{0,60}")
# `schemes` has no module of its own: it stands beside our packages, in the checkout as in an installation
SHIPPED = Path(__file__).parents[2] / "schemes"


@dataclass(frozen=True, slots=True)
class Model:
    """A scheme one may begin from; `value` says where it is: "shipped:bicycle-grant.yaml", "here:small-grant"."""

    value: str
    title: str


@blueprint.get("/dispositifs/nouveau")
@open_to("administrator")
def new_scheme() -> Response:
    """The form that begins a scheme."""
    return _form()


@blueprint.post("/dispositifs/nouveau")
@open_to("administrator")
def begin_scheme() -> AnyResponse:
    """Begin a scheme under a name of its own."""
    model, name = request.form.get("model", ""), request.form.get("name", "").strip()
    if model not in {one.value for one in _models()}:
        abort(400)
    try:
        made: DraftView = act(
            drafts.start,
            g.viewer,
            renamed(_files(model), name if ID.fullmatch(name) else "-"),
            model.partition(":")[2],
        )
    except Refused as refused:
        return _form(model, name, sentence(refused, None))
    return redirect(LINKS.studio(made.slug), 303)


@blueprint.post("/dispositifs/paquet")
@open_to("administrator")
def import_scheme() -> AnyResponse:
    """Bring a whole scheme in, new or not."""
    try:
        brought: DraftView = act(drafts.bring_in, g.viewer, bundle_sent())
    except Refused as refused:
        return _form(problem=sentence(refused, None))
    notify(*said_of(brought))
    return redirect(LINKS.studio(brought.slug), 303)


def _form(model: str = "", name: str = "", problem: str = "") -> Response:
    status = 422 if problem else 200
    return show("admin/new_scheme.html", status, models=_models(), model=model, name=name, problems=problem)


def _models() -> tuple[Model, ...]:
    """The schemes that come with the program, then those of this site."""
    shipped = [
        path
        for path in sorted(SHIPPED.iterdir())
        if path.suffix == ".yaml" or (path / "scheme.yaml").is_file()
    ]
    here = dict.fromkeys(
        [one.slug for one in read(publication.versions) if one.current]
        + [one.slug for one in read(drafts.every, g.viewer)]
    )
    return (
        *(Model(f"shipped:{path.name}", _title(Bundle.read(path).files["scheme.yaml"])) for path in shipped),
        *(Model(f"here:{slug}", f"{_title(draft(slug).files['scheme.yaml'])} ({slug})") for slug in here),
    )


def _files(model: str) -> dict[str, str]:
    where, _, name = model.partition(":")
    return dict(Bundle.read(SHIPPED / name).files if where == "shipped" else draft(name).files)


def _title(text: str) -> str:
    data = read_source(text, "scheme.yaml").data
    title = data.get("title") if isinstance(data, dict) else ""
    if isinstance(title, dict):
        title = title.get(language()) or next(iter(title.values()), "")
    return str(title or "")
