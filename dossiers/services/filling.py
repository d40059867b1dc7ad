"""A dossier being filled in or corrected: its draft, read once, and the page the screens are given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import bindparam, select

from dossiers.changes import drafts, typing
from dossiers.changes.corrections import draft_context
from dossiers.changes.drafts import Drafted
from dossiers.changes.sealing import open_answers, seal_answers
from dossiers.database import Document
from dossiers.services import earlier, facts, older
from dossiers.services.desk import Work
from dossiers.services.document_views import UNAVAILABLE as UNAVAILABLE
from dossiers.services.document_views import DocumentView, document_view
from dossiers.services.invitations import follow, locked
from dossiers.services.opened import Opened, current_draft
from dossiers.services.pages_seen import done, pages_seen
from dossiers.services.prefilling import GIVEN
from dossiers.services.refusals import Refused
from dossiers.services.seen_answers import own
from dossiers.services.signatures import void_changed
from engine.asked import Reading, read_answers
from engine.asked.cells import Cells, head_of, open_cells
from engine.facts import Kept
from engine.facts import known as facts_known
from engine.journey import Journey, walk
from engine.kinds import Json
from engine.kinds.date import date_value
from engine.kinds.kind import Controls, items, members
from engine.language import Scheme
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.validation import outdated, validate_page

_SENT = (
    select(Document)
    .where(
        Document.dossier_id == bindparam("dossier"),
        Document.origin == "answer",
        Document.purged_at.is_(None),
    )
    .order_by(Document.id)
)


@dataclass(slots=True)
class Filling:
    """A draft under its scheme; `answers` are all of them, hidden and sensitive ones too.

    `reading` knows all of them, whoever may see them; `journey` leads through the pages of who looks. `locked`: fields
    that can't be changed any more. `outdated`: the answers given under an older version that don't fit this one any
    more, told beside their fields; `typed`: by field, the controls of what was typed and can't be read yet;
    `kept`: the facts kept beside it, with their sources.
    """

    opened: Opened
    draft: Drafted
    answers: dict[str, Json]
    reading: Reading
    journey: Journey
    outdated: tuple[AnswerProblem, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)
    typed: Mapping[str, Controls] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()

    @property
    def own(self) -> Reading:
        """The reading as the party sees it, with the pages they fill in alone."""
        return own(self.reading, self.opened.party)

    @property
    def reopened(self) -> frozenset[str] | None:
        """The fields a correction is about; None for a draft, where all may be changed."""
        return None if self.draft.reopened is None else frozenset(self.draft.reopened)

    @property
    def later(self) -> str:
        """The form asked later that is being filled in; "" for the first one."""
        return later_of(self.opened, self.draft)

    def may_change(self, field: Field) -> bool:
        """Whether a field may be answered now: in a correction, those asked about and those newly asked. Once a form asked
        later has come, the first one stays as it was decided upon."""
        if field.id in self.locked or self.opened.scheme.form[field.page].asked_of != self.opened.party:
            return False
        asked = self.reopened
        if asked is None:
            first = not self.opened.scheme.form[field.page].later
            return not first or not any(page.page.later for page in self.reading.pages)
        if field.id in map(head_of, asked) or self.later:
            return field.id in map(head_of, asked)
        return is_newly_asked(field, self.answers) and (
            field.kind != "file" or self.reading.is_asked(field.id)
        )

    def open_cells(self, repeat: Field) -> Cells | None:
        """The questions of rows that alone may be answered; None when the whole repeat may, or nothing of it."""
        return open_cells(repeat, self.reopened, self.reading)


def filling(work: Work, opened: Opened) -> Filling:
    """The draft of a dossier. Raises Refused("not_editable") when there is none: it is filed."""
    draft = current_draft(work, opened)
    if draft is None or is_overtaken(opened, draft):
        raise Refused("not_editable")
    vault = work.office.vault
    given = open_answers(vault, draft.answers, draft.sealed, draft_context(opened.dossier))
    dossier = opened.dossier
    versions = (dossier.version_id, opened.version_id)
    answers = older.carry(work, dossier.scheme_id, given, versions, dossier.filed_at)
    kept = facts.kept(work, opened)
    reading = read(work, opened, answers, kept, settled=bool(later_of(opened, draft)))
    typed = typing.open_typed(vault, draft.typed, dossier)
    journey = walk(own(reading, opened.party), done(opened.scheme, draft.seen, typed))
    found = Filling(
        opened, draft, answers, reading, journey, kept=kept, typed=typed, locked=locked(work, opened)
    )
    found.outdated = _wrong_beforehand(found)
    if versions[0] != versions[1]:
        found.outdated = outdated.problems(older.scheme_at(work, versions[0]), given, reading)
    return found


def read(
    work: Work,
    opened: Opened,
    answers: Mapping[str, Json],
    kept: Mapping[str, Kept] | None = None,
    *,
    settled: bool = False,
) -> Reading:
    """Answers read under the dossier's scheme, as of its deposit, or of today before that.

    `kept` are the facts kept beside the dossier; asked of the database when they are not given. Earlier dossiers are
    counted as they are now, unless that is `settled`: then what was kept counts.
    """
    found = facts.kept(work, opened) if kept is None else kept
    reading = _read(work, opened, answers, found)
    if settled or not earlier.of_scheme(opened.scheme):
        return reading
    return _read(work, opened, answers, {**found, **earlier.all_of(work, opened, reading)})


def _read(work: Work, opened: Opened, answers: Mapping[str, Json], kept: Mapping[str, Kept]) -> Reading:
    organisation, dossier = work.office.organisation, opened.dossier
    deposited_on = organisation.local_date(dossier.filed_at) if dossier.filed_at else None
    known = {"state": dossier.state, "version": opened.number}
    return read_answers(
        opened.scheme,
        answers,
        now=work.now,
        organisation=organisation,
        deposited_on=deposited_on,
        extra={"dossier": known},
        facts=facts_known(opened.scheme, kept),
    )


def later_of(opened: Opened, draft: Drafted) -> str:
    """The form asked later that a draft is: what it asks is that form's alone."""
    form, scheme = opened.scheme.workflow.filed_from(opened.dossier.state), opened.scheme
    asked = {scheme.form[scheme.fields[id].page].later for id in draft.reopened or () if id in scheme.fields}
    return form if form and asked == {form} else ""


def is_edit(opened: Opened, draft: Drafted | None) -> bool:
    """Whether what was filed is being changed by its applicant's own will."""
    return draft is not None and draft.reopened is None and opened.dossier.filed_at is not None


def is_overtaken(opened: Opened, draft: Drafted | None) -> bool:
    """Whether the office was faster than such a change: it can't be filed from this state any more."""
    return is_edit(opened, draft) and not opened.scheme.workflow.states[opened.dossier.state].editable


def is_newly_asked(field: Field, answers: Mapping[str, Json]) -> bool:
    """Whether a correction asks a question that must be answered and wasn't asked before."""
    return not field.optional and answers.get(field.id) is None


def keep(
    work: Work,
    filling: Filling,
    reading: Reading,
    seen: Collection[str],
    *,
    typed: Mapping[str, Controls | None] | None = None,
    tab: str = "",
) -> Filling:
    """Write the draft: one update, one revision more. `typed`: by field, what can't be read, and None for what can; `tab`:
    the one the answers come from."""
    opened, draft = filling.opened, filling.draft
    if gone := follow(work, opened, reading):
        reading = read(work, opened, {**reading.answers, **dict.fromkeys(gone)}, filling.kept)
    void_changed(work, opened, reading)
    answers = dict(reading.answers)
    known = pages_seen(opened.scheme, {*draft.seen, *seen})
    reopened = _reopened(filling, reading, answers)
    unread = {id: raw for id, raw in {**filling.typed, **(typed or {})}.items() if raw is not None}
    saved = _drafted(work, filling, (answers, unread), tab)
    saved = replace(saved, seen=known, reopened=reopened)
    drafts.save(work.session, opened.dossier.id, saved)
    journey = walk(own(reading, opened.party), done(opened.scheme, known, unread))
    return Filling(
        opened, saved, answers, reading, journey, filling.outdated, filling.kept, unread, filling.locked
    )


def _drafted(
    work: Work, filling: Filling, kept: tuple[dict[str, Json], Mapping[str, Controls]], tab: str
) -> Drafted:
    """The draft with these answers and what can't be read beside them, sealed where they are sensitive."""
    opened, draft, vault = filling.opened, filling.draft, work.office.vault
    answers, unread = kept
    scheme, before = opened.scheme, (filling.answers, filling.typed)
    plain, sealed = seal_answers(vault, scheme, answers, draft_context(opened.dossier))
    return replace(
        draft,
        answers=plain,
        sealed=sealed,
        revision=draft.revision + 1,
        updated_at=work.now,
        typed=typing.seal_typed(vault, unread, opened.dossier),
        touched=typing.touched(draft, before, kept, work.now, tab, scheme.repeats_apart),
    )


def _reopened(filling: Filling, reading: Reading, answers: dict[str, Json]) -> list[str] | None:
    """The fields of a correction, those newly answered too; what no question asks for is taken out of the answers."""
    asked = filling.draft.reopened
    if asked is None:
        return None
    new = {id for id, answer in answers.items() if answer is not None and filling.answers.get(id) is None}
    for id in new - set(asked) - reading.asked:  # of a raw form
        del answers[id]
    return sorted({*asked, *(new & answers.keys())})


def _wrong_beforehand(found: Filling) -> tuple[AnswerProblem, ...]:
    """What is wrong with what was given beforehand, on the pages nobody has sent yet."""
    given = found.kept[GIVEN].values if GIVEN in found.kept else {}
    pages = [page.id for page in found.reading.steps if page.id not in found.draft.seen] if given else []
    problems = (one for id in pages for one in validate_page(found.reading, id))
    return tuple(one for one in problems if one.path and one.path[0] in given)


def takes_files(scheme: Scheme) -> bool:
    """Whether a form asks for documents at all."""
    return any(
        field.kind == "file" or any(inner.kind == "file" for inner in field.fields.values())
        for field in scheme.fields.values()
    )


def documents(
    work: Work, dossier_id: int, answers: Mapping[str, Json]
) -> dict[str, tuple[DocumentView, ...]]:
    """The applicant's documents by field, oldest first: the field that names one, whatever it was called when sent."""
    rows = work.session.scalars(_SENT, {"dossier": dossier_id})
    named = named_in(answers)
    found: dict[str, tuple[DocumentView, ...]] = {}
    for row in rows:
        field, issued_on = named.get(row.public_id, (row.field or "", None))
        found[field] = (*found.get(field, ()), document_view(row, issued_on))
    return found


def named_in(answers: Mapping[str, Json]) -> dict[str, tuple[str, date | None]]:
    """Each document that answers name: under which field, and the date it bears; in a row, "repeat/field"."""
    found: dict[str, tuple[str, date | None]] = {}
    for id, answer in answers.items():
        for one in items(answer):
            part = members(one)
            if "media_type" in part:
                found[str(part.get("id"))] = (id, date_value(part.get("issued_on")))
            elif any(isinstance(inner, list) for inner in part.values()):
                inside = named_in(part)
                found |= {named: (f"{id}/{path}", day) for named, (path, day) in inside.items()}
    return found
