"""The schemes of the site, for administrators: what is in force, what is being written, by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, g

from admin.doors import blueprint, open_to
from admin.showing import read, show
from dossiers.services import drafts, publication
from dossiers.services.drafts import Save
from dossiers.services.views import VersionView


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A scheme: its version in force (None: never published), the last save of its draft (None: there is no draft)."""

    slug: str
    in_force: VersionView | None
    draft: Save | None


@blueprint.get("/dispositifs")
@open_to("administrator")
def schemes() -> Response:
    """The schemes, then every version published."""
    versions: tuple[VersionView, ...] = read(publication.versions)
    saves = {one.slug: one for one in read(drafts.every, g.viewer)}
    return show("admin/schemes.html", schemes=tuple(_lines(versions, saves)), versions=versions)


def _lines(versions: tuple[VersionView, ...], saves: dict[str, Save]) -> Iterator[SchemeLine]:
    in_force = {one.slug: one for one in versions if one.current}
    for slug in sorted({*in_force, *saves}):
        yield SchemeLine(slug, in_force.get(slug), saves.get(slug))
