"""What a mail or a letter prints of a dossier, taken when it is decided: later changes don't alter it.

Answers the scheme calls sensitive, or hides from one of the parties, never enter it. Days are in ISO form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.asked import Reading
from engine.asked.cells import asked_again
from engine.asked.derived import derived
from engine.asked.parties import hidden_from_some
from engine.award import decisions
from engine.eligibility import Verdict
from engine.kinds import Json, kind_of
from engine.kinds.fields import Point, points_of
from engine.kinds.kind import members
from engine.language.model import Action, Expression, Field
from engine.words import phrase_to_json
from renderers.masks import mask_decided, mask_phrase, reads_any
from renderers.words import phrase


@dataclass(frozen=True, slots=True)
class Moment:
    """A dossier at the moment of an act: what was answered and judged, what the act was given, the days that matter.

    `amount` is decimal text: what was granted, else what is computed. `form` are the answers to the action's own form.
    """

    reading: Reading
    verdict: Verdict | None
    language: str
    reference: str | None
    public_id: str
    email: str
    action: Action | None = None
    comment: str = ""
    form: Mapping[str, Json] = field(default_factory=dict)
    amount: str | None = None
    filed_on: date | None = None
    decided_on: date | None = None
    deadline_on: date | None = None
    silence_on: date | None = None


def snapshot(moment: Moment) -> dict[str, Any]:
    """The values, as JSON, in the language of the dossier."""
    language = moment.language
    asked = [_asked(moment.reading, point, language) for point in asked_points(moment.action, moment.form)]
    return {
        "reference": moment.reference,
        "public_id": moment.public_id,
        "applicant": applicant_name(moment.reading, moment.email),
        "representative": representative_name(moment.reading),
        "email": moment.email,
        "filed_on": _iso(moment.filed_on),
        "decided_on": _iso(moment.decided_on),
        "amount": moment.amount,
        "currency": currency(moment.reading),
        "answers": _answers(moment.reading, language),
        "reasons": _reasons(moment.verdict, language),
        "calculation": _calculation(moment, language),
        "reason": _reason(moment, language),
        "comment": moment.comment,
        "form": _form(moment, language),
        "fields_to_correct": [one["what"] for one in asked],
        "points": asked,
        "deadline_on": _iso(moment.deadline_on),
        "silence_on": _iso(moment.silence_on),
    }


def applicant_name(reading: Reading, email: str) -> str:
    """The applicant in one line: whom somebody applies for, else the first person the form asks for, else its first text,
    else the address."""
    answers = reading.kept()
    fields, one = reading.scheme.fields, reading.scheme.representative
    if one is not None and is_represented(reading) and answers.get(one.represents) is not None:
        return _named(answers[one.represents])
    for kind in ("person", "text"):
        for asked in fields.values():
            if asked.kind != kind or asked.sensitive or asked.hide_from or answers.get(asked.id) is None:
                continue
            return _named(answers[asked.id])
    return email


def is_represented(reading: Reading) -> bool:
    """Whether somebody applies in the applicant's place."""
    one = reading.scheme.representative
    return one is not None and one.acts(reading.values, reading.now, reading.zone)


def representative_name(reading: Reading) -> str:
    """Who applies in the applicant's place; "" when nobody does."""
    one = reading.scheme.representative
    answer = reading.kept().get(one.name) if one is not None and is_represented(reading) else None
    return "" if answer is None else _named(answer)


def _named(answer: Json) -> str:
    """A person, or what a text says."""
    name = members(answer)
    return f"{name['first_name']} {name['last_name']}" if name else str(answer)


def currency(reading: Reading) -> str:
    """The currency of the award, or the organisation's."""
    award = reading.scheme.award
    return award.currency if award else reading.organisation.currency


def reopened_fields(action: Action | None, form: Mapping[str, Json]) -> tuple[str, ...]:
    """The fields an action reopens, by the answers of its own form."""
    return tuple(point.field for point in asked_points(action, form) if point.field)


def asked_points(action: Action | None, form: Mapping[str, Json]) -> tuple[Point, ...]:
    """What an action asks of the applicant, by the answers of its own form: questions, and documents of other names."""
    names = [change.value for change in (action.changes if action else ()) if change.kind == "reopen"]
    return tuple(point for name in names for point in points_of(form.get(name)))


def _asked(reading: Reading, point: Point, language: str) -> dict[str, str]:
    """One point as a mail tells it."""
    what = (
        _label(reading, asked_again(reading.scheme, point.field), language) if point.field else point.document
    )
    return {"what": what, "remark": point.remark}


def _answers(reading: Reading, language: str) -> dict[str, Any]:
    kept = reading.kept()
    return {
        asked.id: _printed(asked, kept[asked.id], language)
        for page in reading.pages
        for asked in page.fields
        if asked.id in kept and not asked.is_secret and asked.id not in hidden_from_some(reading.scheme)
    }


def _label(reading: Reading, asked: Field, language: str) -> str:
    """A question as it was read, its holes filled in; crossed out where they would tell a sensitive answer."""
    label = asked.label
    said = label.say(language, reading.values, reading.now, reading.zone)
    holes = (part.text for part in label.parts(language) if isinstance(part, Expression))
    return phrase(mask_phrase(said) if reads_any(holes, _secret(reading)) else said, language)


def _secret(reading: Reading) -> frozenset[str]:
    """The names of the sensitive answers and of those hidden from a party, and of what is computed from them."""
    secret = {one.id for one in reading.scheme.fields.values() if one.is_secret}
    return frozenset(derived(reading.scheme, secret)) | hidden_from_some(reading.scheme)


def _calculation(moment: Moment, language: str) -> list[dict[str, Any]]:
    """The decision tables behind the amount: what each gave, and the values that decided, sensitive ones left out."""
    found = decisions(moment.reading, moment.verdict) if moment.verdict else ()
    return [
        {
            "title": phrase_to_json(one.title.get(language, ())),
            "result": phrase_to_json((one.result[language],)),
            "used": [[value.label(language), phrase_to_json((value.value(language),))] for value in one.used],
        }
        for one in mask_decided(found, _secret(moment.reading))
    ]


def _reasons(verdict: Verdict | None, language: str) -> list[dict[str, Any]]:
    return [
        {
            "id": rule.id,
            "phrase": phrase_to_json(rule.phrase(language)),
            "law": (rule.law or {}).get(language),
        }
        for rule in (verdict.rules if verdict else ())
        if rule.severity == "refuse" and rule.outcome is False
    ]


def _form(moment: Moment, language: str) -> dict[str, Any]:
    asked = moment.action.form if moment.action else {}
    return {id: _printed(asked[id], answer, language) for id, answer in moment.form.items() if id in asked}


def _reason(moment: Moment, language: str) -> Any:
    """What the office gave as its reason: the first answer of the action's form that is no list of fields."""
    for id, asked in (moment.action.form if moment.action else {}).items():
        if asked.kind != "fields" and moment.form.get(id) is not None:
            return _printed(asked, moment.form[id], language)
    return []


def _printed(asked: Field, answer: Json, language: str) -> Any:
    return phrase_to_json(kind_of(asked).printed(asked, answer, language))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
