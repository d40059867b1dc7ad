"""The versions of a scheme, for administrators: each one kept, what changes from one to the next, and whom it touches."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from admin.doors import blueprint, open_to
from admin.showing import language, read, show
from dossiers.services import differences, publication
from dossiers.services.differences import Difference
from dossiers.services.refusals import NotFound
from renderers.words.differences import difference_sentence, overdrawn_sentence, touched_sentence


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change as people read it: what changes, whom it touches ("" where nobody is counted), and where it stands."""

    sentence: str
    touched: str
    place: str


@blueprint.get("/dispositifs/<slug>/versions")
@open_to("administrator")
def versions_of(slug: str) -> Response:
    """The published versions of a scheme, newest first."""
    found = read(publication.versions, slug)
    if not found:
        raise NotFound("scheme")
    scheme = read(publication.current, slug).scheme
    return show("admin/versions.html", scheme=scheme, slug=slug, versions=found)


@blueprint.get("/dispositifs/<slug>/versions/<int:first>..<int:last>")
@open_to("administrator")
def difference(slug: str, first: int, last: int) -> Response:
    """What changes from one version to another."""
    found = read(differences.between, slug, first, last)
    title = read(publication.current, slug).scheme.title
    return show(
        "admin/difference.html", title=title, slug=slug, first=first, last=last, changes=told_changes(found)
    )


def told_overdrawn(found: Difference) -> tuple[str, ...]:
    """The envelopes of which dossiers hold more than the text votes, in sentences, in the reader's language."""
    return tuple(overdrawn_sentence(one, language(), found.currency) for one in found.overdrawn)


def told_changes(found: Difference) -> tuple[ToldChange, ...]:
    """The changes of a difference in sentences, in the reader's language."""
    return tuple(
        ToldChange(
            difference_sentence(change, language()),
            touched_sentence(touched, language()) if touched else "",
            str(change.after or change.before or ""),
        )
        for change, touched in found.changes
    )
