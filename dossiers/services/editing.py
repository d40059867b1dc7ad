"""Changing what was filed, by its applicant's own will, where the scheme lets them: begun, given up, or overtaken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dossiers.access import Viewer
from dossiers.changes import corrections, filing
from dossiers.changes.corrections import draft_context
from dossiers.changes.drafts import Drafted
from dossiers.changes.filing import Deposit, Filed
from dossiers.changes.sealing import open_answers
from dossiers.services.cases import Case, as_followed
from dossiers.services.desk import Work
from dossiers.services.draft_views import AnswerChange, Editing, Given
from dossiers.services.erasure import erase_documents
from dossiers.services.filling import is_edit, is_overtaken, takes_files
from dossiers.services.opened import Opened, current_draft, for_applicant
from dossiers.services.refusals import Refused
from dossiers.services.submission import note_edit
from engine.kinds import Json
from engine.language import Scheme


def begin(work: Work, viewer: Viewer, public_id: str) -> None:
    """Open what was filed for change; nothing when it is open already. Raises NotFound, Refused("not_editable")."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    draft = current_draft(work, opened)
    if not may_begin(opened) or (draft is not None and draft.reopened is not None):
        raise Refused("not_editable")
    if draft is None:
        vault, row = work.office.vault, opened.dossier
        filed = _filed(work, opened)
        corrections.begin_edit(work.session, vault, opened.scheme, row, filed.answers, work.now)
        note_edit(work, opened, "edit_begun", {})


def give_up(work: Work, viewer: Viewer, public_id: str) -> None:
    """Go back to what was filed: the changes go, and documents sent with them. Raises NotFound, Refused("not_editable").

    What the office was faster than is given up so, too.
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    draft, row = current_draft(work, opened), opened.dossier
    if draft is None or not is_edit(opened, draft):
        raise Refused("not_editable")
    corrections.close(work.session, row)
    if takes_files(opened.scheme):
        filed = filing.latest(work.session, work.office.vault, row)
        assert filed is not None
        since = Deposit(filed.number, filed.filed_at)
        erase_documents(work, filing.unfiled_documents(work.session, row, filed, since))
    note_edit(work, opened, "edit_given_up", {})


def may_begin(opened: Opened) -> bool:
    """Whether the scheme lets the applicant change a dossier where it stands."""
    row = opened.dossier
    return row.filed_at is not None and opened.scheme.workflow.states[row.state].editable


def standing(work: Work, case: Case, draft: Drafted | None) -> Editing:
    """How the change of a filed dossier stands, for its applicant."""
    opened = case.opened
    edit = is_edit(opened, draft)
    return Editing(
        may_begin=may_begin(opened) and draft is None,
        open=edit and not is_overtaken(opened, draft),
        lost=_lost(work, case, draft) if draft is not None else (),
        is_overtaken=is_overtaken(opened, draft),
    )


def _lost(work: Work, case: Case, draft: Drafted) -> tuple[AnswerChange, ...]:
    """The changes that were typed and can't be filed any more: the office was faster."""
    vault, row, filed = work.office.vault, case.dossier, case.filed.answers
    if is_overtaken(case.opened, draft):
        given = open_answers(vault, draft.answers, draft.sealed, draft_context(row))
        return differences(case.scheme, filed, given)
    aside = corrections.set_aside(vault, draft, row)
    return differences(case.scheme, filed, {**filed, **aside})


def differences(
    scheme: Scheme, before: Mapping[str, Json], after: Mapping[str, Json]
) -> tuple[AnswerChange, ...]:
    """What differs between two sets of answers, in the order of the form."""
    found = corrections.changed(before, after)
    return tuple(
        AnswerChange(one, Given(before.get(one.id)), Given(found[one.id]))
        for one in scheme.fields.values()
        if one.id in found
    )


def filings(work: Work, case: Case) -> Iterator[tuple[Filed, tuple[AnswerChange, ...]]]:
    """The filings after the first, each with what it changed, oldest first."""
    before: Filed | None = None
    for number in range(1, case.filed.number + 1):
        filed = filing.numbered(work.session, work.office.vault, case.dossier, number)
        if filed is None:
            continue
        filed = as_followed(work, case.opened, filed)
        if before is not None:
            yield filed, differences(case.scheme, before.answers, filed.answers)
        before = filed


def _filed(work: Work, opened: Opened) -> Filed:
    filed = filing.latest(work.session, work.office.vault, opened.dossier)
    if filed is None:
        raise Refused("not_editable")
    return replace(as_followed(work, opened, filed))
