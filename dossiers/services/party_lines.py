"""The people a dossier concerns, one line each: who was invited, came, declined, signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dossiers.changes.drafts import Drafted
from dossiers.database import Party, Signature
from dossiers.services import invitations, signatures
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.filling import filling
from dossiers.services.party_views import PartyLine, Standing
from engine.asked import Reading
from engine.asked.parties import concerned
from engine.language.model import APPLICANT, Scheme, Text
from renderers.party_words import applicant_label
from renderers.snapshot import applicant_name
from workflows.signing import signed_in


def party_lines(work: Work, case: Case, draft: Drafted | None) -> tuple[PartyLine, ...]:
    """Those there are now, with the address of who the viewer named themselves; nobody where the applicant is alone."""
    if not case.scheme.parties:
        return ()
    reading = case.reading if draft is None else filling(work, case.opened).reading
    known = invitations.rows(work, case.opened)
    signed = _signed(work, case, reading)
    return tuple(_lines(case, reading, known, signed))


def _signed(work: Work, case: Case, reading: Reading) -> Mapping[str, Signature]:
    """The signatures that stand: those given here, or those with which the dossier moved on."""
    found = signatures.rows(work, case.opened)
    action = signed_in(case.scheme.workflow, case.dossier.state)
    stand = found if action is None else signatures.standing(work, case.opened, reading, action)
    return {id: row for id, row in found.items() if id in stand and row.signed_at is not None}


def _lines(
    case: Case, reading: Reading, known: Mapping[str, Party], signed: Mapping[str, Signature]
) -> Iterator[PartyLine]:
    dossier, mine = case.dossier, case.opened.party == APPLICANT
    for id in concerned(reading):
        name = applicant_name(reading, "") if id == APPLICANT else None
        row = known.get(id)
        if row is not None:
            name = row.name
        at = dossier.filed_at if row is None else row.declined_at or row.verified_at or row.invited_at
        standing: Standing = "signs" if id == APPLICANT else _standing(row)
        if id in signed:
            standing, at = "signed", signed[id].signed_at
        change = None
        if mine and row is not None and not invitations.has_come(row) and id not in signed:
            change = case.scheme.fields[case.scheme.parties[id].email].page
        email = row.email if mine and row is not None else None
        yield PartyLine(id, label_of(case.scheme, id), name or None, standing, at, email, change)


def label_of(scheme: Scheme, party: str) -> Text:
    """What a party is called."""
    return applicant_label(scheme.languages) if party == APPLICANT else scheme.parties[party].label


def _standing(row: Party | None) -> Standing:
    if row is None or row.invited_at is None:
        return "signs"
    if row.declined_at is not None:
        return "declined"
    return "come" if row.verified_at is not None else "invited"
