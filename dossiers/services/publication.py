"""Publishing schemes: a version is the whole bundle, immutable; one is in force at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from dossiers import journal
from dossiers.changes import promotions
from dossiers.database import SchemeRow, SchemeVersion, core
from dossiers.office import Office
from dossiers.services import shelf, stranding
from dossiers.services.desk import Work, preceded_by
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.views import Opening, Published, SchemeCard, VersionView
from engine.language import Bundle, Scheme
from workflows.funding import budget_of
from workflows.lifecycle import Actor


def prove(bundle: Bundle) -> Scheme:
    """Check a bundle and play its tests. Raises Refused: scheme_problems, tests_failed."""
    # what proves a scheme stays out of processes that only serve pages
    from authoring.check import check_bundle
    from authoring.walkthrough import run

    found = check_bundle(bundle)
    scheme, errors = found.scheme, tuple(one for one in found.problems if one.severity == "error")
    if scheme is None:
        raise Refused("scheme_problems", problems=errors)
    failed = tuple(outcome for outcome in run(scheme, None) if not outcome.passed)
    if failed:
        raise Refused("tests_failed", outcomes=failed)
    return scheme


def _prove(office: Office, now: datetime, bundle: Bundle, by: str, **_how: bool) -> Scheme:
    """Prove the bundle before anything is locked. Raises Refused."""
    return prove(bundle)


@preceded_by(_prove)
def publish(
    work: Work, bundle: Bundle, by: str, *, even_so: bool = False, again: bool = False
) -> VersionView:
    """Publish a bundle as the next version of its scheme, and open the scheme if it was closed.

    Drafts follow at once; filed dossiers keep the version they were filed under, until they are moved by a declared
    migration. `by` is the name of who publishes; `even_so`: though dossiers stand in a state that is gone;
    `again`: the text of an earlier version, whose `version` says the number it had.
    Raises Refused: scheme_problems, tests_failed, already_published (the version in force is this very bundle),
    wrong_version, stranded, envelope_gone.
    """
    scheme: Scheme = work.prepared
    scheme_id = _scheme_id(work, scheme.id)
    last = _in_force(work, scheme.id)
    if last is not None and last.checksum == bundle.checksum and last.closed_at is None:
        raise Refused("already_published", number=last.number)
    session, number = work.session, _next_number(work, scheme_id)
    if not again and scheme.version not in (None, number):
        raise Refused("wrong_version", found=scheme.version, number=number)
    if not even_so:
        stranding.require_none(work, scheme_id, scheme)
    in_force = (SchemeVersion.scheme_id == scheme_id, SchemeVersion.retired_at.is_(None))
    session.execute(update(SchemeVersion).where(*in_force).values(retired_at=work.now))
    session.execute(update(SchemeRow).where(SchemeRow.id == scheme_id).values(closed_at=None))
    row: dict[str, Any] = {"scheme_id": scheme_id, "number": number}
    row |= {
        "files": dict(bundle.files),
        "checksum": bundle.checksum,
        "published_at": work.now,
        "published_by": by,
    }
    session.execute(insert(SchemeVersion).values(row))
    if budget_of(scheme) is not None:
        promotions.of_version(session, scheme_id, number, work.now)
    _note(work, scheme.id, by, "published", {"number": row["number"], "checksum": bundle.checksum})
    return versions(work, scheme.id)[0]


def close(work: Work, slug: str, by: str) -> None:
    """Take no new application; drafts can't be filed any more, filed dossiers go on. Raises NotFound."""
    found = _in_force(work, slug)
    if found is None:
        raise NotFound("scheme")
    if found.closed_at is None:
        work.session.execute(update(SchemeRow).where(SchemeRow.slug == slug).values(closed_at=work.now))
        _note(work, slug, by, "closed", {})


def open_schemes(work: Work) -> tuple[SchemeCard, ...]:
    """Every published scheme, those that take applications first, then by title's order of publication."""
    rows = work.session.execute(
        _versions().where(SchemeVersion.retired_at.is_(None)).order_by(SchemeRow.id)
    ).all()
    cards = [_card(work, row) for row in rows]
    return tuple(sorted(cards, key=lambda card: ("open", "not_yet", "closed").index(card.open)))


def current(work: Work, slug: str) -> Published:
    """The version of a scheme in force. Raises NotFound for an unknown scheme."""
    return _published(work, _in_force(work, slug))


def numbered(work: Work, slug: str, number: int) -> Published:
    """A version of a scheme by its number, in force or not. Raises NotFound."""
    query = _versions().where(SchemeRow.slug == slug, SchemeVersion.number == number)
    return _published(work, work.session.execute(query).first())


def _published(work: Work, row: Row[Any] | None) -> Published:
    if row is None:
        raise NotFound("scheme")
    scheme = shelf.scheme_of(work.session, row.id, row.checksum)
    return Published(
        scheme, row.scheme_id, row.id, row.number, opening(work, scheme, row.closed_at is not None)
    )


def versions(work: Work, slug: str | None = None) -> tuple[VersionView, ...]:
    """The published versions, of one scheme or of all, newest first."""
    query = _versions().order_by(SchemeRow.slug, SchemeVersion.number.desc())
    if slug is not None:
        query = query.where(SchemeRow.slug == slug)
    return tuple(_version_view(work, row) for row in work.session.execute(query))


def opening(work: Work, scheme: Scheme, closed: bool) -> Opening:
    """Whether applications are taken now: between the scheme's local dates, both included, unless it was closed."""
    today = work.office.organisation.local_date(work.now)
    calendar = scheme.calendar
    if closed or (calendar.closes is not None and today > calendar.closes):
        return "closed"
    return "not_yet" if calendar.opens is not None and today < calendar.opens else "open"


def require_open(work: Work, scheme: Scheme, closed: bool) -> None:
    """Raise Refused("not_open") when applications are not taken now."""
    found = opening(work, scheme, closed)
    if found != "open":
        raise Refused("not_open", open=found, opens=scheme.calendar.opens, closes=scheme.calendar.closes)


def _scheme_id(work: Work, slug: str) -> int:
    """The row of a scheme, made at its first publication, locked."""
    query = select(SchemeRow.id).where(SchemeRow.slug == slug).with_for_update()
    found = work.session.scalar(query)
    if found is not None:
        return found
    return work.session.scalars(insert(SchemeRow).values(slug=slug).returning(SchemeRow.id)).one()


def _next_number(work: Work, scheme_id: int) -> int:
    highest = select(func.coalesce(func.max(SchemeVersion.number), 0))
    return int(work.session.scalar(highest.where(SchemeVersion.scheme_id == scheme_id)) or 0) + 1


def _versions() -> Any:
    return select(
        SchemeVersion.id,
        SchemeVersion.scheme_id,
        SchemeVersion.number,
        SchemeVersion.checksum,
        SchemeVersion.published_at,
        SchemeVersion.published_by,
        SchemeVersion.retired_at,
        SchemeRow.slug,
        SchemeRow.closed_at,
    ).join(SchemeRow, SchemeRow.id == SchemeVersion.scheme_id)


_IN_FORCE = _versions().where(SchemeRow.slug == bindparam("slug"), SchemeVersion.retired_at.is_(None))


def _in_force(work: Work, slug: str) -> Row[Any] | None:
    row: Row[Any] | None = core(work.session).execute(_IN_FORCE, {"slug": slug}).first()
    return row


def _card(work: Work, row: Row[Any]) -> SchemeCard:
    scheme = shelf.scheme_of(work.session, row.id, row.checksum)
    return SchemeCard(
        slug=row.slug,
        title=scheme.title,
        summary=scheme.summary,
        open=opening(work, scheme, row.closed_at is not None),
        opens=scheme.calendar.opens,
        closes=scheme.calendar.closes,
        languages=tuple(scheme.languages),
    )


def _version_view(work: Work, row: Row[Any]) -> VersionView:
    scheme = shelf.scheme_of(work.session, row.id, row.checksum)
    return VersionView(
        slug=row.slug,
        title=scheme.title,
        number=row.number,
        checksum=row.checksum,
        published_at=row.published_at,
        published_by=row.published_by,
        current=row.retired_at is None,
        open=opening(work, scheme, row.closed_at is not None),
        closed_at=row.closed_at,
    )


def _note(work: Work, slug: str, by: str, action: str, payload: dict[str, Any]) -> None:
    actor = Actor("staff", "", by, frozenset())
    journal.record(
        work.session, stream=f"scheme:{slug}", actor=actor, action=action, at=work.now, payload=payload
    )
