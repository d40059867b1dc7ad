"""Publishing from the studio: the text as it was seen, or that of an earlier version again."""

from __future__ import annotations

from datetime import datetime

from dossiers.access import Viewer
from dossiers.office import Office
from dossiers.services import drafts, publication
from dossiers.services.desk import Work, preceded_by
from dossiers.services.refusals import Refused
from dossiers.services.views import VersionView
from engine.language import Bundle, Scheme


def _prove_draft(
    office: Office, now: datetime, viewer: Viewer, slug: str, revision: int, *, even_so: bool = False
) -> Scheme:
    """Check the text to publish and play its tests before anything is locked."""
    with office.database.reading() as session:
        bundle = Bundle(drafts.one(Work(session, office, now), viewer, slug).files)
    return publication.prove(bundle)


@preceded_by(_prove_draft)
def publish(work: Work, viewer: Viewer, slug: str, revision: int, *, even_so: bool = False) -> VersionView:
    """Publish the text as it stands at `revision`; `even_so`: though dossiers stand in a state that is gone.

    Raises NotFound, Refused: draft_changed, other_scheme, and those of publication.publish.
    """
    stands = drafts.stands_at(work, viewer, slug, revision)
    return _publish(work, viewer, slug, Bundle(stands.files), even_so=even_so)


def _prove_version(
    office: Office, now: datetime, viewer: Viewer, slug: str, number: int, *, even_so: bool = False
) -> Scheme:
    with office.database.reading() as session:
        bundle = drafts.version_files(Work(session, office, now), viewer, slug, number)
    return publication.prove(bundle)


@preceded_by(_prove_version)
def publish_again(
    work: Work, viewer: Viewer, slug: str, number: int, *, even_so: bool = False
) -> VersionView:
    """Go back to an earlier version: its text is published as the next one. Raises as `publish`."""
    files = drafts.version_files(work, viewer, slug, number)
    return _publish(work, viewer, slug, files, even_so=even_so, again=True)


def _publish(work: Work, viewer: Viewer, slug: str, bundle: Bundle, **how: bool) -> VersionView:
    scheme: Scheme = work.prepared
    if scheme.id != slug:
        raise Refused("other_scheme", found=scheme.id, scheme=slug)
    published: VersionView = publication.publish(work, bundle, viewer.name, **how)
    return published
