"""Answers given beforehand: by a sealed link, or by an earlier dossier of the same applicant. Nothing given is lost in
silence: what can't be taken is told to who gives it, what is wrong is told beside its field."""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.changes import filing
from dossiers.database import Dossier, SchemeRow
from dossiers.outside.vault import Tampered, Vault
from dossiers.services.desk import Work
from dossiers.services.opened import for_applicant
from dossiers.services.refusals import NotFound, Refused
from engine.asked import read_answers
from engine.asked.parties import hidden_from
from engine.facts import Kept
from engine.kinds import Json, kind_of
from engine.kinds.kind import items, members
from engine.language import Scheme
from engine.language.model import APPLICANT, Field
from engine.organisation import Organisation
from engine.problems import AnswerProblem
from engine.validation import validate_all, validate_fields

GIVEN = "@given"  # the name of what was given beforehand, among the facts of a dossier: no scheme has a fact of it
LINK, RENEWAL = "link", "renewal"
LASTS = timedelta(days=30)
LONGEST = 6_000  # characters of a link that browsers and mails still carry
NEVER = frozenset({"file", "consent", "fields"})  # a document, a signature: for the applicant alone


class LinkTooLong(Exception):
    """More answers than an address can carry."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What can be put into a draft, wrong answers included; `refused`: why the rest can't, by name; `problems`: what is
    wrong with what is put."""

    answers: Mapping[str, Json]
    refused: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[AnswerProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewable:
    """An earlier dossier one may start again from."""

    public_id: str
    reference: str
    filed_at: datetime


def take(scheme: Scheme, given: Mapping[str, object], now: datetime, organisation: Organisation) -> Taken:
    """Answers as a machine gives them, plain values or stored ones, as a draft would hold them."""
    from authoring.walkthrough.given import stored  # with all that plays tests: for the first answers given

    answers: dict[str, Json] = {}
    refused: dict[str, str] = {}
    for name, value in given.items():
        one = scheme.fields.get(name)
        if one is None:
            refused[name] = "unknown_field"
        elif one.kind in NEVER:
            refused[name] = "never_given"
        elif value is not None and (answer := _shown(one, stored(one, _plain(value)))) is None:
            refused[name] = "unreadable"
        elif value is not None:
            answers[name] = without_documents(one, answer)
            refused |= dict(left_in_rows(one, answer))
    return Taken(answers, refused, _wrong(scheme, answers, now, organisation))


def _plain(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _shown(one: Field, answer: Json) -> Json:
    """The answer if its field can show it again, right or wrong; None otherwise."""
    try:
        kind_of(one).value(one, answer)
        return answer if any(kind_of(one).raw(one, answer).values()) else None
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return None


def _wrong(
    scheme: Scheme, answers: Mapping[str, Json], now: datetime, organisation: Organisation
) -> tuple[AnswerProblem, ...]:
    """What is wrong with what is given; what a row lacks is only still to be answered."""
    from authoring.walkthrough.given import wrong_answers  # as above

    reading = read_answers(scheme, answers, now=now, organisation=organisation)
    plain = {id: scheme.fields[id] for id in answers if not scheme.fields[id].fields}
    rows = (one for one in validate_all(reading) if one.path and one.path[0] in answers.keys() - plain)
    return *validate_fields(plain, answers, reading), *wrong_answers(tuple(rows))


# -- by a link ----------------------------------------------------------------------------------------------


def sealed(vault: Vault, slug: str, given: Mapping[str, object], until: datetime) -> str:
    """Answers as the end of an address: nobody reads or alters them on the way. Raises LinkTooLong."""
    content = json.dumps({"until": until.isoformat(), "answers": dict(given)}, ensure_ascii=False)
    found = (
        urlsafe_b64encode(vault.seal(zlib.compress(content.encode()), _context(slug))).decode().rstrip("=")
    )
    if len(found) > LONGEST:
        raise LinkTooLong(len(found))
    return found


def unsealed(vault: Vault, slug: str, token: str, now: datetime) -> Mapping[str, object]:
    """The answers of a link. Raises Refused("link_spoilt"): it is over, altered, or for another scheme."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        content = json.loads(zlib.decompress(vault.open(raw, _context(slug))))
    except (binascii.Error, Tampered, ValueError, zlib.error) as error:
        raise Refused("link_spoilt") from error
    if datetime.fromisoformat(content["until"]) <= now:
        raise Refused("link_spoilt")
    found: Mapping[str, object] = content["answers"]
    return found


def _context(slug: str) -> str:
    return f"given:{slug}"


def is_good(work: Work, slug: str, token: str) -> bool:
    """Whether a link may still be used."""
    try:
        unsealed(work.office.vault, slug, token, work.now)
    except Refused:
        return False
    return True


# -- by an earlier dossier ----------------------------------------------------------------------------------


def renewable(work: Work, viewer: Viewer, scheme: Scheme) -> tuple[Renewable, ...]:
    """The viewer's own dossiers a scheme may be begun from, newest first; nobody's else."""
    if scheme.prefill is None or viewer.kind != "applicant":
        return ()
    query = (
        select(Dossier.public_id, Dossier.reference, Dossier.filed_at)
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(
            SchemeRow.slug == scheme.prefill.source,
            Dossier.filed_at.is_not(None),
            Dossier.purged_at.is_(None),
            Dossier.id.in_(viewer.dossiers) | ((Dossier.email == viewer.email) & (Dossier.email != "")),
        )
        .order_by(Dossier.filed_at.desc())
    )
    return tuple(
        Renewable(row.public_id, row.reference or "", row.filed_at) for row in work.session.execute(query)
    )


def renewed(work: Work, viewer: Viewer, scheme: Scheme, public_id: str) -> tuple[Taken, str]:
    """The answers of the applicant's own earlier dossier under the names of this scheme, and its reference. Raises NotFound.

    Documents are never taken over: they are asked again. What was sensitive goes only where it is sensitive again, and
    what another party answered out of the applicant's sight stays there.
    """
    opened = for_applicant(work, viewer, public_id)
    if opened.party != APPLICANT or scheme.prefill is None or opened.slug != scheme.prefill.source:
        raise NotFound("dossier")
    kept_from = hidden_from(opened.scheme, APPLICANT)
    filed = filing.latest(work.session, work.office.vault, opened.dossier)
    if filed is None:
        raise NotFound("dossier")
    before = opened.scheme.fields
    given = {
        into: filed.answers[source]
        for into, source in scheme.prefill.fields.items()
        if into in scheme.fields
        and filed.answers.get(source) is not None
        and source in before
        and source not in kept_from
        and before[source].kind == scheme.fields[into].kind
        and (scheme.fields[into].is_secret or not before[source].is_secret)
    }
    kept = {
        id: without_documents(scheme.fields[id], answer)
        for id, answer in given.items()
        if scheme.fields[id].kind not in NEVER
    }
    wrong = _wrong(scheme, kept, work.now, work.office.organisation)
    return Taken(kept, problems=wrong), opened.dossier.reference or ""


def without_documents(one: Field, answer: Json) -> Json:
    """The answer less what only the applicant gives: the rows of a repeat stay, without their documents and consents."""
    if one.kind != "repeat" or not isinstance(answer, list):
        return answer
    return [
        {name: without_documents(one.fields[name], inner) for name, inner in _readable(one, row)}
        for row in answer
    ]


def left_in_rows(one: Field, answer: Json) -> Iterator[tuple[str, str]]:
    """What stands in the rows and can't be taken, each with why: `("invoices.proof", "never_given")`."""
    for row in items(answer) if one.kind == "repeat" else ():
        for name, inner in members(row).items():
            field = one.fields.get(name)
            if field is None:
                yield f"{one.id}.{name}", "unknown_field"
            elif field.kind in NEVER:
                yield f"{one.id}.{name}", "never_given"
            else:
                yield from ((f"{one.id}.{below}", why) for below, why in left_in_rows(field, inner))


def _readable(repeat: Field, row: Json) -> Iterator[tuple[str, Json]]:
    for name, inner in members(row).items():
        if name in repeat.fields and repeat.fields[name].kind not in NEVER:
            yield name, inner


def as_kept(taken: Taken, source: str, now: datetime) -> Kept:
    """What was given, as it is kept beside the draft."""
    return Kept(GIVEN, source, "found", now, {}, taken.answers)
