"""Inviting the people a dossier concerns besides its applicant: when it comes to them, and at another address."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from dossiers import jobs, journal
from dossiers.database import Link, Party
from dossiers.services.beginning import normal_email
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, actor_of_party
from engine.asked import Reading
from engine.asked.parties import concerned
from engine.kinds import kind_of
from engine.language.model import APPLICANT
from renderers.words import standalone
from workflows.signing import awaited

PARTY_LINK = "party_link"  # the purpose of a link by which somebody named in a dossier comes to it


def rows(work: Work, opened: Opened) -> Mapping[str, Party]:
    """The parties of a dossier besides its applicant."""
    query = select(Party).where(Party.dossier_id == opened.dossier.id, Party.role != APPLICANT)
    return {row.role: row for row in work.session.scalars(query) if row.role in opened.scheme.parties}


def arrive(work: Work, opened: Opened, reading: Reading) -> None:
    """Invite those who are awaited in the state a dossier has come to, each once."""
    if not opened.scheme.parties:
        return
    wanted = set(awaited(opened.scheme, opened.dossier.state)) & set(concerned(reading))
    known = rows(work, opened)
    for party in (id for id in opened.scheme.parties if id in wanted):
        if party not in known or known[party].invited_at is None:
            _invite(work, opened, reading, party, known.get(party))


def follow(work: Work, opened: Opened, reading: Reading) -> frozenset[str]:
    """After a change of the answers: invite who is named now, at the address given now.

    Who is named no more sees nothing any more; returns what they had answered, which is to go.
    """
    if not opened.scheme.parties or opened.dossier.filed_at is None:
        return frozenset()
    here, gone = concerned(reading), set()
    for party, row in rows(work, opened).items():
        moved = row.email != party_email(reading, party) and not has_come(row)
        if row.invited_at is not None and (party not in here or moved):
            forget(work, opened, row)
            gone |= answered_by(opened, party)
    arrive(work, opened, reading)
    return frozenset(gone)


def answered_by(opened: Opened, party: str) -> set[str]:
    """The fields a party fills in."""
    pages = opened.scheme.form.values()
    return {id for page in pages if page.asked_of == party for id in page.fields}


def locked(work: Work, opened: Opened) -> frozenset[str]:
    """The fields that can't be changed any more: the address of who has come by it."""
    if not opened.scheme.parties or opened.dossier.filed_at is None:
        return frozenset()
    known = rows(work, opened)
    return frozenset(opened.scheme.parties[id].email for id, row in known.items() if has_come(row))


def has_come(row: Party) -> bool:
    """Whether somebody opened the link, so that the address is theirs and stays."""
    return row.verified_at is not None and row.declined_at is None


def party_email(reading: Reading, party: str) -> str:
    """The address given for a party; "" for none."""
    given = reading.answers.get(reading.scheme.parties[party].email)
    return normal_email(given) if isinstance(given, str) and given else ""


def party_name(reading: Reading, party: str, language: str) -> str | None:
    """The name given for a party."""
    named = reading.scheme.parties[party].name
    answer = None if named is None else reading.answers.get(named)
    if named is None or answer is None:
        return None
    field = reading.scheme.fields[named]
    return standalone(kind_of(field).printed(field, answer, language), language)


def _invite(work: Work, opened: Opened, reading: Reading, party: str, row: Party | None) -> None:
    to = party_email(reading, party)
    if not to or to == opened.dossier.email:
        return
    if row is None:
        row = Party(dossier_id=opened.dossier.id, role=party)
        work.session.add(row)
    row.name, row.email = party_name(reading, party, opened.dossier.language), to
    row.language, row.invited_at = opened.dossier.language, work.now
    row.verified_at = row.declined_at = None
    work.session.flush()
    mail(work, opened, row)
    note(work, opened, "party_invited", {"party": party})


def forget(work: Work, opened: Opened, row: Party) -> None:
    """Who was invited sees nothing any more, and the link sent opens nothing."""
    sent = (Link.dossier_id == opened.dossier.id, Link.email == row.email, Link.purpose == PARTY_LINK)
    work.session.execute(update(Link).where(*sent, Link.used_at.is_(None)).values(used_at=work.now))
    row.invited_at = row.verified_at = None


def mail(work: Work, opened: Opened, row: Party) -> None:
    options = {"to": row.email, "language": row.language, "party": row.role}
    about = work.office.vault.blind_index(row.email or "")[:16]
    key = f"{PARTY_LINK}:{opened.dossier.public_id}:{row.role}:{about}:{work.now.isoformat()}"
    jobs.add(
        work.session, PARTY_LINK, key=key, dossier_id=opened.dossier.id, options=options, run_at=work.now
    )


def note(work: Work, opened: Opened, action: str, payload: dict[str, object]) -> None:
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor_of_party(opened),
        action=action,
        at=work.now,
        payload=payload,
        dossier_id=opened.dossier.id,
    )
