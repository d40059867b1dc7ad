"""What a mail or a letter prints of a dossier, taken when it is decided: later changes don't alter it.

Answers the scheme calls sensitive never enter it. Instants are told as local dates, in ISO form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from dossiers.changes import schedule
from dossiers.changes.amounts import from_cents
from dossiers.changes.sealing import is_sensitive, sensitive_ids
from dossiers.database import AmountStep, core, table_of
from dossiers.services.cases import Case, Entry, stays
from dossiers.services.desk import Work
from dossiers.services.masking import mask_decided
from dossiers.services.opened import Opened
from engine.asked.derived import derived
from engine.award import decisions
from engine.kinds import Json, kind_of
from engine.kinds.kind import items
from engine.language.model import Action, Field
from engine.words import phrase_to_json
from workflows.deadlines import Due
from workflows.lifecycle import Actor

STEPS = table_of(AmountStep)
AMOUNT = (
    select(STEPS.c.cents)
    .where(STEPS.c.dossier_id == bindparam("dossier"), STEPS.c.kind.in_(("granted", "computed")))
    .order_by(STEPS.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, and what they gave with it. `account_id` is the row of a member of staff; `filed` the number of the
    filing made with the act."""

    actor: Actor
    account_id: int | None = None
    comment: str = ""
    form: Mapping[str, Json] = field(default_factory=dict)
    filed: int | None = None


def values(work: Work, case: Case, act: Act, action: Action | None, dues: Sequence[Due]) -> dict[str, Any]:
    """The values, as JSON, in the dossier's language."""
    dossier, language = case.dossier, case.dossier.language
    return {
        "reference": dossier.reference,
        "public_id": dossier.public_id,
        "applicant": applicant_name(case),
        "email": dossier.email,
        "filed_on": _day(work, dossier.filed_at),
        "decided_on": _day(work, dossier.decided_at),
        "amount": _amount(work, case),
        "currency": currency(case),
        "answers": _answers(case, language),
        "reasons": _reasons(case, language),
        "calculation": _calculation(case, language),
        "reason": _reason(case, act, action, language),
        "comment": act.comment,
        "form": _form(act, action, language),
        "fields_to_correct": [
            case.scheme.field(id).label.plain(language) for id in reopened_fields(act, action)
        ],
        "deadline_on": _iso(next((due.local_date for due in dues if due.kind == "do"), None)),
        "silence_on": _iso(silence_on(work, case.opened, case.entries)),
    }


def applicant_name(case: Case) -> str:
    """The applicant in one line: the first person the form asks for, else its first text, else the address."""
    answers = case.reading.kept()
    for kind in ("person", "text"):
        for asked in case.scheme.fields.values():
            if asked.kind != kind or asked.sensitive or asked.hide_from or answers.get(asked.id) is None:
                continue
            answer: Any = answers[asked.id]
            if kind == "person":
                return f"{answer['first_name']} {answer['last_name']}"
            return str(answer)
    return case.dossier.email


def currency(case: Case) -> str:
    """The currency of the award, or the organisation's."""
    return case.scheme.award.currency if case.scheme.award else case.reading.organisation.currency


def silence_on(work: Work, opened: Opened, entries: Sequence[Entry]) -> date | None:
    """The last local day before silence speaks; None when the law says nothing, or while the clock stands still."""
    scheme, dossier = opened.scheme, opened.dossier
    legal, state = scheme.legal.silence, scheme.workflow.states[dossier.state]
    if legal is None or dossier.filed_at is None or state.kind == "end" or state.legal_clock == "suspended":
        return None
    organisation = work.office.organisation
    clock = schedule.legal_clock(scheme, organisation, dossier.filed_at, stays(entries, scheme))
    return clock.ends_on(legal.after, scheme.calendar.holidays or organisation.holidays)


def _amount(work: Work, case: Case) -> str | None:
    """What was granted, else what is computed."""
    cents = core(work.session).scalar(AMOUNT, {"dossier": case.dossier.id})
    return None if cents is None else f"{from_cents(cents):f}"


def _answers(case: Case, language: str) -> dict[str, Any]:
    kept = case.reading.kept()
    return {
        asked.id: _printed(asked, kept[asked.id], language)
        for page in case.reading.pages
        for asked in page.fields
        if asked.id in kept and not is_sensitive(asked)
    }


def _calculation(case: Case, language: str) -> list[dict[str, Any]]:
    """The decision tables behind the amount: what each gave, and the values that decided, sensitive ones left out."""
    found = decisions(case.reading, case.verdict) if case.verdict else ()
    shown = mask_decided(found, derived(case.scheme, sensitive_ids(case.scheme)))
    return [
        {
            "title": phrase_to_json(one.title.get(language, ())),
            "result": phrase_to_json((one.result[language],)),
            "used": [[value.label(language), phrase_to_json((value.value(language),))] for value in one.used],
        }
        for one in shown
    ]


def _reasons(case: Case, language: str) -> list[dict[str, Any]]:
    rules = case.verdict.rules if case.verdict else ()
    return [
        {
            "id": rule.id,
            "phrase": phrase_to_json(rule.phrase(language)),
            "law": (rule.law or {}).get(language),
        }
        for rule in rules
        if rule.severity == "refuse" and rule.outcome is False
    ]


def _form(act: Act, action: Action | None, language: str) -> dict[str, Any]:
    asked = action.form if action else {}
    return {id: _printed(asked[id], answer, language) for id, answer in act.form.items() if id in asked}


def _reason(case: Case, act: Act, action: Action | None, language: str) -> Any:
    """What the office gave as its reason: the first answer of the action's form that is no list of fields."""
    for id, asked in (action.form if action else {}).items():
        if asked.kind != "fields" and act.form.get(id) is not None:
            return _printed(asked, act.form[id], language)
    return []


def reopened_fields(act: Act, action: Action | None) -> tuple[str, ...]:
    """The fields an action reopens, by the answers of its own form."""
    names = [change.value for change in (action.changes if action else ()) if change.kind == "reopen"]
    return tuple(str(id) for name in names for id in items(act.form.get(name)))


def _printed(asked: Field, answer: Json, language: str) -> Any:
    return phrase_to_json(kind_of(asked).printed(asked, answer, language))


def _day(work: Work, at: Any) -> str | None:
    return None if at is None else work.office.organisation.local_date(at).isoformat()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
