"""Why a campaign left a dossier as it was, or was refused it, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.language.model import Expression, Scheme
from renderers.catalogues import marked, say
from renderers.words.refusals import SENTENCES, refusal_sentence

# what a campaign says by itself; the rest are refusals of acts
REASONS: Mapping[str, str] = {
    "keeps_its_version": marked("It fits no line that moves it any more."),
    "moved_already": marked("It follows this version already."),
    "draft": marked("It is a draft, which follows by itself."),
    "not_newly_eligible": marked("It is not newly eligible."),
    "not_refused_any_more": marked("It was not refused any more when its turn came."),
    "no_such_message": marked("The version it follows doesn't have this message."),
    "cancelled": marked("The campaign was stopped before."),
    "anonymised": marked("It was anonymised meanwhile."),
    "guard": marked("The condition of the action doesn't hold."),
    "taken_out": marked("It was taken off the list before it was signed."),
}

STOPPED = marked("All was stopped before its turn came.")  # as "cancelled", of a batch


class Item(Protocol):
    """What became of one dossier."""

    @property
    def state(self) -> str: ...
    @property
    def code(self) -> str | None: ...
    @property
    def result(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True)
class _Kept:
    """A refusal as an item keeps it: its code, and names of the scheme."""

    code: str
    params: Mapping[str, object]


def reason_sentence(code: str, language: str) -> str:
    """The sentence of a code; the code itself when there is none that stands without its figures."""
    message = REASONS.get(code) or SENTENCES.get(code, "")
    return say(language, message) if message and "%(" not in message else code


def item_sentence(item: Item, action: str, scheme: Scheme, language: str) -> str:
    """What became of a dossier of a batch, in a sentence or a word; "" while it waits for its turn."""
    if item.state == "done":
        state = scheme.workflow.states.get(str(item.result.get("state", "")))
        return state.label.plain(language) if state else ""
    code = item.code or ""
    if code == "guard" and (own := _own_words(action, scheme, language)):
        return own
    if code == "cancelled":
        return say(language, STOPPED)
    if code in REASONS or code not in SENTENCES:
        return reason_sentence(code, language) if code else ""
    return refusal_sentence(_Kept(code, {**item.result, "action": action}), scheme, language)


def _own_words(action: str, scheme: Scheme, language: str) -> str:
    """What the scheme says of the action's condition, where nothing is to be filled in: the answers aren't kept here."""
    found = scheme.workflow.actions.get(action)
    text = found.otherwise if found else None
    if text is None or any(
        isinstance(part, Expression) for parts in text.versions.values() for part in parts
    ):
        return ""
    return text.plain(language)
