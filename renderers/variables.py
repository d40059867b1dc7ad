"""What a text of a scheme may print: the table of variables, and their values from the snapshot taken with the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.asked.parties import hidden_from_some
from engine.language.model import Scheme
from engine.organisation import Organisation
from engine.words import phrase_from_json
from renderers import words
from renderers.links import Links
from renderers.texts import TEXT, ListOf, Markdown, Record, Shape, fragment
from renderers.texts.markdown import linked
from renderers.texts.shapes import Members

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands around the snapshot: whose scheme it is, in which language it is told, where pages are."""

    scheme: Scheme
    language: str
    organisation: Organisation
    links: Links


@dataclass(frozen=True, slots=True)
class Variable:
    """One name of the table: its shape, what it says, and where its value comes from."""

    shape: Shape
    says: str
    value: Callable[[Values, Circumstances], object]


def _plain(name: str) -> Callable[[Values, Circumstances], object]:
    return lambda values, around: values[name]


def _day(name: str) -> Callable[[Values, Circumstances], object]:
    def value(values: Values, around: Circumstances) -> str | None:
        day = values[name]
        return None if day is None else words.day(date.fromisoformat(day), around.language)

    return value


def _amount(values: Values, around: Circumstances) -> str | None:
    amount = values["amount"]
    return None if amount is None else words.money(Decimal(amount), around.language, values["currency"])


def _reasons(values: Values, around: Circumstances) -> list[Members]:
    return [
        Members({"phrase": _phrase(one["phrase"], around), "law": one["law"] or ""})
        for one in values["reasons"]
    ]


def _calculation(values: Values, around: Circumstances) -> list[Members]:
    """One line a decision table; a snapshot taken before there were any has none."""
    return [
        Members(
            {
                "title": _phrase(one["title"], around) or "",
                "result": _phrase(one["result"], around),
                "because": ", ".join(f"{label} {_phrase(value, around)}" for label, value in one["used"]),
            }
        )
        for one in values.get("calculation", ())
    ]


def _points(values: Values, around: Circumstances) -> list[Members]:
    """One a question or document; a snapshot taken before there were any has none."""
    return [Members({"what": one["what"], "remark": one["remark"]}) for one in values.get("points", ())]


def _phrase(parts: Sequence[Any] | None, around: Circumstances) -> str | None:
    return None if parts is None else words.phrase(phrase_from_json(parts), around.language)


def _phrases(
    name: str, ids: Callable[[Scheme], tuple[str, ...]]
) -> Callable[[Values, Circumstances], object]:
    """The printed answers by id; one that was not asked, or not answered, is unknown."""
    return lambda values, around: Members(
        {id: _phrase(values[name].get(id), around) for id in ids(around.scheme)}
    )


def _contact(values: Values, around: Circumstances) -> Members:
    contact = around.scheme.contact
    return Members({"email": linked(contact.email), "phone": contact.phone, "hours": contact.hours})


def answer_ids(scheme: Scheme) -> tuple[str, ...]:
    """The answers a text may print: those the scheme doesn't call sensitive, and that are no file and no table."""
    return tuple(
        id
        for id, field in scheme.fields.items()
        if not field.sensitive
        and field.kind not in ("file", "repeat", "matrix")
        and id not in hidden_from_some(scheme)
    )


def form_ids(scheme: Scheme) -> tuple[str, ...]:
    """The fields of the actions' own forms."""
    found = (id for action in scheme.workflow.actions.values() for id in action.form)
    return tuple(dict.fromkeys(found))


CONTACT = Record(dict.fromkeys(("email", "phone", "hours"), TEXT))
VARIABLES: Mapping[str, Variable] = {
    "reference": Variable(TEXT, "the dossier's reference", _plain("reference")),
    "title": Variable(
        TEXT, "the title of the scheme", lambda _, around: around.scheme.title.plain(around.language)
    ),
    "applicant": Variable(TEXT, "the applicant's name", _plain("applicant")),
    "representative": Variable(
        TEXT, "who applies in the applicant's place, if anybody", lambda v, _: v.get("representative") or ""
    ),
    "email": Variable(TEXT, "the applicant's address", _plain("email")),
    "filed_on": Variable(TEXT, "the day of the deposit", _day("filed_on")),
    "decided_on": Variable(TEXT, "the day of the decision", _day("decided_on")),
    "deadline_on": Variable(TEXT, "the last day to do what is asked", _day("deadline_on")),
    "silence_on": Variable(TEXT, "the last day before silence speaks", _day("silence_on")),
    "amount": Variable(TEXT, "the amount granted, or computed before a decision", _amount),
    "reason": Variable(TEXT, "the reason the office gave", lambda v, around: _phrase(v["reason"], around)),
    "comment": Variable(TEXT, "the comment of who acted", _plain("comment")),
    "reasons": Variable(
        ListOf(Record({"phrase": TEXT, "law": TEXT})), "the rules that refuse, with their law", _reasons
    ),
    "calculation": Variable(
        ListOf(Record({"title": TEXT, "result": TEXT, "because": TEXT})),
        "the tables behind the amount, with the values that decided",
        _calculation,
    ),
    "fields_to_correct": Variable(ListOf(TEXT), "the questions to answer again", _plain("fields_to_correct")),
    "points": Variable(
        ListOf(Record({"what": TEXT, "remark": TEXT})),
        "what is asked of the applicant: each question or document, with the office's remark",
        _points,
    ),
    "link": Variable(
        TEXT,
        "where the applicant follows the dossier",
        lambda values, around: linked(around.links.tracking(values["public_id"])),
    ),
    "contact": Variable(CONTACT, "the scheme's contact", _contact),
    "organisation": Variable(TEXT, "the organisation's name", lambda _, around: around.organisation.name),
    "answers": Variable(Record({}), "each answer that isn't sensitive", _phrases("answers", answer_ids)),
    "form": Variable(Record({}), "each answer of the action's own form", _phrases("form", form_ids)),
}
REMEDIES = "remedies"


def variables(scheme: Scheme) -> Mapping[str, Shape]:
    """The variables the texts of a scheme may use, for `renderers.texts.slips`."""
    own: Mapping[str, Shape] = {
        "answers": Record(dict.fromkeys(answer_ids(scheme), TEXT)),
        "form": Record(dict.fromkeys(form_ids(scheme), TEXT)),
    }
    remedies: Mapping[str, Shape] = {REMEDIES: TEXT} if scheme.legal.remedies else {}
    shapes = {name: variable.shape for name, variable in VARIABLES.items()}
    return {**shapes, **own, **remedies}


def known(values: Values, around: Circumstances) -> Mapping[str, object]:
    """The variables with their values: plain texts, which a text escapes, and a few addresses that may be followed.

    `values`: the snapshot (reference, public_id, applicant, email, filed_on, decided_on, deadline_on and silence_on as
    ISO dates or None, amount as decimal text or None, currency, answers and form {id: phrase JSON}, reasons, reason,
    comment, fields_to_correct). Raises KeyError when one is missing.
    """
    found = {name: variable.value(values, around) for name, variable in VARIABLES.items()}
    remedies = remedies_of(around.scheme, found, around.language)
    return found if remedies is None else found | {REMEDIES: remedies}


def remedies_of(scheme: Scheme, found: Mapping[str, object], language: str) -> Markdown | None:
    """How to appeal, filled in; None when the scheme names no such text."""
    name = scheme.legal.remedies
    return None if name is None else fragment(source_of(scheme, name, language), found, language)


def source_of(scheme: Scheme, name: str, language: str) -> str:
    """A text of the scheme in a language, else in the scheme's first one. Raises KeyError."""
    versions = scheme.texts[name]
    return versions[language] if language in versions else versions[scheme.languages[0]]
