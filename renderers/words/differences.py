"""A change between two versions as one sentence, and whom it touches as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from engine.language.model import Span, Text
from renderers.catalogues import count, marked, plural, say
from renderers.words.difference_table import SENTENCES, WORDS
from renderers.words.figures import day, money, number, span
from renderers.words.phrases import enumeration

NOTHING, ALWAYS, IF = marked("nothing"), marked("always"), marked("if %(condition)s")
QUOTED = marked("“%(text)s”")
NO_CHANGE = marked(
    "Nothing changes for anybody: only the order, comments, tests or what the version says of older ones."
)
SIDES = ("was", "now")
CONDITIONS = frozenset({"page_when", "field_when", "party_when", "action_if", "export_where"})
BARE = frozenset({"what", "added", "removed", "changed"})  # no quotation marks around what begins a sentence
TOUCHED: Mapping[str, str] = {
    "lack": marked("It concerns those that lack an answer: %(whom)s."),
    "answered": marked("It concerns those that hold an answer: %(whom)s."),
    "chose": marked("It concerns those that hold it: %(whom)s."),
    "stand": marked("It concerns those that stand in it: %(whom)s."),
}
NOBODY = marked("No draft and no dossier is concerned.")
DRAFTS = plural("%(num)s draft", "%(num)s drafts")
DOSSIERS = plural("%(num)s dossier (%(states)s)", "%(num)s dossiers (%(states)s)")

WHOLE = marked("The whole scheme")
OVERDRAWN = marked(
    "Warning: %(voted)s is voted into the envelope “%(envelope)s”, and dossiers hold %(held)s of it already (set apart: %(reserved)s, committed: %(committed)s). That is %(short)s too much: nothing is taken from them, and nobody else is served until there is enough."
)


class Overdrawn(Protocol):
    """An envelope of which dossiers hold more than is voted into it, as the ledger counts it."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Text | None: ...
    @property
    def key(self) -> str: ...
    @property
    def voted(self) -> Decimal: ...
    @property
    def reserved(self) -> Decimal: ...
    @property
    def committed(self) -> Decimal: ...


class Change(Protocol):
    """One change, as authoring.difference finds it."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, object]: ...


class Touched(Protocol):
    """Whom a change touches: `what` they have in common, how many drafts, and dossiers by the label of their state."""

    @property
    def what(self) -> str: ...
    @property
    def drafts(self) -> int: ...
    @property
    def dossiers(self) -> Sequence[tuple[Text | str, int]]: ...


def difference_sentence(change: Change, language: str) -> str:
    """What changes, in one sentence. Raises KeyError for a code without a sentence."""
    read = _language_that_changed(change.params, language)
    params = {
        name: _param(change.code, name, _in(value, read) if name in SIDES else value, language)
        for name, value in change.params.items()
    }
    return say(language, SENTENCES[change.code], params)


def _language_that_changed(params: Mapping[str, object], language: str) -> str:
    """The reader's language, or another one when the text is the same in theirs."""
    was, now = (params.get(side) for side in SIDES)
    if not isinstance(was, Text) or not isinstance(now, Text):
        return language
    found = (one for one in (language, *now.versions) if was.plain(one) != now.plain(one))
    return next(found, language)


def _in(value: object, language: str) -> object:
    return value.plain(language) if isinstance(value, Text) else value


def no_difference(language: str) -> str:
    """The sentence for two versions between which nothing is told."""
    return say(language, NO_CHANGE)


def touched_sentence(touched: Touched, language: str) -> str:
    """Whom a change touches, in one sentence: `37 drafts and 12 dossiers (Filed: 12)`."""
    total = sum(held for _, held in touched.dossiers)
    if not touched.drafts and not total:
        return say(language, NOBODY)
    parts = []
    if touched.drafts:
        parts.append(count(language, *DRAFTS, touched.drafts, {"num": number(touched.drafts, language)}))
    if total:
        states = ", ".join(
            f"{_text(state, language)} {number(held, language)}" for state, held in touched.dossiers
        )
        parts.append(count(language, *DOSSIERS, total, {"num": number(total, language), "states": states}))
    return say(language, TOUCHED[touched.what], {"whom": enumeration(parts, language)})


def overdrawn_sentence(envelope: Overdrawn, language: str, currency: str = "EUR") -> str:
    """What a text would make of an envelope that dossiers hold more of, with its figures."""
    named = say(language, WHOLE) if envelope.name == "whole" else envelope.name
    called = envelope.label.plain(language) if envelope.label else named
    held = envelope.reserved + envelope.committed
    amounts = {
        "voted": envelope.voted,
        "held": held,
        "reserved": envelope.reserved,
        "committed": envelope.committed,
        "short": held - envelope.voted,
    }
    printed = {name: money(amount, language, currency) for name, amount in amounts.items()}
    return say(language, OVERDRAWN, {"envelope": f"{called} {envelope.key}".strip(), **printed})


def _text(value: Text | str, language: str) -> str:
    return value.plain(language) if isinstance(value, Text) else value


def _param(code: str, name: str, value: object, language: str) -> str:
    if code in CONDITIONS and name in SIDES:
        return _condition(value, language)
    if isinstance(value, tuple) and not value:
        return say(language, NOTHING)
    if isinstance(value, tuple):
        return enumeration([_one(name, one, language) for one in value], language)
    return _one(name, value, language)


def _condition(value: object, language: str) -> str:
    return (
        say(language, ALWAYS)
        if value is None
        else say(language, IF, {"condition": say(language, QUOTED, {"text": str(value)})})
    )


def _one(name: str, value: object, language: str) -> str:
    """One value as people read it: figures, days and spans as the language writes them, words in quotation marks."""
    if value is None:
        return say(language, NOTHING)
    if isinstance(value, int):
        return number(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, Span):
        return span(value, language)
    if isinstance(value, str) and value.startswith("@"):
        return say(language, WORDS[value[1:]])
    text = value.plain(language) if isinstance(value, Text) else str(value)
    return text if name in BARE else say(language, QUOTED, {"text": text})
