"""Effects `resume_link` and `link`: the applicant's way back; `password`: the way to choose one, for staff. By mail, each
link made here, once for a job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dossiers.changes.codes import code_of
from dossiers.database import Link, insert_or_ignore
from dossiers.effects import platform
from dossiers.effects.delivery import Letterhead, deliver
from dossiers.effects.outcome import Done, Outcome
from dossiers.effects.reading import dossier_of
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import invitations, signing
from dossiers.services.desk import Desk, Work
from dossiers.services.invitations import PARTY_LINK
from dossiers.services.links import PASSWORD
from dossiers.services.opened import Opened
from dossiers.sessions import digest

LIFETIMES = {PASSWORD: timedelta(days=2), PARTY_LINK: timedelta(days=14)}
KEPT_FROM_US = "•••"  # in our own outbox: a link is its bearer's alone


def run_resume(job: Claimed, office: Office) -> Outcome:
    """Mail the link to a draft begun a while ago; nothing when it was filed or erased meanwhile."""
    opened = dossier_of(office, job.dossier_id)
    if opened is None or opened.dossier.filed_at is not None:
        return Done()
    return _send(job, office, "resume_link", opened.dossier.email, opened)


def run(job: Claimed, office: Office) -> Outcome:
    """Mail `to` a link to one dossier, or to all those of that address."""
    opened = dossier_of(office, job.options.get("dossier_id"))
    return _send(job, office, job.options.get("template", "sign_in_link"), job.options["to"], opened)


def run_password(job: Claimed, office: Office) -> Outcome:
    """Mail the owner of an account the link to choose a password."""
    return _send(job, office, job.options["template"], job.options["to"], None)


def run_party(job: Claimed, office: Office) -> Outcome:
    """Mail somebody named in a dossier the link to it; nothing when another address was given meanwhile."""
    opened = dossier_of(office, job.dossier_id)
    if opened is None or not Desk(office).read(_is_invited, opened, job.options["party"], job.options["to"]):
        return Done()
    return _send(job, office, "party_invitation", job.options["to"], opened)


def _is_invited(work: Work, opened: Opened, party: str, to: str) -> bool:
    row = invitations.rows(work, opened).get(party)
    return row is not None and row.email == to and row.invited_at is not None


def run_code(job: Claimed, office: Office) -> Outcome:
    """Mail `to` the code by which they sign."""
    opened = dossier_of(office, job.dossier_id)
    if opened is None:
        return Done()
    code, language = signing.code_of(office, job.options["code_key"]), job.options["language"]
    values = {"code": code, "public_id": opened.dossier.public_id, "reference": opened.dossier.reference}
    written = platform.write(office, signing.CODE, language, values, opened)
    kept = written.text.replace(code, KEPT_FROM_US)
    head = Letterhead(job.options["to"], language, reply_to=platform.reply_to(office, opened), kept=kept)
    return deliver(job, office, written, head)


def _send(job: Claimed, office: Office, name: str, to: str, opened: Opened | None) -> Outcome:
    token = office.vault.blind_index(
        f"token:{job.key}"
    )  # nobody can guess it, and a job run again makes the same
    _keep(job, office, token, to, opened)
    dossier = opened.dossier if opened else None
    values = {
        "token": token,
        "public_id": dossier.public_id if dossier else None,
        "reference": dossier.reference if dossier else None,
        "code": code_of(office.vault, dossier.public_id) if dossier and dossier.filed_at is None else None,
    }
    language = job.options["language"]
    written = platform.write(office, name, language, values, opened)
    kept = written.text.replace(token, KEPT_FROM_US)
    if values["code"]:
        kept = kept.replace(values["code"], KEPT_FROM_US)
    head = Letterhead(to, language, reply_to=platform.reply_to(office, opened), kept=kept)
    return deliver(job, office, written, head)


def _keep(job: Claimed, office: Office, token: str, to: str, opened: Opened | None) -> None:
    about = opened.dossier.id if opened else None
    row: dict[str, Any] = {"token_hash": digest(token), "email": to, "dossier_id": about}
    lifetime = LIFETIMES.get(job.kind, office.settings.link_lifetime)
    row |= {"purpose": job.kind, "expires_at": office.clock() + lifetime}
    with office.database.writing() as session:
        insert_or_ignore(session, Link, row)
