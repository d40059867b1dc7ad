"""A draft as the screens are given it: without what is hidden from who looks."""

from __future__ import annotations

from collections.abc import Mapping

from dossiers.changes import codes, schedule
from dossiers.services import requests
from dossiers.services.cases import entries
from dossiers.services.desk import Work
from dossiers.services.filled import filled_by
from dossiers.services.filling import Filling, documents, takes_files
from dossiers.services.given import why_asked
from dossiers.services.request_views import RequestView
from dossiers.services.seen_answers import files_by_signing, shown_to
from dossiers.services.signatures import address
from dossiers.services.source_views import FilledBy
from dossiers.services.views import ApplicationView, DocumentView
from engine.asked.parties import hidden_from
from engine.kinds.kind import Controls
from engine.language.facts_model import ConnectorFact
from engine.language.model import APPLICANT, Text
from engine.words import Phrase
from workflows.signing import signed_in


def view_of(work: Work, filling: Filling) -> ApplicationView:
    """The page the applicant fills in."""
    opened, draft = filling.opened, filling.draft
    dossier, scheme = opened.dossier, opened.scheme
    is_draft = dossier.filed_at is None
    return ApplicationView(
        public_id=dossier.public_id,
        scheme=scheme,
        version=opened.number,
        state=dossier.state,
        reading=shown_to(filling.reading, opened),
        journey=filling.journey,
        draft_revision=draft.revision,
        email=address(work, opened, opened.party)[0],
        language=dossier.language,
        party=opened.party,
        locked=filling.locked,
        signs=files_by_signing(opened),
        channel=dossier.channel if is_draft else None,
        reopened=filling.reopened,
        reference=dossier.reference,
        editable=True,
        documents=_documents_seen(work, filling) if takes_files(scheme) else {},
        expires_on=schedule.draft_ends_on(scheme, work.office.organisation, draft.updated_at)
        if is_draft
        else None,
        reason=_reason(work, filling),
        outdated=filling.outdated,
        typed=_typed_by(filling),
        code=_code_of(work, filling),
        filled=_filled_seen(filling),
        look_ups=_look_ups(work, filling),
        request=_request(work, filling),
        later=_later(filling),
    )


def _request(work: Work, filling: Filling) -> RequestView | None:
    """What the office asked, while a correction is open; nothing is looked up otherwise."""
    opened = filling.opened
    if filling.reopened is None or signed_in(opened.scheme.workflow, opened.dossier.state) is not None:
        return None
    return requests.open_now(work, opened, hidden_from(opened.scheme, opened.party))


def _reason(work: Work, filling: Filling) -> Phrase:
    """What the office wrote when it asked for the correction that is open; an account is asked for with words of its own."""
    opened, request = filling.opened, _request(work, filling)
    if request is None or request.about or filling.later:
        return ()
    return why_asked(opened.scheme, entries(work, opened), opened.dossier.language)


def _later(filling: Filling) -> Text | None:
    action = filling.opened.scheme.workflow.filing(filling.opened.dossier.state) if filling.later else None
    return action.label if action else None


def filled_fields(filling: Filling) -> Mapping[str, FilledBy]:
    """The fields a fact has something to say of, with what it says, as long as it is about the answers given now."""
    return filled_by(filling.opened.scheme, filling.reading, filling.kept)


def _look_ups(work: Work, filling: Filling) -> frozenset[str]:
    """The fields a source may be asked about, to fill others in."""
    scheme = filling.opened.scheme
    filling_in = {one.filled_by[0] for one in scheme.fields.values() if one.filled_by}
    return frozenset(
        next(iter(fact.fields))
        for fact in scheme.facts.values()
        if isinstance(fact, ConnectorFact)
        and fact.id in filling_in
        and len(fact.fields) == 1
        and work.office.connectors.allows(fact.connector)
    )


def _typed_by(filling: Filling) -> Mapping[str, Controls]:
    """What was typed and can't be read yet, in the fields of who looks alone."""
    fields = filling.opened.scheme.fields
    return {id: raw for id, raw in filling.typed.items() if id in fields and filling.may_change(fields[id])}


def _code_of(work: Work, filling: Filling) -> str:
    """The code to come back by, which is the applicant's alone."""
    opened, code = filling.opened, filling.draft.code
    mine = code and opened.party == APPLICANT
    return codes.code_of(work.office.vault, opened.dossier.public_id) if mine else ""


def _filled_seen(filling: Filling) -> Mapping[str, FilledBy]:
    """What registers filled in, without what is hidden from who looks."""
    kept_from = hidden_from(filling.opened.scheme, filling.opened.party)
    return {id: one for id, one in filled_fields(filling).items() if id not in kept_from}


def _documents_seen(work: Work, filling: Filling) -> dict[str, tuple[DocumentView, ...]]:
    found = documents(work, filling.opened.dossier.id, filling.answers)
    kept_from = hidden_from(filling.opened.scheme, filling.opened.party)
    return {field: sent for field, sent in found.items() if field not in kept_from}
